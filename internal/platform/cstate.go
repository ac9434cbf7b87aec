package platform

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// cstate is cState, a theme for Hugo, whose pages are files
// (https://github.com/cstate/cstate/blob/master/layouts/index.json). Two pages
// with something disrupted are recorded; "notice" and "down" follow that
// template.
//
// The JSON is made by a text template, so a quote in any title breaks it: such
// an answer is refused. What is left out is written "<no value>". The page's
// word and those of the systems are the worst severity of the open issues; an
// issue stands with each system that it affects. One that affects none on the
// page, and what is over, is only in the list of all issues. There "resolved"
// is false also where an issue does not say, and such an issue is not counted
// by the page: so while the page's word is ok, nothing is open.
func cstate() Platform {
	return Platform{
		Name: "cstate",
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: cstateIndex, Path: "/index.json"},
				{Name: cstateIssues, Path: "/issues/index.json", Optional: true},
			}
		},
		Parse: parseCState,
	}
}

// The names of cState's files in Path and Parse.
const (
	cstateIndex  = "index"
	cstateIssues = "issues"
)

type cstateFile struct {
	Version text           `json:"cStateVersion"`
	Title   text           `json:"title"`
	Summary text           `json:"summaryStatus"`
	Systems []cstateSystem `json:"systems"` // nil: the file has none
}

type cstateSystem struct {
	Name     text          `json:"name"`
	Category text          `json:"category"`
	Status   text          `json:"status"`
	Open     []cstateIssue `json:"unresolvedIssues"`
}

type cstateIssue struct {
	Is            text   `json:"is"`
	Title         text   `json:"title"`
	CreatedAt     text   `json:"createdAt"`
	LastMod       text   `json:"lastMod"`
	Permalink     text   `json:"permalink"`
	Severity      text   `json:"severity"`
	Resolved      text   `json:"resolved"`
	Informational yes    `json:"informational"` // news rather than an incident
	ResolvedAt    text   `json:"resolvedAt"`
	Affected      []text `json:"affected"`
	Filename      text   `json:"filename"`
}

// cstateList is the list of all issues; other pages may be among them.
type cstateList struct {
	Pages []cstateIssue `json:"pages"`
}

func parseCState(_ status.Source, files map[string][]byte) (status.Report, error) {
	var file cstateFile
	if err := decodeJSON(files[cstateIndex], &file); err != nil {
		return status.Report{}, err
	}
	switch {
	case file.Version == "":
		return status.Report{}, errors.New("not the shape of a cState index: no cStateVersion")
	case len(file.Systems) == 0:
		return status.Report{}, errors.New("the list of systems is empty")
	}
	report := status.Report{
		Page:      cstateText(file.Title),
		Indicator: status.Indicator{Word: word(file.Summary), Level: cstateLevel(file.Summary)},
	}
	for _, s := range file.Systems {
		report.Components = append(report.Components, status.Component{
			Name: cstateText(s.Name), Group: cstateText(s.Category), Word: word(s.Status), Level: cstateLevel(s.Status),
		})
	}
	listed := file.addOpen(&report)
	addCStateIssues(&report, files[cstateIssues], listed)
	inOrder(&report)
	return report, nil
}

// addOpen adds the open issues, each once, and tells which these are.
func (f cstateFile) addOpen(report *status.Report) map[text]int {
	listed := map[text]int{} // their places among the incidents, by key
	for _, s := range f.Systems {
		for _, i := range s.Open {
			at, known := listed[i.key()]
			if !known || i.key() == "" {
				at = len(report.Incidents)
				listed[i.key()] = at
				report.Incidents = append(report.Incidents, i.incident())
			}
			touched := &report.Incidents[at].Components
			if name := cstateText(s.Name); !slices.Contains(*touched, name) {
				*touched = append(*touched, name)
			}
		}
	}
	return listed
}

// addCStateIssues adds from the list of all issues what is over, and what is
// open but affects nothing on the page.
func addCStateIssues(report *status.Report, body []byte, listed map[text]int) {
	var list cstateList
	if len(body) == 0 || decodeJSON(body, &list) != nil {
		return // the systems alone are a report
	}
	for _, i := range list.Pages {
		if _, known := listed[i.key()]; known || i.Is != "issue" {
			continue
		}
		incident := i.incident()
		switch {
		case i.Resolved == "true":
			incident.Phase, incident.Ended = "resolved", cstateTime(i.ResolvedAt)
			report.Past = append(report.Past, incident)
		case !bool(i.Informational) && report.Indicator.Level != status.Operational:
			report.Incidents = append(report.Incidents, incident)
		}
	}
}

// key names an issue. Several may have a file of the same name.
func (i cstateIssue) key() text { return cmp.Or(i.Permalink, i.Filename) }

func (i cstateIssue) incident() status.Incident {
	incident := status.Incident{
		ID:      word(i.key()),
		Title:   cstateText(i.Title),
		Phase:   "unresolved",
		Impact:  word(i.Severity),
		Level:   cstateLevel(i.Severity),
		URL:     link(string(i.Permalink)),
		Started: cstateTime(i.CreatedAt),
		Updated: cstateTime(i.LastMod),
	}
	for _, name := range i.Affected {
		if name := cstateText(name); name != "" && !slices.Contains(incident.Components, name) {
			incident.Components = append(incident.Components, name)
		}
	}
	return incident
}

// cstateText is a text of the page's owner. One that is left out is written as
// Go's templates do.
func cstateText(t text) string {
	if t == "<no value>" {
		return ""
	}
	return word(t)
}

func cstateLevel(word text) status.Level {
	switch word {
	case "ok":
		return status.Operational
	case "notice":
		return status.Degraded
	case "disrupted":
		return status.PartialOutage
	case "down":
		return status.MajorOutage
	}
	return status.Unknown
}

// cstateTime reads a time as Go prints it: "2025-09-12 19:20:02 +0200 +0200",
// at the end the name of the zone, which is not always a known one. Some are
// printed as they were typed; one without a zone says nothing.
func cstateTime(t text) time.Time {
	const fields = 3 // date, time and offset
	parts := strings.Fields(string(t))
	if len(parts) < fields {
		return instant(t)
	}
	at, err := time.Parse("2006-01-02 15:04:05 -0700", strings.Join(parts[:fields], " "))
	if err != nil {
		return time.Time{}
	}
	return at.UTC().Truncate(time.Second)
}
