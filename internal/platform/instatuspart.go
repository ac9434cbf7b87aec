package platform

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultbook/internal/status"
)

// instatusComponents are the components of the newer list, else of the older
// one.
func instatusComponents(files map[string][]byte) []status.Component {
	for _, name := range []string{instatusPartsV3, instatusParts} {
		var file struct {
			Components []instatusPart `json:"components"`
		}
		if len(files[name]) > 0 && decodeJSON(files[name], &file) == nil && len(file.Components) > 0 {
			return instatusFlat(file.Components, instatusGroup{})
		}
	}
	return nil
}

// instatusFlat are the components without the groups that hold them, whether
// these have them inside or are named by them.
func instatusFlat(wire []instatusPart, group instatusGroup) []status.Component {
	var list []status.Component
	for _, p := range wire {
		named := func(other instatusPart) bool { return other.Group.ID == p.ID && p.ID != "" }
		switch {
		case len(p.Children) > 0:
			list = append(list, instatusFlat(p.Children, instatusGroup{p.ID, p.Name})...)
		case !slices.ContainsFunc(wire, named):
			list = append(list, status.Component{
				ID: word(p.ID), Name: line(string(p.Name)), Group: line(string(cmp.Or(p.Group.Name, group.Name))),
				Word: word(p.Status), Level: instatusLevel(p.Status),
			})
		}
	}
	return list
}

func (e instatusEvent) incident() status.Incident {
	i := status.Incident{
		ID:      e.id(),
		Title:   line(string(e.Name)),
		Phase:   word(e.Status),
		Impact:  word(e.Impact),
		Level:   instatusLevel(e.Impact),
		URL:     link(string(e.URL)),
		Started: instatusTime(e.Started, e.Start),
		Updated: instatusTime(e.Updated),
	}
	for _, c := range e.Components {
		if name := line(string(c.Name)); name != "" && !slices.Contains(i.Components, name) {
			i.Components = append(i.Components, name)
		}
	}
	for _, u := range e.Updates {
		told := cmp.Or(fromMarkdown(string(u.Message)), fromHTML(string(u.HTML)))
		i.Updates = append(i.Updates, status.Update{Phase: word(u.Status), Text: told, At: instatusTime(u.Started)})
	}
	return i
}

// id is the event's, which the older summary tells only at the end of its
// address.
func (e instatusEvent) id() string {
	address := link(string(e.URL))
	if last := address[strings.LastIndex(address, "/")+1:]; e.ID == "" && plainID.MatchString(last) {
		return word(text(last))
	}
	return word(e.ID)
}

// window is the event as maintenance. Its end is told as a length.
func (e instatusEvent) window() status.Incident {
	const longest = 366 * 24 * 60 // minutes; whoever says more says nothing
	window := e.incident()
	window.Level, window.Started = status.Maintenance, instatusTime(e.Start, e.Started)
	if minutes, err := strconv.Atoi(string(e.Duration)); err == nil && minutes > 0 && minutes <= longest && !window.Started.IsZero() {
		window.Ended = window.Started.Add(time.Duration(minutes) * time.Minute)
	}
	return window
}

// instatusTime is the first of these that tells a time: in RFC 3339, or as
// JavaScript writes a date, "Sat Jun 11 2022 18:55:50 GMT+0000 (Coordinated
// Universal Time)".
func instatusTime(times ...text) time.Time {
	for _, t := range times {
		if at := instant(t); !at.IsZero() {
			return at
		}
		date, _, _ := strings.Cut(string(t), " (")
		if at, err := time.Parse("Mon Jan 02 2006 15:04:05 GMT-0700", date); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// instatusPageLevel translates the word of the page as a whole: in old pages
// one of three, of which "HASISSUES" does not say how bad they are; in others
// how many components are in the worst state.
func instatusPageLevel(word text) status.Level {
	switch word {
	case "UP":
		return status.Operational
	case "HASISSUES":
		return status.Degraded
	case "UNDERMAINTENANCE":
		return status.Maintenance
	}
	for _, many := range []string{"ALL", "SOME", "ONE"} {
		if state, ok := strings.CutPrefix(string(word), many); ok && state != "OPERATIONAL" {
			return instatusLevel(text(state))
		}
	}
	return status.Unknown
}

// instatusLevel translates a component's status and an incident's impact.
func instatusLevel(word text) status.Level {
	switch word {
	case "OPERATIONAL":
		return status.Operational
	case "UNDERMAINTENANCE":
		return status.Maintenance
	case "DEGRADEDPERFORMANCE":
		return status.Degraded
	case "PARTIALOUTAGE", "MINOROUTAGE":
		return status.PartialOutage
	case "MAJOROUTAGE":
		return status.MajorOutage
	}
	return status.Unknown
}
