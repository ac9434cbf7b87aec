package check

import "faultbook/internal/diag"

// sample: an entry has at least one text as a reader would paste it. It is
// shown on the page, and it proves that such a text leads to this entry.
var sample = rule{"sample", diag.Warning, func(g *graph, r *report) {
	for _, e := range g.whole {
		if e.Samples == 0 && hasText(e) { // else evidence has said more
			r.at(e.File, "missing [[sample]]; want a text as a reader would paste it", "add [[sample]] and text = '''…''' below the other keys")
		}
	}
}}
