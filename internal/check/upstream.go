package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// upstream: what a provider runs on is another provider of the book, by its
// slug, or a cloud that has no pages here, by its name ("Amazon Web Services").
// A word in the form of a slug is a slug: a slip must not pass for a cloud.
var upstream = rule{"upstream", diag.Error, func(g *graph, r *report) {
	for _, p := range g.providers {
		for i, name := range p.Upstream {
			switch {
			case name == p.Slug:
				r.at(p.File, fmt.Sprintf("%s does not run on itself", name), "leave it out", "upstream", i)
			case g.provider[name] == nil && book.IsSlug(name):
				hint := nearest(name, g.providerSlugs(), `a cloud without pages here is called by its name, such as "Amazon Web Services"`)
				r.at(p.File, fmt.Sprintf("unknown provider %q; want the slug of a provider, or the name of a cloud", name), hint, "upstream", i)
			}
		}
	}
}}
