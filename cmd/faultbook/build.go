package main

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/build"
	"faultbook/internal/publish"
)

func buildCommand(w *world, args []string) error {
	f := newFlags(w, "build", "make the site of content, theme and snapshot")
	content := f.String("content", "content", "`DIR` of the content")
	theme := f.String("theme", defaultTheme, "`DIR` of the site's own theme, laid over the built-in one")
	snapshot := f.String("snapshot", filepath.Join(".faultbook", "snapshot.json"), "`FILE` that fetch wrote; missing: every state is unknown")
	out := f.String("out", defaultOut, "`DIR` to write the site to")
	base := f.String("base", "", "`URL` that the site is published under, with a path if need be")
	now := f.String("now", "", "build as if it were this `TIME`, as 2026-11-22T12:00:00Z")
	nginx := f.String("nginx", "", "`FILE` to write what nginx needs in its server block, too")
	summary := f.String("summary", "", "`FILE` to write what changed since the last build to, as Markdown for a comment")
	live := f.String("live", "", "write only what [live] url shows between two deploys, to this `DIR`")
	shrink := f.Bool("allow-shrink", false, "publish even a site that is empty or much smaller than before")
	if err := f.parse(args); err != nil {
		return err
	}
	start := w.now()
	input, err := w.input(inputFlags{*content, *theme, *snapshot, *base, *now})
	if err != nil {
		return err
	}
	collectLess()
	if err := checkApart(cmp.Or(*live, *out), *content, *theme); err != nil {
		return err
	}
	state := stateFolder(*snapshot)
	remembered := takeCache(state)
	defer remembered.giveBack()
	input.Cache = remembered.Cache
	edition, findings, err := build.Prepare(input)
	if err := w.report(located(findings, *content), "text"); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	if edition == nil {
		if err := writeSummary(*summary, unbuilt(findings)); err != nil {
			return err
		}
		fmt.Fprintf(w.stderr, "faultbook: not built, because the content has errors; %s is as it was\n", *out)
		return errFindings
	}
	restrain(len(edition.Book.Entries()))
	if *live != "" {
		return w.publishLive(edition, state, *live)
	}
	result, err := publish.Dir(publish.Config{Dir: *out, State: recordOf(state, *out), PagesBefore: edition.PagesBefore(), AllowShrink: *shrink}, w.files(edition.Files(), *out))
	if err != nil {
		return err
	}
	for _, note := range result.Notes {
		fmt.Fprintf(w.stderr, "note: %s\n", note)
	}
	if err := writeSummary(*summary, built(edition, result)); err != nil {
		return err
	}
	if err := w.writeNginx(edition, *nginx, *out); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s: %d pages; %d files new, %d changed, %d removed, %d as they were; %s\n", *out, result.Pages,
		len(result.Added), len(result.Changed), len(result.Removed), result.Unchanged, w.now().Sub(start).Round(time.Millisecond))
	if len(input.Snapshot.Providers) == 0 {
		fmt.Fprintf(w.stderr, "note: there is no snapshot, so every state is unknown; faultbook fetch makes one\n")
	}
	return nil
}

// publishLive writes what is kept fresh between two deploys. It has no pages, and
// a record of its own: it never takes the place of a site.
func (w *world) publishLive(e *build.Edition, state, dir string) error {
	cfg := publish.Config{Dir: dir, State: recordNamed(state, "live", dir), AllowShrink: true}
	result, err := publish.Dir(cfg, w.files(e.Live(), dir))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s: %d files new, %d changed, %d removed, %d as they were\n", dir, len(result.Added), len(result.Changed), len(result.Removed), result.Unchanged)
	return nil
}

// defaultOut is where the site is written when nothing else is said.
const defaultOut = "public"

// stateFolder is where the program keeps what it needs for the next build: the
// folder of the snapshot when that is our own, else one of our own beside it.
// Nothing that is called cache in somebody's folder is taken for ours.
func stateFolder(snapshot string) string {
	const own = ".faultbook"
	if dir := filepath.Dir(snapshot); filepath.Base(dir) == own {
		return dir
	}
	return filepath.Join(filepath.Dir(snapshot), own)
}

// recordOf is the record of what was written to out: each output has its own.
func recordOf(state, out string) string {
	if filepath.Clean(out) == defaultOut {
		return filepath.Join(state, "published.json")
	}
	return recordNamed(state, "published", out)
}

func recordNamed(state, name, out string) string {
	full, err := filepath.Abs(out)
	if err != nil {
		full = out
	}
	sum := sha256.Sum256([]byte(full))
	return filepath.Join(state, fmt.Sprintf("%s-%x.json", name, sum[:4]))
}

// checkApart refuses an output folder that holds, or lies in, what the site is
// made of.
func checkApart(out string, sources ...string) error {
	if out == "" {
		return usageError{"-out names no folder", "choose a folder of its own with -out, such as public"}
	}
	for _, source := range sources {
		for _, pair := range [][2]string{{out, source}, {source, out}} {
			outer, err := filepath.Abs(pair[0])
			if err != nil {
				return fmt.Errorf("find the folder %s: %w", pair[0], err)
			}
			inner, err := filepath.Abs(pair[1])
			if err != nil {
				return fmt.Errorf("find the folder %s: %w", pair[1], err)
			}
			if rest, err := filepath.Rel(outer, inner); err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator)) {
				return usageError{fmt.Sprintf("the site cannot be written to %s: it is not apart from %s", out, source), "choose a folder of its own with -out, such as public"}
			}
		}
	}
	return nil
}

// collectLess lets the collector run less often than it would by itself: what
// lives is small beside what is made and thrown away for each page. The limit
// keeps that from growing with the book; a book so large that it needs more is
// collected at the usual rate.
func collectLess() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(memoryWanted)
}

// restrain lifts the limit for a large book, because a collector that cannot
// stay under its limit runs all the time: at fifty thousand entries it took a
// third of the build.
func restrain(entries int) {
	debug.SetMemoryLimit(max(memoryWanted, int64(entries)*memoryEach))
}

// memoryWanted is what a build of ten thousand entries should stay under.
const memoryWanted = 150 << 20

// memoryEach is the share of one entry of a larger book.
const memoryEach = 15 << 10

// files are the files to publish. They end with an error when the build is
// interrupted; once the last one is handed over, it is carried to its end.
func (w *world) files(files iter.Seq2[build.File, error], out string) iter.Seq2[publish.File, error] {
	return func(yield func(publish.File, error) bool) {
		for f, err := range files {
			if w.ctx.Err() != nil {
				err = fmt.Errorf("interrupted; %s is as it was", out)
			}
			if !yield(publish.File{Path: f.Path, Data: f.Data, Page: f.Page}, err) {
				return
			}
		}
	}
}

// inputFlags are the flags that say what a site is made of.
type inputFlags struct{ content, theme, snapshot, base, now string }

// input gathers what the flags name.
func (w *world) input(f inputFlags) (build.Input, error) {
	now, err := w.moment(f.now)
	if err != nil {
		return build.Input{}, err
	}
	in := build.Input{Now: now, Base: f.base}
	if in.Base == "" {
		in.Base, in.NoIndex = w.hostBase()
	}
	if problem := book.BaseProblem(in.Base); in.Base != "" && problem != "" {
		return in, badBase(in.Base, problem)
	}
	if in.Content, err = openContent(f.content); err != nil {
		return in, err
	}
	if in.Themes, err = openThemes(f.theme); err != nil {
		return in, err
	}
	in.Snapshot, err = readSnapshot(f.snapshot, now)
	return in, err
}

func badBase(base, problem string) error {
	return usageError{fmt.Sprintf("the base address %q %s", base, problem), "write it as https://errors.example.com or https://example.com/errors"}
}

func trimSlash(address string) string { return strings.TrimSuffix(address, "/") }

// hostBase is the address that the host gives a build: on Netlify the site's
// own in production and the deploy's in previews, which search engines must not
// keep. Cloudflare Pages sets NETLIFY too, and means something else by it: there
// each deploy has an address of its own, which is only for branches beside main
// what readers should see.
func (w *world) hostBase() (base string, noIndex bool) {
	if branch := w.getenv("CF_PAGES_BRANCH"); w.getenv("CF_PAGES") != "" {
		if branch == "" || branch == "main" {
			return "", false
		}
		return w.getenv("CF_PAGES_URL"), true
	}
	if w.getenv("NETLIFY") != "true" {
		return "", false
	}
	if w.getenv("CONTEXT") != "production" && w.getenv("CONTEXT") != "" {
		return w.getenv("DEPLOY_PRIME_URL"), true
	}
	return w.getenv("URL"), false
}
