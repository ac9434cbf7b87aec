package check

import (
	"fmt"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// saidTwice: no cause and no fix is another one in other words. A list is worth
// its different items; the same one twice makes a page look longer than it is.
var saidTwice = rule{"said-twice", diag.Warning, func(g *graph, r *report) {
	g.eachText(func(e *book.Entry, t *book.Text) {
		for _, list := range [][]passage{items(t.Causes, "causes"), items(t.Fixes, "fixes")} {
			for i, p := range list {
				first := slices.IndexFunc(list[:i], func(before passage) bool { return sayTheSame(before.source, p.source) })
				if first >= 0 {
					r.at(e.File, fmt.Sprintf("item %d of %v says what item %d says", i+1, p.path[0], first+1), "leave one of them out, or say what the second adds", p.path...)
				}
			}
		}
	})
}}

// Two items say the same when, of the words in either that carry it, two in
// three are in both: in real entries it is one in two at most. Items of fewer
// words differ by one.
const (
	sameOf    = 3
	sameWords = 2
	fewWords  = 3
)

func sayTheSame(a, b string) bool {
	first, second := bearing(a), bearing(b)
	if min(len(first), len(second)) < fewWords {
		return false
	}
	both := 0
	for w := range first {
		if second[w] {
			both++
		}
	}
	return both*sameOf >= (len(first)+len(second)-both)*sameWords
}

// bearing are the words of a text that carry what it says.
func bearing(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range wordsOf(text) {
		if !slices.Contains(light, w.text) {
			set[w.text] = true
		}
	}
	return set
}

// light are the words that nothing hangs on.
var light = []string{
	"a", "an", "and", "are", "at", "be", "been", "by", "can", "could", "do", "does", "for", "from", "has", "have", "if", "in", "is", "it", "its",
	"may", "of", "on", "or", "please", "so", "that", "the", "then", "there", "this", "to", "too", "was", "with", "you", "your",
}
