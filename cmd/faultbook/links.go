package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/fetch"
	"faultbook/internal/links"
)

// linksFile is what check -links remembers from run to run. Who deletes it asks
// for every page again.
var linksFile = filepath.Join(".faultbook", "links")

// checkLinks asks for the pages outside the site. What it learned is kept even
// where it is told that something is wrong.
func (w *world) checkLinks(b *book.Book) ([]diag.Finding, error) {
	defer amongStrangers()()
	now := w.now().UTC() // not -now: what is remembered has really happened then
	memory, err := readLinks(now)
	if err != nil {
		fmt.Fprintf(w.stderr, "note: what was known of links is not used: %v\n", err)
	}
	c := w.asking(b, w.counted())
	c.Targets, c.Transport = targets(b), w.network
	result, err := links.Check(w.ctx, c, b, memory, now)
	if w.terminal {
		fmt.Fprint(w.stderr, "\r\x1b[K")
	}
	if err != nil {
		return nil, err
	}
	if err := writeFile(linksFile, links.Encode(result.Memory)); err != nil {
		return nil, fmt.Errorf("remember the links: %w", err)
	}
	fmt.Fprintf(w.stderr, "%s: %d asked\n", count(result.Pages, "page outside", "pages outside"), result.Asked)
	for _, why := range slices.Sorted(maps.Keys(result.Unasked)) {
		fmt.Fprintf(w.stderr, "note: %s not asked this time: %s\n", count(result.Unasked[why], "page was", "pages were"), why)
	}
	return result.Findings, nil
}

// counted shows a person at a terminal that something is going on.
func (w *world) counted() func(fetch.Request) {
	n := 0
	return func(fetch.Request) {
		if n++; w.terminal {
			fmt.Fprintf(w.stderr, "\r%s", count(n, "request", "requests"))
		}
	}
}

// readLinks reads what is known of links. A missing file is an empty memory.
func readLinks(now time.Time) (links.Memory, error) {
	data, err := os.ReadFile(linksFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	memory, err := links.Decode(data, now)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", linksFile, err)
	}
	return memory, nil
}
