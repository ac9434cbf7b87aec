package check

import (
	"fmt"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// toldApart: entries of a provider that quote no message differ in code, type
// or status; else no text could tell which is meant. Of entries with a message
// same-message holds the same.
var toldApart = rule{"told-apart", diag.Warning, func(g *graph, r *report) {
	for _, p := range g.providers {
		twins(p.Entries, codesOf, func(e, first *book.Entry) {
			r.at(e.File, fmt.Sprintf("no text could tell this entry from %s: codes and statuses are the same; want one that differs", first.Key()),
				"join the two, or add the message that only this one has", "code")
		})
	}
}}

// codesOf is all that a text can hold of an entry without messages, in one
// order.
func codesOf(e *book.Entry) string {
	if len(e.Messages) > 0 || len(e.Codes) == 0 {
		return ""
	}
	inOrder := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	return fmt.Sprintf("%q %q %v", inOrder(e.Codes), inOrder(e.Types), slices.Sorted(slices.Values(e.HTTP)))
}
