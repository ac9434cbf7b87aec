// Package links asks whether the pages outside the site that a book leads to
// are still there.
//
// It owns what an answer means for a contributor, and what is remembered of it
// until the next run. It must not know HTTP (fetch asks, with its manners and
// its mistrust), files or clocks.
//
// Checkers of links are switched off because they cry wolf. So there are five
// rules, and only the first is an error on the word of one run:
//
//	outside-gone    404 or 410, to HEAD and to GET
//	outside-moved   moved for good: the new address is named
//	outside-part    the page has no such #part
//	outside-shut    it does not let programs in, which says nothing about people
//	outside-silent  nobody answered: worth knowing, and an error when it lasts
package links

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/fetch"
)

// Result is what a run found.
type Result struct {
	Findings []diag.Finding // sorted
	Memory   Memory         // for the next run
	Pages    int            // different pages that the book leads to
	Asked    int            // of them: in this run
	Unasked  map[string]int // of them: should have been, by the reason why not
}

// ErrOffline says that a run found nothing out, about the pages at least.
var ErrOffline = errors.New("not one page answered; is this machine on the network?")

// Check asks for all pages outside the site that the book leads to, except
// those that memory still knows of. What happened at now is remembered so.
func Check(ctx context.Context, c fetch.Config, b *book.Book, memory Memory, now time.Time) (Result, error) {
	uses, err := usesOf(b)
	if err != nil {
		return Result{}, err
	}
	pages := pagesOf(uses)
	var due []page
	for _, p := range pages {
		if memory[p.address].due(p.parts, now) {
			due = append(due, p)
		}
	}
	oldestFirst(due, memory)
	due = append(due, witnesses(pages, due, memory)...)
	r := Result{Memory: Memory{}, Pages: len(pages), Unasked: map[string]int{}}
	for _, p := range pages {
		if record, ok := memory[p.address]; ok {
			r.Memory[p.address] = record
		}
	}
	if err := r.ask(ctx, c, due, now); err != nil {
		return Result{}, err
	}
	for _, u := range uses {
		if record, ok := r.Memory[u.page]; ok {
			r.Findings = append(r.Findings, u.findings(b, record)...)
		}
	}
	diag.Sort(r.Findings)
	return r, nil
}

// ask asks for the pages that are due.
func (r *Result) ask(ctx context.Context, c fetch.Config, due []page, now time.Time) error {
	list := make([]fetch.Address, len(due))
	for i, p := range due {
		list[i] = fetch.Address{URL: p.address, Text: len(p.parts) > 0}
	}
	answers, silent := 0, 0
	err := fetch.Reach(ctx, c, list, func(i int, got fetch.Reached) {
		switch got.Outcome {
		case fetch.Unasked:
			r.Unasked[got.Reason]++
			return
		case fetch.Silent:
			silent++
		default:
			answers++
		}
		r.Asked++
		r.Memory[due[i].address] = r.Memory[due[i].address].next(got, due[i].parts, now)
	})
	if err == nil && answers == 0 && silent > 0 {
		return ErrOffline
	}
	return err
}

// oldestFirst puts what was never asked, and then what was asked longest ago,
// before the rest: a run may end before its list does.
func oldestFirst(due []page, memory Memory) {
	slices.SortStableFunc(due, func(a, b page) int { return memory[a.address].At.Compare(memory[b.address].At) })
}

// witnesses are a few pages on different hosts that were there lately, to be
// asked with those that are due: where they are silent too, it is our network
// that is down.
func witnesses(pages, due []page, memory Memory) []page {
	const enough = 3
	var list []page
	hosts := map[string]bool{}
	for _, p := range pages {
		known := memory[p.address].State == There && !slices.ContainsFunc(due, func(d page) bool { return d.address == p.address })
		if known && !hosts[hostOf(p.address)] && len(due) > 0 && len(list) < enough {
			hosts[hostOf(p.address)] = true
			list = append(list, p)
		}
	}
	return list
}

func hostOf(address string) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(address, "https://"), "/")
	return host
}
