package check

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// evidence: something of an error's text stands in its entry. Without a
// message, a code or a sample nobody who has the error before them can find it.
var evidence = rule{"evidence", diag.Warning, func(g *graph, r *report) {
	for _, e := range g.whole {
		if !hasText(e) && e.Samples == 0 {
			r.at(e.File, "nothing to know this error by; want a message, a code or a sample", `add messages = ["…"] with the text as the API returns it`)
		}
	}
}}

// hasText tells whether an entry quotes anything that the API says.
func hasText(e *book.Entry) bool { return len(e.Messages)+len(e.Codes)+len(e.Types) > 0 }
