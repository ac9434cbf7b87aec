package frontmatter

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everything has one field of each sort that a form knows.
type everything struct {
	Title   string            `toml:"title,required"`
	Kind    kind              `toml:"kind"`
	Draft   bool              `toml:"draft"`
	Year    int               `toml:"year"`
	Small   int64             `toml:"small"`
	Causes  []string          `toml:"causes"`
	Links   map[string]string `toml:"links"`
	Added   day               `toml:"added"`
	Slugs   []slug            `toml:"slugs"`
	Waiting struct {
		Helps  string `toml:"helps,required"`
		Advice string `toml:"advice"`
	} `toml:"waiting"`
	Status *status  `toml:"status"`
	FAQ    []answer `toml:"faq"`

	Path string // not of the file
	Skip string `toml:"-"`
}

type kind string

type answer struct {
	Q    string   `toml:"q,required"`
	A    string   `toml:"a,required"`
	Tags []string `toml:"tags"`
}

type status struct {
	Platform string            `toml:"platform,required"`
	Filter   map[string]string `toml:"filter"`
}

// slug reads a string or an array of them, and finds fault with capitals.
type slug string

func (s *slug) UnmarshalTOML(v any) error {
	text, ok := v.(string)
	if !ok {
		return errors.New("want a slug")
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r < 'a' }); i >= 0 {
		return fmt.Errorf("slugs: %w", &Wrong{Message: fmt.Sprintf("%q is no slug", text), Rule: "slug", Hint: "write it small", Offset: i})
	}
	*s = slug(text)
	return nil
}

func decodeText(t *testing.T, in string) (everything, string) {
	t.Helper()
	d, findings := Parse("x.md", []byte("+++\n"+in+"+++\n"))
	if len(findings) > 0 {
		t.Fatalf("Parse found %s", card(findings))
	}
	var e everything
	return e, card(FormOf[everything]().Decode(d, &e))
}

func TestDecode(t *testing.T) {
	in := `+++
title = "T"
kind  = 'billing'
draft = true
year  = 2026
small = -1
causes = ["a", """
b"""]
links.docs = "https://docs"
added = 2026-09-01
slugs = ["one", "two"]
waiting.helps = "no"

[status]
platform = "none"
filter = { region = "us" }

[[faq]]
q = "1"
a = "2"
[[faq]]
q = "3"
a = "4"
tags = []
+++
`
	d, findings := Parse("x.md", []byte(in))
	var got everything
	findings = append(findings, FormOf[everything]().Decode(d, &got)...)
	if len(findings) > 0 {
		t.Errorf("found %s", card(findings))
	}
	want := everything{
		Title: "T", Kind: "billing", Draft: true, Year: 2026, Small: -1,
		Causes: []string{"a", "b"},
		Links:  map[string]string{"docs": "https://docs"},
		Added:  day{time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)},
		Slugs:  []slug{"one", "two"},
		Status: &status{Platform: "none", Filter: map[string]string{"region": "us"}},
		FAQ:    []answer{{Q: "1", A: "2"}, {Q: "3", A: "4", Tags: []string{}}},
	}
	want.Waiting.Helps = "no"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
}

func TestDecodeModelEntry(t *testing.T) {
	d, findings := Parse("content/openai/insufficient-quota.md", readModel(t))
	var m model
	if findings = append(findings, FormOf[model]().Decode(d, &m)...); len(findings) > 0 {
		t.Fatalf("found %s", card(findings))
	}
	if len(m.Causes) != 5 || len(m.Fixes) != 6 || len(m.FAQ) != 1 || len(m.Sample) != 1 || m.Waiting.Helps != "no" || m.HTTP != 429 {
		t.Errorf("Decode = %+v, want all of the entry", m)
	}
	if !strings.HasPrefix(d.Body, "\nThe official SDKs") {
		t.Errorf("Body = %.40q", d.Body)
	}
	if at := d.BodyAt(strings.Index(d.Body, "```python")); at.Line != d.BodyLine+3 || at.Col != 1 {
		t.Errorf("BodyAt = %v, want line %d", at, d.BodyLine+3)
	}
}

func TestDecodeFinds(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nothing required is there": {"", `
1:1: missing key "title" [missing-key]
  hint: add title = "…"`},
		"characters that no page can show": {"title = \"a\\u0001\"\nkind = \"b\\u0085\"\ncauses = [\"\\t\\n\\r\\u202e\\u2028\\ufeff\", \"\\uFFFE\"]\nlinks.docs = \"\\U0001FFFF\"\nwaiting.helps = \"\\u007f\"\n", `
2:9: title holds the character U+0001, which no page can show [type]
  hint: leave it out
3:8: kind holds the character U+0085, which no page can show [type]
  hint: leave it out
4:39: causes[2] holds the character U+FFFE, which no page can show [type]
  hint: leave it out
5:14: links.docs holds the character U+1FFFF, which no page can show [type]
  hint: leave it out
6:17: waiting.helps holds the character U+007F, which no page can show [type]
  hint: leave it out`},
		"unknown key with a near one": {"tilte = 'x'\n", `
1:1: missing key "title" [missing-key]
  hint: add title = "…"
2:1: unknown key "tilte" [unknown-key]
  hint: did you mean "title"?`},
		"case matters": {"title = 'x'\nKind = 'x'\n", `
3:1: unknown key "Kind" [unknown-key]
  hint: did you mean "kind"?`},
		"unknown keys everywhere": {"title = 'x'\n  \"ab\" = 1\n[waiting]\nhelps = 'no'\nxyz.abc = 1\n[[faq]]\nq='1'\na='2'\n[[faq]]\nq='1'\nb='2'\n", `
3:3: unknown key "ab" [unknown-key]
  hint: known keys: title, kind, draft, year, small, causes, links, added, slugs, waiting, status, faq
6:1: unknown key "xyz" in waiting [unknown-key]
  hint: known keys: helps, advice
10:1: missing key "a" in faq[2] [missing-key]
  hint: add a = "…"
12:1: unknown key "b" in faq[2] [unknown-key]
  hint: known keys: q, a, tags`},
		"a key of the file below a table": {"title = 'x'\n[waiting]\nhelps = 'no'\ncauses = []\n", `
5:1: unknown key "causes" in waiting [unknown-key]
  hint: a key of the file itself stands above the first [table]; move causes there`},
		"a key of a table above it": {"title = 'x'\nhelps = 'no'\n", `
3:1: unknown key "helps" [unknown-key]
  hint: helps belongs below [waiting]`},
		"wrong types": {"title = 1\nkind = 1.5\ndraft = 'yes'\nyear = '2026'\ncauses = 'one'\nlinks = 2026-01-01\nadded = '2026-09-01'\nslugs = 1979-05-27T07:32:00Z\nwaiting = true\nstatus = 07:32:00\nfaq = {}\n", `
2:9: title: want a string, got an integer [type]
  hint: put it in quotes
3:8: kind: want a string, got a float [type]
  hint: put it in quotes
4:9: draft: want true or false, got a string [type]
5:8: year: want an integer, got a string [type]
6:10: causes: want an array of strings, got a string [type]
  hint: put it in brackets: ["…"]
7:9: links: want a table of strings, got a date [type]
8:9: want a date such as 2026-09-01 [date]
9:9: slugs: want an array, got a date and time [type]
10:11: waiting: want a table, got a boolean [type]
11:10: status: want a table, got a time [type]
12:7: faq: want an array of tables, got a table [type]
  hint: write [[faq]], in double brackets`},
		"wrong elements": {"title = 'x'\ncauses = [\n  'é', 1, # [\n  ['b'],\n]\nlinks = {a = 'x', b = [1]}\nslugs = ['ok', 2]\nfaq = [{q = '1', a = '2'}, 3]\n", `
4:8: causes[2]: want a string, got an integer [type]
  hint: put it in quotes
5:3: causes[3]: want a string, got an array [type]
7:23: links.b: want a string, got an array [type]
8:16: want a slug [type]
9:28: faq[2]: want a table, got an integer [type]`},
		"an error that knows its place": {"title = 'x'\nslugs = ['ok', \"b\\u0061dSlug\"]\n", `
3:25: "badSlug" is no slug [slug]
  hint: write it small`},
		"a header where a value is wanted": {"title = 'x'\n[kind]\n[[causes]]\n[[faq]]\nq = 1\na = 'x'\n", `
3:1: kind: want a string, got a table [type]
4:1: causes: want an array of strings, got an array of tables [type]
6:5: faq[1].q: want a string, got an integer [type]
  hint: put it in quotes`},
		"missing below a header and in an inline table": {"title = 'x'\nfaq = [{q = '1', a = '2'}, {q = '1'}]\n\n  [status]\nfilter.region = 1\n", `
3:28: missing key "a" in faq[2] [missing-key]
  hint: add a = "…"
5:3: missing key "platform" in status [missing-key]
  hint: add platform = "…"
6:17: status.filter.region: want a string, got an integer [type]
  hint: put it in quotes`},
		"missing in a table of dotted keys": {"title = 'x'\nwaiting . advice = 'x'\n", `
3:1: missing key "helps" in waiting [missing-key]
  hint: add helps = "…"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, got := decodeText(t, c.in)
			if diff := cmp.Diff(strings.TrimPrefix(c.want+"\n", "\n"), got); diff != "" {
				t.Errorf("Decode of %q found (-want +got):\n%s", c.in, diff)
			}
		})
	}
}

func TestDecodeKeepsWhatIsRight(t *testing.T) {
	d, _ := Parse("x.md", []byte("+++\ntitle = 1\nkind = 'k'\ncauses = ['a', 2, 'c']\n+++\n"))
	var e everything
	FormOf[everything]().Decode(d, &e)
	if e.Kind != "k" || !cmp.Equal(e.Causes, []string{"a", "", "c"}) {
		t.Errorf("Decode = %+v, want kind, and two causes in their places", e)
	}
}

func TestFormOfRefuses(t *testing.T) {
	for name, make := range map[string]func(){
		"no struct": func() { FormOf[string]() },
		"a channel": func() {
			FormOf[struct {
				C chan int `toml:"c"`
			}]()
		},
		"a slice of ints": func() {
			FormOf[struct {
				C []int `toml:"c"`
			}]()
		},
		"an unknown option": func() {
			FormOf[struct {
				C string `toml:"c,omitempty"`
			}]()
		},
		"an unexported one": func() {
			FormOf[struct {
				c string `toml:"c"`
			}]()
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("FormOf did not panic")
				}
			}()
			make()
		})
	}
}

func TestStrings(t *testing.T) {
	d, findings := ParseTOML("en.toml", []byte(`title = "T"
[verdict.never]
operational = "Not them."
"major_outage" = '''
Them?'''
[verdict]
count = 3
list = ["a"]
"never.operational" = "again"
`))
	if len(findings) > 0 {
		t.Fatalf("ParseTOML found %s", card(findings))
	}
	got, findings := d.Strings()
	want := map[string]string{"title": "T", "verdict.never.operational": "again", "verdict.never.major_outage": "Them?"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Strings (-want +got):\n%s", diff)
	}
	wantCard := `7:9: verdict.count: want a string, got an integer [type]
  hint: put it in quotes
8:8: verdict.list: want a string, got an array [type]
9:23: verdict.never.operational is written in two ways [toml]
  hint: write it once
`
	if diff := cmp.Diff(wantCard, card(findings)); diff != "" {
		t.Errorf("Strings found (-want +got):\n%s", diff)
	}
}
