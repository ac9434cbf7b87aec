package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/fetch"
	"faultbook/internal/status"
)

func fetchCommand(w *world, args []string) error {
	f := newFlags(w, "fetch", "ask the providers' status pages side by side and write the snapshot")
	content := f.String("content", "content", "`DIR` of the content")
	out := f.String("o", filepath.Join(".faultbook", "snapshot.json"), "`FILE` to write; what it holds is carried on")
	base := f.String("base", "", "`URL` that the site is published under; its state is carried on")
	verbose := f.Bool("v", false, "show every request")
	if err := f.parse(args); err != nil {
		return err
	}
	defer amongStrangers()()
	b, err := w.loadForFetch(*content)
	if err != nil {
		return err
	}
	if problem := book.BaseProblem(*base); *base != "" && problem != "" {
		return badBase(*base, problem)
	}
	p := &progress{w: w, verbose: *verbose}
	c := w.asking(b, p.request)
	p.previous = w.carried(c, b, w.liveBase(*base, b), *out)
	c.Targets, c.Previous, c.Progress, c.Transport = targets(b), p.previous, p.event, w.network
	next, summary, err := fetch.Run(w.ctx, c)
	if err != nil {
		return err
	}
	if err := writeFile(*out, status.Encode(next)); err != nil {
		return fmt.Errorf("write the snapshot: %w", err)
	}
	fmt.Fprintf(w.stdout, "%s: %s\n", *out, closing(summary, w.warn(next)))
	if summary.Read == 0 && summary.Failed > 0 {
		return errors.New("not one source could be read; their states will show as unknown or as old")
	}
	return nil
}

// fetchMemory is how much memory of its own a program that asks strangers may
// take before it collects what it has used, whatever that costs. The rest of
// its 64 MiB is the program itself.
const fetchMemory = 36 << 20

// amongStrangers keeps the memory small, and the operator's screen free of what
// net/http logs of servers that speak unasked, until the function that it gives
// is called.
func amongStrangers() (end func()) {
	limit, writer := debug.SetMemoryLimit(-1), log.Writer()
	debug.SetMemoryLimit(min(limit, fetchMemory))
	log.SetOutput(io.Discard)
	return func() {
		debug.SetMemoryLimit(limit)
		log.SetOutput(writer)
	}
}

// warn tells what looks wrong with sources that were read, and how much it is. A
// source that was never read cannot have lost anything.
func (w *world) warn(s status.Snapshot) int {
	n := 0
	for _, slug := range slices.Sorted(maps.Keys(s.Providers)) {
		if s.Providers[slug].CheckedAt.IsZero() {
			continue
		}
		for _, warning := range s.Providers[slug].Warnings {
			fmt.Fprintf(w.stderr, "warning: %s: %s\n", slug, warning)
			n++
		}
	}
	return n
}

// closing is the run in one line.
func closing(s fetch.Summary, warnings int) string {
	line := fmt.Sprintf("%d read", s.Read)
	if s.NotModified > 0 {
		line += fmt.Sprintf(" (%d not modified)", s.NotModified)
	}
	line += fmt.Sprintf(", %d could not be read, %d without a source", s.Failed, s.Skipped)
	if warnings > 0 {
		line += ", " + count(warnings, "warning", "warnings")
	}
	return line
}

// loadForFetch loads the content. Broken entries do not stop a fetch, broken
// providers do.
func (w *world) loadForFetch(dir string) (*book.Book, error) {
	tree, err := openContent(dir)
	if err != nil {
		return nil, err
	}
	b, findings, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil {
		return nil, err
	}
	var serious []diag.Finding
	for _, f := range findings {
		if base := filepath.Base(f.File); base == "_index.md" || base == "site.toml" {
			serious = append(serious, f)
		}
	}
	if diag.Failed(serious) {
		if err := w.report(located(serious, dir), "text"); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	return b, nil
}

func targets(b *book.Book) []fetch.Target {
	var list []fetch.Target
	for _, p := range b.Providers {
		list = append(list, fetch.Target{Slug: p.Slug, Name: p.Name, Source: p.Source, Probe: fetch.Probe(p.Probe)})
	}
	return list
}

// progress tells how a fetch goes: a line for each provider, and on a terminal a
// counter below them.
type progress struct {
	w        *world
	verbose  bool
	previous status.Snapshot
}

func (p *progress) event(e fetch.Event) {
	if p.w.terminal {
		fmt.Fprint(p.w.stderr, "\r\x1b[K")
	}
	took := ""
	if e.Took > 0 && e.Reading.State != status.StateNone {
		took = " (" + e.Took.Round(time.Millisecond).String() + ")"
	}
	fmt.Fprintf(p.w.stderr, "%-14s %s%s%s\n", e.Target.Slug, p.reading(e), took, probed(e.Reading.Probe))
	if e.Reading.Hint != "" {
		fmt.Fprintf(p.w.stderr, "%s: %s\n", e.Target.Slug, e.Reading.Hint)
	}
	if p.w.terminal && e.Done < e.Total {
		fmt.Fprintf(p.w.stderr, "%d of %d", e.Done, e.Total)
	}
}

// reading is how the reading of a source went.
func (p *progress) reading(e fetch.Event) string {
	switch e.Reading.State {
	case status.StateNone:
		return "no source that a program may read"
	case status.StateNotModified:
		return p.previous.Providers[e.Target.Slug].Level.String() + ", not modified"
	case status.StateOK:
		line := e.Reading.Report.Level.String()
		if e.Reading.Report.Reason != "" {
			line += ": " + e.Reading.Report.Reason
		}
		return line
	}
	return "could not be read: " + e.Reading.Reason
}

// probed is what an API said itself, if it was asked.
func probed(p status.Probe) string {
	switch {
	case p.URL == "":
		return ""
	case p.OK:
		return fmt.Sprintf(" · the API answered %d in %.2f s, as it should", p.Status, float64(p.Took)/1000)
	}
	return " · the API did not answer as it should: " + p.Reason
}

func (p *progress) request(r fetch.Request) {
	if !p.verbose {
		return
	}
	fmt.Fprintf(p.w.stderr, "  %s try %d: %s, %s\n", r.URL, r.Try, outcome(r), r.Took.Round(time.Millisecond))
}

// outcome is how a request went. A reason that is a status says it already.
func outcome(r fetch.Request) string {
	line := fmt.Sprintf("%d, %d bytes", r.Status, r.Bytes)
	switch {
	case r.Status == 0 || strings.HasPrefix(r.Reason, strconv.Itoa(r.Status)+" "):
		return r.Reason
	case r.Reason != "":
		return line + ": " + r.Reason
	case r.Status == http.StatusNotModified:
		return line + ", not modified"
	}
	return line
}
