package platform

import (
	"cmp"
	"slices"

	"faultbook/internal/status"
)

// datadogEvent is an incident, or a window of maintenance.
type datadogEvent struct {
	ID           text          `json:"id"`
	Title        text          `json:"title"`
	Status       text          `json:"currentStatus"`
	Resolved     text          `json:"resolved"`
	Description  text          `json:"description"`
	Published    text          `json:"publishedDate"`
	ResolvedDate text          `json:"resolvedDate"`
	Start        text          `json:"startDate"` // of maintenance
	Completed    text          `json:"completedDate"`
	Announced    text          `json:"scheduledDescription"`
	ModifiedAt   text          `json:"lastModifiedAt"`
	Affected     []datadogPart `json:"componentsAffected"` // as they are now
	Timeline     []datadogStep `json:"timeline"`           // in no certain order
}

// datadogStep is one message. What is filed afterwards has been created long
// after the time it speaks of.
type datadogStep struct {
	Status      text          `json:"status"`
	Description text          `json:"description"`
	StartedAt   text          `json:"startedAt"`
	CreatedAt   text          `json:"createdAt"`
	Affected    []datadogPart `json:"componentsAffected"`
}

// addDatadogIncidents sorts the incidents into open and past ones. What is over
// was as bad as its worst step: the components it affected are well now.
func addDatadogIncidents(report *status.Report, wire []datadogEvent) {
	for _, e := range wire {
		incident := e.incident()
		if !e.over() {
			incident.Impact, incident.Level = datadogImpact(e.Affected)
			report.Incidents = append(report.Incidents, incident)
			continue
		}
		all := slices.Clone(e.Affected)
		for _, s := range e.Timeline {
			all = append(all, s.Affected...)
		}
		incident.Phase = cmp.Or(incident.Phase, "resolved")
		incident.Impact, incident.Level = datadogImpact(all)
		if incident.Ended = instant(e.ResolvedDate); incident.Ended.IsZero() {
			incident.Ended = incident.Updated
		}
		report.Past = append(report.Past, incident)
	}
}

// over tells whether all that is said of it says so.
func (e datadogEvent) over() bool {
	switch e.Resolved {
	case "true":
		return e.Status == "resolved" || e.Status == ""
	case "":
		return e.Status == "resolved"
	}
	return false
}

// addDatadogWindows adds the windows of maintenance that are not over.
func addDatadogWindows(report *status.Report, wire []datadogEvent) {
	for _, e := range wire {
		switch e.Status {
		case "completed", "canceled", "resolved":
			continue
		}
		window := e.incident()
		window.Level = status.Maintenance
		if from := first(e.Start, e.Published); !from.IsZero() {
			window.Started = from
		}
		window.Ended = first(e.Completed, e.ResolvedDate)
		report.Maintenance = append(report.Maintenance, window)
	}
}

// incident is an event as far as incidents and maintenance are alike.
func (e datadogEvent) incident() status.Incident {
	incident := status.Incident{ID: word(e.ID), Title: word(e.Title), Phase: word(e.Status), Started: instant(e.Published), Updated: first(e.ModifiedAt)}
	for _, p := range e.Affected {
		if name := word(p.Name); name != "" && !slices.Contains(incident.Components, name) {
			incident.Components = append(incident.Components, name)
		}
	}
	for _, s := range e.Timeline {
		incident.Updates = append(incident.Updates, status.Update{Phase: word(s.Status), Text: fromHTML(string(s.Description)), At: first(s.StartedAt, s.CreatedAt)})
	}
	newestUpdateFirst(incident.Updates)
	if len(incident.Updates) > 0 {
		incident.Updated = incident.Updates[0].At
		return incident
	}
	for _, told := range []text{e.Description, e.Announced} {
		if said := fromHTML(string(told)); said != "" {
			incident.Updates = []status.Update{{Phase: incident.Phase, Text: said, At: incident.Updated}}
			break
		}
	}
	return incident
}

// datadogImpact is the worst that is said of components, and degraded where
// none is named.
func datadogImpact(affected []datadogPart) (string, status.Level) {
	if len(affected) == 0 {
		return "", status.Degraded
	}
	var parts []status.Component
	for _, p := range affected {
		parts = append(parts, status.Component{Word: word(p.Status), Level: datadogLevel(p.Status)})
	}
	worst := worstPart(parts)
	return worst.Word, worst.Level
}
