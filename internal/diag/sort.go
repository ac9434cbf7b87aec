package diag

import (
	"cmp"
	"slices"
)

// Sort puts findings into the one order of the project: by file, line, column,
// rule and message.
func Sort(findings []Finding) {
	slices.SortStableFunc(findings, Compare)
}

// Compare orders two findings as Sort does.
func Compare(a, b Finding) int {
	return cmp.Or(
		a.Place.Compare(b.Place),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}

// Compare orders two places by file, line and column.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Count is how many findings have the severity s.
func Count(findings []Finding, s Severity) int {
	n := 0
	for _, f := range findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}
