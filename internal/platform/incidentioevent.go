package platform

import (
	"cmp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// incidentIOEvents tells by status what is going on: the page's list of
// scheduled maintenance holds what is in progress as well.
type incidentIOEvents struct {
	Ongoing   []incidentIOEvent `json:"ongoing_incidents"` // nil: the file has none
	Active    []incidentIOEvent `json:"in_progress_maintenances"`
	Scheduled []incidentIOEvent `json:"scheduled_maintenances"`
}

// incidentIOEvent is an incident or a window of maintenance.
type incidentIOEvent struct {
	ID       text             `json:"id"`
	Name     text             `json:"name"`
	Type     text             `json:"type"`
	Status   text             `json:"status"`
	Affected []incidentIOPart `json:"affected_components"`

	// in the widget
	URL          text `json:"url"`
	Worst        text `json:"current_worst_impact"`
	LastAt       text `json:"last_update_at"`
	LastText     text `json:"last_update_message"`
	StartedAt    text `json:"started_at"` // of maintenance in progress
	ScheduledEnd text `json:"scheduled_end_at"`
	StartsAt     text `json:"starts_at"` // of maintenance to come
	EndsAt       text `json:"ends_at"`

	// on the page
	PublishedAt text               `json:"published_at"`
	Spans       []incidentIOSpan   `json:"status_summaries"` // oldest first
	Impacts     []incidentIOSpan   `json:"component_impacts"`
	Updates     []incidentIOUpdate `json:"updates"`
}

type incidentIOSpan struct {
	StartAt text `json:"start_at"`
	EndAt   text `json:"end_at"`
	Worst   text `json:"worst_component_status"`
}

type incidentIOUpdate struct {
	Text        text `json:"message_string"`
	Status      text `json:"to_status"`
	PublishedAt text `json:"published_at"`
}

func (e incidentIOEvents) view() incidentIOView {
	view := incidentIOView{touched: map[text]text{}}
	for _, i := range e.incidents() {
		view.incidents = append(view.incidents, i.inV2())
	}
	for _, w := range e.windows() {
		window := w.inV2()
		window.StartedAt, window.Worst = "", "" // those of the announcement, not of the work
		view.windows = append(view.windows, window)
	}
	for _, g := range e.going() {
		for _, p := range g.Affected {
			view.touch(p, g.Worst)
		}
	}
	return view
}

func (e incidentIOEvents) incidents() []incidentIOEvent {
	return slices.DeleteFunc(slices.Clone(e.Ongoing), incidentIOEvent.isWindow)
}

func (e incidentIOEvents) windows() []incidentIOEvent {
	others := slices.DeleteFunc(slices.Clone(e.Ongoing), func(i incidentIOEvent) bool { return !i.isWindow() })
	return slices.Concat(e.Active, others, e.Scheduled)
}

// going are the incidents and windows that are not over, nor to come.
func (e incidentIOEvents) going() []incidentIOEvent {
	toCome := func(w incidentIOEvent) bool { return w.Status != "maintenance_in_progress" }
	return slices.DeleteFunc(slices.Concat(e.incidents(), e.Active, slices.DeleteFunc(e.windows(), toCome)),
		func(i incidentIOEvent) bool { return over(i.Status) })
}

func (e incidentIOEvent) isWindow() bool {
	return e.Type == "maintenance" || strings.HasPrefix(string(e.Status), "maintenance_")
}

// state is the event's word for the page as a whole, level what it means.
func (e incidentIOEvent) state() text {
	if e.isWindow() {
		return e.Status
	}
	return e.worst()
}

func (e incidentIOEvent) level() status.Level {
	if e.isWindow() {
		return status.Maintenance
	}
	return componentLevel(e.worst())
}

// worst is the worst state that a component is in because of an incident.
func (e incidentIOEvent) worst() text {
	worst := e.Worst
	for _, p := range e.Affected {
		worst = worseWord(worst, p.now())
	}
	if worst == "" && len(e.Spans) > 0 {
		return e.Spans[len(e.Spans)-1].Worst
	}
	return worst
}

// inV2 is the event in the words of v2.
func (e incidentIOEvent) inV2() v2Incident {
	i := v2Incident{ID: e.ID, Name: e.Name, Status: e.Status, Worst: e.worst(), Shortlink: e.URL, Components: []v2Component{}}
	for _, p := range e.Affected {
		i.Components = append(i.Components, v2Component{ID: p.id(), Name: p.Name})
	}
	for _, u := range e.updates() {
		i.Updates = append(i.Updates, v2Update{Status: u.Status, Body: u.Text, CreatedAt: u.PublishedAt})
	}
	i.StartedAt, i.UpdatedAt = e.told()
	from, until := e.window()
	i.ScheduledFor, i.ScheduledUntil = cmp.Or(e.StartsAt, e.StartedAt, from), cmp.Or(e.EndsAt, e.ScheduledEnd, until)
	return i
}

// updates are all messages, of which the widget gives the newest.
func (e incidentIOEvent) updates() []incidentIOUpdate {
	if len(e.Updates) == 0 && e.LastText != "" {
		return []incidentIOUpdate{{Text: e.LastText, Status: e.Status, PublishedAt: e.LastAt}}
	}
	return e.Updates
}

// told are the times at which an incident began and was last told about. The
// widget does not say when one began; the page says more of it than that it
// was published, because an incident may be told afterwards.
func (e incidentIOEvent) told() (began, last text) {
	times := []text{e.PublishedAt}
	for _, u := range e.Updates {
		times = append(times, u.PublishedAt)
	}
	_, last = ends(append(times, e.LastAt))
	if len(e.Spans) > 0 {
		times = append(times, e.Spans[0].StartAt)
	}
	began, _ = ends(times)
	return began, last
}

// window is the time for which components are said to be touched.
func (e incidentIOEvent) window() (from, until text) {
	var starts, stops []text
	for _, span := range e.Impacts {
		starts, stops = append(starts, span.StartAt), append(stops, span.EndAt)
	}
	from, _ = ends(starts)
	_, until = ends(stops)
	return from, until
}

// ends are the earliest and the latest of these times.
func ends(times []text) (earliest, latest text) {
	for _, t := range times {
		at := instant(t)
		if at.IsZero() {
			continue
		}
		if earliest == "" || at.Before(instant(earliest)) {
			earliest = t
		}
		if latest == "" || at.After(instant(latest)) {
			latest = t
		}
	}
	return earliest, latest
}
