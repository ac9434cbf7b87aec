package main

import (
	"fmt"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

func checkCommand(w *world, args []string) error {
	f := newFlags(w, "check", "find everything that is wrong in the content, in one run")
	content := f.String("content", "content", "`DIR` of the content")
	format := f.String("format", "text", "how to print findings: `text`, json or github")
	outside := f.Bool("links", false, "ask as well whether the pages outside the site are still there")
	now := f.String("now", "", "judge dates at this `TIME` instead of today, as 2026-11-22T12:00:00Z")
	review := f.Bool("review", false, "also name entries whose evidence is older than site.toml allows, for a scheduled job")
	if err := f.parse(args); err != nil {
		return err
	}
	if err := checkFormat(*format); err != nil {
		return err
	}
	today, err := w.moment(*now)
	if err != nil {
		return err
	}
	tree, err := openContent(*content)
	if err != nil {
		return err
	}
	b, findings, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil {
		return err
	}
	found, err := w.check(b, book.DateOf(today), *review, *outside)
	if err != nil {
		return err
	}
	findings = append(findings, found...)
	diag.Sort(findings)
	if err := w.report(located(findings, *content), *format); err != nil {
		return err
	}
	if *format == "text" {
		fmt.Fprintf(w.stderr, "%s: %s\n", extent(b), diag.Summary(findings))
		if len(findings) > 0 {
			fmt.Fprintf(w.stderr, "faultbook explain %s says more about the first of them\n", findings[0].Rule)
		}
	}
	if diag.Failed(findings) {
		return errFindings
	}
	return nil
}

// check is what the rules find that need the book as a whole. Two things are
// only looked for when somebody asks: evidence that is old, and pages elsewhere.
func (w *world) check(b *book.Book, today book.Date, review, outside bool) ([]diag.Finding, error) {
	found := slices.Concat(check.All(b), check.Dates(b, today), check.Closely(b))
	if review {
		found = append(found, check.Old(b, today)...)
	}
	if outside {
		told, err := w.checkLinks(b)
		if err != nil {
			return nil, err
		}
		found = append(found, check.Outside(b, told)...)
	}
	return found, nil
}

// extent says how much was looked at, broken files included.
func extent(b *book.Book) string {
	providers := slices.Concat(b.Providers, b.Broken.Providers)
	entries := len(b.Broken.Entries)
	for _, p := range providers {
		entries += len(p.Entries)
	}
	return count(entries, "entry", "entries") + " of " + count(len(providers), "provider", "providers")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
