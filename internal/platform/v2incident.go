package platform

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// addIncidents sorts the incidents into open and past ones. Anything that is
// not said to be over is open. Of two entries with one id the first counts.
func (d v2) addIncidents(report *status.Report, page v2Page, wire []v2Incident) {
	seen := map[text]bool{}
	for _, i := range wire {
		if seen[i.ID] {
			continue
		}
		seen[i.ID] = i.ID != ""
		incident := d.incident(page, i, report.Components)
		if over(i.Status) {
			incident.Ended = ended(i, incident)
			report.Past = append(report.Past, incident)
		} else {
			report.Incidents = append(report.Incidents, incident)
		}
	}
	newestFirst := func(a, b status.Incident) int { return b.Started.Compare(a.Started) }
	slices.SortStableFunc(report.Incidents, newestFirst)
	slices.SortStableFunc(report.Past, newestFirst)
}

// addWindows adds the windows of maintenance that are not over.
func (d v2) addWindows(report *status.Report, page v2Page, wire []v2Incident) {
	for _, i := range wire {
		if over(i.Status) {
			continue
		}
		window := d.incident(page, i, report.Components)
		window.Level = status.Maintenance // whatever its impact: it is announced work
		if from := instant(i.ScheduledFor); !from.IsZero() {
			window.Started = from
		}
		window.Ended = instant(i.ScheduledUntil)
		report.Maintenance = append(report.Maintenance, window)
	}
	slices.SortStableFunc(report.Maintenance, func(a, b status.Incident) int { return a.Started.Compare(b.Started) })
}

func (d v2) incident(page v2Page, i v2Incident, known []status.Component) status.Incident {
	return status.Incident{
		ID:         word(i.ID),
		Title:      line(string(i.Name)),
		Phase:      word(i.Status),
		Impact:     word(i.Impact),
		Level:      impactLevel(i.Impact),
		Components: touched(i, known),
		URL:        d.link(page, i),
		Started:    first(i.StartedAt, i.CreatedAt),
		Updated:    first(i.UpdatedAt),
		Updates:    d.updates(i.Updates),
	}
}

func (d v2) updates(wire []v2Update) []status.Update {
	var updates []status.Update
	for _, u := range wire {
		updates = append(updates, status.Update{
			Phase: word(u.Status),
			Text:  d.plain(string(u.Body)),
			At:    first(u.DisplayAt, u.CreatedAt),
		})
	}
	slices.SortStableFunc(updates, func(a, b status.Update) int { return b.At.Compare(a.At) })
	return updates
}

// touched are the names of the components that an incident says it touches.
// Where it has no list of its own, its updates tell; they name a component
// with its group in front, so the id is looked up.
func touched(i v2Incident, known []status.Component) []string {
	var touched []string
	add := func(name string) {
		if name != "" && !slices.Contains(touched, name) {
			touched = append(touched, name)
		}
	}
	if i.Components != nil {
		for _, c := range i.Components {
			add(line(string(c.Name)))
		}
		return touched
	}
	for _, u := range i.Updates {
		for _, a := range u.Affected {
			at := slices.IndexFunc(known, func(c status.Component) bool { return c.ID == word(a.Code) })
			switch {
			case a.Code == "": // "No components were affected by this update."
			case at >= 0:
				add(known[at].Name)
			default:
				add(line(string(a.Name)))
			}
		}
	}
	return touched
}

// over tells whether a phase ends an incident or a window.
func over(phase text) bool {
	return phase == "resolved" || phase == "postmortem" || phase == "completed"
}

// ended is when an incident that is over ended.
func ended(wire v2Incident, i status.Incident) time.Time {
	if at := instant(wire.ResolvedAt); !at.IsZero() {
		return at
	}
	for _, u := range i.Updates {
		if u.Phase == "resolved" {
			return u.At
		}
	}
	return i.Updated
}

// link is address if a page may link to it, else nothing.
func link(address string) string {
	if status.IsLink(address) {
		return address
	}
	return ""
}

// incidentPage is the address of an incident below its page, which is where
// both platforms have it.
func incidentPage(page v2Page, i v2Incident) string {
	if !plainID.MatchString(string(i.ID)) {
		return ""
	}
	return link(strings.TrimSuffix(string(page.URL), "/") + "/incidents/" + string(i.ID))
}

var plainID = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)
