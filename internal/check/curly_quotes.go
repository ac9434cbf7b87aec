package check

import (
	"fmt"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// curlyQuotes: what an API says is quoted as it says it. Curly double quotes
// come from word processors; inside a message they are almost never the API's
// own, and around one in a text they hide that it is quoted to the letter.
var curlyQuotes = rule{"curly-quotes", diag.Warning, func(g *graph, r *report) {
	g.eachText(func(e *book.Entry, t *book.Text) {
		for i, m := range e.Messages {
			r.curlyLiteral(e, m, "messages", i)
		}
		for i, s := range t.Samples {
			r.curlyLiteral(e, s, "sample", i, "text")
		}
		for _, p := range prose(t) {
			for _, q := range curlyQuoted(p.source) {
				if slices.ContainsFunc(e.Messages, func(m string) bool { return strings.Contains(m, q.text) }) {
					r.within(e.File, p.path, q.at, fmt.Sprintf("the message %q stands in curly quotes; want backticks", q.text), "write `"+q.text+"`")
				}
			}
		}
	})
}}

// curlyLiteral finds the first curly double quote in a literal text.
func (r *report) curlyLiteral(e *book.Entry, text string, path ...any) {
	if at := strings.IndexAny(text, "“”"); at >= 0 {
		r.within(e.File, path, at, "a curly quote in a literal text; want the characters that the API returns",
			`write " there; if the API really sends curly quotes, add an [[exempt]] table that says who saw it`)
	}
}

// quotation is what stands between curly quotes, and where the first one is.
type quotation struct {
	text string
	at   int
}

// curlyQuoted are the quotations in a text that may be a message: those of two
// words or more.
func curlyQuoted(text string) []quotation {
	var list []quotation
	for from := 0; ; {
		open := strings.Index(text[from:], "“")
		if open < 0 {
			return list
		}
		at := from + open
		inside, _, closed := strings.Cut(text[at+len("“"):], "”")
		if !closed {
			return list
		}
		from = at + len("“") + len(inside) + len("”")
		if quoted := strings.Trim(inside, " .,"); strings.Contains(quoted, " ") {
			list = append(list, quotation{quoted, at})
		}
	}
}
