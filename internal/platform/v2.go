package platform

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

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
	// components.json was asked for after the summary, so it goes first.
	wire := slices.Concat(optional(files[componentsFile], summary.Page).Components, summary.Components)
	report := status.Report{
		Page:        line(string(summary.Page.Name)),
		Indicator:   status.Indicator{Word: word(summary.Status.Indicator), Level: impactLevel(summary.Status.Indicator)},
		PageUpdated: instant(summary.Page.UpdatedAt),
		Components:  components(wire),
	}
	if len(report.Components) == 0 {
		return status.Report{}, errors.New("the component list is empty")
	}
	d.addIncidents(&report, summary.Page, slices.Concat(summary.Incidents, optional(files[incidentsFile], summary.Page).Incidents))
	d.addWindows(&report, summary.Page, summary.Maintenances)
	return report, nil
}

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

// optional reads a further file of the same page. One that cannot be read or
// is of another page adds nothing: the summary alone is a report.
func optional(body []byte, page v2Page) v2File {
	var file v2File
	if len(body) == 0 || decodeJSON(body, &file) != nil || file.Page.ID != page.ID {
		return v2File{}
	}
	return file
}

// components are the parts of the page. Groups only name their children: their
// own status is derived and would count twice. Of two entries with one id the
// first counts.
func components(wire []v2Component) []status.Component {
	groups, seen := map[text]string{}, map[text]bool{}
	for _, c := range wire {
		if c.Group {
			groups[c.ID] = line(string(c.Name))
		}
	}
	var parts []status.Component
	for _, c := range wire {
		if bool(c.Group) || seen[c.ID] {
			continue
		}
		seen[c.ID] = c.ID != ""
		parts = append(parts, status.Component{
			ID: word(c.ID), Name: line(string(c.Name)), Group: groups[c.GroupID],
			Word: word(c.Status), Level: componentLevel(c.Status),
		})
	}
	return parts
}

// ulid is the form of the ids that incident.io gives out. Statuspage's are
// short and in lower case.
var ulid = regexp.MustCompile(`^[0-7][0-9A-HJKMNP-TV-Z]{25}$`)

// errWrongPlatform names the platform that does answer so.
func errWrongPlatform(name, set string) error {
	return fmt.Errorf("answers like %s; set platform = %q", name, set)
}
