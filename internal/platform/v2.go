package platform

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// The v2 dialect is the JSON that Atlassian Statuspage serves under /api/v2
// (https://metastatuspage.com/api) and others imitate, with parts left out.
// Every field is therefore optional here, and what must be there is checked by
// hand.

type v2File struct {
	Page         v2Page        `json:"page"`
	Status       v2Status      `json:"status"`
	Components   []v2Component `json:"components"` // nil: the file has none; empty: the page shows none
	Incidents    []v2Incident  `json:"incidents"`
	Maintenances []v2Incident  `json:"scheduled_maintenances"`
}

type v2Page struct {
	ID        text `json:"id"`
	Name      text `json:"name"`
	URL       text `json:"url"`
	TimeZone  text `json:"time_zone"`
	UpdatedAt text `json:"updated_at"`
}

type v2Status struct {
	Indicator text `json:"indicator"`
}

type v2Component struct {
	ID      text `json:"id"`
	Name    text `json:"name"`
	Status  text `json:"status"`
	Group   yes  `json:"group"`    // it is a group; its status is derived from its children
	GroupID text `json:"group_id"` // of the group it is in
}

type v2Incident struct {
	ID             text          `json:"id"`
	Name           text          `json:"name"`
	Status         text          `json:"status"`
	Impact         text          `json:"impact"`
	Shortlink      text          `json:"shortlink"`
	CreatedAt      text          `json:"created_at"`
	StartedAt      text          `json:"started_at"`
	UpdatedAt      text          `json:"updated_at"`
	ResolvedAt     text          `json:"resolved_at"`
	ScheduledFor   text          `json:"scheduled_for"`
	ScheduledUntil text          `json:"scheduled_until"`
	Components     []v2Component `json:"components"`
	Updates        []v2Update    `json:"incident_updates"`
	Worst          text          `json:"-"` // incident.io's own form tells the worst state of a component instead of an impact
}

type v2Update struct {
	Status    text         `json:"status"`
	Body      text         `json:"body"`
	CreatedAt text         `json:"created_at"`
	DisplayAt text         `json:"display_at"`
	Affected  []v2Affected `json:"affected_components"`
}

type v2Affected struct {
	Code text `json:"code"` // the component's id; the entry "No components were affected" has none
	Name text `json:"name"`
}

// The names of the v2 files in Path and Parse.
const (
	summaryFile    = "summary"
	componentsFile = "components"
	incidentsFile  = "incidents"
)

// v2 is what differs between the speakers of the dialect.
type v2 struct {
	stranger func(v2Page) error              // says who else answered; nil when nobody did
	link     func(v2Page, v2Incident) string // address of an incident, "" when there is none
	plain    func(string) string             // text of an update's body
}

// parse reads summary.json and the optional files that came with it.
func (d v2) parse(_ status.Source, files map[string][]byte) (status.Report, error) {
	summary, err := d.summary(files[summaryFile])
	if err != nil {
		return status.Report{}, err
	}
	report := d.report(summary.with(files))
	if len(report.Components) == 0 {
		return status.Report{}, errNoComponents()
	}
	return report, nil
}

func errNoComponents() error { return errors.New("the component list is empty") }

// summary reads summary.json and makes sure that it is one.
func (d v2) summary(body []byte) (v2File, error) {
	var file v2File
	if err := decodeJSON(body, &file); err != nil {
		return v2File{}, err
	}
	switch {
	case file.Page.ID == "":
		return v2File{}, errors.New("not the shape of a Statuspage summary: no page.id")
	case file.Components == nil:
		return v2File{}, errors.New("not the shape of a Statuspage summary: no component list")
	}
	return file, d.stranger(file.Page)
}

// with is the summary together with the further files of the same page. The
// list of components was asked for after the summary, so it goes first.
func (f v2File) with(files map[string][]byte) v2File {
	f.Components = slices.Concat(optional(files[componentsFile], f.Page).Components, f.Components)
	f.Incidents = slices.Concat(f.Incidents, optional(files[incidentsFile], f.Page).Incidents)
	return f
}

// optional reads a further file of the same page. One that cannot be read or
// is of another page adds nothing: the summary alone is a report. A page whose
// id is not known is not told from another.
func optional(body []byte, page v2Page) v2File {
	var file v2File
	if len(body) == 0 || decodeJSON(body, &file) != nil || file.Page.ID != page.ID && page.ID != "" {
		return v2File{}
	}
	return file
}

// report is what the files of a page say together.
func (d v2) report(f v2File) status.Report {
	parts := v2PartsOf(f.Components)
	report := status.Report{
		Page:        line(string(f.Page.Name)),
		Indicator:   status.Indicator{Word: word(f.Status.Indicator), Level: impactLevel(f.Status.Indicator)},
		PageUpdated: instant(f.Page.UpdatedAt),
		Components:  parts.list,
	}
	d.addIncidents(&report, f, parts)
	d.addWindows(&report, f, parts)
	inOrder(&report)
	return report
}

// v2Parts are the parts of a page. Groups only name their children: their own
// status is derived and would count twice.
type v2Parts struct {
	list   []status.Component
	called map[text]string   // the names of the parts, by id
	of     map[text][]string // the names of the parts of a group, by the group's id
}

// v2PartsOf are the parts among these entries. Of two entries with one id the
// first counts.
func v2PartsOf(wire []v2Component) v2Parts {
	groups := v2GroupsOf(wire)
	parts := v2Parts{called: map[text]string{}, of: map[text][]string{}}
	for _, c := range wire {
		if _, seen := parts.called[c.ID]; seen || bool(c.Group) {
			continue
		}
		part := status.Component{ID: word(c.ID), Name: line(string(c.Name)), Word: word(c.Status), Level: componentLevel(c.Status)}
		if c.ID != "" {
			parts.called[c.ID] = part.Name
		}
		var names []string
		for _, g := range groups.above(c) {
			names = append(names, g.name)
			parts.of[g.id] = append(parts.of[g.id], part.Name)
		}
		slices.Reverse(names)
		part.Group = line(strings.Join(names, " / "))
		parts.list = append(parts.list, part)
	}
	return parts
}

// v2Groups are the groups of a page, by id.
type v2Groups map[text]v2Group

type v2Group struct {
	id   text
	name string
	in   text // the id of the group it is in
}

func v2GroupsOf(wire []v2Component) v2Groups {
	groups := v2Groups{}
	for _, c := range wire {
		if bool(c.Group) && c.ID != "" {
			groups[c.ID] = v2Group{c.ID, line(string(c.Name)), c.GroupID}
		}
	}
	return groups
}

// above are the groups that a component is in, the nearest first. Known pages
// have one level of them; one that is in itself is not followed for ever.
func (g v2Groups) above(c v2Component) []v2Group {
	const deepest = 4
	var chain []v2Group
	for id := c.GroupID; len(chain) < deepest; {
		group, ok := g[id]
		if !ok || slices.Contains(chain, group) {
			break
		}
		chain = append(chain, group)
		id = group.in
	}
	return chain
}

// ulid is the form of the ids that incident.io gives out. Statuspage's are
// short and in lower case.
var ulid = regexp.MustCompile(`^[0-7][0-9A-HJKMNP-TV-Z]{25}$`)

// errWrongPlatform names the platform that does answer so.
func errWrongPlatform(name, set string) error {
	return fmt.Errorf("answers like %s; set platform = %q", name, set)
}
