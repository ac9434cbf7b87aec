package check_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/diag"
)

// testdata/seeded is a content tree with one mistake in each of some ninety
// small files, named after it. One run names every one of them at its place,
// with a hint, and finds nothing else. UPDATE=1 rewrites want.txt; read it.
func TestSeeded(t *testing.T) {
	const golden = "testdata/seeded/want.txt"
	found := everything(t, os.DirFS("testdata/seeded/content"))
	var text strings.Builder
	must(t, diag.Text(&text, found))
	if os.Getenv("UPDATE") != "" {
		must(t, os.WriteFile(golden, []byte(text.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if diff := cmp.Diff(string(want), text.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	files, rules := map[string]int{}, map[string]bool{}
	for _, f := range found {
		files[f.File]++
		rules[f.Rule] = true
		if f.Hint == "" {
			t.Errorf("no hint: %v", f)
		}
		if files[f.File] > 1 && f.File != "site.toml" {
			t.Errorf("%s has %d findings, and was given one mistake", f.File, files[f.File])
		}
	}
	if len(files) < 60 || len(rules) < 40 {
		t.Errorf("%d files break %d rules, want 60 and 40", len(files), len(rules))
	}
}
