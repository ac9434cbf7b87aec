package site

import (
	"regexp"
	"strings"

	"faultbook/internal/check"
	"faultbook/internal/markdown"
)

// RulesView is the page of all rules that content has to keep: what `faultbook
// explain` says, for people who write entries.
type RulesView struct {
	Frame
	Heading string
	Lead    HTML
	Groups  []RuleGroup
}

// RuleGroup are the rules about one thing.
type RuleGroup struct {
	Heading string
	Rules   []RuleText
}

// RuleText is one rule. Its name is the id of its part of the page.
type RuleText struct {
	Name     string
	Claim    HTML
	Standing string // how grave it is, and whether it can be switched off
	Why      HTML
	Examples []RuleExample
}

// RuleExample is a piece of a file, wrong or right.
type RuleExample struct {
	Label string
	Text  HTML
}

func (s *Site) rulesPage() Page {
	v := &RulesView{}
	page := s.page("rules", s.say("rules.title"), s.say("rules.description"), v, "about", "rules")
	v.Heading = s.say("rules.title")
	md := markdown.New()
	v.Lead = HTML(md.Inline(s.say("rules.lead")).HTML)
	rules := check.Rules()
	for _, group := range check.Groups() {
		g := RuleGroup{Heading: s.say("rules." + group)}
		for _, r := range rules {
			if r.Group == group {
				g.Rules = append(g.Rules, s.ruleText(md, r))
			}
		}
		v.Groups = append(v.Groups, g)
	}
	v.Trail, v.Here = &Trail{append(s.trail.Links[:1:1], Link{s.path("about"), s.say("site.about")})}, v.Heading
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

func (s *Site) ruleText(md *markdown.Converter, r check.Rule) RuleText {
	standing := s.say("rules.settable", "severity", r.Severity.String())
	if r.Fixed {
		standing = s.say("rules.fixed", "severity", r.Severity.String())
	}
	t := RuleText{Name: r.Name, Claim: HTML(md.Inline(r.Claim).HTML), Standing: standing, Why: HTML(md.Block(r.Why).HTML)}
	for _, x := range r.Wrong {
		t.Examples = append(t.Examples, RuleExample{s.say("rules.wrong", "file", x.File), pointed(x.Text)})
	}
	for _, x := range r.Right {
		t.Examples = append(t.Examples, RuleExample{s.say("rules.right", "file", x.File), pointed(x.Text)})
	}
	return t
}

// caret is a line of an example that points at the place above it.
var caret = regexp.MustCompile(`^( *)\^ (.*)\n$`)

// pointed is the text of an example. What a caret points at is made strong, and
// the caret's words stand below it from the first column: a narrow screen breaks
// long lines, and a caret would point at nothing.
func pointed(text string) HTML {
	lines := strings.SplitAfter(text, "\n")
	var html []string
	for i, line := range lines {
		m := caret.FindStringSubmatch(line)
		if m == nil {
			html = append(html, escape(line))
			continue
		}
		if i > 0 {
			html[i-1] = strongAt(lines[i-1], len(m[1]))
		}
		html = append(html, "↑ "+escape(m[2])+"\n")
	}
	return HTML(strings.TrimSuffix(strings.Join(html, ""), "\n"))
}

// strongAt makes the quoted text or the word strong that begins at a column.
func strongAt(line string, column int) string {
	runes := []rune(line)
	before, rest := string(runes[:column]), string(runes[column:])
	end := strings.IndexAny(rest, " \n")
	if quote := strings.IndexByte(rest[1:], rest[0]); rest[0] == '"' && quote >= 0 {
		end = 1 + quote + 1
	}
	return escape(before) + "<strong>" + escape(rest[:end]) + "</strong>" + escape(rest[end:])
}
