package site

import (
	"cmp"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/verdict"
)

// HomeView is the start page.
type HomeView struct {
	Frame
	Heading   string
	Tagline   string
	Providers []HomeProvider
	Newest    []HomeEntry
	Kinds     []HomeKind
}

// HomeProvider is a provider with its level and how many errors it has.
type HomeProvider struct {
	ProviderLink
	Count string
}

// HomeEntry is an entry with the day it was last verified.
type HomeEntry struct {
	*EntryLink
	Verified Time
}

// HomeKind is a kind with how many entries it has.
type HomeKind struct {
	Link
	Lead  string
	Count string
}

// newestShown and kindsShown keep the start page to about three screens.
const (
	newestShown = 12
	kindsShown  = 8
)

func (s *Site) homePage() Page {
	v := &HomeView{}
	site := s.Book.Site
	page := s.page("home", s.say("home.title", "site", site.Title), site.Description, v)
	v.Heading, v.Tagline = s.say("home.heading"), site.Tagline
	for _, p := range s.providers {
		v.Providers = append(v.Providers, HomeProvider{p.link, s.count(len(p.entries))})
	}
	for _, e := range s.newestEntries(newestShown) {
		v.Newest = append(v.Newest, HomeEntry{e.link, day(e.Verified.Time())})
	}
	kinds := s.kinds()
	slices.SortStableFunc(kinds, func(a, b book.Kind) int { return len(s.byKind[b]) - len(s.byKind[a]) })
	for _, kind := range kinds[:min(len(kinds), kindsShown)] {
		v.Kinds = append(v.Kinds, HomeKind{Link{s.path("kind", string(kind)), s.kindTitle[kind]}, s.say("kindlead." + string(kind)), s.count(len(s.byKind[kind]))})
	}
	v.Data = s.siteData()
	return page
}

// newestEntries are the n entries verified last; of one day those added last,
// then by name, so that the order never depends on chance.
func (s *Site) newestEntries(n int) []*entry {
	var all []*entry
	for _, p := range s.providers {
		all = append(all, p.entries...)
	}
	slices.SortFunc(all, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.Verified, a.Verified), cmp.Compare(b.Added, a.Added), strings.Compare(a.Key(), b.Key()))
	})
	return all[:min(n, len(all))]
}

// StatusView is the page of all providers' states.
type StatusView struct {
	Frame
	Providers   []StatusRow
	Incidents   []Incident
	Maintenance []Incident
	Sources     string // address of the page about all sources
}

// StatusRow is a provider with its level and the time of the check.
type StatusRow struct {
	ProviderLink
	Checked Time
	Address string // of the official status page
	Until   string // RFC 3339, for the script
	Now     string // address the script asks
}

func (s *Site) statusPage() Page {
	v := &StatusView{}
	page := s.page("status", s.say("status.title"), s.say("status.description"), v, "status")
	for _, p := range s.providers {
		own := p.verdicts[verdict.Provider]
		v.Providers = append(v.Providers, StatusRow{ProviderLink: p.link, Checked: own.Checked, Address: p.Source.URL, Until: own.Until, Now: own.Now})
		v.Incidents = append(v.Incidents, s.withProvider(p, s.incidents(counted(p.record.Incidents)))...)
		v.Maintenance = append(v.Maintenance, s.withProvider(p, s.incidents(counted(p.record.Maintenance)))...)
	}
	v.Sources = s.path("sources")
	v.Trail, v.Here = s.trail, s.say("status.title")
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

func (s *Site) withProvider(p *provider, list []Incident) []Incident {
	for i := range list {
		list[i].Provider, list[i].Path = p.Name, p.link.Path
	}
	return list
}
