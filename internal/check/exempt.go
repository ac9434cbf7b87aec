package check

import (
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// exempt: an entry is exempt from a rule that there is, once, and only as long
// as it breaks it. Whether it does is known when that rule has been run; see
// forgiven.
func exempt() rule {
	return rule{"exempt", diag.Error, func(g *graph, r *report) {
		for _, e := range g.entries {
			seen := map[string]int{}
			for i, x := range e.Exempt {
				first, again := seen[x.Rule]
				problem, hint := settingProblem(x.Rule)
				switch {
				case x.Rule == "": // book has said so
				case problem != "":
					r.at(e.File, problem, hint, "exempt", i, "rule")
				case x.Rule == needless.name:
					r.at(e.File, "an entry cannot be exempt from needing its exemptions", "leave it out", "exempt", i, "rule")
				case again:
					r.at(e.File, fmt.Sprintf("item %d of exempt names %s already", first+1, x.Rule), "leave one of them out", "exempt", i, "rule")
				default:
					seen[x.Rule] = i
				}
			}
		}
	}}
}

// needless is the rule that an exemption is needed. It has no list of its own:
// it is kept beside every other rule.
var needless = rule{name: "needless", severity: diag.Warning}

// forgiven is what a rule has found without what its entries are exempt from,
// and with a finding for each exemption from it that forgives nothing. Of a
// book with broken files nobody knows: the twin of an entry may be among them.
func (g *graph) forgiven(broken rule, found []diag.Finding) []diag.Finding {
	if !settable(broken) {
		return found
	}
	var left []diag.Finding
	used := map[string]bool{}
	for _, f := range found {
		if g.exempt[exemption{f.File, broken.name}] {
			used[f.File] = true
			continue
		}
		left = append(left, f)
	}
	judge, on := asSet(g.book.Site, needless)
	if !on || len(g.book.Broken.Entries)+len(g.book.Broken.Providers) > 0 {
		return left
	}
	r := report{book: g.book, rule: judge, findings: left}
	for _, e := range g.exempted {
		if !used[e.File] && g.exempt[exemption{e.File, broken.name}] {
			r.at(e.File, fmt.Sprintf("nothing here breaks the rule %s any more; want no exemption from it", broken.name), "take the [[exempt]] table out", "exempt", g.exemptionOf(e, broken.name), "rule")
		}
	}
	return r.findings
}

// exemption is a file and the rule that it need not keep.
type exemption struct{ file, rule string }

func (g *graph) exemptionOf(e *book.Entry, rule string) int {
	for i, x := range e.Exempt {
		if x.Rule == rule {
			return i
		}
	}
	return 0
}

// addExemptions fills in which entries need not keep which rules.
func (g *graph) addExemptions() {
	g.exempt = map[exemption]bool{}
	for _, e := range g.entries {
		for _, x := range e.Exempt {
			g.exempt[exemption{e.File, x.Rule}] = true
		}
		if len(e.Exempt) > 0 {
			g.exempted = append(g.exempted, e)
		}
	}
}
