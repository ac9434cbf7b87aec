package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"faultbook/internal/book"
)

// sections are the parts of an entry's page that a link may name: the ids of
// the sections in its template.
func (g *graph) sections(e *book.Entry) []string {
	parts := []string{"meaning", "causes", "fixes", "detail", "wordings", "waiting", "alternatives", "related", "faq", "sources"}
	if text, err := g.book.Text(e); err == nil && text.Body.HTML == "" {
		parts = without(parts, "detail")
	}
	if len(e.Messages) < 3 { // the page shows two above
		parts = without(parts, "wordings")
	}
	if len(e.Related) == 0 {
		parts = without(parts, "related")
	}
	return parts
}

func without(words []string, word string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == word })
}

// hasPage tells whether the site has a page at a path, as content writes it:
// from the root of the site, wherever that is published.
func (g *graph) hasPage(path string) bool {
	return g.entryAt(path) != nil || g.pages[path] || g.unread && listPage.MatchString(path)
}

// listPage is a page that lists entries. Of an entry that could not be read at
// all nobody knows which lists it is on.
var listPage = regexp.MustCompile(`^/(http/[1-5][0-9][0-9]|kind/(` + kinds() + `))/$`)

func kinds() string {
	var names []string
	for _, kind := range book.Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, "|")
}

// entryAt is the entry whose page has this path, or nil.
func (g *graph) entryAt(path string) *book.Entry {
	inside, ok := strings.CutPrefix(path, "/")
	if !ok {
		return nil
	}
	key, ok := strings.CutSuffix(inside, "/")
	if !ok {
		return nil
	}
	return g.entry[key]
}

// addPages fills in the paths of all pages that are no entry's.
func (g *graph) addPages() {
	g.pages = map[string]bool{"/": true, "/about/": true, "/about/rules/": true, "/errors/": true, "/find/": true, "/sources/": true, "/status/": true}
	for _, p := range g.providers {
		g.pages["/"+p.Slug+"/"] = true
		g.pages["/compare/"+p.Slug+"/"] = true
	}
	for _, e := range g.entries {
		for _, status := range e.HTTP {
			g.pages["/http/"+strconv.Itoa(status)+"/"] = true
		}
		if e.Kind != "" {
			g.pages["/kind/"+string(e.Kind)+"/"] = true
		} else {
			g.unread = true
		}
	}
}
