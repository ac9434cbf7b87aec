package frontmatter

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	gotoml "github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"faultbook/internal/diag"
)

// FuzzParse holds that no bytes make Parse or Decode panic, that the parts put
// together are the file again, and that every finding stands in the file.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "+++", "+++\n+++", "+++\r\na = 1\r\n+++\r\n\r\ntext", "\ufeff+++\n+++\n", "---\n---\n", "+++\na=1\n---\n",
		"+++\nt = '''\n+++\n'''\n+++\n", "+++\nt = \"\\u12\"\n+++\n", "+++\n\x00\xff\r\n+++\n", "+++\n[[a]]\n[[a]]\nb=1\nb=2\n+++\n",
		"+++\nx = 0b2\n+++\n", "+++\nt = [\n+++\n", "+++\ntitle = \"é\nwaiting = {helps = 1, x.y = 2}\nfaq = [1, {q = 2}]\n+++\n",
	} {
		f.Add([]byte(seed))
	}
	f.Add(readModel(f))
	form := FormOf[everything]()
	f.Fuzz(func(t *testing.T, data []byte) {
		d, findings := Parse("x.md", data)
		if d.BodyLine > 0 {
			checkReproduces(t, d, data)
		}
		var e everything
		decoded := form.Decode(d, &e)
		_, texts := d.Strings()
		for _, found := range append(append(findings, decoded...), texts...) {
			checkFinding(t, found, d)
		}
		if len(findings) > 0 && len(decoded) > 0 {
			t.Errorf("Decode of %q found more after Parse", data)
		}
	})
}

func checkReproduces(t *testing.T, d *Doc, data []byte) {
	t.Helper()
	want := strings.ReplaceAll(strings.TrimPrefix(string(data), bom), "\r\n", "\n")
	got := "+++\n" + d.Front + "+++\n" + d.Body
	if got != want && got != want+"\n" {
		t.Errorf("Parse(%q) has parts %q, want %q", data, got, want)
	}
	if line := strings.Count(got[:len(got)-len(d.Body)], "\n") + 1; d.BodyLine != line {
		t.Errorf("Parse(%q) has BodyLine %d, want %d", data, d.BodyLine, line)
	}
}

func checkFinding(t *testing.T, f diag.Finding, d *Doc) {
	t.Helper()
	lines := strings.Split(d.text, "\n")
	if f.Line < 1 || f.Line > len(lines) || f.Source != lines[f.Line-1] || f.Col < 1 || f.Col > utf8.RuneCountInString(f.Source)+1 {
		t.Errorf("finding %+v does not stand in %q", f, d.text)
	}
	if f.Message == "" || f.Rule == "" {
		t.Errorf("finding %+v says nothing", f)
	}
}

// FuzzPlaces holds that for every document that both parsers accept, each key,
// value and element is where pelletier/go-toml sees it, that the scanner finds
// exactly the values of BurntSushi/toml, and that Within is exact.
func FuzzPlaces(f *testing.F) {
	for _, seed := range []string{
		"a = 1\nb.c = 'x'\n\"d e\".'f' = \"\"\"\n\\u0041\\\n  x\"\"\"\n",
		"[a]\nb = [1, 'two', [3.0, {x = 1, y.z = 2}], # c\n]\n[[c.d]]\ne=1\n[[c.d]]\ne=2\n[c.d.f]\ng=1979-05-27 07:32:00\n",
		"é = 1", "'é' = 1 # \xe2\x80\x9c\n\t\"\\t\"=true", "a = ''''x'''''\nb = \"\"\"\"\\\"\"\"\"\"\"", "[a.b]\n[a]\nc=inf\n", "a=[\r\n]\r\nb={}",
		"a = { # x\n b = 1,\n}\n", "a.b = 1\na.c = 2\n[d]\n[d.e]\n", "a = [[[]], {b=[{}]}]",
	} {
		f.Add(seed)
	}
	d, _ := Parse("x.md", readModel(f))
	f.Add(d.Front)
	f.Fuzz(func(t *testing.T, doc string) { checkPlaces(t, doc, false) })
}

// checkPlaces does nothing for a document that one of the parsers refuses,
// unless it is known to be valid.
func checkPlaces(t *testing.T, doc string, valid bool) {
	t.Helper()
	d, findings := ParseTOML("x.toml", []byte(doc))
	var all map[string]any
	if err := gotoml.Unmarshal([]byte(d.text), &all); err != nil || len(findings) > 0 {
		if valid {
			t.Fatalf("%q is refused: %v\n%s", doc, err, card(findings))
		}
		return
	}
	if p := d.scan().problem; p != nil {
		if !strings.Contains(p.message, fmt.Sprint(deepest)) { // our own limit
			t.Errorf("both parsers accept %q, the scanner says %+v", doc, *p)
		}
		return
	}
	checkComplete(t, d, d.tree(), d.values, nil)
	o := oracle{t: t, doc: d}
	o.parser.Reset([]byte(d.text))
	o.run()
}

// checkComplete goes through the values and the places side by side.
func checkComplete(t *testing.T, d *Doc, n *node, v any, path []any) {
	t.Helper()
	switch v := v.(type) {
	case map[string]any:
		if len(n.keys) != len(v) {
			t.Errorf("%q: the scanner has %d keys at %v, want %d", d.text, len(n.keys), path, len(v))
		}
		for key, v := range v {
			child := n.keys[key]
			if child == nil {
				t.Fatalf("%q: the scanner has no %q at %v", d.text, key, path)
			}
			checkComplete(t, d, child, v, append(path, key))
		}
	case []map[string]any:
		for i, v := range v {
			checkItem(t, d, n, i, v, path)
		}
	case []any:
		if len(n.items) != len(v) {
			t.Fatalf("%q: the scanner has %d items at %v, want %d", d.text, len(n.items), path, len(v))
		}
		for i, v := range v {
			checkItem(t, d, n, i, v, path)
		}
	case string:
		checkWithin(t, d, n, v)
	}
}

func checkItem(t *testing.T, d *Doc, n *node, i int, v any, path []any) {
	t.Helper()
	if i >= len(n.items) {
		t.Fatalf("%q: the scanner has %d items at %v, want more", d.text, len(n.items), path)
	}
	checkComplete(t, d, n.items[i], v, append(path, i))
}

// checkWithin holds that what stands before the place of a byte decodes to
// what stands before that byte, up to one escape.
func checkWithin(t *testing.T, d *Doc, n *node, value string) {
	t.Helper()
	q, end := quotesAt(d.text, n.value)
	if end < 0 || q.read(d.text) != value {
		t.Fatalf("%q: the string at %d reads %q, want %q", d.text, n.value, q.read(d.text), value)
	}
	for off := range len(value) + 1 {
		before := q
		before.to = q.source(d.text, off)
		read := before.read(d.text)
		if !strings.HasPrefix(value, read) || len(read) > off || off-len(read) >= utf8.UTFMax {
			t.Fatalf("%q: byte %d of %q is said to be at %d, where %q is read", d.text, off, value, before.to, read)
		}
	}
}

// oracle walks through a document as the other parser sees it.
type oracle struct {
	t      *testing.T
	doc    *Doc
	parser unstable.Parser
	table  []any          // path of the table that the last header opened
	items  map[string]int // number of items of each array of tables
}

func (o *oracle) run() {
	o.items = make(map[string]int)
	for o.parser.NextExpression() {
		expression := o.parser.Expression()
		switch expression.Kind {
		case unstable.KeyValue:
			o.keyValue(expression, o.table)
		case unstable.Table, unstable.ArrayTable:
			o.header(expression)
		}
	}
	if err := o.parser.Error(); err != nil {
		o.t.Fatalf("%q: %v", o.doc.text, err)
	}
}

func (o *oracle) header(expression *unstable.Node) {
	path, last := o.resolve(nil, expression.Key())
	if expression.Kind == unstable.ArrayTable {
		o.items[fmt.Sprintf("%q", path)]++
		path = append(path, o.items[fmt.Sprintf("%q", path)]-1)
	}
	o.table = path
	o.same("key", last, o.doc.KeyAt(path...))
	open := strings.LastIndex(o.doc.text[:last], "\n") + 1
	open += strings.IndexByte(o.doc.text[open:], '[')
	o.same("header", open, o.doc.At(path...))
}

// resolve makes a path of a key below base, through the newest items of arrays
// of tables, and says where the last part is.
func (o *oracle) resolve(base []any, key unstable.Iterator) (path []any, last int) {
	path = append(path, base...)
	for key.Next() {
		if n := o.items[fmt.Sprintf("%q", path)]; n > 0 {
			path = append(path, n-1)
		}
		path = append(path, string(key.Node().Data))
		last = int(key.Node().Raw.Offset)
	}
	return path, last
}

func (o *oracle) keyValue(n *unstable.Node, base []any) {
	path, last := o.resolve(base, n.Key())
	o.same("key", last, o.doc.KeyAt(path...))
	o.value(n.Value(), path)
}

func (o *oracle) value(n *unstable.Node, path []any) {
	if n.Kind != unstable.Array { // which has no place there
		o.same("value", int(n.Raw.Offset), o.doc.At(path...))
	}
	children := n.Children()
	for i := 0; children.Next(); i++ {
		if n.Kind == unstable.Array {
			o.value(children.Node(), append(path[:len(path):len(path)], i))
		} else {
			o.keyValue(children.Node(), path)
		}
	}
}

// same compares a place with the line and column of a byte offset, counted
// here in another way than Doc does.
func (o *oracle) same(what string, off int, got diag.Place) {
	o.t.Helper()
	line, col := 1, 1
	for _, r := range o.doc.text[:off] {
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	if got.Line != line || got.Col != col {
		o.t.Errorf("%q: %s at %d:%d, want %d:%d", o.doc.text, what, got.Line, got.Col, line, col)
	}
}
