package site

import (
	"strconv"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/verdict"
)

// EntryView is the page of one error.
type EntryView struct {
	Frame
	Before, Quoted, After string // the title around its quoted part
	Facts                 *Facts
	Article               *Article
	Related               []*EntryLink
	FAQ                   []Question
	Compare               *Link
	Sources               []Link
	Verified              string
	Changed               Time // of the page: when the facts were verified, never before it existed
}

// Facts are the row of short facts under the verdict. Many entries share them.
type Facts struct{ List []Fact }

// Fact is one short fact in the row under the verdict.
type Fact struct {
	Label string
	Value string
	Path  string // where the value leads; may be empty
}

// Article is what an entry says of its error.
type Article struct {
	Meaning  HTML
	Messages []string // the first, most pasted
	Others   []string // further wordings
	Sample   string
	Causes   []HTML
	Fixes    []HTML
	Detail   HTML
	Advice   HTML
	Header   string // sentence about the response header; may be empty
}

// Alternatives are what to use meanwhile.
type Alternatives struct {
	Heading   string
	Providers []ProviderLink
	Markdown  string // the list in a twin
}

// Question is a question with its answer.
type Question struct {
	Q string
	A HTML
}

func (s *Site) entryPage(e *entry) (Page, error) {
	text, err := s.Book.Text(e.Entry)
	if err != nil {
		return Page{}, err
	}
	v := &EntryView{}
	page := s.page("entry", e.Title, e.Summary, v, e.Provider, e.Slug)
	p := e.provider
	v.Type = "article"
	v.Before, v.Quoted, v.After = splitTitle(e.Title)
	page.Live = s.live(e)
	v.Facts = s.facts(e)
	v.Article = s.article(e, text)
	v.Related = related(e)
	v.FAQ = s.questions(e, text)
	v.Compare = p.compare
	v.Sources = sourceLinks(text.Sources)
	v.Verified = s.say("entry.verified", "date", day(e.Verified.Time()).Text)
	v.Changed = day(e.modified().Time())
	v.Trail, v.Here = p.trail, e.Name
	v.Edit, v.Wrong = s.edit(e.File), s.wrong(page.Path, e.Title)
	v.Twin = s.file(e.Provider, e.Slug, "index.md")
	v.Data = s.entryData(e, text, v)
	page.Twin = s.entryTwin(e, text, v)
	return page, nil
}

// live is what changes on the page of an entry with the states of providers.
func (s *Site) live(e *entry) Live {
	return Live{e.provider.verdicts[verdict.Nature(e.Outage)], s.alternatives(e)}
}

// splitTitle cuts a title around its quoted part, which is set in the type of
// code.
func splitTitle(title string) (before, quoted, after string) {
	before, rest, ok := strings.Cut(title, `"`)
	if !ok {
		return title, "", ""
	}
	i := strings.LastIndexByte(rest, '"')
	if i < 0 {
		return title, "", ""
	}
	return before, rest[:i], rest[i+1:]
}

// facts are the same value for all entries with the same facts, so that they
// are rendered once.
func (s *Site) facts(e *entry) *Facts {
	key := e.link.HTTP + "|" + string(e.Kind) + "|" + e.link.Side + "|" + e.link.Waits + "|" + e.Waiting.Typical
	if shared, ok := s.shared.Load(key); ok {
		return shared.(*Facts)
	}
	facts := []Fact{{Label: s.say("entry.status"), Value: s.say("entry.client")}}
	if len(e.HTTP) > 0 {
		facts[0] = Fact{s.say("entry.status"), e.link.HTTP, s.path("http", strconv.Itoa(e.HTTP[0]))}
	}
	facts = append(facts,
		Fact{s.say("entry.kind"), e.link.Kind, s.path("kind", string(e.Kind))},
		Fact{Label: s.say("entry.side"), Value: e.link.Side},
		Fact{Label: s.say("entry.waits"), Value: e.link.Waits})
	if e.Waiting.Typical != "" {
		facts = append(facts, Fact{Label: s.say("entry.usually"), Value: e.Waiting.Typical})
	}
	shared, _ := s.shared.LoadOrStore(key, &Facts{facts})
	return shared.(*Facts)
}

// messagesAbove is how many messages stand before the causes: more would push
// the fix off the first screens of a phone. The others come after it.
const messagesAbove = 2

func (s *Site) article(e *entry, text *book.Text) *Article {
	a := &Article{
		Meaning: s.local(text.Meaning.HTML), Messages: e.Messages[:min(len(e.Messages), messagesAbove)], Others: e.Messages[min(len(e.Messages), messagesAbove):],
		Causes: s.all(text.Causes), Fixes: s.all(text.Fixes), Detail: s.local(text.Body.HTML), Advice: s.local(text.Advice.HTML),
	}
	if len(text.Samples) > 0 {
		a.Sample = text.Samples[0]
	}
	if e.Waiting.Header != "" {
		a.Header = s.say("entry.header", "header", e.Waiting.Header)
	}
	return a
}

func (s *Site) all(list []book.Prose) []HTML {
	out := make([]HTML, len(list))
	for i, p := range list {
		out[i] = s.local(p.HTML)
	}
	return out
}

// alternatives are the entry's own, else the provider's, which all its entries
// share.
func (s *Site) alternatives(e *entry) *Alternatives {
	if len(e.Alternatives) == 0 {
		return e.provider.alternatives
	}
	key := e.Provider + "|" + strings.Join(e.Alternatives, "|")
	if shared, ok := s.shared.Load(key); ok {
		return shared.(*Alternatives)
	}
	shared, _ := s.shared.LoadOrStore(key, s.newAlternatives(e.provider, e.Alternatives))
	return shared.(*Alternatives)
}

func (s *Site) newAlternatives(p *provider, slugs []string) *Alternatives {
	list := s.providerLinks(slugs)
	return &Alternatives{Heading: s.say("entry.alternatives", "provider", p.Name), Providers: list, Markdown: s.markdownProviders(list)}
}

func related(e *entry) []*EntryLink {
	links := make([]*EntryLink, len(e.related))
	for i, other := range e.related {
		links[i] = other.link
		if other.provider == e.provider {
			links[i] = other.near
		}
	}
	return links
}

// questions are the two that every entry answers, then its own.
func (s *Site) questions(e *entry, text *book.Text) []Question {
	list := []Question{
		{s.say("entry.what", "name", e.Name), HTML(escape(e.Summary))},
		{s.say("entry.how", "name", e.Name), HTML(escape(text.Short))},
	}
	if lead := s.local(text.Meaning.HTML); lead != "" {
		list[0].A = lead
	}
	for _, q := range text.FAQ {
		list = append(list, Question{q.Q, s.local(q.A.HTML)})
	}
	return list
}

// escape makes plain text safe as HTML.
func escape(text string) string {
	return escaper.Replace(text)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// sourceLinks name sources by host and path, which tells documentation from
// threads at a glance. The path of a link here is its address without https://.
func sourceLinks(addresses []string) []Link {
	links := make([]Link, len(addresses))
	for i, address := range addresses {
		rest := strings.TrimPrefix(address, "https://")
		name, _, _ := strings.Cut(rest, "#")
		name, _, _ = strings.Cut(name, "?")
		links[i] = Link{rest, strings.TrimSuffix(name, "/")}
	}
	return links
}

func (s *Site) entryLink(e *entry) *EntryLink {
	return &EntryLink{
		Path: s.path(e.Provider, e.Slug), Name: e.Name, Provider: e.provider.Name,
		Code: strings.Join(e.Codes, ", "), HTTP: statuses(e.HTTP), Kind: s.kindTitle[e.Kind],
		Side: s.say("side." + string(e.Outage)), Waits: s.say("helps." + e.Waiting.Helps),
	}
}

func statuses(codes []int) string {
	var b []byte
	for i, code := range codes {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, int64(code), 10)
	}
	return string(b)
}
