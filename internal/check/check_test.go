package check_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

// One run names everything: what is wrong with a file alone, and what only the
// book shows of the same file.
func TestEverythingInOneRun(t *testing.T) {
	tree := good()
	tree["acme/many.md"] = swapped(filled(goodEntry, "many"),
		`"Title of many"`, `" "`,
		`"billing"`, `"biling"`,
		"sources  =", "aliases = [\"/other/\"]\nsuorces = []\nsources  =",
		`["base"]`, `["base", "bse"]`,
		"Add money.", "Add <b>money</b>.",
		"= 2026-09-01", `= "today"`,
		"More about it.", "[More](/nowhere/at/all/) about it.")
	tree["fourth/_index.md"] = swapped(filled(goodProvider, "fourth"), "alternatives = []", `alternatives = ["acme", "othr"]`, `"none"`, `"nun"`)
	want := []string{
		"acme/many.md:2:12 empty", "acme/many.md:6:12 kind", "acme/many.md:13:18 raw-html", "acme/many.md:13:26 raw-html",
		"acme/many.md:14:21 related", "acme/many.md:15:12 alias", "acme/many.md:16:1 unknown-key", "acme/many.md:19:12 type",
		"acme/many.md:33:1 dead-link", "fourth/_index.md:8:25 alternatives", "fourth/_index.md:11:12 platform",
	}
	if diff := cmp.Diff(want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// What leads to a broken file is not called dead: the file is there, and has
// its own finding.
func TestBrokenIsNotDead(t *testing.T) {
	tree := good()
	tree["acme/half.md"] = swapped(filled(goodEntry, "half"), "kind     =", "knd =")
	tree["acme/unread.md"] = "+++\ntitle = \n+++\n"
	tree["fourth/_index.md"] = "no fence"
	tree["fourth/entry.md"] = filled(goodEntry, "entry")
	tree["fifth/entry.md"] = swapped(filled(goodEntry, "of-fifth"), `["base"]`, `["acme/base"]`)
	tree["acme/citing.md"] = swapped(filled(goodEntry, "citing"),
		`["base"]`, `["half", "unread", "fourth/entry", "fifth/entry"]`,
		"sources  =", "alternatives = [\"fourth\", \"fifth\"]\nsources  =",
		"More about it.", "[1](/acme/half/) [2](/acme/unread/#causes) [3](/fourth/) [4](/compare/fifth/) [5](/http/503/) [6](/kind/server/) [7](/kind/weather/)")
	want := []string{
		"acme/citing.md:32:114 dead-link", // no entry is of the kind "weather", whatever the broken ones hold
		"acme/half.md:1:1 missing-key", "acme/half.md:6:1 unknown-key", "acme/unread.md:2:9 toml", "fifth:0:0 missing-file",
		"fourth/_index.md:1:1 frontmatter",
		"fourth/entry.md:14:13 related", // an entry of a broken provider is looked at
	}
	if diff := cmp.Diff(want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// An entry that comes from the cache has the same findings as one that was
// read.
func TestSameFromCache(t *testing.T) {
	tree := fstest.MapFS{}
	all := good()
	for _, w := range slices.Concat(wrongReferences(), wrongAliases(), wrongLinks(), wrongExemptions(), wrongTwins()) {
		w.put(all)
	}
	for name, text := range all {
		tree[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, here, ""))}
	}
	c := cache.New(&cache.Memory{})
	var runs [2][]diag.Finding
	for i := range runs {
		b, _, err := book.Load(tree, c)
		must(t, err)
		runs[i] = check.All(b)
	}
	if diff := cmp.Diff(runs[0], runs[1]); diff != "" || len(runs[0]) == 0 {
		t.Errorf("%d findings, then from the cache (-first +second):\n%s", len(runs[0]), diff)
	}
	if !slices.IsSortedFunc(runs[0], diag.Compare) {
		t.Errorf("findings are not sorted:\n%s", show(runs[0]))
	}
}

func TestSameMessage(t *testing.T) {
	for _, x := range []struct {
		name        string
		first, next string // http of the two entries
		found       bool
	}{
		{"the same status", "http = 429", "http = 429", true},
		{"one status in common", "http = [400, 429]", "http = [503, 429]", true},
		{"none on the wire", "", "", true},
		{"another status", "http = 429", "http = 503", false},
		{"one on the wire", "http = 429", "", false},
	} {
		t.Run(x.name, func(t *testing.T) {
			tree := good()
			for slug, http := range map[string]string{"first": x.first, "next": x.next} {
				tree["acme/"+slug+".md"] = swapped(filled(goodEntry, slug), "http     = 429", http, `["The message of `+slug+`."]`, `["Slow down."]`)
			}
			want := []string(nil)
			if x.found {
				want = []string{"acme/next.md:8:13 same-message"}
			}
			if diff := cmp.Diff(want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSameMessageOfTwoProviders(t *testing.T) {
	tree := good()
	tree["acme/mine.md"] = swapped(filled(goodEntry, "mine"), `["The message of mine."]`, `["Slow down."]`)
	tree["other/theirs.md"] = swapped(filled(goodEntry, "theirs"), `["The message of theirs."]`, `["Slow down."]`, `["base"]`, `["only-there"]`)
	if got := findings(t, tree, nil, writings()["LF"]); len(got) != 0 {
		t.Errorf("findings, want none: another provider's error is another error\n%s", show(got))
	}
}

func TestDates(t *testing.T) {
	day := func(text string) book.Date {
		at, err := time.Parse(time.DateOnly, text)
		must(t, err)
		return book.DateOf(at)
	}
	tree := fstest.MapFS{}
	for name, text := range good() {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, _, err := book.Load(tree, cache.New(&cache.Memory{}))
	must(t, err)
	for _, x := range []struct {
		name, today string
		want        []string
	}{
		{"the day itself", "2026-09-01", nil},
		{"a later day", "2027-01-01", nil},
		{"the day before", "2026-08-31", []string{"acme/base.md:17:12 verified", "other/only-there.md:17:12 verified", "other/three.md:17:12 verified", "other/two.md:17:12 verified"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := check.Dates(b, day(x.today))
			if diff := cmp.Diff(x.want, places(got)); diff != "" {
				t.Errorf("Dates(%s) (-want +got):\n%s", x.today, diff)
			}
			if diag.Failed(got) {
				t.Errorf("Dates(%s) has an error, want warnings: a date must not stop a build", x.today)
			}
		})
	}
	if got := check.Dates(b, b.Newest()); len(got) != 0 {
		t.Errorf("Dates at the newest verified day: want none\n%s", show(got))
	}
}

// A file that cannot be opened or read is one finding; the others are read.
func TestUnreadable(t *testing.T) {
	tree := fstest.MapFS{}
	for name, text := range good() {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree["acme/locked.md"] = tree["acme/base.md"]
	got := run(t, locked{tree, "acme/locked.md"})
	if len(got) != 1 || got[0].File != "acme/locked.md" || got[0].Rule != "unreadable" || got[0].Message != "cannot be read: permission denied" {
		t.Errorf("findings, want one that says permission denied:\n%s", show(got))
	}
}

// locked is a tree with a file that nobody may open.
type locked struct {
	fstest.MapFS
	name string
}

func (l locked) Open(name string) (fs.File, error) {
	if name == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: os.ErrPermission}
	}
	return l.MapFS.Open(name)
}

// The real content breaks no rule, whatever day it is: it is judged at its newest
// verified date. What is found there is mended, or exempt with a reason.
func TestRealContent(t *testing.T) {
	tree := os.DirFS("../../content")
	found := run(t, tree)
	b, _, err := book.Load(tree, cache.New(&cache.Memory{}))
	must(t, err)
	if found = append(found, check.Dates(b, b.Newest())...); len(found) > 0 {
		t.Errorf("findings, want none:\n%s", show(found))
	}
}

// places are findings as "file:line:col rule".
func places(found []diag.Finding) []string {
	var lines []string
	for _, f := range found {
		lines = append(lines, fmt.Sprintf("%s:%d:%d %s", f.File, f.Line, f.Col, f.Rule))
	}
	return lines
}
