package site

import (
	"cmp"
	"slices"
	"strconv"

	"faultbook/internal/book"
	"faultbook/internal/verdict"
)

// CompareView is the page that sets one provider beside the others.
type CompareView struct {
	Frame
	Name   string
	Lead   string
	Path   string // of the provider
	This   *CompareRow
	Others []*CompareRow
}

// CompareRow is one provider in the table: the same value in all tables, so
// that it is rendered once.
type CompareRow struct {
	ProviderLink
	Compare string // the same table from this provider's side
	Open    string // number of open incidents; empty when not known
	Last    Link   // last incident seen: name and address, either may be empty
	LastDay Time
	Cells   []EntryLink // rate limit, empty balance, overload; without a path where no entry is known
}

// compared are the kinds of the table's last columns.
func compared() []book.Kind { return []book.Kind{"rate-limit", "billing", "overload"} }

func (s *Site) comparePage(p *provider) Page {
	v := &CompareView{}
	page := s.page("compare", s.say("compare.title", "provider", p.Name), s.say("compare.description", "provider", p.Name), v, "compare", p.Slug)
	v.Name, v.Path, v.Lead = p.Name, p.link.Path, s.say("compare.lead", "provider", p.Name)
	v.This = p.row
	for _, other := range s.providers {
		if other != p {
			v.Others = append(v.Others, other.row)
		}
	}
	v.Trail, v.Here = p.trail, s.say("compare.crumb")
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

func (s *Site) compareRow(p *provider) *CompareRow {
	row := &CompareRow{ProviderLink: p.link, Compare: s.path("compare", p.Slug)}
	if own := p.verdicts[verdict.Provider]; own.State.Level != "unknown" {
		row.Open = strconv.Itoa(len(counted(p.record.Incidents)))
	}
	if past := counted(p.record.Past); len(past) > 0 {
		last := past[0]
		row.Last, row.LastDay = Link{last.URL, last.Title}, day(last.Started)
		if last.Started.IsZero() {
			row.LastDay = day(last.Updated)
		}
	}
	for _, kind := range compared() {
		cell := EntryLink{Kind: s.say("compare." + string(kind))}
		if e := typical(p, kind); e != nil {
			cell = *e.link
			cell.Code = firstOf(e.Codes)
			cell.Kind = s.say("compare." + string(kind))
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// typical is the entry that stands for a kind at a provider: the one that its
// other entries name most often as related, because that is the one people mean.
func typical(p *provider, kind book.Kind) *entry {
	var of []*entry
	for _, e := range p.entries {
		if e.Kind == kind {
			of = append(of, e)
		}
	}
	if len(of) == 0 {
		return nil
	}
	return slices.MaxFunc(of, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(a.cited, b.cited), cmp.Compare(len(b.Slug), len(a.Slug)), cmp.Compare(b.Slug, a.Slug))
	})
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
