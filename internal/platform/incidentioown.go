package platform

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"faultbook/internal/status"
)

// incidentIOFile is an answer in incident.io's own form: the widget, or what
// the page itself is drawn from, which has everything under "summary".
type incidentIOFile struct {
	Title text `json:"page_title"`
	URL   text `json:"page_url"`
	incidentIOEvents
	Summary incidentIOPage `json:"summary"`
}

type incidentIOPage struct {
	ID         text             `json:"id"`
	Name       text             `json:"name"`
	URL        text             `json:"public_url"`
	Components []incidentIOPart `json:"components"`          // nil: the file has none
	Affected   []incidentIOPart `json:"affected_components"` // nil: the file has none, and says of no component that it is well
	Structure  struct {
		Items []struct {
			Group struct {
				ID         text             `json:"id"`
				Name       text             `json:"name"`
				Components []incidentIOPart `json:"components"`
			} `json:"group"`
		} `json:"items"`
	} `json:"structure"`
	incidentIOEvents
}

// incidentIOPart is a component, with an id under either name.
type incidentIOPart struct {
	ID          text `json:"id"`
	ComponentID text `json:"component_id"`
	Name        text `json:"name"`
	Group       text `json:"group_name"`
	Status      text `json:"status"`         // the worst that an incident did to it
	Current     text `json:"current_status"` // as it is now
}

func (p incidentIOPart) id() text  { return cmp.Or(p.ComponentID, p.ID) }
func (p incidentIOPart) now() text { return cmp.Or(p.Current, p.Status) }

// readIncidentIOOwn reads an answer in either shape. Flashduty's widget has
// lists of the same names, but not the page's title beside them.
func readIncidentIOOwn(body []byte) (incidentIOView, error) {
	var file incidentIOFile
	if err := decodeJSON(body, &file); err != nil {
		return incidentIOView{}, err
	}
	switch {
	case file.Summary.Components != nil && file.Summary.Ongoing != nil:
		return file.Summary.view(), nil
	case (file.Title != "" || file.URL != "") && file.Ongoing != nil:
		return file.view(), nil
	}
	return incidentIOView{}, errors.New("not the shape of an incident.io widget: no page title with a list of ongoing incidents")
}

// view is the widget's. It has no word for the page as a whole: that nothing is
// going on is told by an empty list.
func (f incidentIOFile) view() incidentIOView {
	view := f.incidentIOEvents.view()
	view.page, view.widget = v2Page{Name: f.Title, URL: f.URL}, true
	view.state = status.Component{Name: line(string(f.Title)), Word: "[]", Level: status.Operational}
	for n, e := range f.going() {
		if level := e.level(); n == 0 || status.Worse(view.state.Level, level) != view.state.Level {
			view.state.Word, view.state.Level = word(e.state()), level
		}
		for _, p := range e.Affected {
			if word := view.touched[p.id()]; word != "" {
				group := "group " + p.Group // it has no id here
				view.parts = append(view.parts, v2Component{ID: group, Name: p.Group, Group: true})
				view.parts = append(view.parts, v2Component{ID: p.id(), Name: p.Name, GroupID: group, Status: word})
			}
		}
	}
	return view
}

// view is the page's. A component that is not among the affected ones is
// operational, and so the page shows it.
func (p incidentIOPage) view() incidentIOView {
	view := p.incidentIOEvents.view()
	view.page = v2Page{ID: p.ID, Name: p.Name, URL: p.URL}
	for _, a := range p.Affected {
		view.touch(a, "")
	}
	groups := map[text]text{}
	for _, item := range p.Structure.Items {
		g := item.Group
		view.parts = append(view.parts, v2Component{ID: g.ID, Name: g.Name, Group: true})
		for _, c := range g.Components {
			groups[c.id()] = g.ID
		}
	}
	listed := map[text]bool{}
	for _, c := range p.Components {
		part := v2Component{ID: c.id(), Name: c.Name, GroupID: groups[c.id()]}
		if p.Affected != nil && part.ID != "" {
			part.Status = "operational"
		}
		listed[part.ID] = true
		view.parts = append(view.parts, part)
	}
	for _, id := range slices.Sorted(maps.Keys(view.touched)) {
		if !listed[id] { // it is touched all the same
			view.parts = append(view.parts, v2Component{ID: id, Name: id, Status: view.touched[id]})
		}
	}
	return view
}

// touch notes the word of a touched component, or that of what touches it.
func (o incidentIOView) touch(p incidentIOPart, otherwise text) {
	if word := cmp.Or(p.now(), otherwise); word != "" {
		o.touched[p.id()] = worseWord(o.touched[p.id()], word)
	}
}

// worseWord is the worse of two words for a component. One that is missing says
// nothing.
func worseWord(a, b text) text {
	if a == "" || b != "" && status.Worse(componentLevel(a), componentLevel(b)) != componentLevel(a) {
		return b
	}
	return a
}
