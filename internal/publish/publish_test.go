package publish_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/publish"
)

// tree is a folder in memory: path → bytes.
type tree map[string]string

// files yields the tree as a site, in the order of its paths and out of one
// buffer, as a producer may. Every .html file is a page.
func (tr tree) files() iter.Seq2[publish.File, error] {
	return func(yield func(publish.File, error) bool) {
		var buf []byte
		for _, path := range slices.Sorted(maps.Keys(tr)) {
			buf = append(buf[:0], tr[path]...)
			if !yield(publish.File{Path: path, Data: buf, Page: strings.HasSuffix(path, ".html")}, nil) {
				return
			}
			for i := range buf {
				buf[i] = '!'
			}
		}
	}
}

// with returns the tree with some files changed; "" removes one.
func (tr tree) with(changes tree) tree {
	tr = maps.Clone(tr)
	maps.Copy(tr, changes)
	maps.DeleteFunc(tr, func(_, data string) bool { return data == "" })
	return tr
}

func (tr tree) size() (n int64) {
	for _, data := range tr {
		n += int64(len(data))
	}
	return n
}

// site is a small one: 4 pages, 9 files, 68 bytes.
var site = tree{
	"index.html":                  "front",
	"404.html":                    "not found",
	"_headers":                    "/*\n  X: y\n",
	"assets/style.css":            "body{}",
	"openai/index.html":           "OpenAI",
	"openai/quota/index.html":     "quota",
	"openai/quota/index.md":       "# quota",
	".well-known/security.txt":    "Contact: x",
	"anthropic/overload/index.md": "# overload",
}

// newConfig returns a config for a folder that does not exist yet.
func newConfig(t testing.TB) publish.Config {
	dir := t.TempDir()
	return publish.Config{Dir: filepath.Join(dir, "public"), State: filepath.Join(dir, ".faultbook", "published.json")}
}

func mustPublish(tb testing.TB, cfg publish.Config, files iter.Seq2[publish.File, error]) publish.Result {
	tb.Helper()
	r, err := publish.Dir(cfg, files)
	if err != nil {
		tb.Fatalf("Dir: %v", err)
	}
	return r
}

// wantRefusal publishes and wants an error with all of the words, one line
// long, and the folder as it was.
func wantRefusal(t *testing.T, cfg publish.Config, files iter.Seq2[publish.File, error], words ...string) {
	t.Helper()
	before := readTree(t, filepath.Dir(cfg.Dir))
	_, err := publish.Dir(cfg, files)
	if err == nil {
		t.Fatalf("Dir = nil, want an error with %q", words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Dir = %q, want one line with %q", err, word)
		}
	}
	after := readTree(t, filepath.Dir(cfg.Dir))
	delete(before, ".faultbook/published.json.lock")
	delete(after, ".faultbook/published.json.lock")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("a refused build changed files (-before +after):\n%s", diff)
	}
}

// walk reads a folder; a folder without anything in it is a path with a slash
// at its end, a symlink is an arrow. A folder that is missing is empty.
func walk(dir string) (tree, error) {
	tr := tree{}
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || at == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, at)
		rel = filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			inside, err := os.ReadDir(at)
			if len(inside) == 0 {
				tr[rel+"/"] = ""
			}
			return err
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(at)
			tr[rel] = "→ " + to
			return err
		}
		data, err := os.ReadFile(at)
		tr[rel] = string(data)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return tr, err
}

func readTree(tb testing.TB, dir string) tree {
	tb.Helper()
	tr, err := walk(dir)
	must(tb, err)
	return tr
}

// wantTree wants the output to hold exactly these files, and nothing
// unfinished beside it.
func wantTree(tb testing.TB, cfg publish.Config, want tree) {
	tb.Helper()
	wantSite(tb, cfg, want)
	wantNothingAside(tb, cfg)
}

func wantSite(tb testing.TB, cfg publish.Config, want tree) {
	tb.Helper()
	if diff := cmp.Diff(want, readTree(tb, cfg.Dir)); diff != "" {
		tb.Errorf("the output (-want +got):\n%s", diff)
	}
}

func wantNothingAside(tb testing.TB, cfg publish.Config) {
	tb.Helper()
	for _, dir := range []string{filepath.Dir(cfg.Dir), cfg.Dir, filepath.Dir(cfg.State)} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			tb.Fatal(err)
		}
		for _, e := range entries {
			if strings.Contains(e.Name(), ".faultbook-new") || strings.HasSuffix(e.Name(), ".new") {
				tb.Errorf("%s is left in %s", e.Name(), dir)
			}
		}
	}
}

// write and the like set up what is on disk.
func write(tb testing.TB, path, data string) {
	tb.Helper()
	must(tb, os.MkdirAll(filepath.Dir(path), 0o755))
	must(tb, os.WriteFile(path, []byte(data), 0o644))
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func lstat(tb testing.TB, path string) fs.FileInfo {
	tb.Helper()
	info, err := os.Lstat(path)
	must(tb, err)
	return info
}

func TestFirstBuild(t *testing.T) {
	for _, tt := range []struct {
		name string
		make bool
	}{{"into a missing folder", false}, {"into an empty folder", true}} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			if tt.make {
				must(t, os.Mkdir(cfg.Dir, 0o755))
			}
			got := mustPublish(t, cfg, site.files())
			want := publish.Result{Added: slices.Sorted(maps.Keys(site)), Pages: 4, Bytes: 68}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Result (-want +got):\n%s", diff)
			}
			wantTree(t, cfg, site)
		})
	}
}

// A container or a server may hold the very folder open.
func TestAnEmptyFolderIsKept(t *testing.T) {
	cfg := newConfig(t)
	must(t, os.Mkdir(cfg.Dir, 0o755))
	before := lstat(t, cfg.Dir)
	mustPublish(t, cfg, site.files())
	if !os.SameFile(before, lstat(t, cfg.Dir)) {
		t.Error("the folder was replaced by another one")
	}
}

func TestParentsAreMade(t *testing.T) {
	cfg := newConfig(t)
	cfg.Dir = filepath.Join(cfg.Dir, "a", "b")
	mustPublish(t, cfg, site.files())
	wantTree(t, cfg, site)
}

func TestSecondBuild(t *testing.T) {
	tests := []struct {
		name    string
		changes tree
		want    publish.Result
	}{
		{"nothing changed", nil, publish.Result{Unchanged: 9, Pages: 4}},
		{"a page changed, of the same size", tree{"index.html": "FRONT"},
			publish.Result{Changed: []string{"index.html"}, Unchanged: 8, Pages: 4}},
		{"a page changed, of another size", tree{"index.html": "a front"},
			publish.Result{Changed: []string{"index.html"}, Unchanged: 8, Pages: 4}},
		{"a file in an old folder", tree{"openai/feed.xml": "feed"},
			publish.Result{Added: []string{"openai/feed.xml"}, Unchanged: 9, Pages: 4}},
		{"a new folder in an old one", tree{"openai/a/b/index.html": "deep", "openai/a/c.txt": "c"},
			publish.Result{Added: []string{"openai/a/b/index.html", "openai/a/c.txt"}, Unchanged: 9, Pages: 5}},
		{"a folder gone", tree{"openai/quota/index.html": "", "openai/quota/index.md": ""},
			publish.Result{Removed: []string{"openai/quota/index.html", "openai/quota/index.md"}, Unchanged: 7, Pages: 3}},
		{"a folder in a folder gone", tree{"anthropic/overload/index.md": ""},
			publish.Result{Removed: []string{"anthropic/overload/index.md"}, Unchanged: 8, Pages: 4}},
		{"a file becomes a folder", tree{"404.html": "", "404.html/index.html": "not found"},
			publish.Result{Added: []string{"404.html/index.html"}, Removed: []string{"404.html"}, Unchanged: 8, Pages: 4}},
		{"a folder becomes a file", tree{"anthropic/overload/index.md": "", "anthropic": "a file"},
			publish.Result{Added: []string{"anthropic"}, Removed: []string{"anthropic/overload/index.md"}, Unchanged: 8, Pages: 4}},
		{"all at once", tree{"index.html": "other", "x/index.html": "x", "openai/quota/index.md": "", "assets/app.js": "js"},
			publish.Result{Added: []string{"assets/app.js", "x/index.html"}, Changed: []string{"index.html"}, Removed: []string{"openai/quota/index.md"}, Unchanged: 7, Pages: 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			mustPublish(t, cfg, site.files())
			next := site.with(tt.changes)
			got := mustPublish(t, cfg, next.files())
			tt.want.Bytes = next.size()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Result (-want +got):\n%s", diff)
			}
			wantTree(t, cfg, next)
			wantRecord(t, cfg, slices.Sorted(maps.Keys(next)), nil)

			third := mustPublish(t, cfg, next.files())
			if third.Unchanged != len(next) || third.Written()+len(third.Removed) != 0 {
				t.Errorf("the same again: %+v, want %d unchanged", third, len(next))
			}
			back := mustPublish(t, cfg, site.files())
			if back.Unchanged != tt.want.Unchanged {
				t.Errorf("and back: %d unchanged, want %d", back.Unchanged, tt.want.Unchanged)
			}
			wantTree(t, cfg, site)
		})
	}
}

func TestAnEqualSiteIsNotTouched(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	old := time.Date(2001, 2, 3, 4, 5, 6, 7000, time.UTC)
	var all []string
	must(t, filepath.WalkDir(filepath.Dir(cfg.Dir), func(at string, d fs.DirEntry, err error) error {
		all = append(all, at)
		return err
	}))
	backdate := func() {
		for _, at := range all {
			must(t, os.Chtimes(at, old, old))
		}
	}
	backdate()
	if r := mustPublish(t, cfg, site.files()); r.Unchanged != len(site) {
		t.Errorf("files with another time but the same bytes: %+v, want all unchanged", r)
	}
	backdate() // now the record knows these times, so that nothing at all has to be written
	mustPublish(t, cfg, site.files())
	for _, at := range all {
		if got := lstat(t, at).ModTime(); !got.Equal(old) {
			t.Errorf("%s was touched: %v, want %v", at, got, old)
		}
	}
}

// A file is never written to in place: whoever has it open goes on reading
// the old page to its end.
func TestAChangedFileIsANewOne(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	held := filepath.Join(t.TempDir(), "held")
	must(t, os.Link(filepath.Join(cfg.Dir, "index.html"), held))
	mustPublish(t, cfg, site.with(tree{"index.html": "FRONT"}).files())
	if data, err := os.ReadFile(held); string(data) != "front" {
		t.Errorf("the old file reads %q, %v; want %q", data, err, "front")
	}
}

// What was written over by hand between two builds is put right, even when
// size and time lie about it, as long as one of them tells.
func TestAFileChangedByHandIsPutRight(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	page := filepath.Join(cfg.Dir, "index.html")
	write(t, page, "FRONT") // same size
	must(t, os.Chtimes(page, time.Unix(1, 0), time.Unix(1, 0)))
	must(t, os.Remove(filepath.Join(cfg.Dir, "404.html")))
	r := mustPublish(t, cfg, site.files())
	if !slices.Equal(r.Changed, []string{"index.html"}) || !slices.Equal(r.Added, []string{"404.html"}) {
		t.Errorf("Dir = %+v, want index.html changed and 404.html added", r)
	}
	wantTree(t, cfg, site)
}

func TestOnlyOwnFilesAreRemoved(t *testing.T) {
	cfg := newConfig(t)
	foreign := tree{"CNAME": "example.org", "openai/quota/notes.txt": "mine", "drafts/": ""}
	write(t, filepath.Join(cfg.Dir, "CNAME"), foreign["CNAME"])
	must(t, os.Mkdir(filepath.Join(cfg.Dir, "drafts"), 0o755))
	mustPublish(t, cfg, site.files())
	write(t, filepath.Join(cfg.Dir, "openai/quota/notes.txt"), foreign["openai/quota/notes.txt"])
	next := site.with(tree{"openai/quota/index.html": "", "openai/quota/index.md": "", "anthropic/overload/index.md": ""})
	mustPublish(t, cfg, next.files())

	want := maps.Clone(next)
	maps.Copy(want, foreign)
	wantTree(t, cfg, want)
}

// A build killed after it has removed the files of a folder leaves it empty.
func TestAFolderEmptiedEarlierIsRemoved(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	must(t, os.Remove(filepath.Join(cfg.Dir, "anthropic", "overload", "index.md")))
	next := site.with(tree{"anthropic/overload/index.md": ""})
	mustPublish(t, cfg, next.files())
	wantTree(t, cfg, next)
}

// A file that stood there before the first build and is part of the site is
// taken over; a file of ours that somebody turned into something else is not
// ours any more.
func TestFilesThatChangeHands(t *testing.T) {
	cfg := newConfig(t)
	write(t, filepath.Join(cfg.Dir, "index.html"), "by hand")
	write(t, filepath.Join(cfg.Dir, "404.html"), site["404.html"])
	r := mustPublish(t, cfg, site.files())
	if r.Unchanged != 1 || !slices.Equal(r.Changed, []string{"index.html"}) {
		t.Errorf("Dir = %+v, want 404.html unchanged and index.html changed", r)
	}
	must(t, os.Remove(filepath.Join(cfg.Dir, "_headers")))
	write(t, filepath.Join(cfg.Dir, "_headers", "mine.txt"), "mine")
	next := site.with(tree{"_headers": "", "404.html": ""})
	mustPublish(t, cfg, next.files())
	wantTree(t, cfg, next.with(tree{"_headers/mine.txt": "mine"}))
}

func TestSize(t *testing.T) {
	pages := func(n int) tree {
		tr := tree{"style.css": "body{}"}
		for i := range n {
			tr[string(rune('a'+i))+"/index.html"] = "page"
		}
		return tr
	}
	tests := []struct {
		name           string
		before, known  int // pages there; pages in the carried snapshot
		now            int
		allow          bool
		wrong          string
		withoutRecords bool
	}{
		{name: "half of the pages", before: 8, now: 4},
		{name: "fewer than half", before: 9, now: 4, wrong: "4 pages, fewer than half of the 9 before"},
		{name: "fewer than half, on purpose", before: 9, now: 4, allow: true},
		{name: "no page at first", now: 0, wrong: "it has no page"},
		{name: "no page later", before: 3, now: 0, wrong: "it has no page"},
		{name: "no page, on purpose", before: 3, now: 0, allow: true},
		{name: "the snapshot knows more than an empty folder", known: 20, now: 9, wrong: "fewer than half of the 20"},
		{name: "the snapshot is asked before the record", before: 20, known: 9, now: 8},
		{name: "nothing is known", before: 20, now: 1, withoutRecords: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			if tt.before > 0 {
				mustPublish(t, cfg, pages(tt.before).files())
			}
			if tt.withoutRecords {
				must(t, os.RemoveAll(filepath.Dir(cfg.State)))
			}
			cfg.PagesBefore, cfg.AllowShrink = tt.known, tt.allow
			if tt.wrong == "" {
				mustPublish(t, cfg, pages(tt.now).files())
				return
			}
			wantRefusal(t, cfg, pages(tt.now).files(), tt.wrong, cfg.Dir+" is as it was")
			if _, err := publish.Dir(cfg, pages(tt.now).files()); !errors.Is(err, publish.ErrShrunk) {
				t.Errorf("Dir = %v, want ErrShrunk in it", err)
			}
		})
	}
}

func TestAnErrorInTheStream(t *testing.T) {
	boom := errors.New("render openai/quota: boom")
	broken := func(yield func(publish.File, error) bool) {
		_ = yield(publish.File{Path: "index.html", Data: []byte("new front"), Page: true}, nil) &&
			yield(publish.File{Path: "new/index.html", Data: []byte("new"), Page: true}, nil) &&
			yield(publish.File{}, boom) &&
			yield(publish.File{Path: "more.html", Data: []byte("asked for in vain")}, nil)
	}
	t.Run("later", func(t *testing.T) {
		cfg := newConfig(t)
		mustPublish(t, cfg, site.files())
		if _, err := publish.Dir(cfg, broken); err != boom {
			t.Errorf("Dir = %v, want the error of the stream as it is", err)
		}
		wantTree(t, cfg, site)
	})
	t.Run("at first", func(t *testing.T) {
		cfg := newConfig(t)
		if _, err := publish.Dir(cfg, broken); err != boom {
			t.Errorf("Dir = %v, want the error of the stream as it is", err)
		}
		if _, err := os.Lstat(cfg.Dir); err == nil {
			t.Error("a failed first build left an output folder")
		}
	})
	t.Run("a panic", func(t *testing.T) {
		cfg := newConfig(t)
		mustPublish(t, cfg, site.files())
		func() {
			defer func() { recover() }()
			publish.Dir(cfg, func(yield func(publish.File, error) bool) {
				yield(publish.File{Path: "new/index.html", Data: []byte("new"), Page: true}, nil)
				panic("a mistake of the producer")
			})
		}()
		wantTree(t, cfg, site)
		mustPublish(t, cfg, site.files()) // the locks are free
	})
}

func TestFilesThatCannotStandTogether(t *testing.T) {
	file := func(path, data string) publish.File {
		return publish.File{Path: path, Data: []byte(data), Page: strings.HasSuffix(path, ".html")}
	}
	tests := []struct {
		name  string
		files []publish.File
		wrong string
	}{
		{"outside", []publish.File{file("../index.html", "x")}, `"../index.html"`},
		{"an empty page", []publish.File{file("a/index.html", "")}, "the page a/index.html is empty"},
		{"twice", []publish.File{file("a/index.html", "x"), file("a/index.html", "x")}, "a/index.html is published twice"},
		{"in other letters", []publish.File{file("a/index.html", "x"), file("a/INDEX.html", "x")}, "differ in capitals only"},
		{"in a folder of other letters", []publish.File{file("a/b/index.html", "x"), file("A/c/index.html", "x")}, "a/ and A/ differ in capitals only"},
		{"a file, then a folder", []publish.File{file("a", "x"), file("a/index.html", "x")}, "a is a folder, but a was a file before"},
		{"a folder, then a file", []publish.File{file("a/b/index.html", "x"), file("a", "x")}, "a is a file, but a was a folder before"},
	}
	for _, tt := range tests {
		for _, state := range []string{"at first", "later"} {
			t.Run(tt.name+", "+state, func(t *testing.T) {
				cfg := newConfig(t)
				if state == "later" {
					mustPublish(t, cfg, site.files())
				}
				wantRefusal(t, cfg, func(yield func(publish.File, error) bool) {
					for _, f := range tt.files {
						if !yield(f, nil) {
							return
						}
					}
				}, tt.wrong, cfg.Dir+" is as it was")
			})
		}
	}
}

func TestStandsInTheWay(t *testing.T) {
	tests := []struct {
		name  string
		put   func(t *testing.T, dir string)
		wrong string
	}{
		{"a file where a folder must be", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "openai"), "mine") },
			"openai is a file that no build wrote, but must be a folder"},
		{"a folder where a file must be", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "index.html", "mine"), "mine") },
			"index.html: a folder stands there with index.html, which no build wrote"},
		{"a symlink where a folder must be", func(t *testing.T, dir string) { must(t, os.Symlink(t.TempDir(), filepath.Join(dir, "openai"))) },
			"openai is a symlink that no build wrote, but must be a folder"},
		{"a symlink deeper down", func(t *testing.T, dir string) {
			must(t, os.Mkdir(filepath.Join(dir, "openai"), 0o755))
			must(t, os.Symlink(t.TempDir(), filepath.Join(dir, "openai", "quota")))
		}, filepath.Join("openai", "quota") + " is a symlink"},
		{"a symlink to a folder inside", func(t *testing.T, dir string) {
			must(t, os.Mkdir(filepath.Join(dir, "real"), 0o755))
			must(t, os.Symlink("real", filepath.Join(dir, "openai")))
		}, "openai is a symlink"},
		{"a symlink where a file must be", func(t *testing.T, dir string) {
			must(t, os.Symlink(filepath.Join(t.TempDir(), "elsewhere"), filepath.Join(dir, "index.html")))
		}, "index.html: a symlink stands there"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			must(t, os.Mkdir(cfg.Dir, 0o755))
			tt.put(t, cfg.Dir)
			wantRefusal(t, cfg, site.files(), tt.wrong, "remove it", cfg.Dir+" is as it was")
		})
	}
}

// A folder of ours gives way to a file only when everything in it is ours.
func TestAFolderWithForeignThingsDoesNotGiveWay(t *testing.T) {
	for _, tt := range []struct {
		name string
		put  func(t *testing.T, dir string)
	}{
		{"a file", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "mine.txt"), "mine") }},
		{"an empty folder", func(t *testing.T, dir string) { must(t, os.Mkdir(filepath.Join(dir, "mine"), 0o755)) }},
		{"a symlink named like our file", func(t *testing.T, dir string) {
			must(t, os.Remove(filepath.Join(dir, "index.md")))
			must(t, os.Symlink("index.html", filepath.Join(dir, "index.md")))
		}},
		{"a symlink named like our folder", func(t *testing.T, dir string) {
			must(t, os.RemoveAll(dir))
			must(t, os.Symlink(t.TempDir(), dir))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			mustPublish(t, cfg, site.files())
			tt.put(t, filepath.Join(cfg.Dir, "openai", "quota"))
			next := site.with(tree{"openai/index.html": "", "openai/quota/index.html": "", "openai/quota/index.md": "", "openai": "now a file"})
			wantRefusal(t, cfg, next.files(), "openai: a folder stands there with openai/quota", "which no build wrote")
		})
	}
}

// The record names a file behind what has become a symlink: removing it would
// remove a file elsewhere.
func TestNothingIsRemovedBehindASymlink(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	elsewhere := t.TempDir()
	must(t, os.Rename(filepath.Join(cfg.Dir, "openai"), filepath.Join(elsewhere, "openai")))
	must(t, os.Symlink(filepath.Join(elsewhere, "openai"), filepath.Join(cfg.Dir, "openai")))
	next := site.with(tree{"openai/index.html": "", "openai/quota/index.html": "", "openai/quota/index.md": ""})
	r := mustPublish(t, cfg, next.files())
	if len(r.Removed) > 0 {
		t.Errorf("Removed = %q, want none", r.Removed)
	}
	want := tree{"openai/index.html": "OpenAI", "openai/quota/index.html": "quota", "openai/quota/index.md": "# quota"}
	if diff := cmp.Diff(want, readTree(t, elsewhere)); diff != "" {
		t.Errorf("files outside (-want +got):\n%s", diff)
	}
	wantTree(t, cfg, next.with(tree{"openai": "→ " + filepath.Join(elsewhere, "openai")}))
}

func TestTheOutputItself(t *testing.T) {
	t.Run("may be a symlink", func(t *testing.T) {
		cfg := newConfig(t)
		real := filepath.Join(t.TempDir(), "www")
		must(t, os.Mkdir(real, 0o755))
		must(t, os.Symlink(real, cfg.Dir))
		mustPublish(t, cfg, site.files())
		mustPublish(t, cfg, site.with(tree{"index.html": "FRONT", "404.html": ""}).files())
		if lstat(t, cfg.Dir).Mode()&fs.ModeSymlink == 0 {
			t.Error("the symlink was replaced")
		}
		if diff := cmp.Diff(site.with(tree{"index.html": "FRONT", "404.html": ""}), readTree(t, real)); diff != "" {
			t.Errorf("the folder it points to (-want +got):\n%s", diff)
		}
		wantNothingAside(t, cfg)
	})
	tests := []struct {
		name  string
		put   func(t *testing.T, cfg *publish.Config)
		wrong string
	}{
		{"is a symlink to nothing", func(t *testing.T, cfg *publish.Config) { must(t, os.Symlink("nowhere", cfg.Dir)) }, "is a symlink to nothing"},
		{"is a file", func(t *testing.T, cfg *publish.Config) { write(t, cfg.Dir, "mine") }, "is not a folder"},
		{"is in a file", func(t *testing.T, cfg *publish.Config) {
			write(t, cfg.Dir, "mine")
			cfg.Dir = filepath.Join(cfg.Dir, "public")
		}, "make the output folder"},
		{"has no name", func(t *testing.T, cfg *publish.Config) { cfg.Dir = "" }, "no output folder is named"},
		{"holds the record", func(t *testing.T, cfg *publish.Config) {
			must(t, os.Mkdir(cfg.Dir, 0o755))
			must(t, os.Symlink(cfg.Dir, cfg.Dir+"-by-another-name"))
			cfg.State = filepath.Join(cfg.Dir+"-by-another-name", "published.json")
		}, "a folder that the site has to itself"},
		{"is a disk", func(t *testing.T, cfg *publish.Config) { cfg.Dir = string(filepath.Separator) }, "a folder that the site has to itself"},
		{"has no record", func(t *testing.T, cfg *publish.Config) { cfg.State = "" }, "no file is named for the record"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			tt.put(t, &cfg)
			if _, err := publish.Dir(cfg, site.files()); err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("Dir = %v, want an error with %q", err, tt.wrong)
			}
		})
	}
}

func TestTheRecordCannotBeUsed(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, cfg publish.Config)
		note  string
	}{
		{"missing", func(t *testing.T, cfg publish.Config) { must(t, os.Remove(cfg.State)) }, ""},
		{"cut off", func(t *testing.T, cfg publish.Config) { must(t, os.Truncate(cfg.State, 100)) }, "unexpected end of JSON"},
		{"empty", func(t *testing.T, cfg publish.Config) { must(t, os.Truncate(cfg.State, 0)) }, "unexpected end of JSON"},
		{"of another folder", func(t *testing.T, cfg publish.Config) {
			other := cfg
			other.Dir += "-other"
			mustPublish(t, other, site.files())
		}, "it is about the folder ../public-other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := newConfig(t)
			mustPublish(t, cfg, site.files())
			tt.spoil(t, cfg)

			r := mustPublish(t, cfg, site.with(tree{"index.html": "FRONT", "404.html": ""}).files())
			if r.Unchanged != 7 || len(r.Changed) != 1 || len(r.Removed) != 0 {
				t.Errorf("Dir = %+v, want 7 unchanged, 1 changed, none removed", r)
			}
			if note := strings.Join(r.Notes, "\n"); (tt.note == "") != (note == "") || !strings.Contains(note, tt.note) {
				t.Errorf("Notes = %q, want %q in them", note, tt.note)
			}
			wantTree(t, cfg, site.with(tree{"index.html": "FRONT"})) // 404.html is nobody's now

			r = mustPublish(t, cfg, site.with(tree{"404.html": "", "_headers": ""}).files())
			if !slices.Equal(r.Removed, []string{"_headers"}) || r.Notes != nil {
				t.Errorf("the build after it: %+v, want _headers removed and no notes", r)
			}
		})
	}
}

func TestTheRecordMovesWithTheSite(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	moved := filepath.Join(t.TempDir(), "moved")
	must(t, os.Rename(filepath.Dir(cfg.Dir), moved))
	cfg = publish.Config{Dir: filepath.Join(moved, "public"), State: filepath.Join(moved, ".faultbook", "published.json")}
	r := mustPublish(t, cfg, site.with(tree{"404.html": ""}).files())
	if r.Unchanged != 8 || !slices.Equal(r.Removed, []string{"404.html"}) || r.Notes != nil {
		t.Errorf("Dir = %+v, want 8 unchanged and 404.html removed", r)
	}
}

func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	cfg := newConfig(t)
	mustPublish(t, cfg, site.files())
	next := site.with(tree{"index.html": "FRONT", "404.html": "", "new/index.html": "new", "a.txt": "a"})
	paths := slices.Sorted(maps.Keys(next))
	slices.Reverse(paths)
	got := mustPublish(t, cfg, func(yield func(publish.File, error) bool) {
		for _, path := range paths {
			if !yield(publish.File{Path: path, Data: []byte(next[path]), Page: strings.HasSuffix(path, ".html")}, nil) {
				return
			}
		}
	})
	want := publish.Result{
		Added: []string{"a.txt", "new/index.html"}, Changed: []string{"index.html"}, Removed: []string{"404.html"},
		Unchanged: 7, Pages: 4, Bytes: next.size(),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Result (-want +got):\n%s", diff)
	}
	wantTree(t, cfg, next)
	wantRecord(t, cfg, slices.Sorted(maps.Keys(next)), nil)
}

// wantRecord wants the record to know these files, and to be unsure of those.
func wantRecord(t *testing.T, cfg publish.Config, files, pending []string) {
	t.Helper()
	data, err := os.ReadFile(cfg.State)
	must(t, err)
	var record struct{ Files, Pending []string }
	must(t, json.Unmarshal(data, &record))
	for i, line := range record.Files {
		record.Files[i] = strings.Fields(line)[3]
	}
	if diff := cmp.Diff(files, record.Files); diff != "" {
		t.Errorf("files of the record (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(pending, record.Pending); diff != "" {
		t.Errorf("pending files of the record (-want +got):\n%s", diff)
	}
}
