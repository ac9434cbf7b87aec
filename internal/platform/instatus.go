package platform

import (
	"cmp"
	"encoding/json"
	"errors"
	"regexp"

	"faultbook/internal/status"
)

// instatus is Instatus (https://instatus.com/help/api/public-data). The summary
// has the word of the page as a whole and what is going on; the keys
// activeIncidents and activeMaintenances are absent while nothing is. It does
// not say which components an incident touches. The list of components is a
// file of its own. Of both there are an older and a newer edition, and pages
// were seen with either: the newer edition
// counts. Without any list the page is its own one component.
//
// Recorded are calm answers only. Incidents follow the documentation, the
// example there with its JavaScript dates included, and what the page of
// mastodon.social carried inside it in March 2026; there the page said
// SOMEMAJOROUTAGE beside HASISSUES, names are told by language, and an incident
// open for months had the impact OPERATIONAL while three components were down.
func instatus() Platform {
	return Platform{
		Name: "instatus",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: instatusSummary, Path: "/summary.json", Optional: true},
				{Name: instatusParts, Path: "/v2/components.json", Optional: true},
				{Name: instatusSummaryV3, Path: "/v3/summary.json", Optional: true},
				{Name: instatusPartsV3, Path: "/v3/components.json", Optional: true},
			}
		},
		Parse: parseInstatus,
	}
}

// The names of Instatus' files in Path and Parse.
const (
	instatusSummary   = "summary"
	instatusSummaryV3 = "summary-v3"
	instatusParts     = "components"
	instatusPartsV3   = "components-v3"
)

type instatusFile struct {
	Page struct {
		Name   instatusText `json:"name"`
		Status text         `json:"status"`
	} `json:"page"`
	Incidents    []instatusEvent `json:"activeIncidents"`
	Maintenances []instatusEvent `json:"activeMaintenances"`
}

type instatusEvent struct {
	ID         text             `json:"id"`
	Name       instatusText     `json:"name"`
	Status     text             `json:"status"`
	Impact     text             `json:"impact"`
	URL        text             `json:"url"`
	Started    text             `json:"started"`  // of an incident
	Start      text             `json:"start"`    // of maintenance
	Duration   text             `json:"duration"` // minutes
	Resolved   text             `json:"resolved"`
	Updated    text             `json:"updatedAt"`
	Components []instatusPart   `json:"components"`
	Updates    []instatusUpdate `json:"updates"`
}

type instatusUpdate struct {
	Status  text         `json:"status"`
	Started text         `json:"started"`
	Message instatusText `json:"message"` // Markdown
	HTML    instatusText `json:"messageHtml"`
}

// instatusPart is a component, or a group of them.
type instatusPart struct {
	ID       text           `json:"id"`
	Name     instatusText   `json:"name"`
	Status   text           `json:"status"`
	Group    instatusGroup  `json:"group"`
	Children []instatusPart `json:"children"`
}

type instatusGroup struct {
	ID   text         `json:"id"`
	Name instatusText `json:"name"`
}

// UnmarshalJSON reads an object; instead of one there may be a name alone.
func (g *instatusGroup) UnmarshalJSON(data []byte) error {
	type fields instatusGroup
	if data[0] == '{' {
		return json.Unmarshal(data, (*fields)(g))
	}
	return g.Name.UnmarshalJSON(data)
}

// instatusText is a text, or an object with one for each language.
type instatusText string

// UnmarshalJSON reads either.
func (t *instatusText) UnmarshalJSON(data []byte) error {
	var told struct {
		Default text `json:"default"`
		English text `json:"en"`
	}
	if data[0] != '{' {
		return (*text)(t).UnmarshalJSON(data)
	}
	err := json.Unmarshal(data, &told)
	*t = instatusText(cmp.Or(told.Default, told.English))
	return err
}

func parseInstatus(_ status.Source, files map[string][]byte) (status.Report, error) {
	file, err := readInstatus(files)
	if err != nil {
		return status.Report{}, err
	}
	says := status.Indicator{Word: word(file.Page.Status), Level: instatusPageLevel(file.Page.Status)}
	report := status.Report{Page: line(string(file.Page.Name)), Indicator: says, Components: instatusComponents(files)}
	if len(report.Components) == 0 {
		report.Components = []status.Component{{Name: report.Page, Word: says.Word, Level: says.Level}}
	}
	for _, e := range file.Incidents {
		if incident := e.incident(); e.Status == "RESOLVED" {
			incident.Ended = instatusTime(e.Resolved, e.Updated)
			report.Past = append(report.Past, incident)
		} else {
			report.Incidents = append(report.Incidents, incident)
		}
	}
	for _, e := range file.Maintenances {
		if e.Status != "COMPLETED" {
			report.Maintenance = append(report.Maintenance, e.window())
		}
	}
	inOrder(&report)
	return report, nil
}

// readInstatus reads the newer summary, else the older one. The reason for
// neither is that of the older, if it came.
func readInstatus(files map[string][]byte) (instatusFile, error) {
	err := errors.New("the summary did not come, and the list of components does not tell what is going on")
	for _, name := range []string{instatusSummaryV3, instatusSummary} {
		body, came := files[name]
		if !came {
			continue
		}
		var file instatusFile
		if file, err = instatusSummaryOf(body); err == nil {
			return file, nil
		}
	}
	return instatusFile{}, err
}

// instatusSummaryOf reads a summary and makes sure that it is one. Other pages
// have a status in "page" as well, but not in capitals.
func instatusSummaryOf(body []byte) (instatusFile, error) {
	var file instatusFile
	if err := decodeJSON(body, &file); err != nil {
		return instatusFile{}, err
	}
	if !instatusWord.MatchString(string(file.Page.Status)) {
		return instatusFile{}, errors.New("not the shape of an Instatus summary: no page.status in capitals")
	}
	return file, nil
}

var instatusWord = regexp.MustCompile(`^[A-Z]+$`)
