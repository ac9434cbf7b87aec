package links

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// use is one place of the book that leads outside.
type use struct {
	page string // address without its part
	part string // without #; empty: the page as a whole
	file string
	path book.Path // of the value that is the address
	link book.Link // with a Target: in Markdown, instead
	more bool      // a use of the same page stands before it
}

// page is what several uses share.
type page struct {
	address string
	parts   []string // sorted; of those that a page is asked for
}

// usesOf are all uses, in the order of the book. What has errors of its own is
// left out, and so are addresses of the site itself, those that only programs
// read, and pages inside the operator's network.
func usesOf(b *book.Book) ([]use, error) {
	g := gathering{}
	g.site(b.Site)
	for _, p := range b.Providers {
		g.provider(p)
	}
	for _, p := range slices.Concat(b.Providers, b.Broken.Providers) {
		for _, e := range p.Entries {
			text, err := b.Text(e)
			if err != nil {
				return nil, err
			}
			g.entry(e.File, text)
		}
	}
	return g.uses, nil
}

type gathering struct {
	uses []use
	seen map[string]bool
}

func (g *gathering) site(s book.Site) {
	for _, item := range []struct{ key, address string }{{"repository", s.Repository}, {"license_url", s.LicenseURL}, {"contact", s.Contact}} {
		g.value("site.toml", item.address, item.key)
	}
}

func (g *gathering) provider(p *book.Provider) {
	for _, item := range []struct{ key, address string }{
		{"homepage", p.Homepage}, {"docs", p.Docs}, {"keys", p.Keys}, {"billing", p.Billing}, {"limits", p.Limits},
	} {
		g.value(p.File, item.address, item.key)
	}
	g.value(p.File, p.Source.URL, "status", "url")
	g.links(p.File, p.Outside)
}

func (g *gathering) entry(file string, text *book.Text) {
	for i, source := range text.Sources {
		g.value(file, source, "sources", i)
	}
	g.links(file, text.Outside)
}

func (g *gathering) value(file, address string, path ...any) {
	g.add(address, use{file: file, path: path})
}

func (g *gathering) links(file string, links []book.Link) {
	for _, link := range links {
		g.add(link.Target, use{file: file, link: link})
	}
}

func (g *gathering) add(address string, u use) {
	if !strings.HasPrefix(address, "https://") {
		return // empty, mailto, or a page of this machine
	}
	if g.seen == nil {
		g.seen = map[string]bool{}
	}
	u.page, u.part, _ = strings.Cut(address, "#")
	u.more = g.seen[u.page]
	g.seen[u.page] = true
	g.uses = append(g.uses, u)
}

// pagesOf are the different pages of uses, by address.
func pagesOf(uses []use) []page {
	parts := map[string][]string{}
	for _, u := range uses {
		parts[u.page] = append(parts[u.page], u.part)
	}
	var pages []page
	for _, address := range slices.Sorted(maps.Keys(parts)) {
		p := page{address: address}
		for _, part := range slices.Compact(slices.Sorted(slices.Values(parts[address]))) {
			if judged(part) {
				p.parts = append(p.parts, part)
			}
		}
		pages = append(pages, p)
	}
	return pages
}

// findings are what is wrong with a use, as far as it is known. What nobody can
// mend is told once for each page.
func (u use) findings(b *book.Book, r Record) []diag.Finding {
	var all []diag.Finding
	add := func(severity diag.Severity, rule, message, hint string) {
		f := b.Finding(u.file, rule, message, hint, u.path...)
		if u.link.Target != "" {
			f = b.FindingAtLink(u.file, u.link, rule, message, hint)
		}
		f.Severity = severity
		all = append(all, f)
	}
	elsewhere := ""
	if r.MovedTo != "" {
		elsewhere = ", which " + u.page + " has moved to"
	}
	there := cmp.Or(r.MovedTo, u.page)
	switch {
	case r.State == Gone:
		add(diag.Error, "outside-gone", fmt.Sprintf("there is nothing at %s any more%s: it answers %s", there, elsewhere, r.Why),
			"name the page that says it now, or an archived copy; take the address away where neither exists")
	case r.lasts():
		add(diag.Error, "outside-silent", fmt.Sprintf("nobody has answered at %s%s since %s, in %d runs: %s", there, elsewhere, r.Since.Format("2006-01-02"), r.Runs, r.Why),
			"name the page that says it now, or an archived copy")
	case r.State == Silent && !u.more:
		add(diag.Notice, "outside-silent", fmt.Sprintf("nobody answers at %s%s: %s", there, elsewhere, r.Why),
			"it may pass; it becomes an error when it lasts")
	case r.State == Shut && !u.more:
		add(diag.Notice, "outside-shut", fmt.Sprintf("%s%s shows a program nothing: %s", there, elsewhere, r.Why),
			"it may well be there for people; open it in a browser")
	case r.State == There && r.MovedTo != "":
		add(diag.Warning, "outside-moved", fmt.Sprintf("%s has moved to %s", u.page, r.MovedTo), movedHint(u, r))
	}
	if r.State == There && r.Parts[u.part] == Missing {
		add(diag.Warning, "outside-part", fmt.Sprintf("%s has no part %q", there, "#"+u.part), "see how that section is called now, or leave #"+u.part+" out")
	}
	return all
}

// movedHint says what to write, unless that would be the front page: who leads
// everybody there has no such page any more.
func movedHint(u use, r Record) string {
	if isFront(r.MovedTo) && !isFront(u.page) {
		return "that is the front page; see whether it still says what it is named for"
	}
	if u.part != "" && !strings.Contains(r.MovedTo, "#") && r.Parts[u.part] != Missing {
		return "write " + r.MovedTo + "#" + u.part
	}
	return "write " + r.MovedTo
}

// isFront tells whether an address is that of a whole host.
func isFront(address string) bool {
	return strings.TrimSuffix(strings.TrimPrefix(address, "https://"), "/") == hostOf(address)
}
