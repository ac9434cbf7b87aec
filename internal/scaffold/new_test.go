package scaffold

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/frontmatter"
)

func forms() []book.Form { return []book.Form{book.EntryForm, book.ProviderForm, book.SiteForm} }

// Every key has its words, or a new file would explain nothing.
func TestWordsForEveryKey(t *testing.T) {
	var walk func(words []word, table string, keys []frontmatter.Key)
	walk = func(words []word, table string, keys []frontmatter.Key) {
		for _, k := range keys {
			if wordFor(words, table+k.Name).about == "" {
				t.Errorf("there are no words for %s%s; add a row to internal/scaffold/words.go", table, k.Name)
			}
			walk(words, table+k.Name+".", k.Keys)
		}
	}
	for _, form := range forms() {
		walk(wordsOf(form), "", form.Keys())
	}
}

var full = map[string][]string{
	"code": {"some_code", "other"}, "http": {"429"}, "messages": {`You're "out" of \n {n}. Pay.`, "It's over.\nReally."}, "kind": {"billing"}, "outage": {"never"},
	"waiting.helps": {"no"}, "sources": {"https://docs.acme.example/errors"}, "verified": {"2026-09-01"},
}

// A new file is in the one form, has every required key, and what check finds in
// it is every TODO and nothing else.
func TestNewFiles(t *testing.T) {
	for name, f := range map[string]File{
		"an entry of which nothing is known": {Name: "acme/some-code.md", Answers: map[string][]string{}},
		"an entry of which much is known":    {Name: "acme/some-code.md", Answers: full, Provider: "Acme API"},
		"a provider":                         {Name: "acme/_index.md", Answers: map[string][]string{"hosts": {"api.acme.example"}}},
		"a provider and its status page":     {Name: "acme/_index.md", Status: "[status]\nplatform = \"statuspage\"\nurl=\"https://status.acme.example\"\ncomponents = [] # of:\n# \"API\",\n"},
	} {
		t.Run(name, func(t *testing.T) {
			f.Today = book.Date(20779)
			text := f.Text()
			if tidy, findings := Format(f.Name, []byte(text)); tidy != text || findings != nil {
				t.Errorf("Text() = %s, which Format makes %s", text, tidy)
			}
			todos, wrong := f.Unwritten()
			if len(wrong) > 0 || todos != strings.Count(text, "TODO") || todos == 0 {
				t.Errorf("Unwritten() = %d, %v of %d in\n%s", todos, wrong, strings.Count(text, "TODO"), text)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for want, answers := range map[string]map[string][]string{
		"": {"kind": {"billing"}},
		`Acme API "some_code": causes and fixes (billing)`:                                             {"kind": {"billing"}, "code": {"some_code", "x"}},
		`Acme API "You are out": causes and fixes (server)`:                                            {"kind": {"server"}, "messages": {"You are out. Pay."}},
		`Acme API "a.b / You are out of v1.5": causes and fixes (server)`:                              {"kind": {"server"}, "code": {"a.b"}, "messages": {"You are out of v1.5.\nPay."}},
		`Acme API "` + strings.TrimSpace(strings.Repeat("word ", 12)) + `": causes and fixes (server)`: {"kind": {"server"}, "messages": {strings.Repeat("word ", 40)}},
	} {
		f := File{Name: "acme/x.md", Answers: answers, Provider: "Acme API"}
		if got := f.title(); got != want {
			t.Errorf("title of %v = %q, want %q", answers, got, want)
		}
	}
}

// Whatever somebody answers, the file can be read and says that.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"", "'", `"`, `'"`, "'''\n+++\n", "\\", "\x00\xff", "TODO: x", "2026-02-31", "429", "007", "\u2028", "+++"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		answers := map[string][]string{"kind": {s}}
		for _, q := range (File{Name: "acme/x.md"}).Questions() {
			answers[q.Key] = []string{s}
		}
		file := File{Name: "acme/x.md", Answers: answers, Provider: s}
		d, findings := frontmatter.Parse(file.Name, []byte(file.Text()))
		if findings != nil {
			t.Fatalf("a file with %q: %v", s, findings)
		}
		var got []string
		for path, text := range d.Texts() {
			if name := frontmatter.PathName(path); name == "messages[1]" || name == "name" || name == "waiting.helps" {
				got = append(got, text)
			}
		}
		if diff := cmp.Diff(slices.Repeat([]string{strings.ToValidUTF8(s, "\uFFFD")}, 3), got); diff != "" {
			t.Errorf("answers (-given +read):\n%s", diff)
		}
	})
}
