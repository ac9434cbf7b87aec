package site

import (
	"cmp"

	"faultbook/internal/book"
	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// SourcesView is the page of all sources: what is read where, and how that goes.
type SourcesView struct {
	Frame
	Heading string
	Rows    []SourceRow
}

// SourceRow is the source of one provider.
type SourceRow struct {
	ProviderLink
	Platform string
	Official string // address of the page that a person opens
	Asked    string // address that the program asks; empty: none
	Read     Time   // last good reading, on the grid; zero: never
	Failing  Time   // of the first failure in a row; zero: the newest attempt went well
	Reason   string // why it fails, or why there is nothing to read
	Hint     string
	Warnings []string
}

func (s *Site) sourcesPage() Page {
	v := &SourcesView{}
	page := s.page("sources", s.say("sources.title"), s.say("sources.description"), v, "sources")
	v.Heading = s.say("sources.title")
	for _, p := range s.providers {
		v.Rows = append(v.Rows, s.sourceRow(p))
	}
	v.Trail, v.Here = s.trail, v.Heading
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

func (s *Site) sourceRow(p *provider) SourceRow {
	row := SourceRow{
		ProviderLink: p.link, Platform: p.Source.Platform, Official: p.Source.URL, Asked: cmp.Or(p.Source.API, p.Source.URL),
		Read: p.verdicts[verdict.Provider].Checked, Hint: p.record.Fetch.Hint, Warnings: p.record.Warnings,
	}
	switch {
	case p.Source.Platform == book.NoPlatform:
		row.Asked, row.Reason = "", cmp.Or(p.Source.Why, s.say("sources.none"))
	case p.record.Fetch.State == status.StateFailed:
		row.Failing, row.Reason = moment(p.record.Fetch.Since), p.record.Fetch.Reason
	case p.record.Level == status.Unknown && p.record.Reason != "":
		row.Reason = p.record.Reason
	}
	return row
}
