package markdown

import (
	"math/rand/v2"
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
		{"a protocol-relative address behind a backslash", `[here](/\/x.example)`, "link", 0},
		{"a protocol-relative address behind a reference", "[here](/&#47;x.example)", "link", 0},
		{"a backslash that browsers read as a slash", `[here](/\\x.example)`, "link", 0},
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

// What brief takes must come out as goldmark would have written it.
func FuzzBrief(f *testing.F) {
	for _, s := range []string{
		"Wait.", `"x"`, "a; b: c", "- a", "1. a", "http://x.example", "a@b.example", "(c)", "a  b", "'", "&amp;", "x{y}", "a_b", "a _b_", "5 < 6", "a > b",
		"`a<b`", "`a", "``a``", "` a `", "*a* (**b c**), *d*", "a*b*", "**a*", "[a](https://x.example/b?c=d#e)", "[a b](/x/y/)", "[a](//x)", "[a]: /x", "[a](/x \"t\")",
		"a\nb\n\nc", "a\n---", "a\n\n\nb", "a \nb", "a|b\n-|-", "```python\nif a < b:\n\n    x\n```\n\nb", "```\n```", "a\n```\nb\n```", "é *é*", "a!",
	} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) { compareBrief(t, c, s) })
}

// The same for texts put together of signs and words, which a fuzzer that
// changes single bytes is slow to find.
func TestBriefAgainstGoldmark(t *testing.T) {
	parts := []string{"a", "b c", "word", "é", "1", " ", " ", "\n", "\n\n", "`", "``", "```", "```\n", "```sh\n", "*", "**", "_", "[", "](", "](/a/)", "](https://a.example/b_c)",
		")", "(", "**a'b**", "<", ">", "&", "&amp;", "\"", "'", "!", "|", "~", "-", "---", "=", "+", ":", ".", ",", "#", "\\", "  ", "\t", "https://a.example", "*a*", "**b**", "`c`", "[d](/e/)", "\u00a0", "“"}
	random := rand.New(rand.NewPCG(1, 2))
	c, taken := New(), 0
	for range 50_000 {
		var b strings.Builder
		for range 1 + random.IntN(9) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		if compareBrief(t, c, b.String()) {
			taken++
		}
	}
	if taken < 3_000 {
		t.Errorf("brief took %d texts; want at least 3000, else this test compares nothing", taken)
	}
}

// compareBrief tells whether brief took the text.
func compareBrief(t *testing.T, c *Converter, s string) bool {
	t.Helper()
	block := c.brief.block(s)
	if block {
		if diff := cmp.Diff(c.convert(s, nil), c.brief.piece(s)); diff != "" {
			t.Errorf("Block(%q) (-goldmark +brief):\n%s", s, diff)
		}
	}
	inline := c.brief.inline(s)
	if inline {
		want, got := c.convert(s, nil), c.brief.piece(s)
		got.HTML = "<p>" + got.HTML + "</p>\n"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Inline(%q) (-goldmark +brief):\n%s", s, diff)
		}
	}
	return block || inline
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
