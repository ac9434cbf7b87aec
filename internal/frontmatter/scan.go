package frontmatter

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// node is a key, an array element or a table, with its places as byte offsets
// in Doc.text. A node without a value of its own (a table that only dotted keys
// or headers name) has the place of the key part that named it first.
type node struct {
	key   int // the key, or the element
	value int // the value; of a table the [ of its header
	kind  nodeKind
	keys  map[string]*node
	items []*node
}

type nodeKind uint8

const (
	implied  nodeKind = iota // a table that only longer names speak of
	header                   // [table]
	headers                  // [[table]]
	assigned                 // key = value, or an element
)

// problem is what the scanner or the parser cannot read.
type problem struct {
	off      int // byte offset in Doc.text
	size     int // bytes that the parser means; 0 for the scanner
	message  string
	hint     string
	also     int    // offset of another place that matters, with alsoWord
	alsoWord string // such as "first set"; empty: no other place
	open     bool   // a string that was open when the text ended
}

// deepest is how many arrays and inline tables may stand in each other, and how
// many parts a key may have. Ours have three; see unusual.
const deepest = 16

// scanner finds places in TOML. Of text that the parser has accepted it finds
// all of them; of other text it stops at the first thing it cannot read. It
// leaves to the parser what does not move a place: numbers, dates, escapes.
type scanner struct {
	src     string // the file up to the end of the TOML
	pos     int
	depth   int
	root    *node
	table   *node // that the last header opened
	problem *problem
}

type part struct {
	name string
	off  int
}

func (d *Doc) scan() *scanner {
	s := &scanner{src: d.text[:d.start+len(d.Front)], pos: d.start, root: &node{key: d.start, value: d.start}}
	s.table = s.root
	for s.skipLines(); s.pos < len(s.src) && s.problem == nil; s.skipLines() {
		if s.src[s.pos] == '[' {
			s.header()
		} else {
			s.assignment(s.table)
		}
		s.endOfLine()
	}
	return s
}

// fail notes the first problem; every function returns soon after one.
func (s *scanner) fail(off int, message, hint string) {
	if s.problem == nil {
		s.problem = &problem{off: off, message: message, hint: hint}
	}
}

// peek is the byte at the position, 0 at the end or after a problem.
func (s *scanner) peek() byte {
	if s.pos >= len(s.src) || s.problem != nil {
		return 0
	}
	return s.src[s.pos]
}

func (s *scanner) skipBlanks() {
	for c := s.peek(); c == ' ' || c == '\t'; c = s.peek() {
		s.pos++
	}
}

// skipLines goes over blanks, line ends and comments.
func (s *scanner) skipLines() {
	for {
		switch s.peek() {
		case ' ', '\t', '\n':
			s.pos++
		case '#':
			s.skipComment()
		default:
			return
		}
	}
}

func (s *scanner) skipComment() {
	if end := strings.IndexByte(s.src[s.pos:], '\n'); end >= 0 {
		s.pos += end
		return
	}
	s.pos = len(s.src)
}

func (s *scanner) endOfLine() {
	s.skipBlanks()
	switch s.peek() {
	case '#':
		s.skipComment()
	case '\n', 0:
	default:
		hint := "write one key on a line"
		if before := s.src[:s.pos]; strings.HasSuffix(before, `"`) {
			hint = `a " inside "…" is written \"; inside '…' it needs nothing`
		} else if strings.HasSuffix(before, `'`) {
			hint = `a ' inside '…' ends it; write the text inside "…" or """…"""`
		}
		s.fail(s.pos, fmt.Sprintf("want the end of the line, got %s", s.word()), hint)
	}
}

// word is what stands at the position, as a message quotes it.
func (s *scanner) word() string {
	rest, _, _ := strings.Cut(s.src[s.pos:], "\n")
	if rest == "" {
		return "the end of the line"
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	})
	switch {
	case end < 0:
		return rest
	case end > 0:
		return rest[:end]
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsPrint(r) {
		return fmt.Sprintf("%U", r)
	}
	return string(r)
}

// header reads [table] or [[table]].
func (s *scanner) header() {
	open := s.pos
	brackets := "]"
	s.pos++
	if s.peek() == '[' {
		s.pos++
		brackets = "]]"
	}
	parts := s.keyParts()
	if s.problem != nil {
		return
	}
	if !strings.HasPrefix(s.src[s.pos:], brackets) {
		s.fail(s.pos, fmt.Sprintf("want %s to close the table name, got %s", brackets, s.word()), "")
		return
	}
	s.pos += len(brackets)
	last := parts[len(parts)-1]
	parent := s.walk(s.root, parts[:len(parts)-1])
	if brackets == "]]" {
		s.table = s.openItem(parent, last, open)
	} else {
		s.table = s.openTable(parent, last, open)
	}
}

func (s *scanner) openTable(parent *node, p part, open int) *node {
	n, ok := parent.keys[p.name]
	if !ok {
		return parent.add(p, open, header)
	}
	switch n.kind {
	case header, headers, assigned:
		s.again(p, n, "table [%s] is already there", "the first one is")
	case implied:
		n.key, n.value, n.kind = p.off, open, header
	}
	return n
}

// openItem reads a [[table]] header: another element of an array.
func (s *scanner) openItem(parent *node, p part, open int) *node {
	n, ok := parent.keys[p.name]
	if !ok {
		n = parent.add(p, open, headers)
	}
	if n.kind != headers {
		s.again(p, n, "%s is already there and no array of tables", "it is")
	}
	item := &node{key: p.off, value: open, kind: header}
	n.items = append(n.items, item)
	return item
}

// assignment reads key = value into table.
func (s *scanner) assignment(table *node) {
	parts := s.keyParts()
	if s.problem != nil {
		return
	}
	if s.peek() != '=' {
		hint := ""
		if s.peek() == ':' {
			hint = "TOML writes key = value"
		}
		s.fail(s.pos, fmt.Sprintf("want = after the key, got %s", s.word()), hint)
		return
	}
	s.pos++
	s.skipBlanks()
	parent := s.walk(table, parts[:len(parts)-1])
	last := parts[len(parts)-1]
	if n, ok := parent.keys[last.name]; ok {
		s.again(last, n, "key %q is already set", "it is first set")
		return
	}
	s.value(parent.add(last, s.pos, assigned))
}

// again is the problem of a name that is there twice.
func (s *scanner) again(p part, first *node, format, alsoWord string) {
	s.fail(p.off, fmt.Sprintf(format, p.name), "")
	s.problem.also, s.problem.alsoWord = first.key, alsoWord
}

// walk goes down from n along parts, and makes the tables that are not there.
func (s *scanner) walk(n *node, parts []part) *node {
	for _, p := range parts {
		next, ok := n.keys[p.name]
		if !ok {
			next = n.add(p, p.off, implied)
		}
		if next.kind == headers {
			next = next.items[len(next.items)-1]
		}
		if next.kind == assigned && s.src[next.value] != '{' {
			s.again(p, next, "%q is already set, and no table", "it is set")
		}
		n = next
	}
	return n
}

func (n *node) add(p part, value int, kind nodeKind) *node {
	if n.keys == nil {
		n.keys = make(map[string]*node)
	}
	child := &node{key: p.off, value: value, kind: kind}
	n.keys[p.name] = child
	return child
}

// keyParts reads a bare, quoted or dotted key and the blanks behind it.
func (s *scanner) keyParts() []part {
	var parts []part
	for {
		s.skipBlanks()
		off := s.pos
		parts = append(parts, part{name: s.keyPart(), off: off})
		s.skipBlanks()
		if s.peek() != '.' {
			return parts
		}
		if len(parts) == deepest {
			s.fail(parts[0].off, fmt.Sprintf("this key has more than %d parts", deepest), "")
			return parts
		}
		s.pos++
	}
}

func (s *scanner) keyPart() string {
	start := s.pos
	switch s.peek() {
	case '"', '\'':
		return s.quoted()
	}
	for bare(s.peek()) {
		s.pos++
	}
	if start == s.pos {
		s.fail(start, fmt.Sprintf("want a key, got %s", s.word()), "")
	}
	return s.src[start:s.pos]
}

func bare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}
