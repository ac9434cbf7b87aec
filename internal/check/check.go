// Package check holds what must be true of the content: that what one file says
// about another is so, that no two pages are in each other's way, that texts
// keep to the house's manners. It also holds the words about every rule, those
// that book, frontmatter and links keep included.
//
// It owns the rules, one file for each, and in the folder rules what people read
// about them. It must not know how pages look, nor which day it is.
//
// A rule is in one of three lists, by what it costs. rules need only what a
// Book keeps in memory, and are part of every build. closeRules read the text of
// every entry again, or give hints that a book can have thousands of, each of
// which costs another look at its file: a build of ten thousand entries would
// pay for saying what the check of the pull request has said already, so they are
// for the check alone. dayRules depend on the day, and a page must not fail to
// build because a day has come. What links finds with a network is judged here only
// as to how grave it is; see Outside.
package check

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// All finds everything that breaks a rule about the book as it is kept in
// memory, sorted. The book may be broken: files with errors of their own are
// looked at as far as they could be read, and nothing that leads to one of them
// is called dead.
func All(b *book.Book) []diag.Finding {
	return run(newGraph(b), rules()...)
}

// Closely finds what only a closer look shows, at the texts of entries above all,
// sorted.
func Closely(b *book.Book) []diag.Finding {
	return run(newGraph(b), closeRules()...)
}

// Dates finds what claims to be known on a day after today, sorted. It stands
// alone because only the program knows the day: a test takes b.Newest() for it,
// so that no calendar day turns a test red.
func Dates(b *book.Book, today book.Date) []diag.Finding {
	return run(newGraph(b), verified(today))
}

// Old finds entries whose evidence is older than site.toml allows, sorted. It is
// for the scheduled job.
func Old(b *book.Book, today book.Date) []diag.Finding {
	return run(newGraph(b), review(today))
}

// rule is something that must hold for the book.
type rule struct {
	name     string        // as findings show it
	severity diag.Severity // of what breaks it, unless the site says otherwise
	look     func(*graph, *report)
}

// rules are the rules of All, by name.
func rules() []rule {
	return []rule{alias, alternatives, deadLink, evidence, exempt(), related, sameMessage, sameName, sameTitle, sample, severity(), upstream}
}

// closeRules are the rules of Closely, by name.
func closeRules() []rule {
	return []rule{curlyQuotes, filler, messageFinds, nearDuplicate, oneWay, repeatsTitle, saidTwice, sampleFinds, secret, toldApart}
}

// dayRules are the rules that know the day.
func dayRules(today book.Date) []rule {
	return []rule{review(today), verified(today)}
}

func run(g *graph, rules ...rule) []diag.Finding {
	var all []diag.Finding
	for _, rule := range rules {
		if rule, on := asSet(g.book.Site, rule); on {
			r := report{book: g.book, rule: rule}
			rule.look(g, &r)
			all = append(all, g.forgiven(rule, r.findings)...)
		}
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

// atKey reports a key of a file.
func (r *report) atKey(file, message, hint string, path ...any) {
	r.add(r.book.FindingAtKey(file, r.rule.name, message, hint, path...))
}

// within reports what begins at a byte of a passage.
func (r *report) within(file string, path book.Path, at int, message, hint string) {
	r.add(r.book.FindingWithin(file, path, at, r.rule.name, message, hint))
}

// atByte reports what begins at a byte of a file's text.
func (r *report) atByte(file string, at int, message, hint string) {
	r.add(r.book.FindingAtByte(file, at, r.rule.name, message, hint))
}

// atLink reports a link in a piece of Markdown.
func (r *report) atLink(file string, link book.Link, message, hint string) {
	r.add(r.book.FindingAtLink(file, link, r.rule.name, message, hint))
}

func (r *report) add(f diag.Finding) {
	f.Severity = r.rule.severity
	r.findings = append(r.findings, f)
}
