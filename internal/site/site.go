// Package site knows every page of the site: which there are, at which address,
// and what each shows. Here content and snapshot meet, by way of the verdict.
//
// It owns every address and every cross-link, and it fills sentences from the
// words. It must not know HTML, templates or files: it hands plain structs to
// render.
package site

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/status"
	"faultbook/internal/verdict"
	"faultbook/internal/words"
)

// HTML is markup that is safe to print as it stands: rendered Markdown, or JSON
// made by this package. Nothing foreign becomes HTML without passing through
// either.
type HTML string

// Input is everything a site is made of.
type Input struct {
	Book     *book.Book
	Snapshot status.Snapshot
	Words    words.Words
	Now      time.Time
	Base     string // absolute address without a trailing slash; may hold a path
	NoIndex  bool   // a preview that search engines must not keep
}

// Site is the whole site, ready to be shown page by page. It does not change
// and may be used by several goroutines.
type Site struct {
	Input
	host      string // scheme and host of Base
	prefix    string // path of Base, without a trailing slash
	freshness verdict.Freshness
	providers []*provider // by name
	bySlug    map[string]*provider
	entries   map[string]*entry // by provider/slug
	byHTTP    map[int][]*entry
	byKind    map[book.Kind][]*entry
	newest    book.Date
	kindTitle map[book.Kind]string
	links     *SiteLinks
	trail     *Trail        // to pages under home
	lists     func() []list // all lists; sorting every entry is worth doing once
	once      []byte        // names what is said once for the whole site
	shared    sync.Map      // values that many pages show, by what they are made of
}

// provider is a provider of the book with all that pages show of it again and
// again, made once.
type provider struct {
	*book.Provider
	record       status.Record
	link         ProviderLink
	verdicts     map[verdict.Nature]*Verdict
	alternatives *Alternatives
	compare      *Link
	row          *CompareRow
	trail        *Trail // to the provider's entries
	entries      []*entry
	changed      time.Time
	now          verdict.Verdict // of the provider as a whole
}

// entry is an entry of the book with what lists show of it.
type entry struct {
	*book.Entry
	provider *provider
	link     *EntryLink
	near     *EntryLink // the same without its provider, for pages that are about that
	related  []*entry
	cited    int // how many entries name it as related
}

// New prepares the site. The book must be free of errors.
func New(in Input) *Site {
	s := &Site{Input: in, bySlug: map[string]*provider{}, entries: map[string]*entry{}, byHTTP: map[int][]*entry{}, byKind: map[book.Kind][]*entry{}}
	s.Base = strings.TrimSuffix(in.Base, "/")
	s.host, s.prefix = splitBase(s.Base)
	schedule := in.Book.Site.Schedule
	s.freshness = verdict.FreshnessOf(schedule.Every, schedule.ValidFor, schedule.AgeCap)
	s.kindTitle = map[book.Kind]string{}
	for _, kind := range book.Kinds() {
		s.kindTitle[kind] = in.Words.Say("kind." + string(kind))
	}
	s.once = fmt.Appendf(nil, "%q %q %v %+v\x00", s.Base, in.Book.Site.Language, in.NoIndex, in.Book.Site)
	s.links = s.siteLinks()
	s.trail = &Trail{[]Link{{s.path(), s.say("site.home")}}}
	s.addProviders()
	s.addEntries()
	for _, p := range s.providers {
		p.row = s.compareRow(p)
	}
	s.lists = sync.OnceValue(s.makeLists)
	return s
}

// Freshness is how long checks are believed on this site.
func (s *Site) Freshness() verdict.Freshness { return s.freshness }

func (s *Site) addProviders() {
	for _, bp := range s.Book.Providers {
		p := &provider{Provider: bp, record: s.record(bp), verdicts: map[verdict.Nature]*Verdict{}}
		p.changed = p.record.ChangedAt
		base := verdict.For(verdict.Provider, p.record, s.freshness, s.Now)
		p.now = base
		p.link = ProviderLink{Path: s.path(bp.Slug), Name: bp.Name, State: s.state(base.Level).until(base)}
		for _, nature := range append(verdict.Natures(), verdict.Provider) {
			p.verdicts[nature] = s.verdict(p, base.As(nature))
		}
		p.compare = &Link{s.path("compare", p.Slug), s.say("entry.compare", "provider", p.Name)}
		p.trail = &Trail{append(slices.Clip(s.trail.Links), Link{p.link.Path, p.Name})}
		s.providers = append(s.providers, p)
		s.bySlug[bp.Slug] = p
	}
	slices.SortStableFunc(s.providers, func(a, b *provider) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	for _, p := range s.providers {
		p.alternatives = s.newAlternatives(p, p.Alternatives)
	}
}

// record is what the snapshot knows of a provider, as far as the content still
// asks for it. A provider that has no source for programs is told so even when
// nothing was ever fetched; what was seen before remains history.
func (s *Site) record(p *book.Provider) status.Record {
	r := s.Snapshot.Providers[p.Slug]
	if p.Source.Platform == book.NoPlatform {
		r = status.Record{Past: r.Past, Changes: r.Changes, Days: r.Days, Probe: r.Probe, Fetch: status.Outcome{State: status.StateNone, Reason: p.Source.Why}}
	}
	if r.Probe.URL != p.Probe.URL {
		r.Probe = status.Probe{}
	}
	r.URL = p.Source.URL
	return r
}

func (s *Site) addEntries() {
	for _, p := range s.providers {
		p.entries = make([]*entry, 0, len(p.Entries))
		for _, be := range p.Entries {
			e := &entry{Entry: be, provider: p}
			e.link = s.entryLink(e)
			near := *e.link
			near.Provider = ""
			e.near = &near
			p.entries = append(p.entries, e)
			s.entries[be.Key()] = e
			for _, code := range be.HTTP {
				s.byHTTP[code] = append(s.byHTTP[code], e)
			}
			s.byKind[be.Kind] = append(s.byKind[be.Kind], e)
			s.newest = max(s.newest, be.Verified)
		}
	}
	for _, e := range s.entries {
		for _, ref := range e.Related {
			if other := s.find(e.Provider, ref); other != nil {
				e.related = append(e.related, other)
				other.cited++
			}
		}
	}
}

// find is the entry that a "related" item of a provider means.
func (s *Site) find(provider, ref string) *entry {
	if !strings.Contains(ref, "/") {
		ref = provider + "/" + ref
	}
	return s.entries[ref]
}

func (s *Site) providerLinks(slugs []string) []ProviderLink {
	var links []ProviderLink
	for _, slug := range slugs {
		if p := s.bySlug[slug]; p != nil {
			links = append(links, p.link)
		}
	}
	return links
}

// say is a sentence of the words.
func (s *Site) say(key string, pairs ...string) string { return s.Words.Say(key, pairs...) }

// count says "1 error" or "5 errors".
func (s *Site) count(n int) string {
	switch n {
	case 0:
		return s.say("home.none")
	case 1:
		return s.say("home.one")
	}
	return s.say("home.count", "count", strconv.Itoa(n))
}
