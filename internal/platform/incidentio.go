package platform

import "faultbook/internal/status"

// incidentIO is incident.io, which speaks the v2 dialect with parts left out:
// no "incidents" key while none is open, no components on an incident, no
// start, no link, no groups, no maintenance. Its summary lists only 25
// components, and which 25 changes from one answer to the next, so the full
// list is asked for as well.
func incidentIO() Platform {
	dialect := v2{
		stranger: func(page v2Page) error {
			if page.TimeZone != "" && !ulid.MatchString(string(page.ID)) {
				return errWrongPlatform("Atlassian Statuspage", "statuspage")
			}
			return nil
		},
		link:  incidentPage,
		plain: fromMarkdown,
	}
	return Platform{
		Name: "incident.io",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: summaryFile, Path: "/api/v2/summary.json"},
				{Name: componentsFile, Path: "/api/v2/components.json", Optional: true},
				{Name: incidentsFile, Path: "/api/v2/incidents.json", Optional: true},
			}
		},
		Parse: dialect.parse,
	}
}
