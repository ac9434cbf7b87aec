package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"faultbook"
	"faultbook/internal/bench"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/preview"
)

// desk is where a person edits a small book with a preview beside it.
type desk struct {
	t      *testing.T
	dir    string
	base   string
	rounds chan preview.Round
	random *rand.Rand
	broken bool // the last rebuild found something wrong
}

// newDesk begins a preview, and returns when the first page can be seen.
func newDesk(t *testing.T, seed uint64) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), rounds: make(chan preview.Round, 1000), random: rand.New(rand.NewPCG(seed, 0))}
	d.must(bench.Corpus(d.path("content"), 12, 3, seed))
	d.must(os.MkdirAll(d.path("theme/templates/words"), 0o755))
	l, err := preview.Listen(0)
	d.must(err)
	d.base = "http://" + l.Addr().String()
	w := &world{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, now: func() time.Time { return bench.Calm.Now() }}
	s := &show{w: w, content: d.path("content"), theme: d.path("theme"), snapshot: d.path(".faultbook/snapshot.json"), base: d.base}
	s.folder, s.cache = preview.OpenFolder(s.content), cache.New(&cache.Memory{})
	config := s.config()
	config.Report = func(r preview.Round) { d.rounds <- r }
	ctx, end := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- preview.Serve(ctx, l, config) }()
	t.Cleanup(func() {
		end()
		if err := <-served; err != nil {
			t.Errorf("Serve = %v", err)
		}
	})
	if r := d.round(); r.Site == nil || r.Err != nil {
		t.Fatalf("the first build: %v, %v", r.Findings, r.Err)
	}
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *desk) round() preview.Round {
	d.t.Helper()
	select {
	case r := <-d.rounds:
		return r
	case <-time.After(30 * time.Second):
		d.t.Fatal("no rebuild in 30 seconds")
		return preview.Round{}
	}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read(name string) []byte {
	d.t.Helper()
	data, err := os.ReadFile(d.path(name))
	d.must(err)
	return data
}

func (d *desk) write(name string, data []byte) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.path(name)), 0o755))
	d.must(os.WriteFile(d.path(name), data, 0o644))
}

// get is a page as it is served now.
func (d *desk) get(address string) (int, string) {
	d.t.Helper()
	r, err := http.Get(d.base + address)
	d.must(err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	d.must(err)
	return r.StatusCode, string(text)
}

// entries are the files of all entries.
func (d *desk) entries() []string {
	all, err := filepath.Glob(d.path("content/*/[a-z]*.md"))
	d.must(err)
	for i := range all {
		all[i], err = filepath.Rel(d.dir, all[i])
		d.must(err)
	}
	return all
}

// mistake is a way to break the book. It tells what the panel has to say, and
// what to undo before the entry is written again. When it says nothing, chance
// decides whether anything is wrong, and the page must agree with the build.
type mistake struct {
	name string
	make func(d *desk, entry string) (said string, undo func())
}

func mistakes() []mistake {
	over := func(name string, change func(d *desk, data []byte) []byte) mistake {
		return mistake{name, func(d *desk, entry string) (string, func()) {
			d.write(entry, change(d, d.read(entry)))
			return filepath.Base(entry), func() {}
		}}
	}
	moved := func(name string, from, to func(provider string) string) mistake {
		return mistake{name, func(d *desk, entry string) (string, func()) {
			provider := filepath.Dir(entry)
			d.must(os.Rename(d.path(from(provider)), d.path(to(provider))))
			return filepath.Base(from(provider)), func() { d.must(os.Rename(d.path(to(provider)), d.path(from(provider)))) }
		}}
	}
	away := func(string) string { return "away" }
	theme := func(name, file, text, said string) mistake {
		return mistake{name, func(d *desk, _ string) (string, func()) {
			d.write(file, []byte(text))
			return said, func() { d.must(os.Remove(d.path(file))) }
		}}
	}
	return []mistake{
		over("a typo in a key", func(_ *desk, data []byte) []byte { return bytes.Replace(data, []byte("title"), []byte("titel"), 1) }),
		over("half of the front matter", func(d *desk, data []byte) []byte {
			return data[:d.random.IntN(bytes.LastIndex(data, []byte("+++")))]
		}),
		over("nothing in it", func(*desk, []byte) []byte { return nil }),
		over("bytes that are no text", func(_ *desk, data []byte) []byte { return append(data, 0, 0xff) }),
		over("a related entry that is not there", func(_ *desk, data []byte) []byte {
			return bytes.Replace(data, []byte("related "), []byte("related = [\"no-such-entry\"] # "), 1)
		}),
		{"an entry as a link", func(d *desk, entry string) (string, func()) {
			d.must(os.Rename(d.path(entry), d.path("away.md")))
			d.must(os.Symlink(d.path("away.md"), d.path(entry)))
			return filepath.Base(entry), func() {}
		}},
		{"a name that is no slug", func(d *desk, entry string) (string, func()) {
			name := filepath.Dir(entry) + "/No Slug.md"
			d.write(name, d.read(entry))
			return "No Slug.md", func() { d.must(os.Remove(d.path(name))) }
		}},
		moved("a folder that is no slug", func(provider string) string { return provider }, func(provider string) string { return provider + "_" }),
		moved("no content", func(string) string { return "content" }, away),
		moved("no site.toml", func(string) string { return "content/site.toml" }, away),
		moved("no theme", func(string) string { return "theme" }, away),
		moved("no _index.md", func(provider string) string { return provider + "/_index.md" }, away),
		theme("a template that cannot be parsed", "theme/templates/entry.html", "{{if}}", "templates/entry.html"),
		theme("a template that fails", "theme/templates/entry.html", `{{define "main"}}{{.Nope}}{{end}}`, "Nope"),
		theme("words that cannot be read", "theme/templates/words/en.toml", `a = "`, "en.toml"),
		theme("a template that is cut off", "theme/templates/frame.html", "<!doctype html><html><body>{{template", "frame.html"),
		half("a template that is half written", "templates/entry.html", "templates/entry.html"),
		half("a style sheet that is half written", "templates/page.css", ""),
		half("a script that is half written", "templates/page.js", ""),
		half("words that are half written", "templates/words/en.toml", ""),
		{"an entry deleted", func(d *desk, entry string) (string, func()) {
			whole := d.read(entry)
			d.must(os.Remove(d.path(entry)))
			return "", func() { d.write(entry, whole) }
		}},
		{"an entry renamed", func(d *desk, entry string) (string, func()) {
			name := filepath.Dir(entry) + "/renamed.md"
			d.must(os.Rename(d.path(entry), d.path(name)))
			return "", func() { d.must(os.Rename(d.path(name), d.path(entry))) }
		}},
		noise("noise in an entry", func(entry string) string { return entry }),
		noise("noise in an _index.md", func(entry string) string { return filepath.Dir(entry) + "/_index.md" }),
		noise("noise in site.toml", func(string) string { return "content/site.toml" }),
	}
}

// half is a file of the theme that was saved before it was whole.
func half(name, file, said string) mistake {
	return mistake{name, func(d *desk, _ string) (string, func()) {
		whole, err := faultbook.Theme.ReadFile(file)
		d.must(err)
		d.write("theme/"+file, whole[:20+d.random.IntN(len(whole)-40)])
		return said, func() { d.must(os.Remove(d.path("theme/" + file))) }
	}}
}

// noise is what a cat on the keyboard does to a file: some bytes go, others come.
func noise(name string, in func(entry string) string) mistake {
	return mistake{name, func(d *desk, entry string) (string, func()) {
		file := in(entry)
		whole := d.read(file)
		from := d.random.IntN(len(whole))
		to := min(len(whole), from+d.random.IntN(20))
		typed := make([]byte, 1+d.random.IntN(8))
		for i := range typed {
			typed[i] = byte(d.random.IntN(256))
		}
		d.write(file, slices.Concat(whole[:from], typed, whole[to:]))
		return "", func() { d.write(file, whole) }
	}}
}

// habits are the ways in which editors save a file.
func habits() []func(d *desk, name string, data []byte) {
	return []func(d *desk, name string, data []byte){
		func(d *desk, name string, data []byte) { // aside, then in its place
			aside := filepath.Dir(name) + "/.aside.tmp"
			d.write(aside, data)
			d.must(os.Rename(d.path(aside), d.path(name)))
		},
		func(d *desk, name string, data []byte) { // away with it first
			d.must(os.RemoveAll(d.path(name)))
			d.write(name, data)
		},
		func(d *desk, name string, data []byte) { // the old one is kept meanwhile
			d.must(os.Rename(d.path(name), d.path(name+"~")))
			d.write(name, data)
			d.must(os.Remove(d.path(name + "~")))
		},
	}
}

// TestPreviewSurvives makes 200 random mistakes and mends each. The preview must
// show every mistake over the pages as they last were, and be good again, with
// what was written meanwhile, after the first rebuild that began after the mend.
func TestPreviewSurvives(t *testing.T) {
	const desks, edits = 8, 25  // side by side, because a rebuild mostly waits for quiet
	var together sync.WaitGroup // t.Parallel would let only as many run as there are processors
	for n := range desks {
		together.Go(func() {
			t.Run(fmt.Sprint("seed ", n+1), func(t *testing.T) {
				d := newDesk(t, uint64(n+1))
				all := mistakes()
				d.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
				for i := range edits {
					d.breakAndMend(i, all[i%len(all)])
				}
			})
		})
	}
	together.Wait()
}

func (d *desk) breakAndMend(n int, m mistake) {
	d.t.Helper()
	all := d.entries()
	entry := all[d.random.IntN(len(all))]
	page := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(entry), "content"), ".md") + "/"
	whole := d.read(entry)

	said, undo := m.make(d, entry)
	d.until(fmt.Sprintf("edit %d, %s in %s", n, m.name, entry), page, func(status int, text string) bool {
		if said == "" {
			return strings.Contains(text, panelStart) == d.broken && (status == http.StatusOK || status == http.StatusNotFound && !d.broken)
		}
		return status == http.StatusOK && strings.Contains(text, panelStart) && strings.Contains(text, said) && strings.Contains(text, "<h1")
	}, false)

	mark := fmt.Sprintf("Sentence %d of this run.", n)
	undo()
	save := habits()[d.random.IntN(len(habits()))]
	save(d, entry, append(whole, "\n"+mark+"\n"...))
	d.until(fmt.Sprintf("edit %d, %s in %s was mended", n, m.name, entry), page, func(status int, text string) bool {
		return status == http.StatusOK && !strings.Contains(text, panelStart) && strings.Contains(text, mark)
	}, true)
}

// TestPreviewShowsTheRest holds that a broken entry does not keep the changes
// of another from being seen.
func TestPreviewShowsTheRest(t *testing.T) {
	d := newDesk(t, 1)
	all := d.entries()
	d.write(all[0], []byte("+++\n"))
	d.round()
	d.write(all[1], append(d.read(all[1]), "\nStill seen.\n"...))
	page := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(all[1]), "content"), ".md") + "/"
	d.until("another entry", page, func(status int, text string) bool {
		return status == http.StatusOK && strings.Contains(text, "Still seen.") && strings.Contains(text, panelStart) && strings.Contains(text, filepath.Base(all[0]))
	}, true)
}

const panelStart = `id="faultbook-panel"`

// until waits for a rebuild after which the page is as it should be. When that
// has to be the next one, a rebuild that began after the call may not fail.
func (d *desk) until(what, page string, good func(status int, text string) bool, next bool) {
	d.t.Helper()
	called := time.Now()
	for tries := 0; ; tries++ {
		r := d.round()
		d.broken = r.Err != nil || diag.Failed(r.Findings)
		status, text := d.get(page)
		if good(status, text) {
			return
		}
		if next && r.Began.After(called) || tries == 20 {
			d.t.Fatalf("%s: %s is served with %d, findings %v, error %v:\n%s", what, page, status, r.Findings, r.Err, text)
		}
	}
}

// TestPreviewCommand runs the command as a person does, from its first line to
// Ctrl-C.
func TestPreviewCommand(t *testing.T) {
	dir := t.TempDir()
	content := filepath.Join(dir, "content")
	if err := bench.Corpus(content, 2, 1, 1); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "state"), 0o755); err != nil {
		t.Fatal(err)
	}
	snapshot := filepath.Join(dir, "state", "snapshot.json")
	if err := os.WriteFile(snapshot, []byte("no snapshot"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	said, voice := io.Pipe()
	told, tell := io.Pipe()
	w := &world{ctx: ctx, stdout: voice, stderr: tell, now: func() time.Time { return bench.Calm.Now() }}
	code := make(chan int, 1)
	go func() {
		code <- run(w, []string{"preview", "-content", content, "-snapshot", snapshot, "-port", "0"})
		voice.Close()
		tell.Close()
	}()

	out, progress := bufio.NewScanner(said), bufio.NewScanner(told)
	// The note comes first, while the command line is looked at.
	wantLine(t, progress, "note: the snapshot is not used, so every state is unknown: "+snapshot)
	wantLine(t, out, "http://localhost:")
	address, _, _ := strings.Cut(out.Text(), " ")
	wantLine(t, progress, "built in ")
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || r.StatusCode != http.StatusOK || !bytes.Contains(page, []byte(`<link rel="canonical" href="`+address+`"`)) {
		t.Errorf("%s is served with %d, %v:\n%s", address, r.StatusCode, err, page)
	}
	if err := os.WriteFile(filepath.Join(content, "site.toml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	wantLine(t, progress, filepath.Join(content, "site.toml")+": built in ")
	if !strings.Contains(progress.Text(), "errors in 1 file") {
		t.Errorf("the rebuild is told as %q, want a summary of what is wrong", progress.Text())
	}
	interrupt()
	if got := <-code; got != 0 {
		t.Errorf("the preview ends with %d, want 0", got)
	}
}

// wantLine reads the next line and holds that it begins so.
func wantLine(t *testing.T, lines *bufio.Scanner, begins string) {
	t.Helper()
	if !lines.Scan() || !strings.HasPrefix(lines.Text(), begins) {
		t.Fatalf("the next line is %q, want %q…", lines.Text(), begins)
	}
}

func TestPreviewCommandLine(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, c := range map[string]struct {
		args []string
		code int
		said string
	}{
		"no content":           {nil, 1, "there is no folder content"},
		"no theme":             {[]string{"-content", ".", "-theme", "mine"}, 1, "open the theme"},
		"a port that is none":  {[]string{"-port", "65536"}, 2, "-port 65536 is no port"},
		"a port below nothing": {[]string{"-port", "-1"}, 2, "-port -1 is no port"},
		"a flag that is none":  {[]string{"-contnet", "."}, 2, "did you mean -content?"},
	} {
		t.Run(name, func(t *testing.T) {
			var said strings.Builder
			w := &world{ctx: t.Context(), stdout: io.Discard, stderr: &said, now: func() time.Time { return bench.Calm.Now() }}
			if code := run(w, append([]string{"preview"}, c.args...)); code != c.code || !strings.Contains(said.String(), c.said) {
				t.Errorf("exit %d, %q, want %d, %q", code, said.String(), c.code, c.said)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	for want, names := range map[string][]string{
		"":                               nil,
		"content/x.md: ":                 {"content/x.md"},
		"content/a.md and 2 more: ":      {"content/a.md", "content/b.md", "content/c.md"},
		`content/\x1b[2J "é" \n\u202e: `: {"content/\x1b[2J \"é\" \n\u202e"},
	} {
		if got := printable(changes(names)); got != want {
			t.Errorf("changes(%q) = %q, want %q", names, got, want)
		}
	}
}
