package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// repeatsTitle: an entry's own questions ask something that the page has not
// asked already. "What is …?" and "How do I fix …?" stand on every page, made of
// its name.
var repeatsTitle = rule{"repeats-title", diag.Warning, func(g *graph, r *report) {
	g.eachText(func(e *book.Entry, t *book.Text) {
		for i, q := range t.FAQ {
			if asked, again := g.asked(e, q.Q); again {
				r.at(e.File, fmt.Sprintf("this question is that of the %s; want one that the page has not answered", asked),
					"the page asks what this error is and how to fix it by itself; ask what a reader still wants to know", "faq", i, "q")
			}
		}
	})
}}

// asked tells what of an entry a question repeats: one that asks nothing, or
// nothing beyond these words, repeats it.
func (g *graph) asked(e *book.Entry, question string) (string, bool) {
	rest := beyond(question, e.Provider)
	if len(rest) == 0 {
		return "title", len(wordsOf(question)) > 3
	}
	for _, known := range []struct{ what, text string }{
		{"title", e.Title}, {"name", e.Name}, {"code", strings.Join(e.Codes, " ")}, {"type", strings.Join(e.Types, " ")},
	} {
		if maps.Equal(rest, beyond(known.text, e.Provider)) {
			return known.what, true
		}
	}
	return "", false
}

// beyond are the words of a text without those that every title and every
// general question has.
func beyond(text, provider string) map[string]bool {
	set := bearing(text)
	maps.DeleteFunc(set, func(word string, _ bool) bool { return slices.Contains(general, word) || word == provider })
	return set
}

// general are the words of titles and questions that fit every error.
var general = []string{
	"api", "causes", "error", "errors", "fix", "fixed", "fixes", "get", "getting", "happen", "happens", "how", "i", "mean", "meaning", "means", "message",
	"my", "repair", "resolve", "rid", "solve", "solution", "what", "what's", "when", "why",
}
