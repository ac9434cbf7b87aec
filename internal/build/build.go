// Package build is the whole site as a pure function of content, theme,
// snapshot, now and base address: the same input gives the same bytes, whatever
// the number of processors and the order in which files are read.
//
//	content/ ──book──▶ Book ──────────┐                       ┌─▶ render ─▶ publish ─▶ public/
//	                     └─▶ check    ├─▶ verdict ─▶ site ────┤
//	.faultbook/snapshot.json ─status──┘       ▲               └─▶ preview (browser, live reload)
//	network ─fetch + platform─▶ Snapshot     now (a value)
//
// Two streams, content and states, meet once, in verdict. Imports go down only:
//
//	diag, status, words, cache → frontmatter, markdown, platform → book, fetch →
//	links, verdict, match, check → plan, site, scaffold → render → build → cmd
//
// site shows the words about the rules that check keeps.
//
// publish, preview and plan know no book: they take files and states. cache is a value that book
// and render are handed; it remembers what they made, by the hash of what it was
// made from, and is never needed.
//
// It owns the order of the steps and of the files. It must not know flags,
// folders, networks or clocks.
package build

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
	"faultbook/internal/plan"
	"faultbook/internal/render"
	"faultbook/internal/site"
	"faultbook/internal/status"
)

// Input is everything a site is made of.
type Input struct {
	Content  fs.FS
	Themes   []fs.FS // the default theme first; a later one replaces it file by file, and word by word
	Snapshot status.Snapshot
	Now      time.Time
	Base     string       // absolute address; empty: what site.toml says
	NoIndex  bool         // a preview that search engines must not keep
	Cache    *cache.Cache // what earlier builds remembered

	// KeepGoing makes an Edition of what is whole, beside findings of severity
	// error: broken files are left out. Without a whole site.toml there is none.
	KeepGoing bool
}

// Edition is a site that is ready to be written or shown.
type Edition struct {
	Book     *book.Book
	site     *site.Site
	renderer *render.Renderer
	statics  fs.FS
	snapshot status.Snapshot
	now      time.Time
	preview  bool
	content  string
	rules    plan.Rules
}

// Prepare loads and checks the content and reads the theme. With findings of
// severity error there is no Edition, unless in asks to keep going; an error
// means that the content or the theme could not be read at all.
func Prepare(in Input) (*Edition, []diag.Finding, error) {
	b, findings, err := book.Load(in.Content, in.Cache)
	if err != nil {
		return nil, nil, err
	}
	findings = append(findings, check.All(b)...)
	diag.Sort(findings)
	if diag.Failed(findings) && !(in.KeepGoing && usable(findings)) {
		return nil, findings, nil
	}
	w, err := readWords(in.Themes, b.Site.Language)
	if err != nil {
		return nil, findings, err
	}
	theme := overlay(in.Themes)
	r, err := render.New(theme, w, in.Cache)
	if err != nil {
		return nil, findings, err
	}
	statics, err := fs.Sub(theme, "static")
	if err != nil {
		return nil, findings, fmt.Errorf("read the theme: %w", err)
	}
	base := in.Base
	if base == "" {
		base = b.Site.Base
	}
	s := site.New(site.Input{Book: b, Snapshot: in.Snapshot, Words: w, Now: in.Now, Base: base, NoIndex: in.NoIndex})
	content, err := digest(theme, b.Digest())
	if err != nil {
		return nil, findings, err
	}
	rules := plan.Rules{Budget: plan.Budget{Deploys: b.Site.Deploys}, Freshness: s.Freshness()}
	return &Edition{Book: b, site: s, renderer: r, statics: statics, snapshot: in.Snapshot, now: in.Now.UTC().Truncate(time.Second), preview: in.NoIndex, content: content, rules: rules}, findings, nil
}

// usable tells whether a book with these findings has what every page needs:
// the site's own title, language and schedule.
func usable(findings []diag.Finding) bool {
	return !slices.ContainsFunc(findings, func(f diag.Finding) bool { return f.Severity == diag.Error && f.File == "site.toml" })
}
