package check

import (
	"fmt"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// alias: an old address leads to one page, is not itself the address of a page,
// and lies outside the site's own part of the addresses. It need not lie in the
// folder of its provider: providers are renamed, and errors move between them.
var alias = rule{"alias", diag.Error, func(g *graph, r *report) {
	first := map[string]place{}
	for _, e := range g.entries {
		for i, path := range e.Aliases {
			folder, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
			other, taken := first[path]
			switch {
			case path == "/"+e.Key()+"/":
				r.at(e.File, fmt.Sprintf("alias %q is the address of this page itself; want an old one", path), "leave it out", "aliases", i)
			case slices.Contains(book.Reserved(), folder):
				r.at(e.File, fmt.Sprintf("alias %q lies in the site's own folder /%s/; want another", path, folder), "leave it out: an alias is an address that this page once had", "aliases", i)
			case g.hasPage(path):
				r.at(e.File, fmt.Sprintf("alias %q is the address of another page; want one that has no page", path), "leave it out: an alias is an address that this page once had", "aliases", i)
			case taken:
				r.at(e.File, fmt.Sprintf("alias %q is already taken; want an address of one entry only", path), g.whereAlias(other), "aliases", i)
			default:
				first[path] = place{e, i}
			}
		}
	}
}}

// place is an item of a list in an entry's file.
type place struct {
	entry *book.Entry
	item  int
}

func (g *graph) whereAlias(p place) string {
	at := g.book.Finding(p.entry.File, "", "", "", "aliases", p.item)
	return fmt.Sprintf("%s has it at %d:%d; leave one of them out", p.entry.File, at.Line, at.Col)
}
