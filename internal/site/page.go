package site

import (
	"strings"
	"time"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// Page is one page of the site.
type Page struct {
	Path     string // address on its host, with the prefix of the site
	Template string // name of the template that shows it
	View     View   // what it shows: a pointer to the struct of that template
	Twin     *Twin  // the same in Markdown; nil for pages that have none
	Live     Live   // what stands in the holes of the page
}

// Live are the parts of an entry's page that change with the states of
// providers while everything else on it changes with the content only. A page
// leaves holes for them, so that it can be remembered.
type Live struct {
	Verdict      *Verdict
	Alternatives *Alternatives
}

// View is what a template shows. All views hold a Frame.
type View interface{ frame() *Frame }

// Frame is what every page has around its own part.
type Frame struct {
	Lang        string
	Title       string // of the window
	Description string
	Canonical   string
	Type        string // Open Graph type
	NoIndex     bool
	Twin        string // address of the Markdown twin; may be empty
	Feed        string // address of a feed of the page's own; may be empty
	FeedTitle   string
	Data        HTML // JSON-LD
	Site        *SiteLinks
	Trail       *Trail // the pages above this one; nil on pages that show none
	Here        string // name of this page at the end of the trail
	Edit        string
	Wrong       string
}

func (f *Frame) frame() *Frame { return f }

// SiteLinks are the addresses and names that every page shows: the same value on
// all pages.
type SiteLinks struct {
	Image      string // absolute address of the preview picture
	Title      string
	Home       string
	Errors     string
	FindScript string // script of the box that finds an error's page
	FindIndex  string // what that script compares a text with
	Status     string
	About      string
	Sources    string
	Feed       string
	FeedTitle  string
	Icon       string
	IconICO    string
	Touch      string
	Manifest   string
	License    string
	LicenseURL string
}

// Trail are the pages from home to the one above a page: the same value for all
// pages under it, so that it is rendered once.
type Trail struct{ Links []Link }

// Link is a name with an address.
type Link struct {
	Path string
	Name string
}

// State is a level as a page shows it.
type State struct {
	Level string // operational, maintenance, …: also the class in the style sheet
	Mood  string // ok, info, warn, down or none: colour and shape
	Word  string // the level in words
	Until string // RFC 3339: when it must no longer be shown as true; empty: it does not expire
}

// ProviderLink is a provider with its present level.
type ProviderLink struct {
	Path  string
	Name  string
	State State
}

// EntryLink is an entry as lists show it. Lists share the links, so that each is
// rendered once.
type EntryLink struct {
	Path     string
	Name     string
	Provider string
	Code     string // the codes, or nothing
	HTTP     string // the statuses, or nothing
	Side     string
	Waits    string
	Kind     string
}

// mood is how a level looks.
func mood(level status.Level) string {
	switch level {
	case status.Operational:
		return "ok"
	case status.Maintenance:
		return "info"
	case status.Degraded, status.PartialOutage:
		return "warn"
	case status.MajorOutage:
		return "down"
	}
	return "none"
}

func (s *Site) state(level status.Level) State {
	return State{Level: level.String(), Mood: mood(level), Word: s.say("level." + level.String())}
}

// until is a state that is believed for as long as a verdict; unknown has
// nothing to lose.
func (s State) until(v verdict.Verdict) State {
	if v.Level != status.Unknown {
		s.Until = v.ValidUntil.Format(time.RFC3339)
	}
	return s
}

// Maker makes one page when it is asked for, so that not all are in memory at
// once. An error is for an entry whose text could not be read again.
type Maker struct {
	Path string        // address of the page on its host
	File string        // slash path of its file inside the output folder
	Twin string        // the same for its Markdown twin; empty when it has none
	Key  func() []byte // names all that the page is made of beside Live; nil when it is not worth remembering
	Live Live
	Make func() (Page, error)
}

// Makers make all pages, entries first.
func (s *Site) Makers() []Maker {
	makers := make([]Maker, 0, len(s.entries)+64)
	for _, p := range s.providers {
		for _, e := range p.entries {
			makers = append(makers, s.entryMaker(e))
		}
	}
	return append(makers, s.otherMakers()...)
}

// At is the maker of the page at an address, if there is one.
func (s *Site) At(path string) (Maker, bool) {
	if e := s.entries[strings.Trim(strings.TrimPrefix(path, s.prefix), "/")]; e != nil && e.link.Path == path {
		return s.entryMaker(e), true
	}
	for _, m := range s.otherMakers() {
		if m.Path == path {
			return m, true
		}
	}
	return Maker{}, false
}

func (s *Site) entryMaker(e *entry) Maker {
	return Maker{
		Path: e.link.Path, File: e.Provider + "/" + e.Slug + "/index.html", Twin: e.Provider + "/" + e.Slug + "/index.md",
		Key: func() []byte { return s.key(e) }, Live: s.live(e), Make: func() (Page, error) { return s.entryPage(e) },
	}
}

// key names what the page of an entry is made of: beside the entry's own file
// names and statuses of related entries, its provider's name, and what is said
// once for the site.
func (s *Site) key(e *entry) []byte {
	key := append([]byte(nil), s.once...)
	key = e.appendKey(key)
	for _, other := range e.related {
		key = other.appendKey(key)
	}
	return key
}

// appendKey appends what names all that any page says of the entry.
func (e *entry) appendKey(key []byte) []byte {
	for _, part := range []string{e.Provider, e.Slug, e.provider.Name} {
		key = append(append(key, part...), 0)
	}
	return e.AppendContentKey(key)
}

// otherMakers make all pages that are no entry.
func (s *Site) otherMakers() []Maker {
	makers := []Maker{
		s.maker(s.path(), s.homePage), s.maker(s.path("status"), s.statusPage), s.maker(s.path("sources"), s.sourcesPage), s.maker(s.path("about"), s.aboutPage), s.maker(s.path("about", "rules"), s.rulesPage), s.maker(s.path("find"), s.findPage), s.maker(s.file("404.html"), s.missingPage),
	}
	for _, p := range s.providers {
		own := s.maker(p.link.Path, func() Page { return s.providerPage(p) })
		own.Twin = p.Slug + "/index.md"
		makers = append(makers, own, s.maker(s.path("compare", p.Slug), func() Page { return s.comparePage(p) }))
	}
	for _, l := range s.lists() {
		for n := range l.pages() {
			makers = append(makers, s.listMaker(l, n+1))
		}
	}
	return makers
}

// maker is a Maker that cannot fail, of a page that is not worth remembering.
func (s *Site) maker(path string, make func() Page) Maker {
	file := strings.TrimPrefix(path, s.prefix+"/")
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return Maker{Path: path, File: file, Make: func() (Page, error) { return make(), nil }}
}

// Prefix is the path of the site on its host, without a slash at the end.
func (s *Site) Prefix() string { return s.prefix }

// page begins a page at the given parts of the address.
func (s *Site) page(template, title, description string, view View, parts ...string) Page {
	path := s.path(parts...)
	f := view.frame()
	*f = Frame{
		Lang: s.Book.Site.Language, Title: title, Description: description, Canonical: s.absolute(path),
		Type: "website", NoIndex: s.NoIndex, Site: s.links,
	}
	return Page{Path: path, Template: template, View: view}
}

func (s *Site) siteLinks() *SiteLinks {
	return &SiteLinks{
		Image: s.absolute(s.file("og.png")),
		Title: s.Book.Site.Title, Home: s.path(), Errors: s.path("errors"), FindScript: s.file("find.js"), FindIndex: s.file(matchFile...), Status: s.path("status"), About: s.path("about"), Sources: s.path("sources"),
		Feed: s.file("feed.xml"), FeedTitle: s.say("feed.title", "site", s.Book.Site.Title),
		Icon: s.file("favicon.svg"), IconICO: s.file("favicon.ico"), Touch: s.file("apple-touch-icon.png"), Manifest: s.file("manifest.webmanifest"),
		License: s.Book.Site.License, LicenseURL: s.Book.Site.LicenseURL,
	}
}
