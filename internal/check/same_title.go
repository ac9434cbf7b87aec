package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// sameTitle: no two pages have the same title. In a list of search results or
// of open tabs the title is all there is to choose by.
var sameTitle = rule{"same-title", diag.Warning, func(g *graph, r *report) {
	twins(g.whole, func(e *book.Entry) string { return e.Title }, func(e, first *book.Entry) {
		r.at(e.File, fmt.Sprintf("the title is that of %s too; want one of its own", first.Key()), "quote what only this error says", "title")
	})
}}
