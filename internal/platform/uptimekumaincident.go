package platform

import (
	"cmp"
	"slices"
	"time"

	"faultbook/internal/status"
)

// kumaIncident is what somebody has pinned to a page. It names no monitor.
type kumaIncident struct {
	ID        text `json:"id"`
	Style     text `json:"style"`
	Title     text `json:"title"`
	Content   text `json:"content"` // Markdown
	Active    text `json:"active"`  // of newer servers
	CreatedAt text `json:"createdDate"`
	UpdatedAt text `json:"lastUpdatedDate"`
}

// kumaWindow is a window of maintenance.
type kumaWindow struct {
	ID          text       `json:"id"`
	Title       text       `json:"title"`
	Description text       `json:"description"` // Markdown
	Status      text       `json:"status"`
	Offset      text       `json:"timezoneOffset"`
	Slots       []kumaSlot `json:"timeslotList"`
}

type kumaSlot struct {
	Start text `json:"startDate"`
	End   text `json:"endDate"`
}

// kumaHistory is the newest page of all that was ever pinned.
type kumaHistory struct {
	Incidents []kumaIncident `json:"incidents"`
}

// addIncidents adds what is pinned now, and what the history says is over. A
// server without one answers with a page.
func (p kumaPage) addIncidents(report *status.Report, history []byte) {
	open := p.Incidents
	if p.Incident != nil {
		open = append(slices.Clip(open), *p.Incident)
	}
	for _, i := range open {
		report.Incidents = append(report.Incidents, i.incident())
	}
	var past kumaHistory
	if len(history) == 0 || decodeJSON(history, &past) != nil {
		return
	}
	for _, i := range past.Incidents {
		pinned := slices.ContainsFunc(open, func(o kumaIncident) bool { return o.ID == i.ID })
		if i.Active != "false" || pinned {
			continue
		}
		over := i.incident()
		over.Phase, over.Ended = "resolved", over.Updated
		report.Past = append(report.Past, over)
	}
}

func (i kumaIncident) incident() status.Incident {
	created := kumaTime(i.CreatedAt, time.UTC)
	incident := status.Incident{
		ID:      word(i.ID),
		Title:   word(i.Title),
		Phase:   "pinned",
		Impact:  word(i.Style),
		Level:   kumaStyle(i.Style),
		Started: created,
		Updated: kumaTime(cmp.Or(i.UpdatedAt, i.CreatedAt), time.UTC),
	}
	if told := fromMarkdown(string(i.Content)); told != "" {
		incident.Updates = []status.Update{{Text: told, At: incident.Updated}}
	}
	return incident
}

// kumaStyle translates the colour of an incident, which is all that tells how
// bad it is; "primary" is what it has unless somebody chooses. Whoever pins one
// to the page means that something is the matter.
func kumaStyle(style text) status.Level {
	switch style {
	case "info", "warning", "primary", "light", "dark":
		return status.Degraded
	case "danger":
		return status.PartialOutage
	}
	return status.Unknown
}

// addWindows adds the windows of maintenance that are not over. The first slot
// is the one in progress.
func (p kumaPage) addWindows(report *status.Report) {
	for _, w := range p.Maintenances {
		if w.Status == "ended" || w.Status == "inactive" {
			continue
		}
		window := status.Incident{ID: word(w.ID), Title: word(w.Title), Phase: word(w.Status), Level: status.Maintenance}
		if zone := zoneAt(string(w.Offset)); len(w.Slots) > 0 && zone != nil {
			window.Started, window.Ended = kumaTime(w.Slots[0].Start, zone), kumaTime(w.Slots[0].End, zone)
		}
		if told := fromMarkdown(string(w.Description)); told != "" {
			window.Updates = []status.Update{{Phase: window.Phase, Text: told}}
		}
		report.Maintenance = append(report.Maintenance, window)
	}
}

// kumaTime reads a time. Those of the server have no zone and are in UTC; those
// of a single window are as they were typed, in the zone of the window; those
// of a window that recurs have a zone.
func kumaTime(t text, zone *time.Location) time.Time {
	for _, form := range []string{time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", time.RFC3339} {
		if at, err := time.ParseInLocation(form, string(t), zone); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
