package build

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"faultbook"
	"faultbook/internal/cache"
	"faultbook/internal/status"
)

// TestContentIsNamed holds that the name of what a site is made of is another when
// anything is that readers would see, and no other for new states.
func TestContentIsNamed(t *testing.T) {
	entry, err := os.ReadFile("../../content/openai/insufficient-quota.md")
	if err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile("../../content/site.toml")
	if err != nil {
		t.Fatal(err)
	}
	name := func(t *testing.T, s status.Snapshot, content fstest.MapFS, themes ...fs.FS) string {
		edition, _, err := Prepare(Input{
			Content: overlay{os.DirFS("../../content"), content}, Themes: append([]fs.FS{faultbook.Theme}, themes...),
			Cache: cache.New(&cache.Memory{}), Snapshot: s, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), KeepGoing: true,
		})
		if err != nil || edition == nil {
			t.Fatalf("no edition: %v", err)
		}
		return edition.Content()
	}
	before := name(t, status.Snapshot{}, nil)
	for _, c := range []struct {
		what     string
		snapshot status.Snapshot
		content  fstest.MapFS
		theme    fstest.MapFS
		same     bool
	}{
		{"nothing else", status.Snapshot{}, nil, nil, true},
		{"new states", status.Snapshot{Version: 1, Sequence: 5}, nil, nil, true},
		{"a file that is no part of a theme", status.Snapshot{}, nil, fstest.MapFS{"README": {}, "static/favicon.svg": {Data: must(fs.ReadFile(faultbook.Theme, "static/favicon.svg"))}}, true},
		{"a blank in an entry", status.Snapshot{}, fstest.MapFS{"openai/insufficient-quota.md": {Data: append(entry, ' ')}}, nil, false},
		{"a comment in the settings", status.Snapshot{}, fstest.MapFS{"site.toml": {Data: append(settings, "# x\n"...)}}, nil, false},
		{"one more entry", status.Snapshot{}, fstest.MapFS{"anthropic/insufficient-quota.md": {Data: entry}}, nil, false},
		{"a file of the theme", status.Snapshot{}, nil, fstest.MapFS{"static/favicon.svg": {Data: []byte("<svg/>")}}, false},
		{"one more file of the theme", status.Snapshot{}, nil, fstest.MapFS{"static/x.svg": {Data: []byte("<svg/>")}}, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := name(t, c.snapshot, c.content, c.theme); (got == before) != c.same {
				t.Errorf("Content = %s, before %s", got, before)
			}
		})
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}
