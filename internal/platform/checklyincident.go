package platform

import (
	"cmp"
	"slices"

	"faultbook/internal/status"
)

// addIncidents sorts what the files tell into open and past incidents, and
// windows of maintenance. Anything that is not said to be resolved is open. Of
// two entries with one id the first counts; those with updates come first.
func (c checklyCame) addIncidents(report *status.Report, source status.Source) {
	seen := map[text]bool{}
	for _, wire := range slices.Concat(c.open.Open, c.summary.Active, c.events()) {
		if key := wire.key(); !seen[key] {
			seen[key] = true
			switch i := wire.incident(source); i.Phase {
			case "RESOLVED":
				report.Past = append(report.Past, i)
			case "MAINTENANCE":
				report.Maintenance = append(report.Maintenance, wire.window(i))
			default:
				report.Incidents = append(report.Incidents, i)
			}
		}
	}
	for _, wire := range c.summary.Maintenances {
		if i := wire.incident(source); !seen[wire.key()] && i.Phase != "RESOLVED" {
			report.Maintenance = append(report.Maintenance, wire.window(i))
		}
	}
}

func (i checklyIncident) key() text { return cmp.Or(i.ID, i.Name) }

func (i checklyIncident) incident(source status.Source) status.Incident {
	incident := status.Incident{
		ID:         word(i.ID),
		Title:      word(i.Name),
		Phase:      word(cmp.Or(i.Status, i.LastStatus)),
		Impact:     word(i.Severity),
		Level:      checklyLevel(i.Severity),
		Components: checklyNames(slices.Concat(i.Affected, i.Services)),
		URL:        link(string(i.URL)),
		Started:    first(i.StartedAt, i.Created),
		Updated:    first(i.UpdatedAt, i.Updated),
	}
	for _, u := range i.Updates {
		incident.Updates = append(incident.Updates, status.Update{
			Phase: word(u.Status), Text: fromMarkdown(string(u.Text)), At: first(u.At, u.Created),
		})
	}
	newestUpdateFirst(incident.Updates)
	if len(incident.Updates) > 0 {
		incident.Phase = cmp.Or(incident.Phase, incident.Updates[0].Phase)
	}
	if incident.URL == "" && plainID.MatchString(string(i.ID)) {
		incident.URL = link(source.URL + "/incident/" + string(i.ID))
	}
	return incident
}

// window is the incident as maintenance.
func (i checklyIncident) window(incident status.Incident) status.Incident {
	incident.Level, incident.Ended = status.Maintenance, instant(i.EndsAt)
	return incident
}

func checklyNames(services []checklyService) []string {
	var names []string
	for _, s := range services {
		if name := word(s.Name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// groups are those of the uptime.
func (c checklyCame) groups() []checklyGroup {
	if len(c.uptime.Groups) > 0 {
		return c.uptime.Groups
	}
	return c.uptime.Metadata
}

// events are the incidents of the uptime, each with the services under which
// it stands. It stands under each day that it lasts; so one that is not resolved
// but does not reach a service's newest day is a leftover.
func (c checklyCame) events() []checklyIncident {
	var list []checklyIncident
	at := map[text]int{}
	for _, group := range c.groups() {
		for _, service := range group.Services {
			for day, events := range service.Days {
				for _, e := range events.Events {
					if e.LastStatus != "RESOLVED" && day < len(service.Days)-1 {
						continue
					}
					n, known := at[e.key()]
					if !known {
						n = len(list)
						at[e.key()], list = n, append(list, e)
					}
					list[n].Services = append(list[n].Services, checklyService{Name: service.Name})
				}
			}
		}
	}
	return list
}

// components are the services in the words of their own list. Without it, they
// are those of the uptime, by what is said to be open; without both the page
// is its own one component.
func (c checklyCame) components(report status.Report) []status.Component {
	var list []status.Component
	for _, s := range c.services {
		list = append(list, status.Component{
			ID: word(s.ID), Name: word(s.Name), Group: word(s.Group), Word: word(s.Status), Level: checklyLevel(s.Status),
		})
	}
	if len(list) > 0 {
		return list
	}
	for _, group := range c.groups() {
		for _, s := range group.Services {
			list = append(list, status.Component{ID: word(s.ID), Name: word(s.Name), Group: word(group.Name)})
		}
	}
	if len(list) > 0 {
		return checklyDerived(list, report)
	}
	page := status.Component{Name: report.Page, Word: word(c.summary.Page.Status), Level: checklyLevel(c.summary.Page.Status)}
	for _, i := range report.Incidents {
		worsen(&page, i.Impact, i.Level)
	}
	return []status.Component{page}
}

// checklyDerived gives services the state that the page gives them: that of the
// worst open incident that names them. Of a service that none names the word is
// the empty list of those, as long as each names one that is on the page; else
// nobody knows whom they mean. A window counts if it has begun.
func checklyDerived(list []status.Component, report status.Report) []status.Component {
	hits := map[string][]status.Incident{}
	for _, c := range list {
		hits[c.Name] = []status.Incident{}
	}
	calm := status.Component{Word: "[]", Level: status.Operational}
	begun := slices.DeleteFunc(slices.Clone(report.Maintenance), func(i status.Incident) bool { return i.Phase != "MAINTENANCE" })
	for _, i := range slices.Concat(begun, report.Incidents) {
		known := false
		for _, name := range i.Components {
			if named, ok := hits[name]; ok {
				hits[name], known = append(named, i), true
			}
		}
		if !known && i.Level != status.Maintenance {
			calm = status.Component{}
		}
	}
	for n := range list {
		c := &list[n]
		named := hits[c.Name]
		c.Word, c.Level = calm.Word, calm.Level
		if len(named) > 0 {
			c.Word, c.Level = "[]", status.Operational
		}
		for _, i := range named {
			says := i.Impact
			if i.Level == status.Maintenance {
				says = i.Phase
			}
			worsen(c, says, i.Level)
		}
	}
	return list
}

// checklyLevel translates the word of a page, a service or an incident's
// severity. That a page has issues does not say how bad they are.
func checklyLevel(word text) status.Level {
	switch word {
	case "OPERATIONAL":
		return status.Operational
	case "MAINTENANCE":
		return status.Maintenance
	case "MINOR", "MEDIUM", "HAS_ISSUES":
		return status.Degraded
	case "MAJOR":
		return status.PartialOutage
	case "CRITICAL":
		return status.MajorOutage
	}
	return status.Unknown
}
