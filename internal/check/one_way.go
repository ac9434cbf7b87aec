package check

import (
	"fmt"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// oneWay: of two entries of a provider, where one names the other as related,
// the other names it too, if its own list is short. Whoever came to the wrong
// one of the two gets to the right one from either.
var oneWay = rule{"one-way", diag.Notice, func(g *graph, r *report) {
	for _, p := range g.providers {
		for _, e := range p.Entries {
			for i, ref := range e.Related {
				if other := g.cited(e, ref); other != nil && other.Provider == p.Slug && !g.leads(other, e) {
					r.at(e.File, fmt.Sprintf("%s does not lead back here, and leads to few pages; want it to name this entry too", other.Key()),
						fmt.Sprintf("add %q to related in %s", e.Slug, other.File), "related", i)
				}
			}
		}
	}
}}

// leads tells whether an entry names another one, is that one, or need not name
// it. What a broken entry names is not known for sure.
func (g *graph) leads(e, other *book.Entry) bool {
	return e == other || len(e.Related) >= enoughRelated || slices.Contains(g.book.Broken.Entries, e) ||
		slices.ContainsFunc(e.Related, func(ref string) bool { return g.cited(e, ref) == other })
}

// enoughRelated is a list that need not name everybody who names it: an entry
// such as "rate limit exceeded" is named by twenty others.
const enoughRelated = 3
