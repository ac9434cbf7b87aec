package platform

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"faultbook/internal/status"
)

// checkly is a status page of Checkly (https://www.checklyhq.com/docs/status-pages/),
// which documents no address for programs. Four are asked, because none is sure
// and each says something of its own; what does not come is done without:
//
//   - /summary.json: the word of the page and what is going on. A public program
//     reads it on Mistral's page, which was here until September 2026.
//   - /services.json: the services, each with its word. Such a list was recorded,
//     its address was not: it is taken to stand beside the summary.
//   - /api/status-page/<page>/unresolved-incidents and …/uptime: what the page's
//     own script asks, as several programs do. The latter names all services and
//     tells each day's incidents.
//
// Recorded are the summary, the services and the uptime during an incident. The
// words for severity and progress are those of the documented interface for
// customers; of a window of maintenance, and of the word of a page on which all
// is well, there is no sample.
func checkly() Platform {
	return Platform{
		Name:  "checkly",
		Keys:  []Key{{Name: "page", About: `the page's name at Checkly, such as "example" of example.checkly-status-page.com; to be told only where the page stands at an address of its own`}},
		Paths: checklyPaths,
		Parse: parseCheckly,
	}
}

// The names of Checkly's files in Path and Parse.
const (
	checklySummary  = "summary"
	checklyServices = "services"
	checklyOpen     = "incidents"
	checklyUptime   = "uptime"
)

// checklyPaths are the summary and the services alone where the page's name is
// not known.
func checklyPaths(source status.Source) []Path {
	page := checklyPage(source)
	paths := []Path{
		{Name: checklySummary, Path: "/summary.json", Optional: page != ""},
		{Name: checklyServices, Path: "/services.json", Optional: true},
	}
	if page == "" {
		return paths
	}
	own := "/api/status-page/" + url.PathEscape(page)
	return append(paths,
		Path{Name: checklyOpen, Path: own + "/unresolved-incidents", Optional: true},
		Path{Name: checklyUptime, Path: own + "/uptime", Optional: true})
}

// checklyPage is the page's name: as it is told, else as its address tells.
func checklyPage(source status.Source) string {
	if page := strings.TrimSpace(source.Filter["page"]); page != "" {
		return page
	}
	u, err := url.Parse(cmp.Or(source.API, source.URL))
	if err != nil {
		return ""
	}
	page, own := strings.CutSuffix(u.Hostname(), ".checkly-status-page.com")
	if !own {
		return ""
	}
	return page
}

// checklyFile is a summary, a list of open incidents or an uptime, with the
// fields of all three.
type checklyFile struct {
	Page struct {
		Name   text `json:"name"`
		Status text `json:"status"`
	} `json:"page"`
	Active       []checklyIncident `json:"activeIncidents"`
	Maintenances []checklyIncident `json:"activeMaintenances"`

	Open []checklyIncident `json:"incidents"`

	Groups   []checklyGroup `json:"uptime"`
	Metadata []checklyGroup `json:"metadata"` // the same groups, in other editions
	Partial  yes            `json:"partialError"`
}

// checklyIncident is an incident as any of the files tells it.
type checklyIncident struct {
	ID       text `json:"id"`
	Name     text `json:"name"`
	Severity text `json:"severity"`
	URL      text `json:"url"`

	Status    text             `json:"status"` // in a summary
	StartedAt text             `json:"startedAt"`
	EndsAt    text             `json:"endsAt"`
	UpdatedAt text             `json:"updatedAt"`
	Affected  []checklyService `json:"affectedServices"`

	LastStatus text             `json:"lastUpdateStatus"` // in the others
	Created    text             `json:"created_at"`
	Updated    text             `json:"updated_at"`
	Services   []checklyService `json:"services"`
	Updates    []struct {
		Status  text `json:"status"`
		Text    text `json:"description"`
		At      text `json:"publicIncidentUpdateDate"`
		Created text `json:"created_at"`
	} `json:"incidentUpdates"`
}

// checklyService is a service in a list of its own, in an incident or in an
// uptime.
type checklyService struct {
	ID     text `json:"id"`
	Name   text `json:"name"`
	Status text `json:"status"`
	Group  text `json:"group"`
	Days   []struct {
		Events []checklyIncident `json:"events"`
	} `json:"days"`
}

type checklyGroup struct {
	Name     text             `json:"name"`
	Services []checklyService `json:"services"`
}

func parseCheckly(source status.Source, files map[string][]byte) (status.Report, error) {
	came, err := checklyAnswers(files)
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{Page: word(came.summary.Page.Name)}
	came.addIncidents(&report, source)
	report.Components = came.components(report)
	says := report.Components[0]
	for _, c := range report.Components[1:] {
		worsen(&says, c.Word, c.Level)
	}
	if page := came.summary.Page.Status; page != "" {
		says.Word, says.Level = word(page), checklyLevel(page)
	}
	report.Indicator = status.Indicator{Word: says.Word, Level: says.Level}
	inOrder(&report)
	return report, nil
}

// checklyCame are the files that came and can be read; each may be empty.
type checklyCame struct {
	summary, open, uptime checklyFile
	services              []checklyService
}

// checklyAnswers reads what came. What is going on must be told, and of whom.
func checklyAnswers(files map[string][]byte) (checklyCame, error) {
	var came checklyCame
	wrong := errors.New("what is open did not come: neither the summary, nor the open incidents beside a list of services")
	for _, reading := range []struct {
		file string
		read func([]byte) error
	}{
		{checklyUptime, came.readUptime}, {checklyOpen, came.readOpen}, {checklyServices, came.readServices}, {checklySummary, came.readSummary},
	} {
		if body, ok := files[reading.file]; ok {
			wrong = cmp.Or(reading.read(body), wrong)
		}
	}
	if came.summary.Active != nil || came.open.Open != nil && len(came.services)+len(came.groups()) > 0 {
		return came, nil
	}
	return checklyCame{}, wrong
}

func (c *checklyCame) readSummary(body []byte) error {
	var file checklyFile
	if err := decodeJSON(body, &file); err != nil {
		return err
	}
	switch {
	case file.Page.Status == "":
		return errors.New("not the shape of a Checkly summary: no page.status")
	case instatusPageLevel(file.Page.Status) != status.Unknown:
		return errWrongPlatform("Instatus", "instatus")
	case file.Active == nil, file.Maintenances == nil:
		return errors.New("not the shape of a Checkly summary: no list of active incidents and maintenances")
	}
	c.summary = file
	return nil
}

func (c *checklyCame) readServices(body []byte) error {
	list, err := decodeObjects[checklyService](body, "Checkly's services")
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.ID == "" || s.Name == "" || !checklyWord.MatchString(string(s.Status)) {
			return errors.New("not the shape of Checkly's services: no id, name and status in capitals")
		}
	}
	c.services = list
	return nil
}

var checklyWord = regexp.MustCompile(`^[A-Z_]+$`)

func (c *checklyCame) readOpen(body []byte) error {
	var file checklyFile
	if err := decodeJSON(body, &file); err != nil {
		return err
	}
	if file.Open == nil {
		return errors.New("not the shape of Checkly's open incidents: no list of incidents")
	}
	c.open = file
	return nil
}

func (c *checklyCame) readUptime(body []byte) error {
	var file checklyFile
	if err := decodeJSON(body, &file); err != nil {
		return err
	}
	switch {
	case bool(file.Partial):
		return errors.New("the uptime of Checkly is said to be incomplete")
	case len(file.Groups) == 0 && len(file.Metadata) == 0:
		return errors.New("not the shape of Checkly's uptime: no services")
	}
	c.uptime = file
	return nil
}
