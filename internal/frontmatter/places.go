package frontmatter

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"faultbook/internal/diag"
)

// At is the place of the value at a path of keys (string) and indexes (int):
// At("faq", 1, "q"). A table is where its header begins. What is not there has
// the place of the nearest parent, and the file has line 1, column 1.
func (d *Doc) At(path ...any) diag.Place {
	if n, _ := d.find(path); n != d.tree() {
		return d.place(n.value)
	}
	return d.top()
}

// KeyAt is the place of the key itself, or what At says for an array element.
func (d *Doc) KeyAt(path ...any) diag.Place {
	if n, _ := d.find(path); n != d.tree() {
		return d.place(n.key)
	}
	return d.top()
}

// Within is the place of byte off of the string at path: what an escape stands
// for has the place of its backslash. Where no string is, it is At.
func (d *Doc) Within(off int, path ...any) diag.Place {
	n, found := d.find(path)
	if found && n.kind == assigned && strings.IndexByte(`"'`, d.text[n.value]) >= 0 {
		q, _ := quotesAt(d.text, n.value)
		return d.place(q.source(d.text, off))
	}
	return d.At(path...)
}

// BodyAt is the place of byte off of Body.
func (d *Doc) BodyAt(off int) diag.Place {
	return d.place(len(d.text) - len(d.Body) + min(max(off, 0), len(d.Body)))
}

// Text is the whole file, without a BOM and with \n line ends.
func (d *Doc) Text() string { return d.text }

// TextAt is the place of byte off of Text.
func (d *Doc) TextAt(off int) diag.Place { return d.place(min(max(off, 0), len(d.text))) }

// Finding is an error at a place of this file, with the source line.
func (d *Doc) Finding(at diag.Place, rule, message, hint string) diag.Finding {
	return diag.Finding{Place: at, Rule: rule, Message: message, Hint: hint, Source: d.line(at.Line)}
}

func (d *Doc) top() diag.Place { return diag.Place{File: d.Name, Line: 1, Col: 1} }

// find goes down path as far as there are nodes, and says whether it got to
// the end.
func (d *Doc) find(path []any) (*node, bool) {
	n := d.tree()
	for _, step := range path {
		next := n.child(step)
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

func (n *node) child(step any) *node {
	switch step := step.(type) {
	case string:
		return n.keys[step]
	case int:
		if 0 <= step && step < len(n.items) {
			return n.items[step]
		}
		return nil
	}
	panic(fmt.Sprintf("frontmatter: a path has keys and indexes, not %T", step))
}

// tree is the root of all places. Only findings need it, so it is made when
// the first one asks.
func (d *Doc) tree() *node {
	d.treeOnce.Do(func() { d.root = d.scan().root })
	return d.root
}

// lineStarts are the offsets of the first byte of each line.
func (d *Doc) lineStarts() []int {
	d.linesOnce.Do(func() {
		d.lines = []int{0}
		for off := range len(d.text) {
			if d.text[off] == '\n' {
				d.lines = append(d.lines, off+1)
			}
		}
	})
	return d.lines
}

// place makes line and column of a byte offset in d.text.
func (d *Doc) place(off int) diag.Place {
	lines := d.lineStarts()
	line, found := slices.BinarySearch(lines, off)
	if found {
		line++
	}
	return diag.Place{File: d.Name, Line: line, Col: 1 + utf8.RuneCountInString(d.text[lines[line-1]:off])}
}

// line is the text of a line, from 1, without its end; empty where none is.
func (d *Doc) line(n int) string {
	lines := d.lineStarts()
	if n < 1 || n > len(lines) {
		return ""
	}
	text, _, _ := strings.Cut(d.text[lines[n-1]:], "\n")
	return text
}
