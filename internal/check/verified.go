package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// verified: nothing was verified on a day that has not come. "added" may lie
// ahead: a page can wait for its day.
func verified(today book.Date) rule {
	return rule{"verified", diag.Warning, func(g *graph, r *report) {
		for _, e := range g.whole {
			if e.Verified > today {
				r.at(e.File, fmt.Sprintf("verified on %s, which lies ahead; want %s or a day before it", e.Verified, today), "give the date of the newest evidence that was used", "verified")
			}
		}
	}}
}
