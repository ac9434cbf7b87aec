package build

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"faultbook"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
)

// prepare makes the site of our own content with some files changed.
func prepare(t *testing.T, base string, keepGoing bool, changes fstest.MapFS) (*Edition, []diag.Finding) {
	t.Helper()
	edition, findings, err := Prepare(Input{
		Content: overlay{os.DirFS("../../content"), changes}, Themes: []fs.FS{faultbook.Theme}, Cache: cache.New(&cache.Memory{}),
		Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Base: base, KeepGoing: keepGoing,
	})
	if err != nil {
		t.Fatal(err)
	}
	return edition, findings
}

// TestAt holds that a file asked for alone is the one that a build writes.
func TestAt(t *testing.T) {
	for name, base := range map[string]string{"at the root": "https://errors.example.com", "below a path": "https://example.com/a/errors"} {
		t.Run(name, func(t *testing.T) {
			edition, _ := prepare(t, base, false, nil)
			for want, err := range edition.Files() {
				if err != nil {
					t.Fatal(err)
				}
				address := edition.Prefix() + "/" + strings.TrimSuffix(want.Path, "index.html")
				got, ok, err := edition.At(address)
				if !ok || err != nil || got.Path != want.Path || got.Page != want.Page || !bytes.Equal(got.Data, want.Data) {
					t.Errorf("At(%q) = %s with %d bytes, %t, %v, want %s with %d bytes", address, got.Path, len(got.Data), ok, err, want.Path, len(want.Data))
				}
			}
			for _, address := range []string{"", "/openai", "/nothing/", "//openai/", "/openai//", "/../go.mod", "/openai/index.html", "/sitemap-9.xml", "/static", "/index.md", "/status/index.md"} {
				if got, ok, err := edition.At(edition.Prefix() + address); ok || err != nil {
					t.Errorf("At(%q) = %s, %v, want no file", edition.Prefix()+address, got.Path, err)
				}
			}
		})
	}
}

// TestKeepGoing holds what a preview can show of content with errors.
func TestKeepGoing(t *testing.T) {
	original, err := os.ReadFile("../../content/openai/insufficient-quota.md")
	if err != nil {
		t.Fatal(err)
	}
	dead := strings.Replace(string(original), "related ", `related = ["no-such-entry"] # `, 1)
	for name, c := range map[string]struct {
		file, text string
		missing    []string // pages that are not there; nil: there is no site
	}{
		"an entry that cannot be read": {"openai/insufficient-quota.md", "+++", []string{"/openai/insufficient-quota/"}},
		"an entry with a dead link":    {"openai/insufficient-quota.md", dead, []string{}},
		"a provider":                   {"openai/_index.md", "+++", []string{"/openai/", "/openai/insufficient-quota/", "/openai/slow-down/"}},
		"the site's own file":          {"site.toml", "title = 1", nil},
	} {
		t.Run(name, func(t *testing.T) {
			changes := fstest.MapFS{c.file: {Data: []byte(c.text)}}
			if edition, findings := prepare(t, "", false, changes); edition != nil || !diag.Failed(findings) {
				t.Fatalf("without KeepGoing: an edition of content with %v", findings)
			}
			edition, findings := prepare(t, "", true, changes)
			for _, f := range findings {
				if f.Severity == diag.Error && f.File != c.file {
					t.Errorf("one broken file gives a finding in another: %v", f)
				}
			}
			if (edition == nil) != (c.missing == nil) {
				t.Fatalf("an edition: %t, findings %v", edition != nil, findings)
			}
			if edition == nil {
				return
			}
			for address, there := range map[string]bool{"/": true, "/openai/": true, "/openai/insufficient-quota/": true, "/openai/slow-down/": true, "/anthropic/overloaded-error/": true} {
				for _, missing := range c.missing {
					there = there && address != missing
				}
				if _, ok, err := edition.At(address); ok != there || err != nil {
					t.Errorf("At(%q) = %t, %v, want %t", address, ok, err, there)
				}
			}
			for f, err := range edition.Files() {
				if err != nil {
					t.Fatalf("%s: %v", f.Path, err)
				}
			}
		})
	}
}

func TestRedirect(t *testing.T) {
	original, err := os.ReadFile("../../content/openai/slow-down.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(original), "\n[waiting]", "aliases = [\"/old/slow/\"]\n\n[waiting]", 1)
	for base, prefix := range map[string]string{"https://example.com": "", "https://example.com/errors": "/errors"} {
		edition, findings := prepare(t, base, false, fstest.MapFS{"openai/slow-down.md": {Data: []byte(text)}})
		if edition == nil {
			t.Fatal(findings)
		}
		for address, want := range map[string]string{"/old/slow/": prefix + "/openai/slow-down/", "/old/slow": prefix + "/openai/slow-down/", "/old/": "", "/openai/slow-down/": ""} {
			if got, ok := edition.Redirect(prefix + address); got != want || ok != (want != "") {
				t.Errorf("Redirect(%q) = %q, %t, want %q", prefix+address, got, ok, want)
			}
		}
	}
}
