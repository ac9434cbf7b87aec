package platform

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// cachet is Cachet, which people host themselves: version 2 with its API at
// /api/v1 (https://github.com/cachethq/cachet) and version 3 with its API at
// /api (https://github.com/cachethq/core). The two are told apart by the shape
// of what they answer; a filter spares the three requests that the other
// version leaves unanswered. No answer of a live page was at hand: version 2
// follows the samples of a client library, and both follow those sources.
//
// Nothing tells how bad an incident is. It is as bad as the components that it
// touches, and degraded where these are all operational or none is named.
// There is no overall word either: the worst component speaks for the page.
//
// Times have no zone. They are in the one that the page is set to, which is UTC
// unless somebody changed it; a filter tells so.
func cachet() Platform {
	return Platform{
		Name: "cachet",
		Keys: []Key{
			{Name: "offset", About: `how far the page's clock is from UTC, where it is, such as "+02:00"`},
			{Name: "version", About: `the version of Cachet, "2" or "3"; without it both are asked`},
		},
		Paths: cachetPaths,
		Parse: parseCachet,
	}
}

// The names of Cachet's files in Path and Parse. Where the version is not told,
// the files of version 3 have another ending.
const (
	cachetComponents = "components"
	cachetIncidents  = "incidents"
	cachetSchedules  = "schedules"
	cachetOther      = "-3"
)

// cachetPaths asks for lists so long that one page holds them; parsing refuses
// what goes on. Version 2 cannot give the open incidents alone, so they are
// sorted to the front (status 4 is fixed); version 3 can.
func cachetPaths(source status.Source) []Path {
	two := []Path{
		{Name: cachetComponents, Path: "/api/v1/components?per_page=1000"},
		{Name: cachetIncidents, Path: "/api/v1/incidents?sort=status&order=asc&per_page=100"},
		{Name: cachetSchedules, Path: "/api/v1/schedules?sort=id&order=desc&per_page=100", Optional: true}, // since 2.4
	}
	three := []Path{
		{Name: cachetComponents, Path: "/api/components?per_page=500"},
		{Name: cachetIncidents, Path: "/api/incidents?include=components,updates&filter%5Bstatus%5D=0,1,2,3&per_page=100"},
		{Name: cachetSchedules, Path: "/api/schedules?include=components&sort=-id&per_page=100", Optional: true},
	}
	switch strings.TrimSpace(source.Filter["version"]) {
	case "2":
		return two
	case "3":
		return three
	}
	for i := range three {
		three[i].Name += cachetOther
	}
	both := slices.Concat(two, three)
	for i := range both {
		both[i].Optional = true
	}
	return both
}

func parseCachet(source status.Source, files map[string][]byte) (status.Report, error) {
	ending := ""
	wire, err := cachetFile(files[cachetComponents], cachetComponents)
	if err != nil && len(files[cachetComponents+cachetOther]) > 0 {
		ending = cachetOther
		wire, err = cachetFile(files[cachetComponents+ending], cachetComponents)
	}
	if err != nil {
		return status.Report{}, err
	}
	if more := wire.more(); more != "" {
		return status.Report{}, fmt.Errorf("the component list goes on: %s", more)
	}
	page := cachetPage{zone: zoneAt(source.Filter["offset"]), names: map[text]string{}}
	page.addComponents(wire.Data)
	if len(page.Components) == 0 {
		return status.Report{}, errNoComponents()
	}
	page.Indicator = worstPart(page.Components)
	// Without its incidents a page may look greener than it is.
	if wire, err = cachetFile(files[cachetIncidents+ending], cachetIncidents); err != nil {
		return status.Report{}, fmt.Errorf("the incident list: %w", err)
	}
	if more := wire.more(); more != "" && !wire.openFirst() {
		return status.Report{}, fmt.Errorf("the incident list goes on, and the rest may be open: %s", more)
	}
	page.addIncidents(wire)
	if wire, err = cachetFile(files[cachetSchedules+ending], cachetSchedules); err == nil {
		page.addWindows(wire)
	}
	inOrder(&page.Report)
	return page.Report, nil
}

// cachetPage is a report in the making.
type cachetPage struct {
	status.Report
	zone  *time.Location
	names map[text]string // of the components, by id
}

// time reads a time without a zone; one that has a zone is taken at its word.
func (p *cachetPage) time(t text) time.Time {
	if p.zone == nil {
		return instant(t)
	}
	at, err := time.ParseInLocation(time.DateTime, string(t), p.zone)
	if err != nil {
		return instant(t)
	}
	return at.UTC()
}

// addComponents adds what the page shows: a component that is not enabled is
// not on it.
func (p *cachetPage) addComponents(wire []cachetItem) {
	for _, item := range wire {
		c := item.fields()
		p.names[item.ID] = word(c.Name)
		if c.Enabled == "false" || c.Enabled == "0" {
			continue
		}
		said, level := item.component()
		p.Components = append(p.Components, status.Component{ID: word(item.ID), Name: word(c.Name), Word: said, Level: level})
	}
}

// addIncidents sorts the incidents into open and past ones. Up to 2.3 windows
// of maintenance stand among them as status 0 and stay for ever, whether over
// or not: these are left out.
func (p *cachetPage) addIncidents(wire cachetList) {
	for _, item := range wire.Data {
		i := item.fields()
		if i.Status.Value == "0" && i.ScheduledAt != "" {
			continue
		}
		incident := p.incident(wire, item)
		if i.over() {
			incident.Ended = incident.Updated
			p.Past = append(p.Past, incident)
		} else {
			p.Incidents = append(p.Incidents, incident)
		}
	}
}

func (p *cachetPage) incident(wire cachetList, item cachetItem) status.Incident {
	i := item.fields()
	incident := status.Incident{
		ID:         word(item.ID),
		Title:      word(i.Name),
		Phase:      cachetPhase(i.latest()),
		Components: p.touched(append(item.linkedIDs("components"), i.ComponentID)),
		URL:        link(string(i.Permalink)),
		Started:    p.time(cmp.Or(i.OccurredAt, i.Occurred.String, i.CreatedAt, i.Created.String)),
		Updated:    p.time(cmp.Or(i.UpdatedAt, i.Updated.String)),
	}
	incident.Impact, incident.Level = p.impact(i.latest(), incident.Components)
	for _, u := range wire.updates(item) {
		at := p.time(cmp.Or(u.CreatedAt, u.Created.String))
		incident.Updates = append(incident.Updates, status.Update{Phase: cachetPhase(u.Status), Text: fromMarkdown(u.message()), At: at})
		if at.After(incident.Updated) {
			incident.Updated = at
		}
	}
	// The message is what was said first.
	incident.Updates = append(incident.Updates, status.Update{Text: fromMarkdown(i.message()), At: incident.Started})
	return incident
}

// impact is how bad an incident is, in the word of the worst component that it
// touches.
func (p *cachetPage) impact(phase cachetStatus, touched []string) (string, status.Level) {
	if !slices.Contains([]text{"1", "2", "3", "4"}, phase.Value) {
		return cachetPhase(phase), status.Unknown
	}
	impact, level := "", status.Degraded
	for _, c := range p.Components {
		if slices.Contains(touched, c.Name) && status.Worse(level, c.Level) != level {
			impact, level = c.Word, c.Level
		}
	}
	return impact, level
}

// addWindows adds the windows of maintenance that are not over. The list may
// go on: windows are not counted.
func (p *cachetPage) addWindows(wire cachetList) {
	for _, item := range wire.Data {
		w := item.fields()
		phase := cachetWindowPhase(w.Status)
		if phase == "Complete" {
			continue
		}
		ids := item.linkedIDs("components")
		for _, c := range w.Components {
			ids = append(ids, cmp.Or(c.ComponentID, c.ID))
		}
		window := status.Incident{
			ID:         word(item.ID),
			Title:      word(w.Name),
			Phase:      phase,
			Level:      status.Maintenance,
			Components: p.touched(ids),
			Started:    p.time(cmp.Or(w.ScheduledAt, w.Scheduled.String)),
			Updated:    p.time(cmp.Or(w.UpdatedAt, w.Updated.String)),
			Ended:      p.time(cmp.Or(w.CompletedAt, w.Completed.String)),
		}
		if said := fromMarkdown(w.message()); said != "" {
			window.Updates = []status.Update{{Phase: phase, Text: said, At: window.Updated}}
		}
		p.Maintenance = append(p.Maintenance, window)
	}
}

// touched are the names of the components with these ids; 0 is no component.
func (p *cachetPage) touched(ids []text) []string {
	var names []string
	for _, id := range ids {
		if name := p.names[id]; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
