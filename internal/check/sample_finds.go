package check

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/match"
)

// sampleFinds: a text as a reader would paste it leads to the page that shows
// it. What finds another page first, or none, lacks what a real text carries.
var sampleFinds = rule{"sample-finds", diag.Warning, func(g *graph, r *report) {
	m := g.matcher()
	g.eachIndexed(func(e *book.Entry, t *book.Text) {
		for i, sample := range t.Samples {
			if first, ok := firstOf(m, m.Find(sample), e.Key()); !ok {
				r.at(e.File, "this sample finds "+first+"; want this entry first",
					"give it what a real text carries: the host, the class of the SDK, the code, the whole message", "sample", i, "text")
			}
		}
	})
}}

// firstOf tells whether one of the wanted entries is found first, or as likely
// as the first; else what is.
func firstOf(m *match.Matcher, found []match.Match, wanted ...string) (first string, ok bool) {
	if len(found) == 0 {
		return "no entry", false
	}
	for _, x := range found {
		if x.Score < found[0].Score {
			break
		}
		for _, key := range wanted {
			if m.Index().Key(x.Entry) == key {
				return "", true
			}
		}
	}
	return m.Index().Key(found[0].Entry) + " first", false
}
