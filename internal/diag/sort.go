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
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
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
