package check

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// outside are the rules about pages elsewhere, by name. Package links keeps them,
// because it takes a network to ask; what this site and its entries think of
// them is judged here, as of every other rule.
func outside() []rule {
	return []rule{
		{name: "outside-gone", severity: diag.Error},
		{name: "outside-moved", severity: diag.Warning},
		{name: "outside-part", severity: diag.Warning},
		{name: "outside-shut", severity: diag.Notice},
		{name: "outside-silent", severity: diag.Notice}, // until it lasts
	}
}

// Outside is what is left of the findings of links: each as grave as the site
// wants it, without those that entries are exempt from. No such exemption is
// called needless: a page elsewhere comes and goes without anybody here, and one
// that was not asked for this time breaks no rule.
func Outside(b *book.Book, found []diag.Finding) []diag.Finding {
	g := newGraph(b)
	var left []diag.Finding
	for _, f := range found {
		word := b.Site.Check[f.Rule]
		if word == "off" || g.exempt[exemption{f.File, f.Rule}] {
			continue
		}
		if severity, set := severities()[word]; set {
			f.Severity = severity
		}
		left = append(left, f)
	}
	diag.Sort(left)
	return left
}
