package platform

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"faultbook/internal/status"
)

func TestFromHTML(t *testing.T) {
	tests := []struct {
		name, in, want string
	}{
		{"text alone", "Requests are slow.", "Requests are slow."},
		{"line breaks", "one<br />two<br>three<BR/>four", "one\ntwo\nthree\nfour"},
		{"paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"},
		{"a link", `see <a href="https://x.example/?a=1&b=2">the page</a>.`, "see the page."},
		{"a time in var", "<var data-var='date'>Nov 17</var>, <var data-var='time'>10:15</var> UTC", "Nov 17, 10:15 UTC"},
		{"a list", "<ul><li>one</li><li>two</li></ul>", "- one\n- two"},
		{"entities once", "a &amp;amp; b &lt;b&gt; &#39;x&#39; &nbsp;end", "a &amp; b <b> 'x' \u00a0end"},
		{"less and greater", "if a < b and c > d, or a<b", "if a < b and c > d, or a<b"},
		{"a tag nobody knows", "the <model> and <nil>", "the <model> and <nil>"},
		{"a tag that never ends", "one <a href=two", "one <a href=two"},
		{"a tag inside a tag", "x <b<i>y", "x <by"},
		{"script and style", "a<script>alert('<b>')</script>b<style>p{}</style >c", "abc"},
		{"script that never ends", "a<script>alert(1)", "a"},
		{"a comment", "a<!-- note -->b", "ab"},
		{"Windows line ends", "a\r\nb\rc", "a\nb\nc"},
		{"blank lines", "\n\n a \n \n\n\n b\n\n", "a\n\n b"},
		{"control characters", "a\x00b\x07c\x7fd\u009be", "abcde"},
		{"control characters as entities", "a&#8238;b&#0;c", "ab\ufffdc"},
		{"overrides of the direction", "\u202egnp\u202c.exe \u2066x\u2069", "gnp.exe x"},
		{"invisible tag characters", "a\U000e0041\U000e0042b", "ab"},
		{"joined emoji stay", "👩\u200d💻 日本語", "👩\u200d💻 日本語"},
		{"Markdown stays", "**bold** [x](y)", "**bold** [x](y)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fromHTML(test.in); got != test.want {
				t.Errorf("fromHTML(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestFromMarkdown(t *testing.T) {
	tests := []struct {
		name, in, want string
	}{
		{"text alone", "Requests are slow.", "Requests are slow."},
		{"emphasis", "**bold**, *leaning*, __bold__, _leaning_, ***both***, ~~gone~~", "bold, leaning, bold, leaning, both, gone"},
		{"emphasis in emphasis", "**a *b* c**", "a b c"},
		{"a word with underscores", "rate_limit_exceeded and __init__ and 5 * 3 * 2", "rate_limit_exceeded and init and 5 * 3 * 2"},
		{"a lone star", "see note * and **", "see note * and **"},
		{"about five", "~5 to ~10 minutes", "~5 to ~10 minutes"},
		{"a link with a title", `mail [support@x.example](mailto:support@x.example "Mail us").`, "mail support@x.example."},
		{"a link of emphasis", "[**the** page](https://x.example)", "the page"},
		{"an image", "![a graph](https://x.example/g.png)", "a graph"},
		{"brackets that are no link", "[sic] a[0](", "[sic] a[0]("},
		{"an address in brackets", "<https://x.example> <mailto:a@x.example> <nil> a<b", "https://x.example a@x.example <nil> a<b"},
		{"a line break of HTML", "a<br>b<br />c", "a\nb\nc"},
		{"code keeps its marks", "`**x** _y_ [a](b)` and ``a`b``", "**x** _y_ [a](b) and a`b"},
		{"ticks without partner", "a `b ``c", "a `b ``c"},
		{"escapes", `\*not\* \#1 \_ c:\dir`, `*not* #1 _ c:\dir`},
		{"headings", "# Title\n## Part ##\n#hash", "Title\nPart ##\n#hash"},
		{"a quote", "> said\n>> twice", "said\ntwice"},
		{"lists", "* one\n+ two\n- three\n  * inner", "- one\n- two\n- three\n  - inner"},
		{"a rule", "a\n\n---\n\nb", "a\n\nb"},
		{"a fence", "```\n**x**\n```\nafter", "**x**\nafter"},
		{"entities once", "a &amp; b &amp;lt;", "a & b &lt;"},
		{"script stays a text", "<script>alert(1)</script>", "<script>alert(1)</script>"},
		{"control characters", "a\u202eb\x00", "ab"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := fromMarkdown(test.in); got != test.want {
				t.Errorf("fromMarkdown(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{" API \n\t(beta)  ", "API (beta)"},
		{"<nil> &amp; co", "<nil> &amp; co"},
		{"\u202eexe.gnp", "exe.gnp"},
		{strings.Repeat("é", 300), strings.Repeat("é", status.NameMax-1) + "…"},
	}
	for _, test := range tests {
		if got := line(test.in); got != test.want {
			t.Errorf("line(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzText holds what every text of a report promises.
func FuzzText(f *testing.F) {
	f.Add("<a><b><!--" + strings.Repeat("<a ", 50))
	f.Add(strings.Repeat("[", 50) + strings.Repeat("](", 50) + "`**_~`" + "\\")
	f.Add("&#8238;&lt;script&gt;\r\n\x00")
	f.Fuzz(func(t *testing.T, s string) {
		for name, plain := range map[string]func(string) string{"fromHTML": fromHTML, "fromMarkdown": fromMarkdown, "line": line} {
			got := plain(s)
			if !utf8.ValidString(got) || utf8.RuneCountInString(got) > status.TextMax {
				t.Errorf("%s(%.80q) is %d characters, valid: %v", name, s, utf8.RuneCountInString(got), utf8.ValidString(got))
			}
			if strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' }) {
				t.Errorf("%s(%.80q) = %.80q", name, s, got)
			}
		}
	})
}

// BenchmarkText shows that the hardest texts take no longer than long ones.
func BenchmarkText(b *testing.B) {
	for name, unit := range map[string]string{"words": "some words ", "tags": "<a ", "ends": "</", "brackets": "[](", "ticks": "`a``b", "stars": "*a **b _c ", "angles": "<h"} {
		text := strings.Repeat(unit, rawMax/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				fromHTML(text)
				fromMarkdown(text)
			}
		})
	}
}
