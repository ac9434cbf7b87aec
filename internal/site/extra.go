package site

import (
	"slices"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// Feed is the Atom feed of new and re-verified errors.
type Feed struct {
	ID       string
	Title    string
	Subtitle string
	Author   string // the site itself
	Self     string
	Home     string
	Language string
	Updated  time.Time
	Items    []FeedItem
}

// FeedItem is one entry of the feed.
type FeedItem struct {
	ID        string // stable: the address of the page
	Title     string
	URL       string
	Summary   string
	Published time.Time
	Updated   time.Time
}

// feedLength is how many entries a feed tells: some months of a lively site.
const feedLength = 60

// Feed is the site's feed.
func (s *Site) Feed() Feed {
	f := Feed{
		ID: s.absolute(s.path()), Title: s.say("feed.title", "site", s.Book.Site.Title), Subtitle: s.Book.Site.Description, Author: s.Book.Site.Title,
		Self: s.absolute(s.file("feed.xml")), Home: s.absolute(s.path()), Language: s.Book.Site.Language, Updated: s.newest.Time(),
	}
	for _, e := range s.newestEntries(feedLength) {
		url := s.absolute(e.link.Path)
		f.Items = append(f.Items, FeedItem{ID: url, Title: e.Title, URL: url, Summary: e.Summary, Published: e.Added.Time(), Updated: e.modified().Time()})
	}
	for _, item := range f.Items {
		if item.Updated.After(f.Updated) {
			f.Updated = item.Updated
		}
	}
	return f
}

// modified is the day of the last change that matters to a reader: when the
// facts were verified, but never before the page existed.
func (e *entry) modified() book.Date { return max(e.Verified, e.Added) }

// Address is one address of the sitemap.
type Address struct {
	URL      string
	Modified time.Time // zero: not told
}

// Sitemap are all pages that search engines should know, with the time of the
// last change of their content. A check that found no change moves nothing.
func (s *Site) Sitemap() []Address {
	var newest book.Date
	changed := time.Time{}
	var list []Address
	for _, p := range s.providers {
		modified := p.changed
		for _, e := range p.entries {
			newest = max(newest, e.modified())
			if t := e.modified().Time(); t.After(modified) {
				modified = t
			}
			list = append(list, Address{s.absolute(e.link.Path), e.modified().Time()})
		}
		if p.changed.After(changed) {
			changed = p.changed
		}
		list = append(list, Address{s.absolute(p.link.Path), modified}, Address{s.absolute(s.path("compare", p.Slug)), modified})
	}
	list = append(list, Address{s.absolute(s.path()), newest.Time()}, Address{s.absolute(s.path("about")), time.Time{}}, Address{s.absolute(s.path("about", "rules")), time.Time{}}, Address{s.absolute(s.path("find")), time.Time{}}, Address{s.absolute(s.path("status")), changed}, Address{s.absolute(s.path("sources")), time.Time{}})
	for _, l := range s.lists() {
		day := book.Date(0)
		for _, e := range l.entries {
			day = max(day, e.modified())
		}
		list = append(list, Address{s.absolute(s.path(l.parts...)), day.Time()})
	}
	for i, a := range list {
		if a.Modified.Unix() <= 0 {
			list[i].Modified = time.Time{}
		}
	}
	slices.SortFunc(list, func(a, b Address) int { return strings.Compare(a.URL, b.URL) })
	return list
}

// Redirect leads from an old address to a page. Hosts that read _redirects need
// From and To; the others show a small page of their own, which leads on.
type Redirect struct {
	From, To  string
	File      string // slash path of that small page inside the output folder
	Lang      string
	Title     string // of the page that it leads to
	Canonical string // absolute address of that
}

// Redirects are the aliases of all entries, by address.
func (s *Site) Redirects() []Redirect {
	var list []Redirect
	for _, p := range s.providers {
		for _, e := range p.entries {
			for _, alias := range e.Aliases {
				list = append(list, Redirect{
					From: s.prefix + alias, To: e.link.Path, File: strings.TrimPrefix(alias, "/") + "index.html",
					Lang: s.Book.Site.Language, Title: e.Title, Canonical: s.absolute(e.link.Path),
				})
			}
		}
	}
	slices.SortFunc(list, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
	return list
}

// Now is api/v1/now/<provider>.json: the newest truth about one provider, small
// enough to ask for from a page.
type Now struct {
	Slug       string       `json:"-"`
	Provider   string       `json:"provider"`
	State      string       `json:"state"`
	Level      status.Level `json:"level"`
	Last       status.Level `json:"last"`
	CheckedAt  *time.Time   `json:"checked_at,omitempty"`
	ChangedAt  *time.Time   `json:"changed_at,omitempty"`
	ValidUntil *time.Time   `json:"valid_until,omitempty"`
	Signal     string       `json:"signal,omitempty"`
	ProbedAt   *time.Time   `json:"probed_at,omitempty"`
	Source     string       `json:"source"`
}

// Nows are the present states of all providers. Here the check time is the real
// one, not the one on the grid: this file is not a page.
func (s *Site) Nows() []Now {
	var list []Now
	for _, p := range s.providers {
		v := verdict.For(verdict.Provider, p.record, s.freshness, s.Now)
		now := Now{Slug: p.Slug, Provider: p.Slug, State: string(v.State), Level: v.Level, Last: v.Last, Source: p.Source.URL}
		if !p.record.CheckedAt.IsZero() {
			checked, changed, until := p.record.CheckedAt.UTC(), p.record.ChangedAt.UTC(), p.record.CheckedAt.Add(s.freshness.ValidFor).UTC()
			now.CheckedAt, now.ChangedAt, now.ValidUntil = &checked, &changed, &until
		}
		if v.Signal != "" {
			probed := p.record.Probe.At.UTC()
			now.Signal, now.ProbedAt = string(v.Signal), &probed
		}
		list = append(list, now)
	}
	return list
}

// Guide is llms.txt: what the site is and where its Markdown is.
type Guide struct {
	Title       string
	Description string
	Notes       []string
	Sections    []GuideSection
}

// GuideSection is a heading with links.
type GuideSection struct {
	Heading string
	Links   []GuideLink
}

// GuideLink is one link of the guide.
type GuideLink struct{ Name, URL, Note string }

// Guide is the site's guide for programs that read.
func (s *Site) Guide() Guide {
	g := Guide{Title: s.Book.Site.Title, Description: s.Book.Site.Description, Notes: []string{s.say("guide.twins"), s.say("guide.state", "url", s.absolute(s.file("api", "v1", "state.json")))}}
	overview := GuideSection{Heading: s.say("guide.overview"), Links: []GuideLink{
		{s.say("list.errors"), s.absolute(s.path("errors")), s.say("list.errorsdescription")},
		{s.say("status.title"), s.absolute(s.path("status")), s.say("status.description")},
		{s.say("sources.title"), s.absolute(s.path("sources")), s.say("sources.description")},
		{s.say("about.title"), s.absolute(s.path("about")), s.say("about.description")},
		{s.say("rules.title"), s.absolute(s.path("about", "rules")), s.say("rules.description")},
	}}
	g.Sections = append(g.Sections, overview)
	for _, p := range s.providers {
		section := GuideSection{Heading: p.Name, Links: []GuideLink{{s.say("provider.title", "provider", p.Name), s.absolute(s.file(p.Slug, "index.md")), ""}}}
		for _, e := range p.entries {
			note := s.kindTitle[e.Kind]
			if e.link.HTTP != "" {
				note = "HTTP " + e.link.HTTP + ", " + note
			}
			section.Links = append(section.Links, GuideLink{e.Name, s.absolute(s.file(e.Provider, e.Slug, "index.md")), note})
		}
		g.Sections = append(g.Sections, section)
	}
	return g
}

// Manifest is the web app manifest: a name and icons for home screens.
type Manifest struct {
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	StartURL   string         `json:"start_url"`
	Display    string         `json:"display"`
	Background string         `json:"background_color"`
	Theme      string         `json:"theme_color"`
	Icons      []ManifestIcon `json:"icons"`
}

// ManifestIcon is one icon of the manifest.
type ManifestIcon struct {
	Source string `json:"src"`
	Sizes  string `json:"sizes"`
	Type   string `json:"type"`
}

// Manifest is the site's manifest.
func (s *Site) Manifest() Manifest {
	return Manifest{
		Name: s.Book.Site.Title, ShortName: s.Book.Site.Title, StartURL: s.path(), Display: "browser", Background: "#ffffff", Theme: "#ffffff",
		Icons: []ManifestIcon{{s.file("favicon.svg"), "any", "image/svg+xml"}, {s.file("apple-touch-icon.png"), "180x180", "image/png"}},
	}
}

// Host is what the files for the host need beside the pages.
type Host struct {
	Prefix    string // path of the site on its host
	Live      string // https folder that /live/* shows; may be empty
	Preload   bool   // ask browsers to remember https for good
	NoIndex   bool
	Plain     bool // served without https, as on one's own machine
	Sitemap   string
	Contact   string
	Canonical string // absolute address of security.txt
	Language  string
	Expires   time.Time // of security.txt
}

// Host is what the files for the host need.
func (s *Site) Host() Host {
	site := s.Book.Site
	year, month, _ := s.Now.Date()
	return Host{
		Prefix: s.prefix, Live: site.LiveURL, Preload: site.HSTSPreload, NoIndex: s.NoIndex, Plain: strings.HasPrefix(s.host, "http:"),
		Sitemap: s.absolute(s.file("sitemap.xml")), Contact: site.Contact, Canonical: s.absolute(s.file(".well-known", "security.txt")), Language: site.Language,
		// RFC 9116 wants less than a year. Rounded to a month, so that the file
		// changes twelve times a year and not with every build.
		Expires: time.Date(year, month+7, 1, 0, 0, 0, 0, time.UTC),
	}
}
