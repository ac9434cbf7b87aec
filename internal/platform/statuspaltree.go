package platform

import (
	"slices"

	"faultbook/internal/status"
)

// statuspalTree is a tree of services as the list of its leaves.
type statuspalTree struct {
	parts  []status.Component
	leaves map[text][2]int // where the leaves below a service stand, or itself: from, to
	group  map[text]text   // the service that one is a child of
}

// below are the leaves below the service with this id, or itself.
func (t *statuspalTree) below(id text) []status.Component {
	at := t.leaves[id]
	return t.parts[at[0]:at[1]]
}

// add adds a service that is a child of group. One that has children itself is
// not counted with them. But it can be hit alone, and then all that it consists
// of is.
func (t *statuspalTree) add(s, group statuspalService) {
	from := len(t.parts)
	if len(s.Children) == 0 {
		t.parts = append(t.parts, status.Component{ID: word(s.ID), Name: word(s.Name), Group: word(group.Name), Word: s.Type.word, Level: s.Type.level()})
	}
	for _, child := range s.Children {
		t.add(child, s)
	}
	t.leaves[s.ID], t.group[s.ID] = [2]int{from, len(t.parts)}, group.ID
	leaves := t.below(s.ID)
	worst := leaves[0].Level
	for _, leaf := range leaves {
		worst = status.Worse(worst, leaf.Level)
	}
	if status.Worse(worst, s.Type.level()) == worst {
		return
	}
	for i := range leaves {
		leaves[i].Word, leaves[i].Level = s.Type.word, s.Type.level()
	}
}

// touched are the services without children that the incident is about. Of a
// group it names those that are hit, and the group with them; a group that it
// names alone is hit as a whole.
func (e statuspalEvent) touched(tree *statuspalTree) []status.Component {
	done := map[text]bool{} // groups of which a part is named, and what was added
	for _, id := range e.Services {
		for group := tree.group[id]; group != "" && !done[group]; group = tree.group[group] {
			done[group] = true
		}
	}
	var parts []status.Component
	for _, id := range e.Services {
		if !done[id] {
			done[id] = true
			parts = append(parts, tree.below(id)...)
		}
	}
	return parts
}

// touches tells whether the incident is about one of ours, by id: where a page
// has a service for each region, all of them are called "API". A service that
// the page does not show may be anything.
func (e statuspalEvent) touches(tree *statuspalTree, ours []status.Component) bool {
	hidden := func(id text) bool { return len(tree.below(id)) == 0 }
	isOurs := func(part status.Component) bool { return slices.Contains(ours, part) }
	touched := e.touched(tree)
	return len(touched) == 0 || slices.ContainsFunc(e.Services, hidden) || slices.ContainsFunc(touched, isOurs)
}
