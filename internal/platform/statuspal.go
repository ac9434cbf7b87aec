package platform

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// statuspal is Statuspal. All pages are asked at one host, statuspal.io or for
// customers in Europe statuspal.eu, by the subdomain that they have there:
// GET /api/v2/status_pages/{subdomain}/summary, the one endpoint that gives
// services and incidents together without a key
// (https://www.statuspal.io/api-docs/v2). Answers of live pages stand in the
// tests of https://github.com/Linuxfabrik/monitoring-plugins, which showed a
// type "info" that the documentation does not list; no recording was at hand.
//
// The type of the current incident is the only state: null is well. Times have
// no zone and are in UTC, as the documentation says of each, whatever time_zone
// the page is set to.
func statuspal() Platform {
	return Platform{
		Name: "statuspal",
		Keys: []Key{{Name: "page", Required: true, About: `the page's subdomain at Statuspal, such as "example" of example.statuspal.io`}},
		Base: func(source status.Source) string { return cmp.Or(source.API, "https://statuspal.io") },
		Paths: func(source status.Source) []Path {
			return []Path{{Name: statuspalSummary, Path: "/api/v2/status_pages/" + url.PathEscape(statuspalPage(source)) + "/summary"}}
		},
		Parse: parseStatuspal,
	}
}

const statuspalSummary = "summary"

// statuspalMax bounds the events of one list. Each may name the group of all
// services and thereby costs as much as the page has of them; pages have a
// handful of events.
const statuspalMax = 200

func statuspalPage(source status.Source) string { return strings.TrimSpace(source.Filter["page"]) }

// statuspalFile leaves out info_notices: what is told there is no incident.
type statuspalFile struct {
	Page       statuspalInfo      `json:"status_page"`
	StatusType *statuspalType     `json:"current_status_type"` // on newer pages, beside that of the incident
	Services   []statuspalService `json:"services"`            // nil: the file has none
	Incidents  []statuspalEvent   `json:"incidents"`           // the active ones; nil: the file has none
	Active     []statuspalEvent   `json:"maintenances"`
	Upcoming   []statuspalEvent   `json:"upcoming_maintenances"`
}

type statuspalInfo struct {
	Name      text          `json:"name"`
	Subdomain text          `json:"subdomain"`
	Type      statuspalType `json:"current_incident_type"`
}

type statuspalService struct {
	ID       text               `json:"id"`
	Name     text               `json:"name"`
	Type     statuspalType      `json:"current_incident_type"`
	Children []statuspalService `json:"children"`
}

type statuspalEvent struct {
	ID        text              `json:"id"`
	Title     text              `json:"title"`
	Type      statuspalType     `json:"type"`
	URL       text              `json:"url"`
	StartsAt  text              `json:"starts_at"`
	EndsAt    text              `json:"ends_at"`
	UpdatedAt text              `json:"updated_at"`
	Services  []text            `json:"service_ids"`
	Updates   []statuspalUpdate `json:"updates"`
}

type statuspalUpdate struct {
	Type     text `json:"type"`
	PostedAt text `json:"posted_at"`
	AddedAt  text `json:"inserted_at"`
	Text     text `json:"description"`      // Markdown
	HTML     text `json:"description_html"` // the same
}

// statuspalType is the type of an incident. That there is none is said with
// null; what is left out is not said.
type statuspalType struct {
	word string
	none bool
}

func (s *statuspalType) UnmarshalJSON(data []byte) error {
	var t text
	err := t.UnmarshalJSON(data)
	s.word, s.none = word(t), string(data) == "null"
	if s.none {
		s.word = "null"
	}
	return err
}

// level translates a type. Pages may have types of their own making.
func (s statuspalType) level() status.Level {
	switch {
	case s.none:
		return status.Operational
	case s.word == "scheduled", s.word == "emergency-maintenance":
		return status.Maintenance
	case s.word == "info", s.word == "performance", s.word == "minor":
		return status.Degraded
	case s.word == "major":
		return status.MajorOutage
	}
	return status.Unknown
}

func parseStatuspal(source status.Source, files map[string][]byte) (status.Report, error) {
	file, err := statuspalSummaryOf(statuspalPage(source), files[statuspalSummary])
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{Page: word(file.Page.Name), Indicator: file.indicator()}
	tree := &statuspalTree{leaves: map[text][2]int{}, group: map[text]text{}}
	for _, s := range file.Services {
		tree.add(s, statuspalService{})
	}
	report.Components = tree.parts
	if len(report.Components) == 0 { // a page may have no services
		report.Components = []status.Component{{Name: report.Page, Word: report.Indicator.Word, Level: report.Indicator.Level}}
	}
	file.addEvents(&report, tree, status.Configured(source, report))
	inOrder(&report)
	return report, nil
}

// addEvents sorts the incidents into open and past ones, and adds the windows
// of maintenance, one of which may stand among the incidents.
func (f statuspalFile) addEvents(report *status.Report, tree *statuspalTree, ours []status.Component) {
	windows := slices.Concat(f.Active, f.Upcoming)
	for _, e := range f.Incidents {
		incident := e.incident(tree)
		incident.Elsewhere = len(ours) > 0 && !e.touches(tree, ours)
		switch {
		case incident.Level == status.Maintenance:
			windows = append(windows, e)
		case e.over(incident.Phase):
			incident.Ended = cmp.Or(statuspalTime(e.EndsAt), incident.Updated)
			report.Past = append(report.Past, incident)
		default:
			report.Incidents = append(report.Incidents, incident)
		}
	}
	for _, e := range windows {
		window := e.incident(tree)
		window.Level, window.Ended = status.Maintenance, statuspalTime(e.EndsAt)
		report.Maintenance = append(report.Maintenance, window)
	}
}

// statuspalSummaryOf reads a summary and makes sure that it is one of page.
func statuspalSummaryOf(page string, body []byte) (statuspalFile, error) {
	var file statuspalFile
	if err := decodeJSON(body, &file); err != nil {
		return statuspalFile{}, err
	}
	switch {
	case file.Page.Subdomain == "":
		return statuspalFile{}, errors.New("not the shape of a Statuspal summary: no status_page with a subdomain")
	case file.Services == nil:
		return statuspalFile{}, errors.New("not the shape of a Statuspal summary: no list of services")
	case file.Incidents == nil:
		return statuspalFile{}, errors.New("not the shape of a Statuspal summary: no list of incidents")
	case max(len(file.Incidents), len(file.Active), len(file.Upcoming)) > statuspalMax:
		return statuspalFile{}, fmt.Errorf("more than %d incidents or windows of maintenance", statuspalMax)
	case !strings.EqualFold(string(file.Page.Subdomain), page):
		return statuspalFile{}, fmt.Errorf("the answer is of the page %.80q, not of %.80q", word(file.Page.Subdomain), page)
	}
	return file, nil
}

// indicator is the page's own word. Of two that differ the worse one counts.
func (f statuspalFile) indicator() status.Indicator {
	says := status.Indicator{Word: f.Page.Type.word, Level: f.Page.Type.level()}
	if f.StatusType == nil {
		return says
	}
	if worse := status.Worse(says.Level, f.StatusType.level()); worse != says.Level {
		return status.Indicator{Word: f.StatusType.word, Level: worse}
	}
	return says
}

func (e statuspalEvent) incident(tree *statuspalTree) status.Incident {
	i := status.Incident{
		ID:      word(e.ID),
		Title:   word(e.Title),
		Impact:  e.Type.word,
		Level:   e.Type.level(),
		URL:     link(string(e.URL)),
		Started: statuspalTime(e.StartsAt),
		Updated: statuspalTime(e.UpdatedAt),
	}
	if e.Type.none { // of an incident it does not say that all is well
		i.Level = status.Unknown
	}
	named := map[string]bool{}
	for _, part := range e.touched(tree) {
		if !named[part.Name] {
			named[part.Name] = true
			i.Components = append(i.Components, part.Name)
		}
	}
	for _, u := range e.Updates {
		told := fromHTML(string(u.HTML))
		if told == "" {
			told = fromMarkdown(string(u.Text))
		}
		i.Updates = append(i.Updates, status.Update{Phase: word(u.Type), Text: told, At: cmp.Or(statuspalTime(u.PostedAt), statuspalTime(u.AddedAt))})
	}
	newestUpdateFirst(i.Updates)
	if len(i.Updates) > 0 {
		i.Phase = i.Updates[0].Phase
	}
	return i
}

// over tells whether an incident has ended although it is listed as active: its
// newest update says so, or it was last changed after its end.
func (e statuspalEvent) over(phase string) bool {
	ended, updated := statuspalTime(e.EndsAt), statuspalTime(e.UpdatedAt)
	return phase == "resolved" || !ended.IsZero() && !updated.Before(ended)
}

func statuspalTime(t text) time.Time {
	at, err := time.Parse("2006-01-02T15:04:05", string(t))
	if err != nil {
		return instant(t)
	}
	return at.UTC().Truncate(time.Second)
}
