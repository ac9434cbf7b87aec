// Package check holds what must be true of the book as a whole: that what one
// file says about another is so, and that no two pages are in each other's way.
//
// It owns the rules, one file for each. It must not know what is wrong with one
// file alone (book finds that), how pages look, nor which day it is.
package check

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// All finds everything that breaks a rule, sorted. The book may be broken:
// files with errors of their own are looked at as far as they could be read,
// and nothing that leads to one of them is called dead.
func All(b *book.Book) []diag.Finding {
	return run(newGraph(b), rules()...)
}

// Dates finds what claims to be known on a day after today, sorted. It stands
// alone because only the program knows the day: a test takes b.Newest() for it,
// so that no calendar day turns a test red.
func Dates(b *book.Book, today book.Date) []diag.Finding {
	return run(newGraph(b), verified(today))
}

// rule is something that must hold for the book.
type rule struct {
	name     string        // as findings show it
	severity diag.Severity // of what breaks it
	look     func(*graph, *report)
}

// rules are all rules, by name.
func rules() []rule {
	return []rule{alias, alternatives, deadLink, evidence, related, sameMessage, sameName, sameTitle, sample, upstream}
}

func run(g *graph, rules ...rule) []diag.Finding {
	var all []diag.Finding
	for _, rule := range rules {
		r := report{book: g.book, rule: rule}
		rule.look(g, &r)
		all = append(all, r.findings...)
	}
	diag.Sort(all)
	return all
}

// report gathers what breaks one rule.
type report struct {
	book     *book.Book
	rule     rule
	findings []diag.Finding
}

// at reports a value of a file.
func (r *report) at(file, message, hint string, path ...any) {
	r.add(r.book.Finding(file, r.rule.name, message, hint, path...))
}

// atLink reports a link in a piece of Markdown.
func (r *report) atLink(file string, link book.Link, message, hint string) {
	r.add(r.book.FindingAtLink(file, link, r.rule.name, message, hint))
}

func (r *report) add(f diag.Finding) {
	f.Severity = r.rule.severity
	r.findings = append(r.findings, f)
}
