package check

import (
	"fmt"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// related: each item of an entry's "related" is another entry, once. A reader
// who has the wrong page gets to the right one by these links, so a dead one is
// a dead end.
var related = rule{"related", diag.Error, func(g *graph, r *report) {
	seen := map[*book.Entry]int{}
	for _, e := range g.entries {
		clear(seen)
		for i, ref := range e.Related {
			other := g.cited(e, ref)
			first, again := seen[other]
			switch {
			case other == nil:
				g.unknownRelated(r, e, i)
			case other == e:
				r.at(e.File, "an entry is not related to itself", "leave it out", "related", i)
			case !again:
				seen[other] = i
			case e.Related[first] != ref: // the same words twice are found by book
				r.at(e.File, fmt.Sprintf("item %d of related stands there already, as item %d", i+1, first+1), "leave one of them out", "related", i)
			}
		}
	}
}}

// cited is the entry that an item of "related" means, or nil.
func (g *graph) cited(e *book.Entry, ref string) *book.Entry {
	if strings.Contains(ref, "/") {
		return g.entry[ref]
	}
	return g.entry[e.Provider+"/"+ref]
}

func (g *graph) unknownRelated(r *report, e *book.Entry, i int) {
	provider, slug, across := strings.Cut(e.Related[i], "/")
	if !across {
		provider, slug = e.Provider, e.Related[i]
	}
	if !book.IsSlug(provider) || !book.IsSlug(slug) {
		return // no slug: book has said so
	}
	r.at(e.File, fmt.Sprintf("unknown entry %q; want an entry of %s, or \"provider/entry\"", e.Related[i], e.Provider),
		g.entryHint(e.Provider, provider, slug), "related", i)
}

// entryHint says which entry an item at the provider home may mean: the same
// slug at another provider before a similar one at the same.
func (g *graph) entryHint(home, provider, slug string) string {
	for _, e := range g.entries {
		if e.Slug == slug {
			return fmt.Sprintf("did you mean %q?", e.Key())
		}
	}
	if g.provider[provider] == nil {
		return nearest(provider+"/"+slug, g.keys(), "the providers are "+list(g.providerSlugs()))
	}
	near, ok := diag.Nearest(slug, g.slugs(provider))
	switch {
	case !ok:
		return fmt.Sprintf("an entry is named by its file, %s/<entry>.md", provider)
	case provider != home:
		near = provider + "/" + near
	}
	return fmt.Sprintf("did you mean %q?", near)
}
