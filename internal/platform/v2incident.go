package platform

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// addIncidents sorts the incidents into open and past ones. Anything that is
// not said to be over is open. Of two entries with one id the first counts.
func (d v2) addIncidents(report *status.Report, f v2File, parts v2Parts) {
	for _, i := range distinct(f.Incidents) {
		incident := d.incident(f.Page, i, parts)
		if over(i.Status) {
			incident.Ended = ended(i, incident)
			report.Past = append(report.Past, incident)
		} else {
			report.Incidents = append(report.Incidents, incident)
		}
	}
}

// addWindows adds the windows of maintenance that are not over.
func (d v2) addWindows(report *status.Report, f v2File, parts v2Parts) {
	for _, i := range distinct(f.Maintenances) {
		if over(i.Status) {
			continue
		}
		window := d.incident(f.Page, i, parts)
		window.Level = status.Maintenance // whatever its impact: it is announced work
		if from := instant(i.ScheduledFor); !from.IsZero() {
			window.Started = from
		}
		window.Ended = instant(i.ScheduledUntil)
		report.Maintenance = append(report.Maintenance, window)
	}
}

// distinct leaves out what has the id of one before it.
func distinct(wire []v2Incident) []v2Incident {
	seen := map[text]bool{}
	var kept []v2Incident
	for _, i := range wire {
		if !seen[i.ID] {
			kept = append(kept, i)
		}
		seen[i.ID] = i.ID != ""
	}
	return kept
}

func (d v2) incident(page v2Page, i v2Incident, parts v2Parts) status.Incident {
	return status.Incident{
		ID:         word(i.ID),
		Title:      line(string(i.Name)),
		Phase:      word(i.Status),
		Impact:     word(cmp.Or(i.Impact, i.Worst)),
		Level:      i.level(),
		Components: parts.touched(i),
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
	newestUpdateFirst(updates)
	return updates
}

func (i v2Incident) level() status.Level {
	if i.Impact == "" && i.Worst != "" {
		return componentLevel(i.Worst)
	}
	return impactLevel(i.Impact)
}

// touched are the names of the components that an incident says it touches.
// One that is named by its group alone is touched as all of the group.
func (p v2Parts) touched(i v2Incident) []string {
	var touched []string
	seen := map[string]bool{"": true}
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			touched = append(touched, name)
		}
	}
	var groups []text
	for _, r := range i.refs() {
		if p.of[r.Code] == nil {
			add(p.name(r))
		} else if !slices.Contains(groups, r.Code) {
			groups = append(groups, r.Code)
		}
	}
	single := maps.Clone(seen)
	for _, g := range groups {
		if slices.ContainsFunc(p.of[g], func(name string) bool { return single[name] }) {
			continue
		}
		for _, name := range p.of[g] {
			add(name)
		}
	}
	return touched
}

// refs are the components that an incident names. Where it has no list of its
// own, its updates tell.
func (i v2Incident) refs() []v2Affected {
	var refs []v2Affected
	for _, c := range i.Components {
		refs = append(refs, v2Affected{Code: c.ID, Name: c.Name})
	}
	if i.Components != nil {
		return refs
	}
	for _, u := range i.Updates {
		for _, a := range u.Affected {
			if a.Code != "" { // else "No components were affected by this update."
				refs = append(refs, a)
			}
		}
	}
	return refs
}

// name is what the page calls a component that an incident names. Updates name
// one with its group in front, so the id is looked up.
func (p v2Parts) name(r v2Affected) string {
	if name, ok := p.called[r.Code]; ok {
		return name
	}
	return line(string(r.Name))
}

// over tells whether a phase ends an incident or a window. The last is
// incident.io's own word.
func over(phase text) bool {
	return phase == "resolved" || phase == "postmortem" || phase == "completed" || phase == "maintenance_complete"
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
