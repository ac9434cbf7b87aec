package site

import (
	"strconv"
	"strings"
	"unicode"

	"faultbook/internal/book"
	"faultbook/internal/verdict"
)

// Twin is a page in Markdown, for programs that read.
type Twin struct {
	Front []Pair // front matter, in order; the verdict's comes after it
	Title string
	Parts []Part
}

// Pair is a key and its value.
type Pair struct{ Key, Value string }

// Part is a heading with Markdown under it, or with the hole of that name.
type Part struct {
	Heading string
	Text    []string // pieces to be written one behind the other: joining them would copy half of every entry
	Hole    Hole
}

// Hole is a place for a part of Live.
type Hole string

// The holes.
const (
	HoleFront        Hole = "front"
	HoleVerdict      Hole = "verdict"
	HoleAlternatives Hole = "alternatives"
)

// front is what a twin says of a verdict in its front matter.
func (v *Verdict) front(of verdict.Verdict) []Pair {
	pairs := []Pair{{"level", v.State.Level}, {"rule", v.Rule}}
	for _, p := range []Pair{{"checked_at", v.Checked.ISO}, {"changed_at", v.Changed.ISO}, {"valid_until", v.Until}, {"signal", string(of.Signal)}, {"status_page", v.StatusURL}} {
		if p.Value != "" {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

func (v *Verdict) markdown(updated string) string {
	text := "**" + v.Answer + "** " + v.Sentence + " " + v.Advice + "\n\n"
	if v.Probe != "" {
		text += v.Probe + "\n\n"
	}
	if v.Checked.Text != "" {
		text += updated + " " + v.Checked.Text + "\n\n"
	}
	return text + "[" + v.View + "](" + v.StatusURL + ")"
}

func (s *Site) entryTwin(e *entry, text *book.Text, v *EntryView) *Twin {
	front := []Pair{{"title", v.Title}, {"url", v.Canonical}, {"provider", e.provider.Name}, {"kind", string(e.Kind)}, {"outage", string(e.Outage)}, {"waiting_helps", e.Waiting.Helps}}
	if len(e.Codes) > 0 {
		front = append(front, Pair{"code", e.link.Code})
	}
	if len(e.HTTP) > 0 {
		front = append(front, Pair{"http", e.link.HTTP})
	}
	front = append(front, Pair{"verified", e.Verified.String()})
	t := &Twin{Front: front, Title: e.Title}
	t.Parts = append(t.Parts, Part{Heading: s.say("entry.outage"), Hole: HoleVerdict})
	t.add(s.say("entry.meaning"), append([]string{s.localSource(strings.TrimSpace(text.Meaning.Source))}, quoted(e.Messages)...)...)
	t.add(s.say("entry.causes"), s.bullets(text.Causes)...)
	t.add(s.say("entry.fixes"), s.numbered(text.Fixes)...)
	if text.Body.Source != "" {
		t.add(s.say("entry.detail"), s.localSource(text.Body.Source))
	}
	t.add(s.say("entry.waiting"), s.say("helps."+e.Waiting.Helps), ". ", s.localSource(strings.TrimSpace(text.Advice.Source)))
	t.Parts = append(t.Parts, Part{Heading: e.provider.alternatives.Heading, Hole: HoleAlternatives})
	if len(v.Related) > 0 {
		t.add(s.say("entry.related"), markdownEntries(v.Related)...)
	}
	if len(text.FAQ) > 0 {
		t.add(s.say("entry.faq"), s.faq(text.FAQ)...)
	}
	t.add(s.say("entry.sources"), addresses(text.Sources)...)
	return t
}

func (s *Site) providerTwin(p *provider, v *ProviderView) *Twin {
	t := &Twin{Front: []Pair{{"title", v.Title}, {"url", v.Canonical}, {"provider", p.Name}}, Title: v.Title}
	t.add("", s.localSource(strings.TrimSpace(p.Summary.Source)))
	t.Parts = append(t.Parts, Part{Heading: s.say("provider.now"), Hole: HoleVerdict})
	var lines []string
	for _, c := range v.Components {
		lines = append(lines, "- "+plainMarkdown(c.Name)+": "+c.State.Word)
	}
	if len(lines) > 0 {
		t.add(s.say("provider.components"), strings.Join(lines, "\n"))
	}
	if v.Read {
		t.add(s.say("provider.incidents"), markdownIncidents(v.Incidents, s.say("provider.noincidents")))
		if len(v.Elsewhere) > 0 {
			t.add(s.say("provider.elsewhere"), markdownIncidents(v.Elsewhere, ""))
		}
		t.add(s.say("provider.maintenance"), markdownIncidents(v.Maintenance, s.say("provider.nomaintenance")))
	}
	if v.History != nil {
		t.add(s.say("history.heading"), v.History.Summary+"\n\n"+markdownRuns(v.History.Runs))
	}
	for _, g := range v.Groups {
		t.add(g.Heading, markdownEntries(g.Entries)...)
	}
	if p.Body.Source != "" {
		t.add(s.say("provider.shared"), s.localSource(p.Body.Source))
	}
	return t
}

func (t *Twin) add(heading string, text ...string) {
	t.Parts = append(t.Parts, Part{Heading: heading, Text: text})
}

func quoted(messages []string) []string {
	text := make([]string, 0, 3*len(messages))
	for _, m := range messages {
		text = append(text, "\n\n```text\n", m, "\n```")
	}
	return text
}

func (s *Site) bullets(list []book.Prose) []string {
	text := make([]string, 0, 2*len(list))
	for i, p := range list {
		text = append(text, between(i, "- ", "\n- "), s.localSource(p.Source))
	}
	return text
}

func (s *Site) numbered(list []book.Prose) []string {
	text := make([]string, 0, 4*len(list))
	for i, p := range list {
		text = append(text, between(i, "", "\n"), strconv.Itoa(i+1), ". ", s.localSource(p.Source))
	}
	return text
}

func (s *Site) faq(list []book.Question) []string {
	text := make([]string, 0, 4*len(list))
	for i, q := range list {
		text = append(text, between(i, "### ", "\n\n### "), q.Q, "\n\n", s.localSource(strings.TrimSpace(q.A.Source)))
	}
	return text
}

func addresses(list []string) []string {
	text := make([]string, 0, 2*len(list))
	for i, address := range list {
		text = append(text, between(i, "- ", "\n- "), address)
	}
	return text
}

// between is what stands before item i of a list.
func between(i int, first, other string) string {
	if i == 0 {
		return first
	}
	return other
}

func (s *Site) markdownProviders(list []ProviderLink) string {
	if len(list) == 0 {
		return s.say("entry.noalternatives")
	}
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = "- [" + p.Name + "](" + p.Path + "index.md): " + p.State.Word
	}
	return strings.Join(lines, "\n")
}

func markdownEntries(list []*EntryLink) []string {
	text := make([]string, 0, 7*len(list))
	for i, e := range list {
		text = append(text, between(i, "- [", "\n- ["), e.Name, "](", e.Path, "index.md)")
		if e.HTTP != "" {
			text = append(text, ": HTTP ", e.HTTP)
		}
	}
	return text
}

// markdownIncidents are titles and newest updates as quoted text: foreign words
// must not become headings or links.
func markdownIncidents(list []Incident, none string) string {
	if len(list) == 0 {
		return none
	}
	lines := make([]string, len(list))
	for i, in := range list {
		lines[i] = "- " + plainMarkdown(in.Title) + " (" + strings.TrimSuffix(in.State.Word+", "+plainMarkdown(in.Phase), ", ") + ")"
		if in.Text != "" {
			lines[i] += ": " + plainMarkdown(in.Text)
		}
	}
	return strings.Join(lines, "\n")
}

func markdownRuns(runs []Run) string {
	var lines []string
	for _, r := range runs {
		when := r.From.Text
		if r.To != r.From {
			when += " – " + r.To.Text
		}
		lines = append(lines, "- "+when+": "+r.Word)
	}
	return strings.Join(lines, "\n")
}

// plainMarkdown makes foreign text stand for itself in Markdown. Control
// characters go: pages mark their holes with one.
func plainMarkdown(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>#|!~&", r) {
			b.WriteByte('\\')
		}
		if !unicode.IsControl(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
