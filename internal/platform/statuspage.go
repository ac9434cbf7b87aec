package platform

import (
	"cmp"

	"faultbook/internal/status"
)

// statuspage is Atlassian Statuspage, and what imitates it without a trace.
// summary.json holds the open incidents; the 50 newest of all are in
// incidents.json, whose further pages do not exist.
func statuspage() Platform {
	dialect := v2{
		stranger: func(page v2Page) error {
			if ulid.MatchString(string(page.ID)) {
				return errWrongPlatform("incident.io", "incident.io")
			}
			return nil
		},
		link: func(page v2Page, i v2Incident) string {
			return cmp.Or(link(string(i.Shortlink)), incidentPage(page, i))
		},
		plain: fromHTML,
	}
	return Platform{
		Name: "statuspage",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: summaryFile, Path: "/api/v2/summary.json"},
				{Name: incidentsFile, Path: "/api/v2/incidents.json", Optional: true},
			}
		},
		Parse: dialect.parse,
	}
}
