package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// review: the newest evidence of an entry is no older than site.toml allows. It
// is a rule of the scheduled job alone: it breaks by waiting, so nobody's pull
// request is to blame.
func review(today book.Date) rule {
	return rule{"review", diag.Warning, func(g *graph, r *report) {
		limit := book.Date(g.book.Site.ReviewDays)
		if limit == 0 {
			return
		}
		for _, e := range g.whole {
			if age := today - e.Verified; age > limit {
				r.at(e.File, fmt.Sprintf("verified on %s, %d days ago; want evidence of the last %d days", e.Verified, age, limit),
					"look whether the sources still say so, and give the date of the newest one", "verified")
			}
		}
	}}
}
