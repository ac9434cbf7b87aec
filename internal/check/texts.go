package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultbook/internal/book"
)

// eachText hands over every entry that can be used, with its text. One whose
// file changes while it is being checked is left to the next check.
func (g *graph) eachText(look func(*book.Entry, *book.Text)) {
	for _, e := range g.whole {
		if t, err := g.book.Text(e); err == nil {
			look(e, t)
		}
	}
}

// eachIndexed hands over every entry that a text can find, with its text: those
// of providers that can be used.
func (g *graph) eachIndexed(look func(*book.Entry, *book.Text)) {
	for _, e := range g.book.Entries() {
		if t, err := g.book.Text(e); err == nil {
			look(e, t)
		}
	}
}

// passage is a text in an entry's file.
type passage struct {
	path   book.Path // none: the body
	source string
}

// prose is what an entry says in its own words, item by item.
func prose(t *book.Text) []passage {
	list := []passage{{book.Path{"meaning"}, t.Meaning.Source}}
	list = append(list, items(t.Causes, "causes")...)
	list = append(list, items(t.Fixes, "fixes")...)
	list = append(list, passage{book.Path{"waiting", "advice"}, t.Advice.Source})
	for i, q := range t.FAQ {
		list = append(list, passage{book.Path{"faq", i, "q"}, q.Q}, passage{book.Path{"faq", i, "a"}, q.A.Source})
	}
	return append(list, passage{nil, t.Body.Source})
}

// items are the items of a list.
func items(list []book.Prose, key string) []passage {
	var passages []passage
	for i, p := range list {
		passages = append(passages, passage{book.Path{key, i}, p.Source})
	}
	return passages
}

// word is a word of a text, in lower case.
type word struct {
	text string
	at   int // byte offset in the text
}

// wordsOf are the words of Markdown. Marks and punctuation part words, and so
// does everything in an address.
func wordsOf(text string) []word {
	var words []word
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !wordRune(r) {
			at += size
			continue
		}
		end := strings.IndexFunc(text[at:], func(r rune) bool { return !wordRune(r) })
		if end < 0 {
			end = len(text) - at
		}
		words = append(words, word{strings.ToLower(text[at : at+end]), at})
		at += end
	}
	return words
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' }

// plain is a text as its words alone, one blank between them.
func plain(text string) string {
	var b strings.Builder
	for i, w := range wordsOf(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}
