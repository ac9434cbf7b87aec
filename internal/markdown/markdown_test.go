package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInline(t *testing.T) {
	c := New()
	for _, x := range []struct{ name, source, html, text string }{
		{"plain", "Wait a minute.", "Wait a minute.", "Wait a minute."},
		{"quotes are escaped", `say "x"`, "say &quot;x&quot;", `say "x"`},
		{"code", "set `a<b`", "set <code>a&lt;b</code>", "set a<b"},
		{"link", "[Billing](https://x.example/a?b=1&c=2) page", `<a href="https://x.example/a?b=1&amp;c=2">Billing</a> page`, "Billing page"},
		{"strong", "the **balance** is zero", "the <strong>balance</strong> is zero", "the balance is zero"},
		{"a literal ampersand", "a & b", "a &amp; b", "a & b"},
		{"two spaces stay in code", "`a  b`", "<code>a  b</code>", "a  b"},
		{"a percent and a slash need no goldmark", "50% of /v1/models", "50% of /v1/models", "50% of /v1/models"},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := c.Inline(x.source)
			if got.HTML != x.html || got.Text != x.text || len(got.Problems) != 0 {
				t.Errorf("Inline(%q) = %q, %q, %v; want %q, %q and no problem", x.source, got.HTML, got.Text, got.Problems, x.html, x.text)
			}
		})
	}
}

func TestBlock(t *testing.T) {
	got := New().Block("First.\n\n```python\nif a < b:\n    \"x\"\n```\n\n| a | b |\n|---|--:|\n| `c` | d |\n")
	want := "<p>First.</p>\n<pre><code>if a &lt; b:\n    &quot;x&quot;\n</code></pre>\n" +
		"<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>c</code></td>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n"
	if diff := cmp.Diff(want, got.HTML); diff != "" {
		t.Errorf("HTML (-want +got):\n%s", diff)
	}
	if want := "First. a b c d"; got.Text != want {
		t.Errorf("Text = %q, want %q", got.Text, want)
	}
}

func TestProblems(t *testing.T) {
	c := New()
	for _, x := range []struct {
		name, source, rule string
		offset             int
	}{
		{"inline HTML", "a <b>x</b>", "raw-html", 2},
		{"a script block", "ok\n\n<script>alert(1)</script>\n", "raw-html", 4},
		{"an image", "see ![x](https://x.example/x.png)", "image", 4},
		{"a javascript address", "go [here](javascript:alert(1))", "link", 3},
		{"a protocol-relative address", "[here](//x.example)", "link", 0},
		{"plain http", "[here](http://x.example)", "link", 0},
		{"a relative address", "[here](openai/x)", "link", 0},
		{"a heading too high", "text\n\n## Two\n", "heading", 6},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := c.Block(x.source).Problems
			if len(got) == 0 || got[0].Rule != x.rule || got[0].Offset != x.offset {
				t.Errorf("Block(%q).Problems = %+v, want %s at %d first", x.source, got, x.rule, x.offset)
			}
		})
	}
	if got := c.Inline("a\n\nb").Problems; len(got) != 1 || got[0].Rule != "inline" {
		t.Errorf("Inline of two paragraphs: problems %+v, want one of rule inline", got)
	}
}

// What the short way takes must come out as goldmark would have written it.
func FuzzInlineShortWay(f *testing.F) {
	for _, s := range []string{"Wait.", `"x"`, "a; b: c", "- a", "1. a", "http://x.example", "a@b.example", "(c)", "a  b", "'", "&amp;", "x{y}"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		if !plain(s) {
			return
		}
		want := c.convert(s, nil)
		got := c.Inline(s)
		if "<p>"+got.HTML+"</p>\n" != want.HTML || got.Text != want.Text {
			t.Errorf("short way of %q: %q, goldmark: %q", s, got.HTML, want.HTML)
		}
	})
}

// Whatever stands in a pull request, the page gets no live markup of it.
func FuzzNoLiveMarkup(f *testing.F) {
	for _, s := range []string{"<script>", "[a](javascript:x)", "<a href='x' onclick=1>", "```\n</code></pre><script>\n```", "|<b>|\n|-|\n", "![x](data:text/html,x)"} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		got := strings.ToLower(c.Block(s).HTML)
		for _, bad := range []string{"<script", "javascript:", "<iframe", " onclick=", " style=", "<style", "data:text"} {
			if i := strings.Index(got, bad); i >= 0 && strings.Contains(got[:i], "<") && insideTag(got, i, bad) {
				t.Errorf("Block(%q) = %q holds %q", s, got, bad)
			}
		}
	})
}

// insideTag tells whether position i of html is markup rather than text.
func insideTag(html string, i int, bad string) bool {
	if bad[0] == '<' {
		return true
	}
	return strings.LastIndexByte(html[:i], '<') > strings.LastIndexByte(html[:i], '>')
}

func BenchmarkInline(b *testing.B) {
	c := New()
	for b.Loop() {
		c.Inline("Review your limit under [Limits](https://platform.openai.com/settings), and the **project's** own `budget` if it has one.")
	}
}
