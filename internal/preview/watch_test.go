package preview

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// place is a folder with the three roots of a preview: content and theme, which
// are folders, and var/state/snapshot.json.
type place struct {
	t      *testing.T
	dir    string
	rounds chan Round
	seen   string // what the last build read
}

// watched is a place whose changes are followed, after the first build.
func watched(t *testing.T, files ...string) *place {
	t.Helper()
	p := &place{t: t, dir: t.TempDir(), rounds: make(chan Round, 1000)}
	for _, name := range files {
		p.write(name, "first")
	}
	w, err := newWatcher([]string{p.path("content"), p.path("theme"), p.path("var/state/snapshot.json")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	s := newServer(Config{Build: p.build, Report: func(r Round) { p.rounds <- r }}, w)
	go w.run(s.note)
	go s.run(t.Context())
	p.round()
	return p
}

func (p *place) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

// build reads all files; its Err tells what they hold.
func (p *place) build([]string) Outcome {
	var all []string
	for _, root := range []string{"content", "theme", "var"} {
		_ = filepath.WalkDir(p.path(root)+"/.", func(name string, item fs.DirEntry, err error) error {
			if err != nil || item.IsDir() || hidden(item.Name()) {
				return nil
			}
			data, _ := os.ReadFile(name)
			inside, _ := filepath.Rel(p.dir, name)
			all = append(all, filepath.ToSlash(inside)+"="+string(data))
			return nil
		})
	}
	return Outcome{Err: fmt.Errorf("%s", strings.Join(all, " "))}
}

func (p *place) round() Round {
	p.t.Helper()
	select {
	case r := <-p.rounds:
		return r
	case <-time.After(20 * time.Second):
		p.t.Fatal("no rebuild in 20 seconds")
		return Round{}
	}
}

// sees waits for the rebuild that reads these files.
func (p *place) sees(want string) {
	p.t.Helper()
	for p.seen != want {
		p.seen = p.round().Err.Error()
	}
}

func (p *place) write(name, text string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(name)), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(p.path(name), []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) rename(from, to string) {
	p.t.Helper()
	if err := os.Rename(p.path(from), p.path(to)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) remove(name string) {
	p.t.Helper()
	if err := os.RemoveAll(p.path(name)); err != nil {
		p.t.Fatal(err)
	}
}

// TestChangesAreSeen holds that no habit of an editor and no fate of a folder
// hides a change; the last step of each case looks whether the watch is still
// there.
func TestChangesAreSeen(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		steps func(p *place)
	}{
		"written in place": {[]string{"content/a/x.md"}, func(p *place) {
			p.write("content/a/x.md", "second")
			p.sees("content/a/x.md=second")
		}},
		"written aside and renamed in": {[]string{"content/a/x.md"}, func(p *place) {
			for _, text := range []string{"second", "third"} {
				p.write("content/a/.x.md.tmp", text)
				p.rename("content/a/.x.md.tmp", "content/a/x.md")
				p.sees("content/a/x.md=" + text)
			}
		}},
		"moved away, written anew, deleted": {[]string{"content/a/x.md"}, func(p *place) {
			for _, text := range []string{"second", "third"} {
				p.rename("content/a/x.md", "content/a/x.md~")
				p.write("content/a/x.md", text)
				p.remove("content/a/x.md~")
				p.sees("content/a/x.md=" + text)
			}
		}},
		"deleted and created": {[]string{"content/a/x.md"}, func(p *place) {
			p.remove("content/a/x.md")
			p.sees("")
			p.write("content/a/x.md", "second")
			p.sees("content/a/x.md=second")
		}},
		"written in halves": {[]string{"content/a/x.md"}, func(p *place) {
			f, err := os.Create(p.path("content/a/x.md"))
			if err != nil {
				p.t.Fatal(err)
			}
			defer f.Close()
			fmt.Fprint(f, "one")
			p.sees("content/a/x.md=one")
			fmt.Fprint(f, "two")
			p.sees("content/a/x.md=onetwo")
		}},
		"a new folder": {[]string{"content/a/x.md"}, func(p *place) {
			p.write("content/b/y.md", "first")
			p.sees("content/a/x.md=first content/b/y.md=first")
			p.write("content/b/y.md", "second")
			p.sees("content/a/x.md=first content/b/y.md=second")
		}},
		"a renamed folder": {[]string{"content/a/x.md"}, func(p *place) {
			for _, way := range [][2]string{{"a", "b"}, {"b", "a"}, {"a", "c"}} {
				p.rename("content/"+way[0], "content/"+way[1])
				p.sees("content/" + way[1] + "/x.md=first")
				p.write("content/"+way[1]+"/x.md", "second")
				p.sees("content/" + way[1] + "/x.md=second")
				p.write("content/"+way[1]+"/x.md", "first")
				p.sees("content/" + way[1] + "/x.md=first")
			}
		}},
		"the content goes and comes back": {[]string{"content/a/x.md"}, func(p *place) {
			for range 2 {
				p.remove("content")
				p.sees("")
				p.write("content/a/x.md", "second")
				p.sees("content/a/x.md=second")
				p.write("content/a/x.md", "third")
				p.sees("content/a/x.md=third")
			}
		}},
		"the content is moved and moved back": {[]string{"content/a/x.md"}, func(p *place) {
			p.rename("content", "elsewhere")
			p.sees("")
			p.rename("elsewhere", "content")
			p.sees("content/a/x.md=first")
			p.write("content/a/x.md", "second")
			p.sees("content/a/x.md=second")
		}},
		"a theme appears": {[]string{"content/a/x.md"}, func(p *place) {
			p.write("theme/templates/words/en.toml", "first")
			p.sees("content/a/x.md=first theme/templates/words/en.toml=first")
			p.write("theme/templates/words/en.toml", "second")
			p.sees("content/a/x.md=first theme/templates/words/en.toml=second")
			p.write("theme/static/.well-known/x", "first")
			p.sees("content/a/x.md=first theme/static/.well-known/x=first theme/templates/words/en.toml=second")
			p.write("theme/static/.well-known/x", "second")
			p.sees("content/a/x.md=first theme/static/.well-known/x=second theme/templates/words/en.toml=second")
		}},
		"the snapshot is fetched": {nil, func(p *place) {
			p.write("var/state/snapshot.json", "first")
			p.sees("var/state/snapshot.json=first")
			p.write("var/state/snapshot.json.123", "second")
			p.rename("var/state/snapshot.json.123", "var/state/snapshot.json")
			p.sees("var/state/snapshot.json=second")
			p.remove("var/state")
			p.sees("")
			p.write("var/state/snapshot.json", "third")
			p.sees("var/state/snapshot.json=third")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.steps(watched(t, c.files...))
		})
	}
}

func TestContentBehindALink(t *testing.T) {
	p := watched(t)
	p.write("elsewhere/a/x.md", "first")
	if err := os.Symlink(p.path("elsewhere"), p.path("content")); err != nil {
		t.Fatal(err)
	}
	p.sees("content/a/x.md=first")
	p.write("elsewhere/a/x.md", "second")
	p.sees("content/a/x.md=second")
}

// TestChangesThatDoNotMatter holds that what belongs to editors, and what lies
// beside the content, calls for no rebuild.
func TestChangesThatDoNotMatter(t *testing.T) {
	p := watched(t, "content/a/x.md", "content/a/y.md", "var/state/snapshot.json")
	for _, name := range []string{
		"content/a/.x.md.swp", "content/a/x.md~", "content/.git/index", "beside/x.md", "x.md", "var/state/cache", "var/state/snapshot.json.1", "content-of-another/x.md",
	} {
		p.write(name, "second")
	}
	if err := os.Chmod(p.path("content/a/y.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.write("content/a/x.md", "second")
	r := p.round()
	if want := []string{p.path("content/a/x.md")}; !slices.Equal(r.Changed, want) {
		t.Errorf("rebuilt for %q, want %q", r.Changed, want)
	}
}

// TestRelativeRoots holds that roots are told as they were named.
func TestRelativeRoots(t *testing.T) {
	t.Chdir(t.TempDir())
	w := &watcher{roots: []string{"content", "../theme", "."}}
	for name, want := range map[string]bool{"content/x.md": true, "../theme/a/b": true, "../other": false, "../theme": true, "x": true, ".x": false} {
		if got := w.concerns(name); got != want {
			t.Errorf("concerns(%q) = %t, want %t", name, got, want)
		}
	}
}

// TestCoveredTooEarly holds that a folder is watched although it was covered
// under its new name before the system told of its renaming, as happens on a
// busy machine: the late word takes the new watch with it.
func TestCoveredTooEarly(t *testing.T) {
	p := &place{t: t, dir: t.TempDir()}
	p.write("content/old/a.md", "first")
	w, err := newWatcher([]string{p.path("content")})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	cover := func() {
		if err := w.cover(); err != nil {
			t.Error(err)
		}
	}
	cover()
	p.rename("content/old", "content/new")
	cover() // nobody has listened yet, so the word of the renaming is still to come

	told, due := make(chan string, 100), false
	go w.run(func(name string, folders bool) {
		if folders && due {
			cover()
		}
		due = due || folders // what the new name calls for was done above
		told <- name
	})
	want := func(what string) {
		t.Helper()
		for limit := time.After(20 * time.Second); ; {
			select {
			case name := <-told:
				if name == p.path(what) {
					return
				}
			case <-limit:
				t.Fatalf("nobody told of %s", what)
			}
		}
	}
	p.write("content/last.md", "all before it was told when this is")
	want("content/last.md")
	p.write("content/new/a.md", "second")
	want("content/new/a.md")
}
