package check_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

// wrong is one way of being wrong: a small mistake in a content tree that is
// good otherwise, and the one finding that names it.
type wrong struct {
	name string // says what is wrong; the case's own file is named after it

	// The case's own file is a good one with pieces of it replaced, in pairs of
	// what stands there and what comes instead; or it is text as a whole.
	swap []string
	text string
	file string            // path of the own file, unless it is an entry of acme
	also map[string]string // further files of the case
	link map[string]string // symbolic links of the case, and where they lead

	rule    string
	message string // part of the message
	hint    string // part of the hint; empty where the message alone says how to mend it
	place   string // file that the finding is in, unless it is the own one
	level   diag.Severity
	alone   bool // cannot stand in one tree with the others
}

// here marks the wrong place in a text: the character behind it. Without a mark
// the finding is about the file as a whole.
const here = "‸"

const goodSite = `title       = "Acme errors"
tagline     = "Them or me?"
description = "What the errors of Acme mean."
base        = "https://errors.example.com"

[schedule]
every = "1h"
`

const goodProvider = `+++
name         = "{slug} API"
vendor       = "Acme"
summary      = "The API of Acme."
homepage     = "https://acme.example/"
docs         = "https://docs.acme.example/"
hosts        = ["api.acme.example"]
alternatives = []

[status]
platform = "none"
url      = "https://status.acme.example"
+++
`

const goodEntry = `+++
title    = "Title of {slug}"
name     = "name of {slug}"
code     = "code_of_{slug}"
http     = 429
kind     = "billing"
outage   = "never"
messages = ["The message of {slug}."]
meaning  = """
The account is empty.
"""
causes   = ["The balance is zero.", "The card was declined."]
fixes    = ["Add money."]
related  = ["base"]
sources  = ["https://docs.acme.example/errors"]
added    = 2026-11-22
verified = 2026-09-01

[waiting]
helps  = "no"
advice = "It does not."

[[faq]]
q = "Really?"
a = "Yes."

[[sample]]
text = '''Error 429 (code_of_{slug}): the message of {slug}.'''
+++

More about it.
`

// good is the tree that every case is put into.
func good() map[string]string {
	return map[string]string{
		"site.toml":       goodSite,
		"acme/_index.md":  filled(goodProvider, "acme"),
		"acme/base.md":    swapped(filled(goodEntry, "base"), `["base"]`, `["other/only-there", "other/two", "other/three"]`),
		"other/_index.md": swapped(filled(goodProvider, "other"), `alternatives = []`, `alternatives = ["acme"]`),
		"other/only-there.md": swapped(filled(goodEntry, "only-there"), `["base"]`, `["acme/base", "two", "three"]`,
			"More about it.", "See [the base](/acme/base/#causes), [below](#faq), [here](/), [all](/errors/), [there](/compare/acme/), "+
				"[429](/http/429/) and [money](/kind/billing/)."),
		"other/two.md":   swapped(filled(goodEntry, "two"), `["base"]`, `["acme/base", "only-there", "three"]`),
		"other/three.md": swapped(filled(goodEntry, "three"), `["base"]`, `["acme/base", "only-there", "two"]`),
	}
}

func filled(text, slug string) string { return strings.ReplaceAll(text, "{slug}", slug) }

// swapped replaces pieces of text, each of which stands there once.
func swapped(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			panic(fmt.Sprintf("%q stands %d times in the text, want once", pairs[i], n))
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// slug is the name of the case as a slug.
func (w wrong) slug() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(w.name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}

// own is the path of the case's own file.
func (w wrong) own() string {
	if w.file == "" {
		return "acme/" + w.slug() + ".md"
	}
	return w.file
}

// body is the case's own file, with the mark in it; false when there is none.
func (w wrong) body() (string, bool) {
	base := goodEntry
	switch {
	case w.text != "":
		return w.text, true
	case w.swap == nil:
		return "", false
	case strings.HasSuffix(w.own(), "_index.md"):
		base = goodProvider
	case w.own() == "site.toml":
		base = goodSite
	}
	return swapped(filled(base, w.slug()), w.swap...), true
}

// put adds the case's files to a tree. Cases about site.toml share that file.
func (w wrong) put(tree map[string]string) {
	if text, ok := w.body(); ok {
		if w.own() == "site.toml" && w.swap != nil {
			text = swapped(tree["site.toml"], w.swap...)
		}
		tree[w.own()] = text
	} else {
		delete(tree, w.own())
	}
	maps.Copy(tree, w.also)
}

// want is where the finding must be in a tree that still has its marks.
func (w wrong) want(tree map[string]string) diag.Finding {
	f := diag.Finding{Place: diag.Place{File: w.own()}, Rule: w.rule, Severity: w.level}
	if w.place != "" {
		f.File = w.place
	}
	text := tree[f.File]
	mark := strings.Index(text, here)
	if w.swap != nil { // among the marks of all cases about one file, that of this one
		for i := 1; i < len(w.swap); i += 2 {
			if at := strings.Index(w.swap[i], here); at >= 0 {
				mark = strings.Index(text, w.swap[i]) + at
			}
		}
	}
	if mark < 0 {
		return f
	}
	before := strings.ReplaceAll(text[:mark], here, "")
	start := strings.LastIndexByte(before, '\n') + 1
	f.Line, f.Col = 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[start:])
	line, _, _ := strings.Cut(strings.ReplaceAll(text, here, "")[start:], "\n")
	f.Source = line
	return f
}

// TestWrong shows each case alone, in the four ways in which a file can be
// written: the finding is the same in all of them.
func TestWrong(t *testing.T) {
	cases := wrongCases()
	if len(cases) < 45 {
		t.Errorf("%d ways of being wrong, want at least 45", len(cases))
	}
	for _, w := range cases {
		t.Run(w.name, func(t *testing.T) {
			tree := good()
			w.put(tree)
			want := w.want(tree)
			for name, write := range writings() {
				got := findings(t, tree, w.link, write)
				if len(got) != 1 {
					t.Fatalf("%s: %d findings, want one:\n%s", name, len(got), show(got))
				}
				w.compare(t, name, got[0], want)
			}
		})
	}
}

func (w wrong) compare(t *testing.T, name string, got, want diag.Finding) {
	t.Helper()
	message, hint := got.Message, got.Hint
	got.Message, got.Hint = "", ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: finding (-want +got):\n%s", name, diff)
	}
	if !strings.Contains(message, w.message) || w.message == "" {
		t.Errorf("%s: message %q, want it to say %q", name, message, w.message)
	}
	if !strings.Contains(hint, w.hint) {
		t.Errorf("%s: hint %q, want it to say %q", name, hint, w.hint)
	}
	if c, _ := utf8.DecodeRuneInString(message); strings.HasSuffix(message, ".") || strings.Contains(message, "failed to") || 'A' <= c && c <= 'Z' && !strings.HasPrefix(message, "HTTP") && !strings.HasPrefix(message, "TOML") {
		t.Errorf("%s: message %q, want lower case, no period, no \"failed to\"", name, message)
	}
}

// writings are the ways in which an editor may write the same text.
func writings() map[string]func(string) string {
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	bom := func(text string) string { return "\ufeff" + text }
	return map[string]func(string) string{
		"LF":           func(text string) string { return text },
		"CRLF":         crlf,
		"BOM":          bom,
		"BOM and CRLF": func(text string) string { return bom(crlf(text)) },
	}
}

// TestWrongTogether puts all cases into one real folder: one run names every
// one of them, and nothing else.
func TestWrongTogether(t *testing.T) {
	tree, links := good(), map[string]string{}
	var cases []wrong
	for _, w := range wrongCases() {
		if !w.alone {
			cases = append(cases, w)
			w.put(tree)
			maps.Copy(links, w.link)
		}
	}
	var want []diag.Finding
	for _, w := range cases {
		want = append(want, w.want(tree))
	}
	diag.Sort(want)
	got := run(t, realFolder(t, tree, links, writings()["LF"]))
	if diff := cmp.Diff(places(want), places(got)); diff != "" {
		t.Errorf("findings of %d cases in one tree (-want +got):\n%s", len(cases), diff)
	}
}

// A tree with nothing wrong in it, however it is written, has no finding: tabs,
// CRLF and a BOM are the writer's own business.
func TestNothingWrong(t *testing.T) {
	tree := good()
	tree["acme/tabs.md"] = swapped(filled(goodEntry, "tabs"), "kind     =", "kind\t=\t", `helps  = "no"`, "\thelps\t=\t\"no\"\t# a comment")
	tree["acme/.editor.swp"], tree["acme/base.md~"], tree[".gitkeep"] = "left behind", "left behind", ""
	for name, write := range writings() {
		if got := findings(t, tree, nil, write); len(got) != 0 {
			t.Errorf("%s: findings, want none:\n%s", name, show(got))
		}
	}
}

// findings are what is found in a tree: in memory, or in a real folder where
// there are links.
func findings(t *testing.T, tree, links map[string]string, write func(string) string) []diag.Finding {
	t.Helper()
	if links != nil {
		return run(t, realFolder(t, tree, links, write))
	}
	fsys := fstest.MapFS{}
	for name, text := range tree {
		fsys[name] = &fstest.MapFile{Data: []byte(write(strings.ReplaceAll(text, here, "")))}
	}
	return run(t, fsys)
}

func realFolder(t *testing.T, tree, links map[string]string, write func(string) string) fs.FS {
	t.Helper()
	root := filepath.Join(t.TempDir(), "content")
	for name, text := range tree {
		file := filepath.Join(root, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, []byte(write(strings.ReplaceAll(text, here, ""))), 0o644))
	}
	for name, to := range links {
		must(t, os.Symlink(to, filepath.Join(root, filepath.FromSlash(name))))
	}
	return os.DirFS(root)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run is what the program does: the files alone, then the book as a whole.
func run(t *testing.T, fsys fs.FS) []diag.Finding {
	t.Helper()
	b, found, err := book.Load(fsys, cache.New(&cache.Memory{}))
	must(t, err)
	found = append(found, check.All(b)...)
	found = append(found, check.Closely(b)...)
	diag.Sort(found)
	return found
}

func show(found []diag.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "%s:%d:%d: %s [%s]\n  hint: %s\n", f.File, f.Line, f.Col, f.Message, f.Rule, f.Hint)
	}
	return b.String()
}
