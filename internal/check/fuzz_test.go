package check_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

// Whatever stands in the file of a pull request: it is read or it is found
// wrong, every finding points into a file that is there, and no other file is
// accused of it.
func FuzzEntry(f *testing.F) {
	f.Add(swapped(filled(goodEntry, "x"), `["base"]`, `["only-there"]`))
	for _, w := range wrongCases() {
		if text, ok := w.body(); ok && len(text) < 4096 && strings.HasPrefix(w.own(), "acme/") {
			f.Add(strings.ReplaceAll(text, here, ""))
		}
	}
	f.Add(swapped(filled(goodEntry, "x"), `["base"]`, `["only-there"]`, "Add money.", "Contact support.", "More about it.", "“The message of x.” sk-q7Rv2LmX9tKp4WzB8nYc3HdF"))
	tree := good()
	f.Fuzz(func(t *testing.T, text string) {
		tree["other/x.md"] = text // the last entry: of two twins the later one is found
		fsys := fstest.MapFS{}
		for name, text := range tree {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		b, found, err := book.Load(fsys, cache.New(&cache.Memory{}))
		must(t, err)
		if got := len(b.Entries()) + len(b.Broken.Entries); got != 5 {
			t.Errorf("%d entries, whole and broken, want 5", got)
		}
		if failed := diag.Failed(found); failed != (len(b.Broken.Entries) == 1) {
			t.Errorf("%d broken entries of findings\n%s", len(b.Broken.Entries), show(found))
		}
		for _, e := range b.Entries() {
			if _, err := b.Text(e); err != nil {
				t.Errorf("text of %s: %v", e.Key(), err)
			}
		}
		for _, finding := range append(append(found, check.All(b)...), check.Closely(b)...) {
			checkPlace(t, finding, text)
			if _, ok := check.Find(finding.Rule); !ok {
				t.Errorf("the rule %s is not explained", finding.Rule)
			}
		}
	})
}

func checkPlace(t *testing.T, f diag.Finding, text string) {
	t.Helper()
	if f.File != "other/x.md" || f.Message == "" || f.Rule == "" {
		t.Errorf("finding of the wrong file, or without words: %+v", f)
	}
	if f.Line == 0 {
		return // too large
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\n")
	if f.Line > len(lines) || f.Source != lines[f.Line-1] || f.Col < 1 || f.Col > 1+utf8.RuneCountInString(f.Source) {
		t.Errorf("finding outside the file: %+v", f)
	}
}
