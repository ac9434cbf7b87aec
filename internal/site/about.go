package site

import (
	"faultbook/internal/markdown"
	"faultbook/internal/verdict"
)

// AboutView is the page that says how we know.
type AboutView struct {
	Frame
	Heading string
	Natures []NatureRow
	Lead    string
	Body    HTML
}

// NatureRow is one nature of an error with what is said in each state.
type NatureRow struct {
	Heading string
	Rows    []RuleRow
}

// RuleRow is one row of the verdict table.
type RuleRow struct {
	State    State
	Answer   string
	Sentence string
}

func (s *Site) aboutPage() Page {
	v := &AboutView{}
	page := s.page("about", s.say("about.title"), s.say("about.description"), v, "about")
	v.Heading = s.say("about.title")
	v.Lead = s.say("about.lead")
	v.Body = s.local(markdown.New().Block(s.say("about.body",
		"valid", span(s.freshness.ValidFor), "every", span(s.Book.Site.Schedule.Every), "state", s.file("api", "v1", "state.json"),
		"now", s.file("api", "v1", "now", "<provider>.json"), "guide", s.file("llms.txt"), "match", s.file(matchFile...), "sources", "/sources/", "find", "/find/", "rules", "/about/rules/")).HTML)
	for _, nature := range verdict.Natures() {
		row := NatureRow{Heading: s.say("about." + string(nature))}
		for _, state := range verdict.States() {
			key := "verdict." + verdict.Rule(nature, state)
			fill := []string{"provider", s.say("about.provider"), "checked", s.say("about.checked"), "last", s.say("about.last")}
			row.Rows = append(row.Rows, RuleRow{s.stateOf(state), s.say(key+".answer", fill...), s.say(key+".sentence", fill...)})
		}
		v.Natures = append(v.Natures, row)
	}
	v.Trail, v.Here = s.trail, v.Heading
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

// MissingView is the page for addresses that do not exist.
type MissingView struct {
	Frame
	Heading   string
	Providers []ProviderLink
}

func (s *Site) missingPage() Page {
	v := &MissingView{}
	page := s.page("missing", s.say("missing.title"), s.say("missing.description"), v, "404")
	page.Path = s.file("404.html")
	v.Heading, v.NoIndex = s.say("missing.title"), true
	v.Canonical = s.absolute(page.Path)
	for _, p := range s.providers {
		v.Providers = append(v.Providers, p.link)
	}
	return page
}

// stateOf is how a state of the verdict table looks.
func (s *Site) stateOf(state verdict.State) State {
	if level, ok := state.Level(); ok {
		return s.state(level)
	}
	return s.state(0)
}
