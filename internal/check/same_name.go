package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// sameName: no two entries of a provider have the same name. Lists show the
// name alone, one under the other.
var sameName = rule{"same-name", diag.Warning, func(g *graph, r *report) {
	for _, p := range g.providers {
		twins(p.Entries, func(e *book.Entry) string { return e.Name }, func(e, first *book.Entry) {
			r.at(e.File, fmt.Sprintf("the name is that of %s too; want one of its own", first.Key()), "add in brackets what tells them apart", "name")
		})
	}
}}
