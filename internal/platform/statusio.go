package platform

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// statusIO is Status.io. All pages are asked at one host by their id
// (https://kb.status.io/developers/public-status-api/). The answer tells
// neither the page's name nor its id, so a wrong id is not noticed; an incident
// that is resolved is gone. Recorded is a calm answer of a live page; incidents
// and maintenance follow the example in the documentation.
//
// A component stands in one or more containers, such as regions, each with a
// state of its own; the component is as bad as the worst of them. States are
// told as a number, outside of incidents with an English name beside it.
func statusIO() Platform {
	return Platform{
		Name: "status.io",
		Keys: []Key{{Name: "page", Required: true, About: `the page's id at Status.io, as the address of its feed or of any incident shows, such as "5b36dc6502d06804c08349f7"`}},
		Base: func(source status.Source) string { return cmp.Or(source.API, "https://status-api.hostedstatus.com") },
		Paths: func(source status.Source) []Path {
			return []Path{{Name: statusIOStatus, Path: "/1.0/status/" + url.PathEscape(statusIOPage(source))}}
		},
		Parse: parseStatusIO,
	}
}

const statusIOStatus = "status"

func statusIOPage(source status.Source) string { return strings.TrimSpace(source.Filter["page"]) }

type statusIOFile struct {
	Result struct {
		Overall     statusIOState   `json:"status_overall"`
		Components  []statusIOPart  `json:"status"`    // nil: the file has none
		Incidents   []statusIOEvent `json:"incidents"` // nil: the file has none
		Maintenance struct {
			Active   []statusIOEvent `json:"active"`
			Upcoming []statusIOEvent `json:"upcoming"`
		} `json:"maintenance"`
	} `json:"result"`
}

// statusIOState is a state by its number and by its name.
type statusIOState struct {
	Code    text `json:"status_code"`
	Name    text `json:"status"`
	Updated text `json:"updated"`
}

type statusIOPart struct {
	statusIOState
	ID         text            `json:"id"`
	Title      text            `json:"name"`
	Containers []statusIOState `json:"containers"`
}

type statusIOEvent struct {
	ID         text              `json:"_id"`
	Name       text              `json:"name"`
	Opened     text              `json:"datetime_open"`
	Start      text              `json:"datetime_planned_start"` // of maintenance
	End        text              `json:"datetime_planned_end"`
	Messages   []statusIOMessage `json:"messages"`
	Components []struct {
		Name text `json:"name"`
	} `json:"components_affected"`
}

type statusIOMessage struct {
	Text   text `json:"details"`
	State  text `json:"state"`  // how far the work on it is
	Status text `json:"status"` // how bad it is
	At     text `json:"datetime"`
}

func parseStatusIO(source status.Source, files map[string][]byte) (status.Report, error) {
	file, err := statusIOStatusOf(files[statusIOStatus])
	if err != nil {
		return status.Report{}, err
	}
	result := file.Result
	report := status.Report{PageUpdated: instant(result.Overall.Updated)}
	report.Indicator.Word, report.Indicator.Level = result.Overall.says()
	for _, c := range result.Components {
		report.Components = append(report.Components, c.component())
	}
	for _, e := range result.Incidents {
		if i := e.incident(source); i.Phase == "resolved" {
			report.Past = append(report.Past, e.over(i))
		} else {
			report.Incidents = append(report.Incidents, i)
		}
	}
	for _, e := range result.Maintenance.Active {
		report.Maintenance = append(report.Maintenance, e.window(source, "active"))
	}
	for _, e := range result.Maintenance.Upcoming {
		report.Maintenance = append(report.Maintenance, e.window(source, "upcoming"))
	}
	inOrder(&report)
	return report, nil
}

// statusIOStatusOf reads an answer and makes sure that it is one.
func statusIOStatusOf(body []byte) (statusIOFile, error) {
	var file statusIOFile
	if err := decodeJSON(body, &file); err != nil {
		return statusIOFile{}, err
	}
	switch {
	case file.Result.Overall.Code == "":
		return statusIOFile{}, errors.New("not the shape of a Status.io status: no result.status_overall with a code; is the page's id right?")
	case file.Result.Components == nil:
		return statusIOFile{}, errors.New("not the shape of a Status.io status: no list of components")
	case len(file.Result.Components) == 0:
		return statusIOFile{}, errors.New("the component list is empty")
	case file.Result.Incidents == nil:
		return statusIOFile{}, errors.New("not the shape of a Status.io status: no list of incidents")
	}
	return file, nil
}

// statusIOCode is the number of a state. Whoever reports a security event says
// nothing of how well things work, only that they are not as they should be.
type statusIOCode struct {
	code, name text
	level      status.Level
}

func statusIOCodes() []statusIOCode {
	return []statusIOCode{
		{"100", "Operational", status.Operational},
		{"200", "Planned Maintenance", status.Maintenance},
		{"300", "Degraded Performance", status.Degraded},
		{"400", "Partial Service Disruption", status.PartialOutage},
		{"500", "Service Disruption", status.MajorOutage},
		{"600", "Security Event", status.Degraded},
	}
}

// says is the word for a state, and its level. The number counts; where the
// name beside it is that of a worse state, the name does.
func (s statusIOState) says() (string, status.Level) {
	codes := statusIOCodes()
	at := slices.IndexFunc(codes, func(c statusIOCode) bool { return c.code == s.Code })
	if at < 0 {
		return line(string(s.Name + " " + s.Code)), status.Unknown
	}
	says := codes[at]
	for _, named := range codes {
		if named.name == s.Name && status.Worse(says.level, named.level) != says.level {
			says = named
		}
	}
	return string(says.name), says.level
}

// component is the part as the worst of its own state and its containers'.
func (p statusIOPart) component() status.Component {
	c := status.Component{ID: word(p.ID), Name: word(p.Title)}
	c.Word, c.Level = p.says()
	for _, box := range p.Containers {
		name, level := box.says()
		worsen(&c, name, level)
	}
	return c
}

// incident is the event as its newest message tells it.
func (e statusIOEvent) incident(source status.Source) status.Incident {
	i := e.event(source, "incident")
	for _, m := range e.newestFirst() {
		i.Updates = append(i.Updates, status.Update{Phase: statusIOPhase(m.State), Text: fromHTML(string(m.Text)), At: instant(m.At)})
	}
	if len(i.Updates) > 0 {
		i.Phase, i.Updated = i.Updates[0].Phase, i.Updates[0].At
		i.Impact, i.Level = statusIOState{Code: e.newestFirst()[0].Status}.says()
	}
	return i
}

// over is the incident when it is resolved: as bad as it was at worst.
func (e statusIOEvent) over(i status.Incident) status.Incident {
	i.Ended = i.Updated
	for _, m := range e.Messages {
		if name, level := (statusIOState{Code: m.Status}).says(); status.Worse(i.Level, level) != i.Level {
			i.Impact, i.Level = name, level
		}
	}
	return i
}

// window is the event as maintenance, where no state of a message is explained.
func (e statusIOEvent) window(source status.Source, list string) status.Incident {
	w := e.event(source, "maintenance")
	for _, m := range e.newestFirst() {
		w.Updates = append(w.Updates, status.Update{Text: fromHTML(string(m.Text)), At: instant(m.At)})
	}
	if len(w.Updates) > 0 {
		w.Updated = w.Updates[0].At
	}
	w.Phase, w.Level = list, status.Maintenance
	w.Started, w.Ended = first(e.Start, e.Opened), instant(e.End)
	return w
}

// newestFirst are the messages, which come oldest first.
func (e statusIOEvent) newestFirst() []statusIOMessage {
	messages := slices.Clone(e.Messages)
	slices.Reverse(messages)
	slices.SortStableFunc(messages, func(a, b statusIOMessage) int { return instant(b.At).Compare(instant(a.At)) })
	return messages
}

// event is what incidents and windows have in common.
func (e statusIOEvent) event(source status.Source, kind string) status.Incident {
	i := status.Incident{ID: word(e.ID), Title: word(e.Name), Started: instant(e.Opened)}
	for _, c := range e.Components {
		if name := word(c.Name); name != "" && !slices.Contains(i.Components, name) {
			i.Components = append(i.Components, name)
		}
	}
	page, id := statusIOPage(source), string(e.ID)
	if plainID.MatchString(page) && plainID.MatchString(id) {
		i.URL = link(source.URL + "/pages/" + kind + "/" + page + "/" + id)
	}
	return i
}

// statusIOPhase is the name of a message's state.
func statusIOPhase(state text) string {
	switch state {
	case "100":
		return "investigating"
	case "200":
		return "identified"
	case "300":
		return "monitoring"
	case "400":
		return "resolved"
	}
	return word(state)
}
