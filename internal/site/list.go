package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"faultbook/internal/book"
)

// ListView is a page that lists entries: all of them, or those of an HTTP
// status or of a kind.
type ListView struct {
	Frame
	Heading  string
	Lead     string
	Rows     []*EntryLink
	Page     string // "Page 2 of 3"; empty when there is one
	Previous string
	Next     string
	Others   string // heading of Siblings
	Siblings []Link // the other lists of the same sort
}

// rowsPerPage keeps a list under 32 KB on the wire.
const rowsPerPage = 1000

// list is what a list page is made of.
type list struct {
	parts              []string
	title, description string
	lead               string
	entries            []*entry
	others             string
	siblings           []Link
}

// pages is how many pages the list takes; an empty list has one.
func (l list) pages() int { return max(1, (len(l.entries)+rowsPerPage-1)/rowsPerPage) }

// page are the entries on page n, from 1.
func (l list) page(n int) []*entry {
	first := min(len(l.entries), (n-1)*rowsPerPage)
	return l.entries[first:min(len(l.entries), first+rowsPerPage)]
}

// partsOf are the parts of the address of page n, from 1.
func (l list) partsOf(n int) []string {
	if n == 1 {
		return l.parts
	}
	return append(slices.Clone(l.parts), strconv.Itoa(n))
}

// makeLists makes all lists of the site.
func (s *Site) makeLists() []list {
	lists := []list{s.allErrors()}
	for _, code := range sortedKeys(s.byHTTP) {
		lists = append(lists, s.httpList(code))
	}
	for _, kind := range s.kinds() {
		lists = append(lists, s.kindList(kind))
	}
	return lists
}

// allErrors lists every entry by code, those without one by name.
func (s *Site) allErrors() list {
	var all []*entry
	for _, p := range s.providers {
		all = append(all, p.entries...)
	}
	slices.SortStableFunc(all, func(a, b *entry) int {
		return cmp.Or(strings.Compare(sortName(a), sortName(b)), strings.Compare(a.provider.Name, b.provider.Name))
	})
	return list{
		parts: []string{"errors"}, title: s.say("list.errors"), description: s.say("list.errorsdescription"), lead: s.say("list.errorslead"),
		entries: all,
	}
}

func sortName(e *entry) string {
	return strings.ToLower(cmp.Or(firstOf(e.Codes), e.Name))
}

func (s *Site) httpList(code int) list {
	text := strconv.Itoa(code)
	entries := s.byHTTP[code]
	l := list{
		parts: []string{"http", text}, title: s.say("list.http", "code", text), lead: s.say("list.httplead", "code", text),
		description: s.say("list.httpdescription", "code", text, "count", strconv.Itoa(len(entries)), "providers", strconv.Itoa(providersOf(entries))),
		entries:     entries, others: s.say("list.otherhttp"),
	}
	for _, other := range sortedKeys(s.byHTTP) {
		if other != code {
			l.siblings = append(l.siblings, Link{s.path("http", strconv.Itoa(other)), strconv.Itoa(other)})
		}
	}
	return l
}

func (s *Site) kindList(kind book.Kind) list {
	entries := s.byKind[kind]
	l := list{
		parts: []string{"kind", string(kind)}, title: s.say("list.kind", "kind", s.kindTitle[kind]), lead: s.say("kindlead." + string(kind)),
		description: s.say("list.kinddescription", "kind", s.kindTitle[kind], "count", strconv.Itoa(len(entries)), "providers", strconv.Itoa(providersOf(entries))),
		entries:     entries, others: s.say("list.otherkinds"),
	}
	for _, other := range s.kinds() {
		if other != kind {
			l.siblings = append(l.siblings, Link{s.path("kind", string(other)), s.kindTitle[other]})
		}
	}
	return l
}

// kinds are the kinds that have entries, in their order.
func (s *Site) kinds() []book.Kind {
	return slices.DeleteFunc(book.Kinds(), func(k book.Kind) bool { return len(s.byKind[k]) == 0 })
}

func providersOf(entries []*entry) int {
	seen := map[*provider]bool{}
	for _, e := range entries {
		seen[e.provider] = true
	}
	return len(seen)
}

func (s *Site) listPage(l list, n int) Page {
	v := &ListView{}
	title, of := l.title, l.pages()
	if of > 1 {
		v.Page = s.say("list.page", "page", strconv.Itoa(n), "pages", strconv.Itoa(of))
		title += " · " + v.Page
	}
	page := s.page("list", title, l.description, v, l.partsOf(n)...)
	v.Heading, v.Lead, v.Others, v.Siblings = l.title, l.lead, l.others, l.siblings
	for _, e := range l.page(n) {
		v.Rows = append(v.Rows, e.link)
	}
	if n > 1 {
		v.Previous = s.path(l.partsOf(n - 1)...)
	}
	if n < of {
		v.Next = s.path(l.partsOf(n + 1)...)
	}
	v.Trail, v.Here = s.trail, l.title
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

// listMaker makes page n of a list. A list changes with its entries only.
func (s *Site) listMaker(l list, n int) Maker {
	m := s.maker(s.path(l.partsOf(n)...), func() Page { return s.listPage(l, n) })
	m.Key = func() []byte {
		key := fmt.Appendf(append([]byte(nil), s.once...), "%q %d %d\x00", []string{l.title, l.description, l.lead}, n, l.pages())
		for _, link := range l.siblings {
			key = append(append(key, link.Path...), 0)
		}
		for _, e := range l.page(n) {
			key = e.appendKey(key)
		}
		return key
	}
	return m
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
