package status

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Judge sets the report's Level, and its Reason when the level is Unknown.
//
// With configured components: the worst of those components and of the open
// incidents that name one of them; the page's indicator is shown, not counted.
// An incident that names no component, or all of them, raises to Degraded, and
// only when its title or newest update names a configured component.
// Without: the worst of the indicator, the components and the open incidents.
// Scheduled windows are not counted: a component under maintenance says so.
// Open incidents that are not counted are marked Elsewhere.
func Judge(source Source, report Report) Report {
	var c count
	report.Incidents = slices.Clone(report.Incidents)
	switch {
	case len(report.Components) == 0:
		report.Level, report.Reason = Unknown, "the component list is empty"
		return report
	case len(source.Components) == 0:
		c.page(report)
	default:
		c.configured(source.Components, report)
	}
	report.Level, report.Reason = c.result()
	return report
}

// count is the worst of the statements added to it.
type count struct {
	worst  Level
	any    bool
	doubts []string // what could not be read
}

func (c *count) add(l Level, doubt string) {
	if l == Unknown {
		c.doubts = append(c.doubts, doubt)
	}
	if !c.any {
		c.worst, c.any = l, true
		return
	}
	c.worst = Worse(c.worst, l)
}

func (c *count) result() (Level, string) {
	if c.worst != Unknown {
		return c.worst, ""
	}
	const shown = 3 // enough to find the cause; a renamed page would list dozens
	if more := len(c.doubts) - shown; more > 0 {
		return Unknown, strings.Join(c.doubts[:shown], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return Unknown, strings.Join(c.doubts, "; ")
}

// page counts the page as a whole.
func (c *count) page(r Report) {
	c.add(r.Indicator.Level, fmt.Sprintf("the page's indicator says %.40q, which is no known level", r.Indicator.Word))
	for _, part := range r.Components {
		c.component(part)
	}
	for _, incident := range r.Incidents {
		if !incident.Elsewhere {
			c.incident(incident)
		}
	}
}

func (c *count) component(part Component) {
	c.add(part.Level, fmt.Sprintf("component %q says %.40q, which is no known level", part.Name, part.Word))
}

func (c *count) incident(i Incident) {
	c.add(i.Level, fmt.Sprintf("incident %.80q has the impact %.40q, which is no known level", i.Title, i.Impact))
}

// configured counts the components called wanted and the incidents about them.
func (c *count) configured(wanted []string, r Report) {
	ours := nameSet{} // the configured components, as the page writes them
	for _, want := range wanted {
		found := matching(r.Components, want)
		if len(found) == 0 {
			c.add(Unknown, fmt.Sprintf("component %q is not on the page", want))
			ours.add(want) // an incident may still name it
		}
		for _, part := range found {
			c.component(part)
			ours.add(part.Name)
		}
	}
	for n, incident := range r.Incidents {
		if incident.Elsewhere || !c.concerning(incident, ours, r.Components) {
			r.Incidents[n].Elsewhere = true
		}
	}
}

// concerning counts an open incident as far as it is about one of ours, and
// tells whether it is.
func (c *count) concerning(i Incident, ours nameSet, page []Component) bool {
	if len(i.Components) > 0 && !linkedToAll(i, ours, page) {
		if !slices.ContainsFunc(i.Components, ours.has) {
			return false
		}
		c.incident(i)
		return true
	}
	told := i.Title
	if len(i.Updates) > 0 {
		told += "\n" + i.Updates[0].Text
	}
	if !ours.mentionedIn(told) {
		return false
	}
	// A window of maintenance is not an outage, whatever it is called.
	if i.Level != Maintenance {
		c.add(Degraded, "")
	}
	return true
}

// linkedToAll tells whether the incident names every component of the page.
// Pages do so in bulk for anything that has no component of its own, so the
// link says nothing, unless all components of the page are ours anyway.
func linkedToAll(i Incident, ours nameSet, page []Component) bool {
	linked := nameSet{}
	for _, name := range i.Components {
		linked.add(name)
	}
	others := false
	for _, part := range page {
		if !linked.has(part.Name) {
			return false
		}
		others = others || !ours.has(part.Name)
	}
	return others
}

// matching are the components that want means: by id, else by name. Two groups
// may each have an "API"; both are meant then.
func matching(components []Component, want string) []Component {
	var found []Component
	for _, part := range components {
		if part.ID == want && want != "" {
			return []Component{part}
		}
		if fold(part.Name) == fold(want) {
			found = append(found, part)
		}
	}
	return found
}

// nameSet is a set of names that differ by more than case and outer blanks.
type nameSet map[string]bool

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func (s nameSet) add(name string)      { s[fold(name)] = true }
func (s nameSet) has(name string) bool { return s[fold(name)] }

func (s nameSet) mentionedIn(text string) bool {
	for name := range s {
		if mentions(text, name) {
			return true
		}
	}
	return false
}

// mentions tells whether text holds name as whole words. A remark in
// parentheses at the end of a name, as in "Claude API (api.anthropic.com)",
// is not expected in prose.
func mentions(text, name string) bool {
	if base, _, ok := strings.Cut(name, " ("); ok {
		name = base
	}
	text, name = strings.ToLower(text), fold(name)
	if name == "" {
		return false
	}
	for start := 0; start < len(text); start++ {
		i := strings.Index(text[start:], name)
		if i < 0 {
			return false
		}
		start += i
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[start+len(name):])
		if !inWord(before) && !inWord(after) {
			return true
		}
	}
	return false
}

// inWord tells whether r next to a name makes it part of a longer word. These
// scripts write words and particles without blanks between them.
func inWord(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
