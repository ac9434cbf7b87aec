package platform

import (
	"errors"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// slack is the page of Slack, a platform of its own. The format stands at
// https://docs.slack.dev/reference/slack-status-api, which asks for at most one
// request a minute; the answers recorded show "ok" and resolved incidents, so
// the rest follows that page. Ids are text there and numbers on the wire.
//
// The page has no list of components: it tells the services that an incident
// touches, and only while it does. The report therefore has one component, the
// page, and one for each that is configured. Nobody publishes the names in use
// (Connections became Connectivity), so a configured service that no open
// incident names is operational while the page says "ok"; while it says
// "active" only if the name is seen in use, on these incidents or on one of the
// 50 newest in history. Else its name may be the old one of what is down.
func slack() Platform {
	return Platform{
		Name: "slack",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: slackCurrent, Path: "/api/v2.0.0/current"},
				{Name: slackHistory, Path: "/api/v2.0.0/history", Optional: true},
			}
		},
		Parse: parseSlack,
	}
}

// The names of Slack's files in Path and Parse.
const (
	slackCurrent = "current"
	slackHistory = "history"
)

type slackFile struct {
	Status    text            `json:"status"`
	UpdatedAt text            `json:"date_updated"`
	Incidents []slackIncident `json:"active_incidents"` // nil: the file has none
}

type slackIncident struct {
	ID        text        `json:"id"`
	Title     text        `json:"title"`
	Type      text        `json:"type"`
	Status    text        `json:"status"`
	URL       text        `json:"url"`
	CreatedAt text        `json:"date_created"`
	UpdatedAt text        `json:"date_updated"`
	Services  []text      `json:"services"`
	Notes     []slackNote `json:"notes"`
}

type slackNote struct {
	CreatedAt text `json:"date_created"`
	Body      text `json:"body"`
}

func parseSlack(source status.Source, files map[string][]byte) (status.Report, error) {
	var current slackFile
	if err := decodeJSON(files[slackCurrent], &current); err != nil {
		return status.Report{}, err
	}
	switch {
	case current.Status == "":
		return status.Report{}, errors.New("not the shape of Slack's current status: no status")
	case current.Incidents == nil:
		return status.Report{}, errors.New("not the shape of Slack's current status: no list of active incidents")
	}
	var history []slackIncident
	if body := files[slackHistory]; len(body) > 0 && decodeJSON(body, &history) != nil {
		history = nil // the current status alone is a report
	}
	report := status.Report{Page: "Slack", PageUpdated: instant(current.UpdatedAt)}
	all := slices.Concat(current.Incidents, history)
	addSlackIncidents(&report, all)
	page := slackPage(current.Status, report)
	report.Indicator = status.Indicator{Word: page.Word, Level: page.Level}
	report.Components = []status.Component{page}
	for _, name := range source.Components {
		if !strings.EqualFold(name, page.Name) {
			report.Components = append(report.Components, slackService(line(name), current.Status, report.Incidents, slackNames(all)))
		}
	}
	return report, nil
}

// addSlackIncidents sorts the incidents into open, planned and past ones.
// Anything that is not said to be over is open, and what was called off never
// was. Of two entries with one id the first counts: it was asked for first.
func addSlackIncidents(report *status.Report, wire []slackIncident) {
	seen := map[text]bool{}
	for _, i := range wire {
		if seen[i.ID] {
			continue
		}
		seen[i.ID] = i.ID != ""
		incident := i.incident()
		switch i.Status {
		case "resolved", "completed":
			incident.Ended = incident.Updated // nothing else tells when
			report.Past = append(report.Past, incident)
		case "scheduled":
			incident.Level = status.Maintenance
			report.Maintenance = append(report.Maintenance, incident)
		case "cancelled":
		default:
			report.Incidents = append(report.Incidents, incident)
		}
	}
	inOrder(report)
}

func (i slackIncident) incident() status.Incident {
	return status.Incident{
		ID:         word(i.ID),
		Title:      line(string(i.Title)),
		Phase:      word(i.Status),
		Impact:     word(i.Type),
		Level:      slackLevel(i.Type),
		Components: slackServices(i.Services),
		URL:        link(string(i.URL)),
		Started:    instant(i.CreatedAt),
		Updated:    first(i.UpdatedAt, i.CreatedAt),
		Updates:    slackUpdates(i.Notes),
	}
}

func slackServices(wire []text) []string {
	var names []string
	for _, s := range wire {
		if name := word(s); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// slackUpdates are the notes, which come oldest first and without a phase.
func slackUpdates(wire []slackNote) []status.Update {
	var updates []status.Update
	for _, n := range wire {
		updates = append(updates, status.Update{Text: fromHTML(string(n.Body)), At: instant(n.CreatedAt)})
	}
	slices.Reverse(updates)
	return updates
}

// slackLevel translates an incident's type. The documentation speaks of
// maintenance beside the three types that it lists.
func slackLevel(kind text) status.Level {
	switch kind {
	case "notice", "incident":
		return status.Degraded
	case "outage":
		return status.MajorOutage
	case "maintenance":
		return status.Maintenance
	}
	return status.Unknown
}

// slackPage is the page as its own component. "active" says only that there is
// something: how bad it is, the open incidents tell.
func slackPage(said text, report status.Report) status.Component {
	page := status.Component{Name: report.Page, Word: word(said)}
	switch {
	case said == "ok":
		page.Level = status.Operational
	case said == "active" && len(report.Incidents) > 0:
		page.Level = slackWorst(report.Incidents)
	case said == "active" && len(report.Maintenance) > 0:
		page.Level = status.Maintenance
	}
	return page
}

// slackService is a configured service, while the page says said.
func slackService(name string, said text, open []status.Incident, inUse map[string]bool) status.Component {
	var ours []status.Incident
	for _, i := range open {
		if slices.ContainsFunc(i.Components, func(s string) bool { return strings.EqualFold(s, name) }) {
			ours = append(ours, i)
		}
	}
	service := status.Component{Name: name, Word: word(said)}
	switch {
	case len(ours) > 0:
		service.Level = slackWorst(ours)
	case said == "ok", said == "active" && len(open) > 0 && inUse[strings.ToLower(name)]:
		service.Level = status.Operational
	}
	return service
}

// slackNames are the services that incidents name, in lower case.
func slackNames(wire []slackIncident) map[string]bool {
	names := map[string]bool{}
	for _, i := range wire {
		for _, s := range i.Services {
			names[strings.ToLower(word(s))] = true
		}
	}
	return names
}

// slackWorst is the worst level of incidents, of which there is at least one.
func slackWorst(incidents []status.Incident) status.Level {
	worst := incidents[0].Level
	for _, i := range incidents[1:] {
		worst = status.Worse(worst, i.Level)
	}
	return worst
}
