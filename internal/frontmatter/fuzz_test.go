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
	comparePlaces(t, d, d.text, 1)
	if fenceIndex(d.text) >= 0 {
		return // it ends before its end as front matter
	}
	front := strings.ReplaceAll(d.text, "\n", "\r\n")
	file, findings := Parse("x.md", []byte(bom+"+++\r\n"+front+"\r\n+++\r\nbody"))
	if len(findings) > 0 {
		t.Fatalf("%q is refused with CRLF between fences:\n%s", front, card(findings))
	}
	comparePlaces(t, file, front, 2)
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

// comparePlaces holds the places of a file against the other parser's. It is given the
// bytes of the TOML as they stand in the file, and the line that they begin on.
func comparePlaces(t *testing.T, d *Doc, raw string, line int) {
	t.Helper()
	o := oracle{t: t, doc: d, raw: raw, line: line, items: map[string]int{}}
	o.parser.Reset([]byte(raw))
	o.run()
}

// oracle walks through a document as the other parser sees it.
type oracle struct {
	t      *testing.T
	doc    *Doc
	raw    string
	line   int // of the first byte of raw
	parser unstable.Parser
	table  []any          // path of the table that the last header opened
	items  map[string]int // number of items of each array of tables
}

func (o *oracle) run() {
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
		o.t.Fatalf("%q: %v", o.raw, err)
	}
}

func (o *oracle) header(expression *unstable.Node) {
	path, key := o.resolve(nil, expression.Key())
	last := int(key.Offset)
	if expression.Kind == unstable.ArrayTable {
		o.items[fmt.Sprintf("%q", path)]++
		path = append(path, o.items[fmt.Sprintf("%q", path)]-1)
	}
	o.table = path
	o.same("key", last, o.doc.KeyAt(path...))
	open := strings.LastIndex(o.raw[:last], "\n") + 1
	open += strings.IndexByte(o.raw[open:], '[')
	o.same("header", open, o.doc.At(path...))
}

// resolve makes a path of a key below base, through the newest items of arrays
// of tables, and says where the last part is.
func (o *oracle) resolve(base []any, key unstable.Iterator) (path []any, last unstable.Range) {
	path = append(path, base...)
	for key.Next() {
		if n := o.items[fmt.Sprintf("%q", path)]; n > 0 {
			path = append(path, n-1)
		}
		path = append(path, string(key.Node().Data))
		last = key.Node().Raw
	}
	return path, last
}

func (o *oracle) keyValue(n *unstable.Node, base []any) {
	path, last := o.resolve(base, n.Key())
	o.same("key", int(last.Offset), o.doc.KeyAt(path...))
	equals := int(last.Offset + last.Length)
	equals += strings.IndexByte(o.raw[equals:], '=') + 1
	o.value(n.Value(), path, equals)
}

// value compares a value, which begins behind off and blanks; -1 where that is
// not known. The other parser knows no place of an array: that of a key's follows
// from its key, that of one in another is left to the values in it.
func (o *oracle) value(n *unstable.Node, path []any, off int) {
	if n.Kind != unstable.Array {
		o.same("value", int(n.Raw.Offset), o.doc.At(path...))
	} else if off >= 0 {
		off += len(o.raw[off:]) - len(strings.TrimLeft(o.raw[off:], " \t"))
		o.same("array", off, o.doc.At(path...))
	}
	children := n.Children()
	for i := 0; children.Next(); i++ {
		if n.Kind == unstable.Array {
			o.value(children.Node(), append(path[:len(path):len(path)], i), -1)
		} else {
			o.keyValue(children.Node(), path)
		}
	}
}

// same compares a place with the line and column of a byte offset, counted
// here in another way than Doc does.
func (o *oracle) same(what string, off int, got diag.Place) {
	o.t.Helper()
	line, col := o.line, 1
	for _, r := range o.raw[:off] {
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	if got.Line != line || got.Col != col {
		o.t.Errorf("%q: %s at %d:%d, want %d:%d", o.raw, what, got.Line, got.Col, line, col)
	}
}
