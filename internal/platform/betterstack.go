package platform

import (
	"cmp"
	"errors"
	"slices"

	"faultbook/internal/status"
)

// betterstack is Better Stack (formerly Better Uptime). The page says all in
// one file in the form of JSON:API
// (https://betterstack.com/docs/uptime/status-pages/subscribing-to-status-updates/subscribing-to-api);
// any address that does not exist answers with the page itself and the status
// 200.
//
// The wire has more than that page lists: a report of type "automatic" comes
// from a monitor, and a resource may be "not_monitored", which says nothing
// about it. ends_at stays null when a report is resolved, so the state of the
// report is the only word for that. Recorded is a calm answer, shortened, with
// one resolved report; everything else follows the documentation. updated_at is
// that of the page's settings and tells nothing about its age.
func betterstack() Platform {
	return Platform{
		Name:  "betterstack",
		Paths: func(status.Source) []Path { return []Path{{Name: betterstackIndex, Path: "/index.json"}} },
		Parse: parseBetterstack,
	}
}

const betterstackIndex = "index"

type betterstackFile struct {
	Data struct {
		Type       text `json:"type"`
		Attributes struct {
			Name  text `json:"company_name"`
			State text `json:"aggregate_state"`
		} `json:"attributes"`
	} `json:"data"`
	Included []betterstackItem `json:"included"` // nil: the file has none
}

// betterstackItem is a section, a resource, a report or an update, as its type
// says, with the fields of all four.
type betterstackItem struct {
	ID         text `json:"id"`
	Type       text `json:"type"`
	Attributes struct {
		Name       text `json:"name"` // of a section
		PublicName text `json:"public_name"`
		Status     text `json:"status"`
		SectionID  text `json:"status_page_section_id"`

		Title      text                  `json:"title"` // of a report
		ReportType text                  `json:"report_type"`
		State      text                  `json:"aggregate_state"`
		StartsAt   text                  `json:"starts_at"`
		EndsAt     text                  `json:"ends_at"`
		Affected   []betterstackAffected `json:"affected_resources"` // of an update as well

		Message     text `json:"message"` // of an update
		PublishedAt text `json:"published_at"`
	} `json:"attributes"`
	Relationships struct {
		Updates struct {
			Data []struct {
				ID text `json:"id"`
			} `json:"data"`
		} `json:"status_updates"`
	} `json:"relationships"`
}

type betterstackAffected struct {
	ID     text `json:"status_page_resource_id"`
	Status text `json:"status"`
}

func parseBetterstack(source status.Source, files map[string][]byte) (status.Report, error) {
	file, err := betterstackIndexOf(files[betterstackIndex])
	if err != nil {
		return status.Report{}, err
	}
	page := file.Data.Attributes
	report := status.Report{
		Page:       word(page.Name),
		Indicator:  status.Indicator{Word: word(page.State), Level: betterstackLevel(page.State)},
		Components: file.components(),
	}
	known := report.Components
	if report.Components = watched(source, report); len(report.Components) == 0 {
		return status.Report{}, errors.New("the page has no resource that is monitored")
	}
	file.addReports(&report, known)
	inOrder(&report)
	return report, nil
}

// betterstackIndexOf reads an index and makes sure that it is one.
func betterstackIndexOf(body []byte) (betterstackFile, error) {
	var file betterstackFile
	if err := decodeJSON(body, &file); err != nil {
		return betterstackFile{}, err
	}
	switch {
	case file.Data.Type != "status_page":
		return betterstackFile{}, errors.New(`not the shape of a Better Stack index: no data of type "status_page"`)
	case file.Data.Attributes.State == "":
		return betterstackFile{}, errors.New("not the shape of a Better Stack index: no aggregate_state")
	case file.Included == nil:
		return betterstackFile{}, errors.New("not the shape of a Better Stack index: no included list")
	}
	return file, nil
}

// of are the items of one type, in the order of the file.
func (f betterstackFile) of(kind text) []betterstackItem {
	return slices.DeleteFunc(slices.Clone(f.Included), func(i betterstackItem) bool { return i.Type != kind })
}

func (f betterstackFile) components() []status.Component {
	sections := map[text]string{}
	for _, s := range f.of("status_page_section") {
		sections[s.ID] = word(s.Attributes.Name)
	}
	var list []status.Component
	for _, r := range f.of("status_page_resource") {
		list = append(list, status.Component{
			ID: word(r.ID), Name: word(r.Attributes.PublicName), Group: sections[r.Attributes.SectionID],
			Word: word(r.Attributes.Status), Level: betterstackLevel(r.Attributes.Status),
		})
	}
	return list
}

// watched are the components without those that are not monitored: the page
// shows them in grey and does not count them. One that is to speak for the API
// stays, as unknown.
func watched(source status.Source, report status.Report) []status.Component {
	ours := status.Configured(source, report)
	return slices.DeleteFunc(slices.Clone(report.Components), func(c status.Component) bool {
		return c.Word == "not_monitored" && !slices.Contains(ours, c)
	})
}

// addReports sorts the reports into open and past incidents, and windows of
// maintenance that are not over. Anything that is not said to be resolved is
// open.
func (f betterstackFile) addReports(report *status.Report, known []status.Component) {
	names, updates := map[string]string{}, map[text]betterstackItem{}
	for _, c := range known {
		names[c.ID] = c.Name
	}
	delete(names, "")
	for _, u := range f.of("status_update") {
		updates[u.ID] = u
	}
	for _, r := range f.of("status_report") {
		told := r.updates(updates)
		i := r.incident(told, names)
		over := r.Attributes.State == "resolved"
		switch {
		case r.Attributes.ReportType == "maintenance" && over:
		case r.Attributes.ReportType == "maintenance":
			i.Level, i.Ended = status.Maintenance, instant(r.Attributes.EndsAt)
			report.Maintenance = append(report.Maintenance, i)
		case over:
			i.Phase, i.Ended = word(r.Attributes.State), cmp.Or(instant(r.Attributes.EndsAt), i.Updated)
			report.Past = append(report.Past, i)
		default:
			report.Incidents = append(report.Incidents, i)
		}
	}
}

// updates are the report's own of all updates.
func (r betterstackItem) updates(all map[text]betterstackItem) []betterstackItem {
	var own []betterstackItem
	for _, ref := range r.Relationships.Updates.Data {
		if u, ok := all[ref.ID]; ok {
			own = append(own, u)
		}
	}
	return own
}

func (r betterstackItem) incident(updates []betterstackItem, names map[string]string) status.Incident {
	i := status.Incident{ID: word(r.ID), Title: word(r.Attributes.Title), Started: instant(r.Attributes.StartsAt)}
	for _, a := range r.Attributes.Affected {
		well := a.Status == "resolved" && r.Attributes.State != "resolved" // again, while others are not
		if name := names[word(a.ID)]; name != "" && !well && !slices.Contains(i.Components, name) {
			i.Components = append(i.Components, name)
		}
	}
	for _, u := range updates {
		at := instant(u.Attributes.PublishedAt)
		i.Updates = append(i.Updates, status.Update{Text: fromMarkdown(fromHTML(string(u.Attributes.Message))), At: at})
		if at.After(i.Updated) {
			i.Updated = at
		}
	}
	i.Impact, i.Level = r.worst(updates)
	if i.Title == "" && len(i.Components) > 0 {
		i.Title = i.Components[0] // a monitor that reports by itself needs no words
	}
	return i
}

// worst is the word for a report, and its level: while it is open, the worst of
// its own state and of the resources that it affects; then the worst that was.
func (r betterstackItem) worst(updates []betterstackItem) (string, status.Level) {
	affected := r.Attributes.Affected
	words := []text{r.Attributes.State}
	if r.Attributes.State == "resolved" {
		words = nil
		for _, u := range updates {
			affected = slices.Concat(affected, u.Attributes.Affected)
		}
	}
	for _, a := range affected {
		if a.Status != "resolved" {
			words = append(words, a.Status)
		}
	}
	if len(words) == 0 {
		return "", status.Unknown
	}
	worst := words[0]
	for _, w := range words[1:] {
		if level := betterstackLevel(worst); status.Worse(level, betterstackLevel(w)) != level {
			worst = w
		}
	}
	return word(worst), betterstackLevel(worst)
}

// betterstackLevel translates the state of a page, a resource or a report.
func betterstackLevel(word text) status.Level {
	switch word {
	case "operational":
		return status.Operational
	case "maintenance":
		return status.Maintenance
	case "degraded":
		return status.Degraded
	case "downtime":
		return status.MajorOutage
	}
	return status.Unknown
}
