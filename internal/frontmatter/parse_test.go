package frontmatter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/diag"
)

// card writes findings so that a person can read them in a test.
func card(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d:%d: %s [%s]\n", f.Line, f.Col, f.Message, f.Rule)
		if f.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", f.Hint)
		}
	}
	return b.String()
}

func TestParseCuts(t *testing.T) {
	type parts struct {
		Front, Body string
		BodyLine    int
	}
	for name, c := range map[string]struct {
		in   string
		want parts
	}{
		"an entry":               {"+++\na = 1\n+++\nText.\n", parts{"a = 1\n", "Text.\n", 4}},
		"an empty line first":    {"+++\na = 1\n+++\n\nText.\n", parts{"a = 1\n", "\nText.\n", 4}},
		"no body":                {"+++\na = 1\n+++\n", parts{"a = 1\n", "", 4}},
		"no last line end":       {"+++\na = 1\n+++", parts{"a = 1\n", "", 4}},
		"only fences":            {"+++\n+++\n", parts{"", "", 3}},
		"only fences, no end":    {"+++\n+++", parts{"", "", 3}},
		"a third fence":          {"+++\n+++\n+++\n", parts{"", "+++\n", 3}},
		"a longer line of plus":  {"+++\n# ++++\n+++\n++++\n", parts{"# ++++\n", "++++\n", 4}},
		"windows line ends":      {"+++\r\na = 1\r\n+++\r\nText.\r\n", parts{"a = 1\n", "Text.\n", 4}},
		"mixed line ends":        {"+++\na = 1\r\n+++\nText.\r\nMore.\n", parts{"a = 1\n", "Text.\nMore.\n", 4}},
		"byte order mark":        {"\ufeff+++\na = 1\n+++\nText.\n", parts{"a = 1\n", "Text.\n", 4}},
		"tabs":                   {"+++\n\ta\t=\t1\t\n+++\n\tcode\n", parts{"\ta\t=\t1\t\n", "\tcode\n", 4}},
		"a rule in the body":     {"+++\na = 1\n+++\nx\n\n---\n", parts{"a = 1\n", "x\n\n---\n", 4}},
		"a long string of lines": {"+++\na = '''\n ---\n'''\n+++\nx", parts{"a = '''\n ---\n'''\n", "x", 6}},
	} {
		t.Run(name, func(t *testing.T) {
			d, findings := Parse("x.md", []byte(c.in))
			if got := (parts{d.Front, d.Body, d.BodyLine}); got != c.want {
				t.Errorf("Parse(%q) = %+v, want %+v", c.in, got, c.want)
			}
			if len(findings) > 0 {
				t.Errorf("Parse(%q) found\n%s", c.in, card(findings))
			}
		})
	}
}

func TestParseFinds(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"empty file": {"", `
1:1: the file is empty; want TOML between two lines +++, then Markdown [frontmatter]
  hint: copy another file of its kind to begin with`},
		"only a byte order mark": {"\ufeff", `
1:1: the file is empty; want TOML between two lines +++, then Markdown [frontmatter]
  hint: copy another file of its kind to begin with`},
		"no fence": {"Hello\n", `
1:1: want +++ on the first line, then TOML, then +++ again [frontmatter]
  hint: copy the head of another file of its kind`},
		"one fence": {"+++\na = 1\n", `
1:1: the front matter is not closed; want a second line +++ [frontmatter]
  hint: write +++ between the last key and the text`},
		"one fence and nothing": {"+++", `
1:1: the front matter is not closed; want a second line +++ [frontmatter]
  hint: write +++ between the last key and the text`},
		"yaml fences": {"---\na: 1\n---\n", `
1:1: the front matter is opened by ---; want +++ [frontmatter]
  hint: front matter is TOML here: write +++ before and after it, and key = value in it`},
		"mixed fences": {"+++\na = 1\n---\nText.\n", `
3:1: the front matter is opened by +++ and closed by ---; want +++ twice [frontmatter]
  hint: write +++ here`},
		"mixed fences and a fence in the text": {"+++\na = 1\n---\nText.\n+++\n", `
3:4: want = after the key, got the end of the line [toml]
  hint: close the front matter with +++`},
		"blank behind the first fence": {"+++ \na = 1\n+++\n", `
1:1: want +++ alone on the first line [frontmatter]
  hint: take the blanks around it away`},
		"blank before the second fence": {"+++\na = 1\n +++\n", `
3:1: want +++ alone on its line to close the front matter [frontmatter]
  hint: take the blanks around it away`},
		"empty lines first": {"\n\n+++\na = 1\n+++\n", `
1:1: want +++ on the first line [frontmatter]
  hint: take the empty lines before it away`},
		"fence in a literal string": {"+++\nt = '''a\n+++\nb\n'''\n+++\n", `
2:5: this string is not closed; want ''' [toml]
  hint: the line +++ at 3 closes the front matter, also inside a string; if it belongs to the text, indent it`},
		"fence in a basic string": {"+++\nt = \"\"\"a\n+++\nb\n\"\"\"\n+++\n", `
2:5: this string is not closed; want """ [toml]
  hint: the line +++ at 3 closes the front matter, also inside a string; if it belongs to the text, indent it`},
		"a byte of latin-1 in the text": {"+++\na = 1\n+++\nécrire \xe9t\xe9\n", `
4:8: byte 0xe9 is not UTF-8 [utf8]
  hint: save the file as UTF-8`},
		"a replacement character is text": {"+++\na = 1 # \ufffd\n\xff\n+++\n", `
3:1: byte 0xff is not UTF-8 [utf8]
  hint: save the file as UTF-8`},
		"half a character at the end": {"+++\n+++\n\xe2\x82", `
3:1: byte 0xe2 is not UTF-8 [utf8]
  hint: save the file as UTF-8`},
		"utf-16": {"\xff\xfe+\x00+\x00+\x00", `
1:1: byte 0xff is not UTF-8 [utf8]
  hint: the file looks like UTF-16; save it as UTF-8
1:4: a NUL byte is not text [utf8]
  hint: the file looks like UTF-16; save it as UTF-8`},
		"utf-16 without a mark": {"+\x00+\x00+\x00", `
1:2: a NUL byte is not text [utf8]
  hint: the file looks like UTF-16; save it as UTF-8`},
		"nul and lone carriage return": {"+++\r\na = 1\n+++\nab\x00\nc\rd\n", `
4:3: a NUL byte is not text [utf8]
  hint: save the file as UTF-8
5:2: a carriage return without a line feed ends no line [utf8]
  hint: end lines with \n or \r\n`},
		"second byte order mark": {"+++\n\ufeffa = 1\n+++\n", `
2:1: want a key, got U+FEFF [toml]`},
	} {
		t.Run(name, func(t *testing.T) { compare(t, c.in, c.want) })
	}
}

// compare parses in and compares what is found with a card that begins with an
// empty line.
func compare(t *testing.T, in, want string) {
	t.Helper()
	d, findings := Parse("x.md", []byte(in))
	if diff := cmp.Diff(strings.TrimPrefix(want+"\n", "\n"), card(findings)); diff != "" {
		t.Errorf("Parse(%q) found (-want +got):\n%s", in, diff)
	}
	for _, f := range findings {
		if f.File != "x.md" || f.Severity != diag.Error {
			t.Errorf("Parse(%q) found %+v, want an error in x.md", in, f)
		}
	}
	var m model
	if more := FormOf[model]().Decode(d, &m); len(more) > 0 {
		t.Errorf("Decode after findings of Parse found %s, want nothing", card(more))
	}
}

func TestFindingsCarryTheSourceLine(t *testing.T) {
	_, findings := Parse("x.md", []byte("+++\r\n\tkind = billing\r\n+++\r\n"))
	if len(findings) != 1 || findings[0].Source != "\tkind = billing" {
		t.Errorf("findings = %+v, want one with its source line", findings)
	}
}

func TestParseTOML(t *testing.T) {
	d, findings := ParseTOML("site.toml", []byte("\ufeffa = 1\r\nb = 2\r\na = 3\r\n"))
	want := "3:1: key \"a\" is already set [toml]\n  hint: it is first set at 1:1; leave one of the two out\n"
	if got := card(findings); got != want || d.Body != "" || d.BodyLine != 0 {
		t.Errorf("ParseTOML found %s with body %q at %d, want %s and no body", got, d.Body, d.BodyLine, want)
	}
}
