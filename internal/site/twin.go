package site

import (
	"strconv"
	"strings"

	"faultbook/internal/book"
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
	Text    string
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
func (v *Verdict) front() []Pair {
	pairs := []Pair{{"level", v.State.Level}, {"rule", v.Rule}}
	for _, p := range []Pair{{"checked_at", v.Checked.ISO}, {"changed_at", v.Changed.ISO}, {"valid_until", v.Until}, {"status_page", v.StatusURL}} {
		if p.Value != "" {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

func (v *Verdict) markdown(updated string) string {
	text := "**" + v.Answer + "** " + v.Sentence + " " + v.Advice + "\n\n"
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
	t.add(s.say("entry.meaning"), strings.TrimSpace(text.Meaning.Source)+quoted(e.Messages))
	t.add(s.say("entry.causes"), bullets(text.Causes))
	t.add(s.say("entry.fixes"), numbered(text.Fixes))
	if text.Body.Source != "" {
		t.add(s.say("entry.detail"), text.Body.Source)
	}
	t.add(s.say("entry.waiting"), s.say("helps."+e.Waiting.Helps)+". "+strings.TrimSpace(text.Advice.Source))
	t.Parts = append(t.Parts, Part{Heading: e.provider.alternatives.Heading, Hole: HoleAlternatives})
	if len(v.Related) > 0 {
		t.add(s.say("entry.related"), s.markdownEntries(v.Related))
	}
	var faq strings.Builder
	for i, q := range text.FAQ {
		if i > 0 {
			faq.WriteString("\n\n")
		}
		faq.WriteString("### " + q.Q + "\n\n" + strings.TrimSpace(q.A.Source))
	}
	if faq.Len() > 0 {
		t.add(s.say("entry.faq"), faq.String())
	}
	t.add(s.say("entry.sources"), addresses(text.Sources))
	return t
}

func (s *Site) providerTwin(p *provider, v *ProviderView) *Twin {
	t := &Twin{Front: []Pair{{"title", v.Title}, {"url", v.Canonical}, {"provider", p.Name}}, Title: v.Title}
	t.add("", strings.TrimSpace(p.Summary.Source))
	t.Parts = append(t.Parts, Part{Heading: s.say("provider.now"), Hole: HoleVerdict})
	var lines []string
	for _, c := range v.Components {
		lines = append(lines, "- "+c.Name+": "+c.State.Word)
	}
	if len(lines) > 0 {
		t.add(s.say("provider.components"), strings.Join(lines, "\n"))
	}
	if v.Read {
		t.add(s.say("provider.incidents"), markdownIncidents(v.Incidents, s.say("provider.noincidents")))
		t.add(s.say("provider.maintenance"), markdownIncidents(v.Maintenance, s.say("provider.nomaintenance")))
	}
	for _, g := range v.Groups {
		t.add(g.Heading, s.markdownEntries(g.Entries))
	}
	if p.Body.Source != "" {
		t.add(s.say("provider.shared"), p.Body.Source)
	}
	return t
}

func (t *Twin) add(heading, text string) {
	t.Parts = append(t.Parts, Part{Heading: heading, Text: text})
}

func quoted(messages []string) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString("\n\n```text\n" + m + "\n```")
	}
	return b.String()
}

func bullets(list []book.Prose) string {
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("- ")
		b.WriteString(p.Source)
	}
	return b.String()
}

func numbered(list []book.Prose) string {
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strconv.Itoa(i + 1))
		b.WriteString(". ")
		b.WriteString(p.Source)
	}
	return b.String()
}

func addresses(list []string) string {
	return "- " + strings.Join(list, "\n- ")
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

func (s *Site) markdownEntries(list []*EntryLink) string {
	lines := make([]string, len(list))
	for i, e := range list {
		lines[i] = "- [" + e.Name + "](" + e.Path + "index.md)"
		if e.HTTP != "" {
			lines[i] += ": HTTP " + e.HTTP
		}
	}
	return strings.Join(lines, "\n")
}

// markdownIncidents are titles and newest updates as quoted text: foreign words
// must not become headings or links.
func markdownIncidents(list []Incident, none string) string {
	if len(list) == 0 {
		return none
	}
	lines := make([]string, len(list))
	for i, in := range list {
		lines[i] = "- " + plainMarkdown(in.Title) + " (" + in.State.Word + ", " + plainMarkdown(in.Phase) + ")"
		if in.Text != "" {
			lines[i] += ": " + plainMarkdown(in.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// plainMarkdown makes foreign text stand for itself in Markdown.
func plainMarkdown(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>#|!~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
