package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// deadLink: a link that stays on the site leads to a page that is there, and
// its #part to one of the sections of an entry's page. No other part of a page
// has a name that will last.
var deadLink = rule{"dead-link", diag.Error, func(g *graph, r *report) {
	for _, p := range g.providers {
		for _, link := range p.Links {
			g.checkLink(r, p.File, link, "/"+p.Slug+"/")
		}
	}
	for _, e := range g.entries {
		for _, link := range e.Links {
			g.checkLink(r, e.File, link, "/"+e.Key()+"/")
		}
	}
}}

// checkLink follows a link that stands on the page here.
func (g *graph) checkLink(r *report, file string, link book.Link, here string) {
	path, part, hasPart := strings.Cut(link.Target, "#")
	switch {
	case path == "" && hasPart:
		path = here
	case !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//"):
		return // no link inside the site: book has said so
	}
	entry := g.entryAt(path)
	switch {
	case !g.hasPage(path):
		r.atLink(file, link, fmt.Sprintf("no page has the address %q; want one of this site", path), g.pageHint(path))
	case hasPart && entry == nil:
		r.atLink(file, link, fmt.Sprintf("no part of %s can be linked to; want the page as a whole", path), "leave #"+part+" out")
	case hasPart:
		g.checkPart(r, file, link, entry, part)
	}
}

// checkPart follows a link to a part of an entry's page.
func (g *graph) checkPart(r *report, file string, link book.Link, e *book.Entry, part string) {
	if parts := g.sections(e); !slices.Contains(parts, part) {
		r.atLink(file, link, fmt.Sprintf("unknown part %q of /%s/; want one of %s", "#"+part, e.Key(), strings.Join(parts, ", ")),
			nearest(part, parts, "leave #"+part+" out"))
	}
}

// pageHint says which page may be meant.
func (g *graph) pageHint(path string) string {
	bare, _, _ := strings.Cut(path, "?")
	if !strings.HasSuffix(bare, "/") {
		bare += "/"
	}
	if bare != path && g.hasPage(bare) {
		return fmt.Sprintf("write %q", bare)
	}
	for _, e := range g.entries {
		if slices.Contains(e.Aliases, bare) {
			return fmt.Sprintf("that is an old address; write %q", "/"+e.Key()+"/")
		}
	}
	among := slices.Sorted(maps.Keys(g.pages))
	if provider, _, _ := strings.Cut(strings.TrimPrefix(bare, "/"), "/"); g.provider[provider] != nil {
		among = g.paths(provider)
	}
	return nearest(bare, among, "pages are /provider/, /provider/entry/, /compare/provider/, /http/429/, /kind/billing/, /errors/, /find/, /status/, /sources/ and /about/")
}
