package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// severity: what the table [check] of site.toml says is about a rule that can be
// set, in a word that is known. A slip there would silence nothing, or worse,
// something else.
func severity() rule {
	return rule{"severity", diag.Error, func(g *graph, r *report) {
		set := g.book.Site.Check
		for _, name := range slices.Sorted(maps.Keys(set)) {
			at := []any{"check", name}
			_, known := severities()[set[name]]
			if problem, hint := settingProblem(name); problem != "" {
				r.atKey("site.toml", problem, hint, at...)
			} else if !known {
				words := slices.Sorted(maps.Keys(severities()))
				r.at("site.toml", fmt.Sprintf("unknown severity %q; want one of %s", set[name], strings.Join(words, ", ")),
					nearest(set[name], words, "off switches the rule off"), at...)
			}
		}
	}}
}

// severities are the words for what a site may think of a rule. What is off is
// not looked for.
func severities() map[string]diag.Severity {
	return map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "notice": diag.Notice, "off": diag.Notice}
}

// asSet is a rule with the severity that the site wants; false when it is off.
func asSet(site book.Site, r rule) (rule, bool) {
	word, set := site.Check[r.name]
	wanted, known := severities()[word]
	if !set || !known || !settable(r) {
		return r, true
	}
	r.severity = wanted
	return r, word != "off"
}

// settingProblem says why neither the site nor an entry may judge a rule, and
// what to do; nothing when they may.
func settingProblem(name string) (problem, hint string) {
	r, ours := own(name)
	switch {
	case !slices.Contains(names(), name):
		return fmt.Sprintf("unknown rule %q; want the name of one", name), nearest(name, names(), "faultbook explain lists all rules")
	case !ours || !settable(r):
		return fmt.Sprintf("the rule %s cannot be switched off: no page can be made of what breaks it", name), "leave it out, and mend what is found"
	}
	return "", ""
}

// settable tells whether the site may change the severity of a rule, and an entry
// may be exempt from it. Two pages at one address cannot both be published, and
// what says how grave rules are must itself be right.
func settable(r rule) bool {
	return !slices.Contains([]string{"alias", "exempt", "severity"}, r.name)
}

// own is the rule of this package that has a name; false for one of book's.
func own(name string) (rule, bool) {
	for _, rule := range slices.Concat(rules(), closeRules(), dayRules(0), outside(), []rule{needless}) {
		if rule.name == name {
			return rule, true
		}
	}
	return rule{}, false
}
