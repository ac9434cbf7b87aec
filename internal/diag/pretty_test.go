package diag

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPretty(t *testing.T) {
	long := strings.Repeat("abcdefghi ", 20)
	for name, c := range map[string]struct {
		finding Finding
		style   Style
		want    string
	}{
		"a word in a line": {some[0], Style{}, `
content/openai/x.md:7:8: error: unknown kind "ratelimit"; want one of auth, billing [kind]
  7 | kind = "ratelimit"
    |        ^
  hint: did you mean "rate-limit"?
`},
		"a file as a whole": {some[2], Style{}, `
content/openai/_index.md: notice: 100% of <the> limit [size]
`},
		"no source line": {some[1], Style{}, `
content/openai/x.md:12:1: warning: verified a year ago [old]
`},
		"tabs": {Finding{Place: at("x.md", 7, 5), Rule: "r", Message: "m", Source: "\ta\t=\tb"}, Style{}, `
x.md:7:5: error: m [r]
  7 |     a   =   b
    |          ^
`},
		"wide characters, marks and emoji": {Finding{Place: at("x.md", 123, 7), Rule: "r", Message: "m", Source: "日本e\u0301🔥x"}, Style{}, `
x.md:123:7: error: m [r]
  123 | 日本e` + "\u0301" + `🔥x
      |         ^
`},
		"behind the end": {Finding{Place: at("x.md", 1, 4), Rule: "r", Message: "m", Source: "t ="}, Style{}, `
x.md:1:4: error: m [r]
  1 | t =
    |    ^
`},
		"a column that is not there": {Finding{Place: at("x.md", 1, 99), Rule: "r", Message: "m", Source: "ab"}, Style{}, `
x.md:1:99: error: m [r]
  1 | ab
    |   ^
`},
		"controls and bytes that are no text": {Finding{Place: at("x.md", 1, 6), Rule: "r", Message: "m", Source: "a\x1b\u202e\xff\x7fb"}, Style{}, `
x.md:1:6: error: m [r]
  1 | a␛���b
    |      ^
`},
		"a long line, its beginning": {Finding{Place: at("x.md", 1, 2), Rule: "r", Message: "m", Source: long}, Style{Width: 36}, `
x.md:1:2: error: m [r]
  1 | abcdefghi abcdefghi abcdefgh…
    |  ^
`},
		"a long line, its middle": {Finding{Place: at("x.md", 1, 101), Rule: "r", Message: "m", Source: long}, Style{Width: 36}, `
x.md:1:101: error: m [r]
  1 | …ghi abcdefghi abcdefghi abcd…
    |                ^
`},
		"a long line, its end": {Finding{Place: at("x.md", 1, 199), Rule: "r", Message: "m", Source: long}, Style{Width: 36}, `
x.md:1:199: error: m [r]
  1 | …efghi abcdefghi 
    |                ^
`},
		"a line that just fits": {Finding{Place: at("x.md", 1, 30), Rule: "r", Message: "m", Source: long[:30]}, Style{Width: 36}, `
x.md:1:30: error: m [r]
  1 | abcdefghi abcdefghi abcdefghi 
    |                              ^
`},
	} {
		t.Run(name, func(t *testing.T) {
			got := printed(t, func(w io.Writer, f []Finding) error { return Pretty(w, f, c.style) }, c.finding)
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), got); diff != "" {
				t.Errorf("Pretty (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPrettyParts(t *testing.T) {
	got := printed(t, func(w io.Writer, f []Finding) error { return Pretty(w, f, Style{}) }, some[1], some[1])
	if want := strings.Repeat("content/openai/x.md:12:1: warning: verified a year ago [old]\n\n", 2); got+"\n" != want {
		t.Errorf("Pretty = %q, want an empty line between findings", got)
	}
}

func TestPrettyColour(t *testing.T) {
	colour := func(w io.Writer, f []Finding) error { return Pretty(w, f, Style{Colour: true}) }
	plain := func(w io.Writer, f []Finding) error { return Pretty(w, f, Style{}) }
	got := printed(t, colour, some...)
	if !strings.Contains(got, "\x1b[1;31merror\x1b[0m") || !strings.Contains(got, "\x1b[1;33mwarning\x1b[0m") || !strings.Contains(got, "\x1b[1;36mnotice\x1b[0m") {
		t.Errorf("Pretty = %q, want the severities in their colours", got)
	}
	for _, code := range []string{"0", bold, faint, red, yellow, cyan} {
		got = strings.ReplaceAll(got, "\x1b["+code+"m", "")
	}
	if want := printed(t, plain, some...); got != want || strings.Contains(want, "\x1b") {
		t.Errorf("Pretty without its colours = %q, want %q", got, want)
	}
}

// FuzzPretty holds that the caret stands below the character of the place and
// that no line is wider than the terminal, whatever the source line is.
func FuzzPretty(f *testing.F) {
	f.Add("kind = 'x'", 8, 80)
	f.Add("\t日本\x1be\u0301🔥x", 5, 30)
	f.Add(strings.Repeat("\t", 100), 50, 40)
	f.Fuzz(func(t *testing.T, source string, col, width int) {
		line := cells(source)
		if width < 10 || width > 500 {
			return
		}
		text, column := window(line, col-1, width)
		if got := columnsOf(cells(text)); got > width {
			t.Errorf("window(%q, %d, %d) = %q is %d columns wide", source, col-1, width, text, got)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r != '\ufffd' && unprintable(r) }) {
			t.Errorf("window(%q, %d, %d) = %q has controls", source, col-1, width, text)
		}
		if col < 1 || col > len(line) || line[col-1].width == 0 {
			return
		}
		behind := 0
		for _, c := range cells(text) {
			if behind == column && c.width > 0 {
				if want := cells(line[col-1].text)[0].text; c.text != want {
					t.Errorf("window(%q, %d, %d) = %q with the caret at %d below %q, want %q", source, col-1, width, text, column, c.text, want)
				}
				return
			}
			behind += c.width
		}
		t.Errorf("window(%q, %d, %d) = %q has no character at the caret's column %d", source, col-1, width, text, column)
	})
}
