package match

import (
	"strings"
	"testing"
)

// unescaped is a text as the walker reads it, without what has no width.
func unescaped(text string) string {
	var out strings.Builder
	for u := (unescaper{text: text}); ; {
		r, ok := u.next()
		if !ok {
			return strings.ReplaceAll(out.String(), "\u200b", "")
		}
		out.WriteRune(r)
	}
}

func TestUnescape(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing to do", "plain text: ü 中", "plain text: ü 中"},
		{"JSON", `{\"error\":\"a\nb\"}`, `{ "error ": "a b "}`},
		{"JSON in JSON", `\\\"error\\\\n`, ` "error `},
		{"Python repr", `b'it\'s\x21\r\n'`, `b'it 's!  '`},
		{"number of a letter", `caf\u00e9`, "café"},
		{"number in capitals", `\u00E9`, "é"},
		{"number of a letter, escaped twice", `\\u0041`, "A"},
		{"pair of surrogates", `\ud83d\ude80`, "\ufffd\ufffd"},
		{"half a pair", `\ud83d!`, "\ufffd!"},
		{"number of a line break counts no line", `a\u000ab`, "a b"},
		{"cut number", `\u12`, " u12"},
		{"cut number of a byte", `\x4`, " x4"},
		{"no number", `\u00gg`, " u00gg"},
		{"byte of another script", `\xc3`, " "},
		{"backslash at the end", `a\\`, "a "},
		{"colour", "\x1b[1;31mred\x1b[0m", "red"},
		{"colour with colons", "\x1b[38:2::255:0:0mred", "red"},
		{"colour in JSON", `\u001b[31mred\u001B[m`, "red"},
		{"colour in Python", `\x1b[31mred\x1b[0m`, "red"},
		{"colour of a shell", `\033[31mred\033[0m`, "red"},
		{"not quite octal", `\034[31m`, " 034[31m"},
		{"escape alone", "\x1bred", "red"},
		{"colour without an end", "\x1b[31", "[31"},
		{"colour cut by a line break", "\x1b[\nred", "[\nred"},
		{"colour cut by another script", "\x1b[中A", "[中A"},
		{"colour cut by a quote", "\x1b[31\"red", "[31\"red"},
		{"colour cut by an escaped quote", `\u001b[31\"red`, "[31 \"red"},
		{"colour longer than any", "\x1b[" + strings.Repeat("1;", 20) + "m", "[" + strings.Repeat("1;", 20) + "m"},
		{"address", "a%20b%22c%3A%0a", `a b"c: `},
		{"per cent", "100% of 5%", "100% of 5%"},
		{"other script in an address", "%C3%A9", "  "},
		{"entities", "&quot;a&#39;&lt;b&gt;&nbsp;", " a  b  "},
		{"ampersand", "a&b &lt", "a&b &lt"},
		{"not UTF-8", "a\xff\xc3", "a\ufffd\ufffd"},
	} {
		if got := unescaped(c.text); got != c.want {
			t.Errorf("%s: unescaped(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestTail(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"short", "abc", "abc"},
		{"just fits", strings.Repeat("x", MaxText), strings.Repeat("x", MaxText)},
		{"too long", "head" + strings.Repeat("x", MaxText), strings.Repeat("x", MaxText)},
		{"cut in the middle of a character", "中" + strings.Repeat("x", MaxText-1), strings.Repeat("x", MaxText-1)},
		{"no characters at all", strings.Repeat("\x80", MaxText+1), ""},
	} {
		if got := tail(c.text); got != c.want {
			t.Errorf("%s: tail = %d bytes, want %d", c.name, len(got), len(c.want))
		}
	}
}
