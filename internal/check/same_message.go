package check

import (
	"fmt"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// sameMessage: two entries of a provider with the same message and the same
// HTTP status cannot be told apart by what a reader has before them. They are
// one entry, or one of them names a status or a message that is not its own.
var sameMessage = rule{"same-message", diag.Warning, func(g *graph, r *report) {
	for _, p := range g.providers {
		earlier := map[string][]*book.Entry{}
		for _, e := range p.Entries {
			for i, message := range e.Messages {
				twin := slices.IndexFunc(earlier[message], func(first *book.Entry) bool { return first == e || sameStatus(first, e) })
				switch {
				case twin < 0:
					earlier[message] = append(earlier[message], e)
				case earlier[message][twin] != e:
					r.at(e.File, fmt.Sprintf("%s has this message too, with the same HTTP status; want one that tells them apart", earlier[message][twin].Key()),
						"join the two, or give each the message and status that are its own", "messages", i)
				}
			}
		}
	}
}}

// sameStatus tells whether two entries can come with the same HTTP status; two
// that never come from a server can.
func sameStatus(a, b *book.Entry) bool {
	if len(a.HTTP) == 0 && len(b.HTTP) == 0 {
		return true
	}
	return slices.ContainsFunc(a.HTTP, func(status int) bool { return slices.Contains(b.HTTP, status) })
}
