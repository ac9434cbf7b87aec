package platform

import (
	"maps"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// components are those of the page. One that no open incident touches is in
// the condition of the kind OPERATIONAL, if the page has such a one.
func (f firehydrantFile) components(known firehydrantIndex) []status.Component {
	var calm text
	if slices.Contains(slices.Collect(maps.Values(f.Conditions)), "OPERATIONAL") {
		calm = "OPERATIONAL"
	}
	var list []status.Component
	for _, c := range f.Components {
		list = append(list, status.Component{ID: word(c.ID), Name: word(c.Name), Word: string(calm), Level: firehydrantLevel(calm)})
	}
	for _, i := range f.Incidents {
		if !i.resolved().IsZero() {
			continue
		}
		for _, hit := range i.touched() {
			says, level := f.condition(hit.Condition)
			for _, at := range known.find(hit) {
				worsen(&list[at], says, level)
			}
		}
	}
	return list
}

// firehydrantIndex tells where in the page's list a component stands.
type firehydrantIndex struct{ byID, byName map[string][]int }

func (f firehydrantFile) index() firehydrantIndex {
	known := firehydrantIndex{map[string][]int{}, map[string][]int{}}
	for n, c := range f.Components {
		id, name := word(c.ID), strings.ToLower(word(c.Name))
		known.byID[id], known.byName[name] = append(known.byID[id], n), append(known.byName[name], n)
	}
	return known
}

// find is where the component stands that an incident names: by its id, else
// by its name, which is all that some say.
func (k firehydrantIndex) find(hit firehydrantPart) []int {
	if at := k.byID[word(hit.ID)]; hit.ID != "" && len(at) > 0 {
		return at
	}
	return k.byName[strings.ToLower(word(hit.Name))]
}

// condition is the word for a condition of the page, and its level. What is
// well has no condition, only a kind of them, so that is the word for it.
func (f firehydrantFile) condition(name text) (string, status.Level) {
	kind := f.Conditions[string(name)]
	switch level := firehydrantLevel(kind); {
	case level != status.Unknown && same(string(name), "maintenance"):
		return word(name), status.Maintenance
	case level == status.Operational:
		return word(kind), level
	default:
		return word(name), level
	}
}

// firehydrantLevel translates the kind of a condition.
func firehydrantLevel(kind text) status.Level {
	switch kind {
	case "OPERATIONAL":
		return status.Operational
	case "DEGRADED":
		return status.Degraded
	case "OFFLINE":
		return status.MajorOutage
	}
	return status.Unknown
}

// firehydrantWorst is the page as its worst component: it has no word of its own.
func firehydrantWorst(components []status.Component) status.Indicator {
	worst := components[0]
	for _, c := range components[1:] {
		worsen(&worst, c.Word, c.Level)
	}
	return status.Indicator{Word: worst.Word, Level: worst.Level}
}
