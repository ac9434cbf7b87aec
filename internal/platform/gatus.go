package platform

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"faultbook/internal/status"
)

// gatus is Gatus (https://github.com/TwiN/gatus), which people host themselves.
// GET /api/v1/endpoints/statuses lists all endpoints, each with one page of its
// results, the oldest first: the pages are those of the results, so one result
// each is enough, however many endpoints there are. Newer versions also check
// whole sequences, called suites, which are listed in the same form, and tell
// announcements with the configuration. A page that wants a login lists nothing
// without one.
//
// No answer of a live page was recorded: the results follow the tests of Gatus,
// the rest its source. An endpoint does well or not, with nothing in between,
// and the answer does not tell that it is under maintenance. There is no
// overall word: the worst endpoint speaks for the page.
func gatus() Platform {
	return Platform{
		Name: "gatus",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: gatusEndpoints, Path: "/api/v1/endpoints/statuses?page=1&pageSize=1"},
				{Name: gatusSuites, Path: "/api/v1/suites/statuses?page=1&pageSize=1", Optional: true},
				{Name: gatusConfig, Path: "/api/v1/config", Optional: true},
			}
		},
		Parse: parseGatus,
	}
}

// The names of Gatus' files in Path and Parse.
const (
	gatusEndpoints = "endpoints"
	gatusSuites    = "suites"
	gatusConfig    = "config"
)

type gatusStatus struct {
	Name    text          `json:"name"`
	Group   text          `json:"group"`
	Key     text          `json:"key"`
	Results []gatusResult `json:"results"` // nil: the entry has none
}

type gatusResult struct {
	Success   json.RawMessage `json:"success"`
	Timestamp text            `json:"timestamp"`
}

func parseGatus(_ status.Source, files map[string][]byte) (status.Report, error) {
	checked, err := gatusList(files[gatusEndpoints])
	if err != nil {
		return status.Report{}, err
	}
	if suites, err := gatusList(files[gatusSuites]); err == nil {
		checked = append(checked, suites...)
	}
	var report status.Report
	for _, s := range checked {
		part, at := s.component()
		report.Components = append(report.Components, part)
		if at.After(report.PageUpdated) {
			report.PageUpdated = at
		}
	}
	report.Indicator = worstPart(report.Components)
	addGatusAnnouncements(&report, files[gatusConfig])
	return report, nil
}

// gatusList reads a list of endpoints, or of suites. Some may have been checked
// never yet.
func gatusList(body []byte) ([]gatusStatus, error) {
	list, err := decodeObjects[gatusStatus](body, "a Gatus answer")
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, errors.New("the list of endpoints is empty")
	case slices.ContainsFunc(list, func(s gatusStatus) bool { return s.Key == "" }):
		return nil, errors.New("not the shape of a Gatus answer: an entry without a key")
	case !slices.ContainsFunc(list, func(s gatusStatus) bool { return s.Results != nil }):
		return nil, errors.New("not the shape of a Gatus answer: no results list")
	}
	return list, nil
}

// component is an endpoint, and when it was last checked.
func (s gatusStatus) component() (status.Component, time.Time) {
	part := status.Component{ID: word(s.Key), Name: cmp.Or(word(s.Name), word(s.Key)), Group: word(s.Group), Word: "results: []"}
	if len(s.Results) == 0 {
		return part, time.Time{}
	}
	last := newest(s.Results, gatusResult.at)
	part.Word = line("success: " + string(last.Success))
	switch string(last.Success) {
	case "true":
		part.Level = status.Operational
	case "false":
		part.Level = status.MajorOutage
	}
	return part, last.at().Truncate(time.Second)
}

// at is when the check was made, to the fraction of a second.
func (r gatusResult) at() time.Time {
	at, err := time.Parse(time.RFC3339, string(r.Timestamp))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
