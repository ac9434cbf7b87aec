package bench

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
)

func corpus(t testing.TB, entries, providers int, seed uint64) string {
	t.Helper()
	dir := t.TempDir()
	if err := Corpus(dir, entries, providers, seed); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tree is all files under dir, by slash path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestCorpusIsDeterministic(t *testing.T) {
	first, second := tree(t, corpus(t, 60, 7, 1)), tree(t, corpus(t, 60, 7, 1))
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the same seed gives another corpus (-first +second):\n%s", diff)
	}
	if other := tree(t, corpus(t, 60, 7, 2)); maps.Equal(first, other) {
		t.Error("another seed gives the same corpus")
	}
}

func TestCorpusLoads(t *testing.T) {
	dir := corpus(t, 300, 10, 1)
	b, findings, err := book.Load(os.DirFS(dir), cache.New(&cache.Memory{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(findings, check.All(b)...) {
		t.Errorf("%s:%d:%d: %s [%s]", f.File, f.Line, f.Col, f.Message, f.Rule)
	}
	var entries []*book.Entry
	known := map[string]bool{}
	for _, e := range b.Entries() {
		entries = append(entries, e)
		known[e.Key()] = true
	}
	if len(b.Providers) != 10 || len(entries) != 300 {
		t.Fatalf("%d providers with %d entries; want 10 with 300", len(b.Providers), len(entries))
	}
	shape := shapeOf(t, b, entries, known)
	if shape.across == 0 || shape.own == 0 {
		t.Errorf("%d relations inside a provider, %d across; want both", shape.own, shape.across)
	}
	if shape.tables != 100 {
		t.Errorf("%d entries with a table; want 100", shape.tables)
	}
	if shape.marked < 45 || shape.marked > 55 {
		t.Errorf("%d %% of causes and fixes hold Markdown; want about half", shape.marked)
	}
}

// shape is what is counted over all entries.
type shape struct {
	own, across int // relations
	tables      int
	marked      int // percent of causes and fixes
}

func shapeOf(t *testing.T, b *book.Book, entries []*book.Entry, known map[string]bool) shape {
	t.Helper()
	var s shape
	pieces, marked := 0, 0
	for _, e := range entries {
		text, err := b.Text(e)
		if err != nil {
			t.Fatal(err)
		}
		if len(text.Causes) != 5 || len(text.Fixes) != 6 || len(text.FAQ) != 3 || len(text.Samples) != 1 || len(e.Messages) == 0 || text.Advice.Source == "" {
			t.Errorf("%s: %d causes, %d fixes, %d questions, %d samples, %d messages", e.Key(), len(text.Causes), len(text.Fixes), len(text.FAQ), len(text.Samples), len(e.Messages))
		}
		if !strings.Contains(text.Body.HTML, "<pre>") {
			t.Errorf("%s: no code block", e.Key())
		}
		if strings.Contains(text.Body.HTML, "<table>") {
			s.tables++
		}
		for _, prose := range slices.Concat(text.Causes, text.Fixes) {
			pieces++
			if strings.ContainsAny(prose.HTML, "<") {
				marked++
			}
		}
		s.countRelations(t, e, known)
	}
	s.marked = 100 * marked / pieces
	return s
}

func (s *shape) countRelations(t *testing.T, e *book.Entry, known map[string]bool) {
	if len(e.Related) < 2 || len(e.Related) > 5 {
		t.Errorf("%s: %d related entries; want 2 to 5", e.Key(), len(e.Related))
	}
	for _, ref := range e.Related {
		if strings.Contains(ref, "/") {
			s.across++
		} else {
			s.own++
			ref = e.Provider + "/" + ref
		}
		if !known[ref] {
			t.Errorf("%s: related %q is no entry", e.Key(), ref)
		}
	}
}

func TestCorpusSize(t *testing.T) {
	const entries = 450
	files := tree(t, corpus(t, entries, 9, 3))
	bytes, sentences := 0, map[string]bool{}
	for name, data := range files {
		if strings.HasSuffix(name, "_index.md") || name == "site.toml" {
			continue
		}
		bytes += len(data)
		for _, line := range strings.Split(data, "\n") {
			for sentence := range strings.SplitSeq(line, ". ") {
				if len(sentence) > 40 {
					sentences[sentence] = true
				}
			}
		}
	}
	if average := float64(bytes) / entries / 1000; average < 3.5 || average > 3.9 {
		t.Errorf("entries have %.2f KB on average; want 3.5 to 3.9", average)
	}
	if len(sentences) < 400 {
		t.Errorf("%d different sentences; want 400", len(sentences))
	}
}

func TestCorpusRefused(t *testing.T) {
	for name, c := range map[string]struct{ entries, providers int }{
		"no provider":              {10, 0},
		"more providers":           {10, 11},
		"more than names can tell": {100_000, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if err := Corpus(t.TempDir(), c.entries, c.providers, 1); err == nil {
				t.Errorf("Corpus(%d, %d) = nil, want an error", c.entries, c.providers)
			}
		})
	}
}
