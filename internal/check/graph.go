package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/match"
)

// graph is the book as rules see it: everything by its name, and what is broken
// beside what is whole.
type graph struct {
	book      *book.Book
	providers []*book.Provider // whole or broken, by slug
	entries   []*book.Entry    // whole or broken, by provider and slug
	whole     []*book.Entry    // those that can be used, in the same order
	provider  map[string]*book.Provider
	entry     map[string]*book.Entry // by "provider/slug"
	pages     map[string]bool        // paths of all pages but those of entries
	unread    bool                   // there is an entry of which not even the kind is known
	exempt    map[exemption]bool
	exempted  []*book.Entry         // that are exempt from something
	matcher   func() *match.Matcher // of what can be used, made when a rule asks
}

func newGraph(b *book.Book) *graph {
	g := &graph{book: b, provider: map[string]*book.Provider{}}
	g.providers = slices.Concat(b.Providers, b.Broken.Providers)
	slices.SortFunc(g.providers, func(a, z *book.Provider) int { return cmp.Compare(a.Slug, z.Slug) })
	for _, p := range g.providers {
		g.provider[p.Slug] = p
		g.whole = append(g.whole, p.Entries...)
	}
	g.entries = slices.Concat(g.whole, b.Broken.Entries)
	slices.SortFunc(g.entries, func(a, z *book.Entry) int {
		return cmp.Or(cmp.Compare(a.Provider, z.Provider), cmp.Compare(a.Slug, z.Slug))
	})
	g.entry = make(map[string]*book.Entry, len(g.entries))
	for _, e := range g.entries {
		g.entry[e.Key()] = e
	}
	g.addPages()
	g.addExemptions()
	g.matcher = sync.OnceValue(func() *match.Matcher {
		return match.Open(match.Compile(b, func(k book.Kind) string { return string(k) }))
	})
	return g
}

// slugs are the entries of a provider.
func (g *graph) slugs(provider string) []string {
	var slugs []string
	for _, e := range g.entries {
		if e.Provider == provider {
			slugs = append(slugs, e.Slug)
		}
	}
	return slugs
}

// keys are all entries, as "provider/slug".
func (g *graph) keys() []string {
	keys := make([]string, len(g.entries))
	for i, e := range g.entries {
		keys[i] = e.Key()
	}
	return keys
}

// providerSlugs are all providers.
func (g *graph) providerSlugs() []string {
	slugs := make([]string, len(g.providers))
	for i, p := range g.providers {
		slugs[i] = p.Slug
	}
	return slugs
}

// paths are the pages of a provider and of its entries.
func (g *graph) paths(provider string) []string {
	paths := []string{"/" + provider + "/"}
	for _, slug := range g.slugs(provider) {
		paths = append(paths, "/"+provider+"/"+slug+"/")
	}
	return paths
}

// nearest asks about the word that is meant, or says otherwise.
func nearest(word string, among []string, otherwise string) string {
	if near, ok := diag.Nearest(word, among); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}

// list is "a, b, c", shortened where it is long.
func list(words []string) string {
	const most = 20
	if len(words) > most {
		return strings.Join(words[:most], ", ") + ", …"
	}
	return strings.Join(words, ", ")
}
