package preview

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
)

func TestFolder(t *testing.T) {
	p := &place{t: t, dir: t.TempDir()}
	read := func(f *Folder, name string) string {
		data, err := fs.ReadFile(f, name)
		if err != nil {
			return "none"
		}
		return string(data)
	}
	all := []string{"a/x.md", "a/y.md", "b.md"}
	for name, c := range map[string]struct {
		changed []string
		want    []string // what is read of all
	}{
		"nothing was told":       {[]string{}, []string{"first", "first", "first"}},
		"one file":               {[]string{p.path("content/a/x.md")}, []string{"second", "first", "first"}},
		"two files":              {[]string{p.path("content/a/y.md"), p.path("content/b.md")}, []string{"first", "second", "second"}},
		"a file elsewhere":       {[]string{p.path("theme/a/x.md"), p.path("content")}, []string{"first", "first", "first"}},
		"any may have changed":   {nil, []string{"second", "second", "second"}},
		"a file of another name": {[]string{p.path("content/x.md")}, []string{"first", "first", "first"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := OpenFolder(p.path("content"))
			for _, text := range []string{"first", "second"} {
				for _, name := range all {
					p.write("content/"+name, text)
					if text == "first" {
						read(f, name)
					}
				}
			}
			f.Forget(c.changed)
			for i, name := range all {
				if got := read(f, name); got != c.want[i] {
					t.Errorf("%s is read as %q, want %q", name, got, c.want[i])
				}
			}
		})
	}
}

// TestFolderIsATree holds that a folder behaves as a file tree has to, both
// when it reads and when it remembers.
func TestFolderIsATree(t *testing.T) {
	p := &place{t: t, dir: t.TempDir()}
	p.write("content/a/x.md", "first")
	p.write("content/empty", "")
	f := OpenFolder(p.path("content"))
	for range 2 {
		if err := fstest.TestFS(f, "a/x.md", "empty"); err != nil {
			t.Error(err)
		}
	}
}

// TestFolderKeepsNoGiants holds that a file that is far too large for content
// is not taken into memory: whoever opens it sees its size and may refuse.
func TestFolderKeepsNoGiants(t *testing.T) {
	p := &place{t: t, dir: t.TempDir()}
	p.write("content/giant", "")
	if err := os.Truncate(p.path("content/giant"), 1<<40); err != nil {
		t.Fatal(err)
	}
	f := OpenFolder(p.path("content"))
	file, err := f.Open("giant")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || info.Size() != 1<<40 || len(f.kept) != 0 {
		t.Errorf("the size is told as %v, %v; %d files are kept", info, err, len(f.kept))
	}
}
