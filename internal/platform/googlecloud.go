package platform

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"faultbook/internal/status"
)

// googleCloud is the dashboard of Google Cloud (https://status.cloud.google.com,
// whose format is told by https://status.cloud.google.com/incidents.schema.json)
// and that of Google Workspace, which has the same shape without locations
// (https://www.google.com/appsstatus/dashboard).
//
// incidents.json is a bare list of the incidents of the last months, all
// products and locations together; parameters are ignored. An incident is open
// while "end" is absent, null or empty, and nothing else tells: the newest
// update of one that has ended may still say SERVICE_DISRUPTION for days, and
// the locations affected now may be empty before the end. There is no word for
// the page or for a product, and no maintenance. Green rests on the absence of
// an open incident and is written AVAILABLE, the word that an update has for
// it. The list is never empty, because months without any incident do not
// occur: an empty one is not believed.
//
// products.json lists the products by id and title. It is asked for to tell a
// product without incidents from one that does not exist. Titles change, ids
// stay, so an id is the safer filter.
//
// No recorded answer with an open incident was at hand: that state follows the
// schema and what public readers of the format quote.
func googleCloud() Platform {
	return Platform{
		Name: "google-cloud",
		Keys: []Key{
			{Name: "location", About: `ids of the locations that count, such as "global, us-central1"; none: all`},
			{Name: "product", About: `ids or titles of the products that count, such as "Z0FZJAMvEB4j3NbCJs6B"; none: all`},
		},
		Paths: func(source status.Source) []Path {
			paths := []Path{{Name: googleIncidents, Path: "/incidents.json"}}
			if len(wanted(source, "product")) > 0 {
				paths = append(paths, Path{Name: googleProducts, Path: "/products.json", Optional: true})
			}
			return paths
		},
		Parse: parseGoogleCloud,
	}
}

// The names of Google's files in Path and Parse.
const (
	googleIncidents = "incidents"
	googleProducts  = "products"
)

type googleIncident struct {
	ID           text           `json:"id"`
	Begin        text           `json:"begin"`
	Created      text           `json:"created"`
	End          text           `json:"end"`
	Modified     text           `json:"modified"`
	Description  text           `json:"external_desc"` // the headline; in Markdown on the dashboard of Workspace
	Updates      []googleUpdate `json:"updates"`
	Newest       *googleUpdate  `json:"most_recent_update"` // the newest of Updates once more
	StatusImpact text           `json:"status_impact"`
	Severity     text           `json:"severity"`
	ServiceKey   text           `json:"service_key"` // deprecated: the product, or "zall" for several
	ServiceName  text           `json:"service_name"`
	Products     []googleName   `json:"affected_products"`
	Now          []googleName   `json:"currently_affected_locations"`
	Before       []googleName   `json:"previously_affected_locations"`
	URI          text           `json:"uri"` // below the page
}

type googleUpdate struct {
	When    text `json:"when"`
	Created text `json:"created"`
	Text    text `json:"text"`
	Status  text `json:"status"` // of the service at that time
}

// googleName is a product or a location.
type googleName struct {
	ID      text `json:"id"`
	Title   text `json:"title"`
	Current text `json:"current_title"` // the title after it was changed
}

func (n googleName) name() string { return line(string(cmp.Or(n.Current, n.Title, n.ID))) }

// is tells whether a filter's value means this product.
func (n googleName) is(want string) bool {
	return want != "" && (word(n.ID) == want || same(line(string(n.Title)), want) || same(line(string(n.Current)), want))
}

func parseGoogleCloud(source status.Source, files map[string][]byte) (status.Report, error) {
	wire, err := readGoogleIncidents(files[googleIncidents])
	if err != nil {
		return status.Report{}, err
	}
	scope, err := newGoogleScope(source, wire, readGoogleProducts(files[googleProducts]))
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{Page: googlePage(source.URL)}
	for _, i := range wire {
		incident := i.incident(source.URL, scope.known)
		touched := scope.touched(i)
		incident.Elsewhere = len(touched) == 0
		if !incident.Ended.IsZero() {
			report.Past = append(report.Past, incident)
			continue
		}
		report.Incidents = append(report.Incidents, incident)
		for _, part := range touched {
			worsen(part, incident.Impact, incident.Level)
		}
	}
	report.Components = scope.parts
	report.Indicator = worstPart(scope.parts)
	inOrder(&report)
	return report, nil
}

// readGoogleIncidents reads incidents.json and makes sure that it is one.
func readGoogleIncidents(body []byte) ([]googleIncident, error) {
	const shape = "Google's incidents.json"
	wire, err := decodeObjects[googleIncident](body, shape)
	if err != nil {
		return nil, err
	}
	if len(wire) == 0 {
		return nil, errors.New("the list of incidents is empty; it always holds those of the last months")
	}
	for _, i := range wire {
		if i.ID == "" || i.Description == "" || i.StatusImpact == "" && i.Severity == "" {
			return nil, errors.New("not the shape of " + shape + ": an entry without id, external_desc or status_impact")
		}
	}
	return wire, nil
}

// googlePage is the name of the page, which the answer does not tell.
func googlePage(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return ""
	case u.Hostname() == "status.cloud.google.com":
		return "Google Cloud"
	case strings.HasPrefix(u.Path, "/appsstatus"):
		return "Google Workspace"
	}
	return line(u.Host + u.Path)
}

func (i googleIncident) incident(page string, known []googleName) status.Incident {
	impact := cmp.Or(i.StatusImpact, i.Severity)
	incident := status.Incident{
		ID:      word(i.ID),
		Title:   cmp.Or(googleTitle(i.Description), word(i.ID)),
		Impact:  word(impact),
		Level:   googleLevel(impact),
		URL:     googleLink(page, i.URI),
		Started: first(i.Begin, i.Created),
		Updated: first(i.Modified),
		Ended:   instant(i.End),
	}
	for _, p := range i.products() {
		incident.Components = append(incident.Components, knownAs(p, known))
	}
	updates := i.Updates
	if len(updates) == 0 && i.Newest != nil {
		updates = []googleUpdate{*i.Newest}
	}
	for _, u := range updates {
		incident.Updates = append(incident.Updates, status.Update{Phase: word(u.Status), Text: googleText(u.Text), At: first(u.When, u.Created)})
	}
	newestUpdateFirst(incident.Updates)
	if len(incident.Updates) > 0 {
		incident.Phase = incident.Updates[0].Phase
	}
	return incident
}

// products are those that the incident says it touches; none: it does not say.
func (i googleIncident) products() []googleName {
	if len(i.Products) == 0 && i.ServiceKey != "" && i.ServiceKey != "zall" {
		return []googleName{{ID: i.ServiceKey, Title: i.ServiceName}}
	}
	return i.Products
}

// googleLevel translates status_impact, and severity where that is all there
// is. A SERVICE_INFORMATION tells of errors of some customers, such as
// "increased error rates when accessing the global endpoint", so it is not
// nothing.
func googleLevel(impact text) status.Level {
	switch impact {
	case "AVAILABLE":
		return status.Operational
	case "SERVICE_INFORMATION", "low":
		return status.Degraded
	case "SERVICE_DISRUPTION", "medium":
		return status.PartialOutage
	case "SERVICE_OUTAGE", "high":
		return status.MajorOutage
	}
	return status.Unknown
}

// googleTitle is the headline. Workspace puts it under a heading of its own.
func googleTitle(t text) string {
	title := googleText(t)
	if rest, ok := strings.CutPrefix(title, "Title:"); ok {
		title, _, _ = strings.Cut(strings.TrimSpace(rest), "\n")
	}
	return line(title)
}

// escapedMarks are the marks of a heading that were escaped on their way and
// stand behind those that the page added: "## \#\# Summary".
var escapedMarks = regexp.MustCompile(`(?m)^(#{1,6} )(?:\\#)+ `)

func googleText(t text) string {
	return fromMarkdown(escapedMarks.ReplaceAllString(cut(string(t)), "$1"))
}

// googleLink is the address of an incident, which the source gives as a path.
func googleLink(page string, uri text) string {
	id, ok := strings.CutPrefix(string(uri), "incidents/")
	if !ok || !plainID.MatchString(id) {
		return ""
	}
	return link(strings.TrimSuffix(page, "/") + "/incidents/" + id)
}
