package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	verbose := f.Bool("v", false, "show every request")
	if err := f.parse(args); err != nil {
		return err
	}
	b, err := w.loadForFetch(*content)
	if err != nil {
		return err
	}
	previous, err := readSnapshot(*out, w.now())
	if err != nil {
		fmt.Fprintf(w.stderr, "note: the last snapshot is not used: %v\n", err)
	}
	p := &progress{w: w, verbose: *verbose}
	next, summary, err := fetch.Run(w.ctx, fetch.Config{
		Targets: targets(b), Previous: previous, UserAgent: "faultbook/" + version() + " (+" + b.Site.Base + ")",
		AllowPrivate: w.getenv("FAULTBOOK_ALLOW_PRIVATE") == "1", Progress: p.event, Log: p.request, Now: w.now, Transport: w.network,
	})
	if err != nil {
		return err
	}
	if err := writeFile(*out, status.Encode(next)); err != nil {
		return fmt.Errorf("write the snapshot: %w", err)
	}
	fmt.Fprintf(w.stdout, "%s: %d read, %d could not be read, %d without a source\n", *out, summary.Read, summary.Failed, summary.Skipped)
	if summary.Read == 0 && summary.Failed > 0 {
		return errors.New("not one source could be read; their states will show as unknown or as old")
	}
	return nil
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
		list = append(list, fetch.Target{Slug: p.Slug, Name: p.Name, Source: p.Source})
	}
	return list
}

// progress tells how a fetch goes: a line for each provider, and on a terminal a
// counter below them.
type progress struct {
	w       *world
	verbose bool
}

func (p *progress) event(e fetch.Event) {
	if p.w.terminal {
		fmt.Fprint(p.w.stderr, "\r\x1b[K")
	}
	took := ""
	if e.Took > 0 {
		took = " (" + e.Took.Round(time.Millisecond).String() + ")"
	}
	switch e.Reading.State {
	case status.StateNone:
		fmt.Fprintf(p.w.stderr, "%-14s no source that a program may read\n", e.Target.Slug)
	case status.StateOK:
		line := e.Reading.Report.Level.String()
		if e.Reading.Report.Reason != "" {
			line += ": " + e.Reading.Report.Reason
		}
		fmt.Fprintf(p.w.stderr, "%-14s %s%s\n", e.Target.Slug, line, took)
	default:
		fmt.Fprintf(p.w.stderr, "%-14s could not be read: %s%s\n", e.Target.Slug, e.Reading.Reason, took)
	}
	if p.w.terminal && e.Done < e.Total {
		fmt.Fprintf(p.w.stderr, "%d of %d", e.Done, e.Total)
	}
}

func (p *progress) request(r fetch.Request) {
	if !p.verbose {
		return
	}
	outcome := fmt.Sprintf("%d, %d bytes", r.Status, r.Bytes)
	if r.Reason != "" {
		outcome = r.Reason
	}
	fmt.Fprintf(p.w.stderr, "  %s try %d: %s, %s\n", r.URL, r.Try, outcome, r.Took.Round(time.Millisecond))
}

// writeFile writes a file aside and renames it in, so that it is never half.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	aside, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name())
	if _, err := aside.Write(data); err != nil {
		aside.Close()
		return err
	}
	if err := aside.Close(); err != nil {
		return err
	}
	if err := os.Chmod(aside.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(aside.Name(), name)
}
