package frontmatter

import (
	"fmt"
	"testing"

	"faultbook/internal/diag"
)

func TestAt(t *testing.T) {
	d, findings := Parse("x.md", []byte(`+++
title = "T"
"wide 日本" = 1 # comment = 2
	kind	=	'k'
"quo\u0020ted" . 'x y'.z = "é" # “
inline = { a = 1, "日本" = [ {b = 2}, { b = 3 } ], c.d = 1979-05-27 07:32:00 }
many = [ # [ "
  "one", 'two',	"""
three, [""", [ 4, [ 5 ] ],

  # six
  6,
] # ]
raw = '''
a = 1
[x]
''''' # ''' of the text
[waiting]
helps = "no"
[ a . "b" ]
c = 1
[[faq]]
q = "1"
[[ faq ]]
q = "2"
[[faq.more]]
x = 1
[[faq.more]]
x = 2
[faq.one]
x = 3
+++
`))
	if len(findings) > 0 {
		t.Fatal(card(findings))
	}
	for _, c := range []struct {
		path    []any
		at, key string
	}{
		{nil, "1:1", "1:1"},
		{[]any{"nowhere"}, "1:1", "1:1"},
		{[]any{"title"}, "2:9", "2:1"},
		{[]any{"title", 3, "x"}, "2:9", "2:1"},
		{[]any{"wide 日本"}, "3:13", "3:1"},
		{[]any{"kind"}, "4:9", "4:2"},
		{[]any{"quo ted"}, "5:1", "5:1"},
		{[]any{"quo ted", "x y"}, "5:18", "5:18"},
		{[]any{"quo ted", "x y", "z"}, "5:28", "5:24"},
		{[]any{"inline"}, "6:10", "6:1"},
		{[]any{"inline", "a"}, "6:16", "6:12"},
		{[]any{"inline", "日本"}, "6:26", "6:19"},
		{[]any{"inline", "日本", 1}, "6:37", "6:37"},
		{[]any{"inline", "日本", 1, "b"}, "6:43", "6:39"},
		{[]any{"inline", "日本", 2}, "6:26", "6:19"},
		{[]any{"inline", "c", "d"}, "6:56", "6:52"},
		{[]any{"many", 0}, "8:3", "8:3"},
		{[]any{"many", 1}, "8:10", "8:10"},
		{[]any{"many", 2}, "8:17", "8:17"},
		{[]any{"many", 3}, "9:14", "9:14"},
		{[]any{"many", 3, 1, 0}, "9:21", "9:21"},
		{[]any{"many", 4}, "12:3", "12:3"},
		{[]any{"raw"}, "14:7", "14:1"},
		{[]any{"waiting"}, "18:1", "18:2"},
		{[]any{"waiting", "helps"}, "19:9", "19:1"},
		{[]any{"waiting", "nowhere"}, "18:1", "18:2"},
		{[]any{"a"}, "20:3", "20:3"},
		{[]any{"a", "b"}, "20:1", "20:7"},
		{[]any{"a", "b", "c"}, "21:5", "21:1"},
		{[]any{"faq"}, "22:1", "22:3"},
		{[]any{"faq", 0, "q"}, "23:5", "23:1"},
		{[]any{"faq", 1}, "24:1", "24:4"},
		{[]any{"faq", 1, "q"}, "25:5", "25:1"},
		{[]any{"faq", 1, "more", 1, "x"}, "29:5", "29:1"},
		{[]any{"faq", 1, "one"}, "30:1", "30:6"},
		{[]any{"faq", 1, "one", "x"}, "31:5", "31:1"},
		{[]any{"faq", -1}, "22:1", "22:3"},
	} {
		if got := short(d.At(c.path...)); got != c.at {
			t.Errorf("At(%v) = %s, want %s", c.path, got, c.at)
		}
		if got := short(d.KeyAt(c.path...)); got != c.key {
			t.Errorf("KeyAt(%v) = %s, want %s", c.path, got, c.key)
		}
	}
}

func short(p diag.Place) string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }

func TestWithin(t *testing.T) {
	d, findings := Parse("x.md", []byte("+++\r\n"+
		"literal = 'é bad'\r\n"+
		`basic = "é\t\u00e9\\ \"bad"`+"\r\n"+
		"lines = \"\"\"\r\n"+
		"one\r\n"+
		"\ttwo \\\r\n"+
		"\r\n"+
		"   bad\"\"\"\r\n"+
		"raw = '''\r\n"+
		"\\one\r\n"+
		"é bad'''\r\n"+
		"many = [\"x\", \"\"\"a\\nbad\"\"\"]\r\n"+
		"number = 1\r\n"+
		"empty = ''\r\n"+
		"+++\r\nélan\r\nbad\r\n"))
	if len(findings) > 0 {
		t.Fatal(card(findings))
	}
	for _, c := range []struct {
		value string
		off   int
		path  []any
		want  string
	}{
		{"é bad", len("é "), []any{"literal"}, "2:14"},
		{"é\té\\ \"bad", len("é\té\\ \""), []any{"basic"}, "3:24"},
		{"é\té\\ \"bad", len("é\t"), []any{"basic"}, "3:13"},
		{"é\té\\ \"bad", len("é\té") - 1, []any{"basic"}, "3:13"},
		{"one\n\ttwo bad", len("one\n\ttwo "), []any{"lines"}, "8:4"},
		{"one\n\ttwo bad", len("one\n"), []any{"lines"}, "6:1"},
		{"one\n\ttwo bad", 0, []any{"lines"}, "5:1"},
		{"\\one\né bad", len("\\one\né "), []any{"raw"}, "11:3"},
		{"a\nbad", len("a\n"), []any{"many", 1}, "12:20"},
		{"a\nbad", len("a\nbad"), []any{"many", 1}, "12:23"},
		{"a\nbad", 99, []any{"many", 1}, "12:23"},
		{"", 3, []any{"number"}, "13:10"},
		{"", 0, []any{"empty"}, "14:10"},
		{"", 3, []any{"nowhere"}, "1:1"},
	} {
		if got := short(d.Within(c.off, c.path...)); got != c.want {
			t.Errorf("Within(%d, %v) in %q = %s, want %s", c.off, c.path, c.value, got, c.want)
		}
	}
	for off, want := range map[int]string{-1: "16:1", 0: "16:1", len("é"): "16:2", len("élan\n"): "17:1", 999: "18:1"} {
		if got := short(d.BodyAt(off)); got != want {
			t.Errorf("BodyAt(%d) = %s, want %s", off, got, want)
		}
	}
}
