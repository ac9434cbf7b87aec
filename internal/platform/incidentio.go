package platform

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// incidentIO is incident.io, whose pages answer in two forms. The v2 dialect
// is spoken with parts left out: no "incidents" key while none is open, no
// components on an incident, no start, no link, no groups. Its summary lists
// only 25 components, and which 25 changes from one answer to the next, so the
// full list is asked for as well. A page that stands for several others answers
// with an empty list.
//
// The page's own form has what is missing, in one of two shapes: the widget
// (https://docs.incident.io/status-pages/embedding), which the owner of a page
// has to switch on and which lists only what is touched, and what the page
// itself is drawn from, which lists all components and is not documented. The
// latter is asked for where components are configured, because only then it
// matters what an incident touches. Either form is enough.
//
// No answer of the own form was recorded as JSON: its incidents follow what
// the pages of OpenAI and Aiven carried inside them in March 2026, its
// maintenance follows the documentation.
func incidentIO() Platform {
	return Platform{
		Name: "incident.io",
		Paths: func(source status.Source) []Path {
			return []Path{
				{Name: summaryFile, Path: "/api/v2/summary.json", Optional: true},
				{Name: incidentIOOwn, Path: incidentIOPath(source), Optional: true},
				{Name: componentsFile, Path: "/api/v2/components.json", Optional: true},
				{Name: incidentsFile, Path: "/api/v2/incidents.json", Optional: true},
			}
		},
		Parse: parseIncidentIO,
	}
}

// incidentIOOwn is the name in Path and Parse of the page's own form, which
// tells its shape itself.
const incidentIOOwn = "own"

// incidentIOPath is where the page answers in its own form. One that is not at
// the root of its host has another name there than the host's.
func incidentIOPath(source status.Source) string {
	page, err := url.Parse(source.URL)
	if err != nil || page.Hostname() == "" || len(source.Components) == 0 || strings.Trim(page.Path, "/") != "" {
		return "/api/v1/summary"
	}
	return "/proxy/" + page.Hostname()
}

func incidentIODialect() v2 {
	return v2{
		stranger: func(page v2Page) error {
			if page.TimeZone != "" && !ulid.MatchString(string(page.ID)) {
				return errWrongPlatform("Atlassian Statuspage", "statuspage")
			}
			return nil
		},
		link: func(page v2Page, i v2Incident) string {
			return cmp.Or(link(string(i.Shortlink)), incidentPage(page, i))
		},
		plain: fromMarkdown,
	}
}

func parseIncidentIO(source status.Source, files map[string][]byte) (status.Report, error) {
	dialect := incidentIODialect()
	summary, err := dialect.summary(files[summaryFile])
	own, ownErr := readIncidentIOOwn(files[incidentIOOwn])
	switch {
	case err == nil && (ownErr != nil || !own.of(summary.Page)):
		own = incidentIOView{}
	case err != nil && ownErr == nil:
		summary = v2File{Page: own.page}
	case err != nil:
		return status.Report{}, incidentIORefusal(files, err, ownErr)
	}
	v2Says := summary.with(files)
	report := dialect.report(own.join(v2Says))
	if len(v2Says.Components) == 0 && own.widget {
		report.Components = append(own.unlisted(source, report.Components), report.Components...)
	}
	if len(report.Components) == 0 {
		return status.Report{}, errNoComponents()
	}
	if err != nil {
		report.Indicator = worstPart(report.Components)
	}
	return report, nil
}

// incidentIORefusal is why neither form is a report.
func incidentIORefusal(files map[string][]byte, v2Err, ownErr error) error {
	if _, came := files[summaryFile]; came {
		return v2Err
	}
	if _, came := files[incidentIOOwn]; came {
		return ownErr
	}
	return errors.New("the summary did not come, and the lists beside it do not tell enough")
}

// incidentIOView is what a page says in its own form, in the words of v2.
type incidentIOView struct {
	page      v2Page           // without an id in the widget, which has none
	widget    bool             // only what is touched is listed
	state     status.Component // the page as a whole, in the widget
	parts     []v2Component    // groups among them
	touched   map[text]text    // the worst word for each component that something going on touches, by id
	incidents []v2Incident     // open ones
	windows   []v2Incident     // of maintenance
}

// of tells whether this is a view of the page.
func (o incidentIOView) of(page v2Page) bool {
	return o.page.ID == "" || o.page.ID == page.ID
}

// join adds to what a page says in v2 what it says in its own form: further
// components, their groups, what incidents touch, windows of maintenance. Of
// two words for one component the worse counts.
func (o incidentIOView) join(f v2File) v2File {
	f.Components = slices.Concat(f.Components, o.parts)
	groups := map[text]text{}
	for _, c := range o.parts {
		groups[c.ID] = c.GroupID
	}
	for n := range f.Components {
		c := &f.Components[n]
		if c.ID != "" {
			c.GroupID = cmp.Or(c.GroupID, groups[c.ID])
			c.Status = worseWord(c.Status, o.touched[c.ID])
		}
	}
	touches := map[text][]v2Component{}
	for _, i := range o.incidents {
		touches[i.ID] = i.Components
	}
	for n := range f.Incidents {
		if i := &f.Incidents[n]; len(i.Components) == 0 && i.ID != "" {
			i.Components = touches[i.ID]
		}
	}
	f.Incidents = slices.Concat(f.Incidents, o.incidents)
	f.Maintenances = slices.Concat(f.Maintenances, o.windows)
	return f
}

// unlisted are the components beside those that are touched, where no list of
// all came: the page itself and those that are configured. Whether these exist
// nobody says, so they are only there, and well, while nothing is going on.
func (o incidentIOView) unlisted(source status.Source, touched []status.Component) []status.Component {
	list := []status.Component{o.state}
	if o.state.Level != status.Operational {
		return list
	}
	for _, want := range source.Components {
		same := func(c status.Component) bool {
			return c.ID == want || strings.EqualFold(c.Name, strings.TrimSpace(want))
		}
		if !slices.ContainsFunc(slices.Concat(list, touched), same) {
			list = append(list, status.Component{Name: line(want), Word: o.state.Word, Level: o.state.Level})
		}
	}
	return list
}
