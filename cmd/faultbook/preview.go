package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"faultbook/internal/build"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/preview"
)

func previewCommand(w *world, args []string) error {
	f := newFlags(w, "preview", "serve the site on this machine, follow every change and reload the browser")
	content := f.String("content", "content", "`DIR` of the content")
	theme := f.String("theme", defaultTheme, "`DIR` of the site's own theme, laid over the built-in one")
	snapshot := f.String("snapshot", filepath.Join(".faultbook", "snapshot.json"), "`FILE` that fetch wrote; missing: every state is unknown")
	port := f.Int("port", 4000, "`PORT` to serve on; where it is taken, the next free one; 0: any")
	if err := f.parse(args); err != nil {
		return err
	}
	if *port < 0 || *port > 65535 {
		return usageError{fmt.Sprintf("-port %d is no port", *port), "ports are 1 to 65535; 0 takes any that is free"}
	}
	s := &show{w: w, content: *content, theme: *theme, snapshot: *snapshot, folder: preview.OpenFolder(*content)}
	if _, err := s.input(); err != nil { // what is wrong from the start is a mistake in the command line
		return err
	}
	var done func()
	s.cache, done = borrowCache(stateFolder(*snapshot))
	defer done()
	l, err := preview.Listen(*port)
	if err != nil {
		return fmt.Errorf("open the port: %w", err)
	}
	if taken := l.Addr().(*net.TCPAddr).Port; *port != 0 && taken != *port {
		fmt.Fprintf(w.stderr, "note: port %d is taken\n", *port)
	}
	s.base = fmt.Sprintf("http://localhost:%d", l.Addr().(*net.TCPAddr).Port)
	fmt.Fprintf(w.stdout, "%s/ shows the site and follows every change; Ctrl-C ends it\n", s.base)
	return preview.Serve(w.ctx, l, s.config())
}

// show is a preview of one content folder.
type show struct {
	w                              *world
	content, theme, snapshot, base string
	folder                         *preview.Folder // of the content
	cache                          *cache.Cache
	noted                          string // the last note about the snapshot
}

func (s *show) config() preview.Config {
	return preview.Config{Build: s.build, Watch: []string{s.content, s.theme, s.snapshot}, Report: s.report}
}

// input gathers what the site is made of now.
func (s *show) input() (build.Input, error) {
	in := build.Input{Now: s.w.now().UTC(), Base: s.base, Cache: s.cache, KeepGoing: true}
	var err error
	if _, err = openContent(s.content); err != nil {
		return in, err
	}
	in.Content = s.folder
	if in.Themes, err = openThemes(s.theme); err != nil {
		return in, err
	}
	in.Snapshot, err = readSnapshot(s.snapshot, in.Now)
	s.note(err)
	return in, nil
}

// note says why the snapshot is not used, once for each reason.
func (s *show) note(err error) {
	text := ""
	if err != nil {
		text = fmt.Sprintf("note: the snapshot is not used, so every state is unknown: %v\n", err)
	}
	if text != s.noted {
		fmt.Fprint(s.w.stderr, text)
	}
	s.noted = text
}

func (s *show) build(changed []string) preview.Outcome {
	s.folder.Forget(changed)
	in, err := s.input()
	if err != nil {
		return preview.Outcome{Err: err}
	}
	edition, findings, err := build.Prepare(in)
	out := preview.Outcome{Findings: located(findings, s.content), Err: err}
	if edition != nil {
		out.Site = &preview.Site{At: fileAt(edition), Redirect: edition.Redirect, Headers: edition.Headers()}
	}
	return out
}

func fileAt(e *build.Edition) func(string) (preview.File, bool, error) {
	return func(address string) (preview.File, bool, error) {
		f, ok, err := e.At(address)
		return preview.File{Path: f.Path, Data: f.Data}, ok, err
	}
}

// report says in one line what became of a rebuild.
func (s *show) report(r preview.Round) {
	if r.Blind != nil {
		fmt.Fprintf(s.w.stderr, "note: not every change will be seen: %v\n", r.Blind)
	}
	outcome := diag.Summary(r.Findings)
	if r.Err != nil {
		outcome = r.Err.Error()
	}
	fmt.Fprintf(s.w.stderr, "%sbuilt in %s; %s\n", printable(changes(r.Changed)), r.Took.Round(time.Millisecond), printable(outcome))
}

// changes names the first change and counts the others.
func changes(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + ": "
	}
	return fmt.Sprintf("%s and %d more: ", names[0], len(names)-1)
}

// printable keeps a name or message from steering the terminal.
func printable(text string) string {
	quoted := strconv.QuoteToGraphic(text)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
}

// borrowCache is a cache for as long as the preview lasts. It begins with what
// the last build remembered and stays a copy: a preview knows little of what
// the next build will ask for.
func borrowCache(dir string) (*cache.Cache, func()) {
	file, err := createAside(dir)
	if err != nil {
		return cache.New(&cache.Memory{}), func() {}
	}
	done := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	_ = os.Remove(file.Name()) // where an open file can lose its name, nothing is left even after a kill
	if c, err := copyCache(file, filepath.Join(dir, "cache")); err == nil {
		return c, done
	}
	if file.Truncate(0) != nil {
		return cache.New(&cache.Memory{}), done
	}
	return newCache(file), done
}

func createAside(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return os.CreateTemp(dir, "preview-*")
}

func copyCache(file *os.File, from string) (*cache.Cache, error) {
	built, err := os.Open(from)
	if err != nil {
		return nil, err
	}
	defer built.Close()
	size, err := io.Copy(file, built)
	if err != nil {
		return nil, err
	}
	return openCache(file, size)
}
