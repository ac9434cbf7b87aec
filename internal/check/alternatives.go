package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// alternatives: what a reader may use meanwhile is another provider of the
// book. Its present level stands beside it on the page, and only a provider of
// the book has one.
var alternatives = rule{"alternatives", diag.Error, func(g *graph, r *report) {
	for _, p := range g.providers {
		g.checkAlternatives(r, p.File, p.Slug, p.Alternatives)
	}
	for _, e := range g.entries {
		g.checkAlternatives(r, e.File, e.Provider, e.Alternatives)
	}
}}

func (g *graph) checkAlternatives(r *report, file, provider string, slugs []string) {
	for i, slug := range slugs {
		switch {
		case slug == provider:
			r.at(file, fmt.Sprintf("%s is no alternative to itself", slug), "leave it out", "alternatives", i)
		case g.provider[slug] == nil && book.IsSlug(slug):
			r.at(file, fmt.Sprintf("unknown provider %q; want the slug of a provider", slug), g.providerHint(slug), "alternatives", i)
		}
	}
}

func (g *graph) providerHint(slug string) string {
	return nearest(slug, g.providerSlugs(), "the providers are "+list(g.providerSlugs()))
}
