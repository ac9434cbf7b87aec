package check

import (
	"strings"
	"unicode"

	"faultbook/internal/diag"
	"faultbook/internal/match"
)

// messageFinds: a literal message, alone, leads to an entry that lists it. Where
// entries share one, all of them are offered together; a message of one fixed
// word leads nowhere by itself.
var messageFinds = rule{"message-finds", diag.Warning, func(g *graph, r *report) {
	m := g.matcher()
	sharing := map[string][]string{} // folded message: entries
	for _, e := range g.book.Entries() {
		for _, message := range e.Messages {
			key := match.Folded(message)
			sharing[key] = append(sharing[key], e.Key())
		}
	}
	for _, e := range g.book.Entries() {
		for i, message := range e.Messages {
			folded := match.Folded(message)
			if wordsIn(folded) < 2 {
				continue
			}
			found, ok := "", false
			for _, stands := range []string{"…", "7"} { // left out, or a number
				if found, ok = firstOf(m, m.Find(match.Fill(message, stands)), sharing[folded]...); ok {
					break
				}
			}
			if !ok {
				r.at(e.File, "this message finds "+found+"; want an entry that lists it first",
					"is a part of it another entry's message, or a placeholder a word too many?", "messages", i)
			}
		}
	}
}}

// wordsIn counts the words of a folded text that are no numbers.
func wordsIn(folded string) int {
	n := 0
	for w := range strings.FieldsSeq(folded) {
		if strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}
