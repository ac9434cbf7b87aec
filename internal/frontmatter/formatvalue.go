package frontmatter

import (
	"slices"
	"strings"
)

// value writes the value of a key that stands between two offsets.
func (p *printer) value(from, to int, key string) string {
	if p.src[from] != '[' {
		return p.oneLine(from, to)
	}
	list := p.list(from)
	apart := slices.Contains(p.layout.Lists, key) && len(list.items) > 0
	if line := list.oneLine(); list.fits(line) && !apart {
		return line
	}
	return list.lines()
}

// oneLine writes a value that has one line in order, and leaves others alone.
func (p *printer) oneLine(from, to int) string {
	text := p.src[from:to]
	switch {
	case strings.Contains(text, "\n"):
		return text
	case text[0] == '[':
		return p.list(from).oneLine()
	case text[0] == '{':
		return p.inlineTable(from)
	}
	return text
}

func (p *printer) inlineTable(from int) string {
	s := &scanner{src: p.src, pos: from + 1}
	var pairs []string
	for s.skipBlanks(); s.peek() != '}'; s.skipBlanks() {
		if s.peek() == ',' {
			s.pos++
			continue
		}
		parts, from, to := s.pair()
		pairs = append(pairs, p.key(parts)+" = "+p.oneLine(from, to))
	}
	if len(pairs) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}

// listing is an array with its comments.
type listing struct {
	items []item
	end   []string // comments above the closing bracket
}

type item struct {
	lead []string // comments above it
	text string
	note string // comment behind it
}

// list reads the array at an offset.
func (p *printer) list(from int) listing {
	var l listing
	s := &scanner{src: p.src, pos: from + 1}
	for behind := false; ; { // behind: nothing but blanks since the last item
		switch s.skipBlanks(); s.peek() {
		case ']':
			return l
		case ',':
			s.pos++
		case '\n':
			s.pos++
			behind = false
		case '#':
			l.comment(s.comment(), behind)
		default:
			from := s.pos
			s.value(&node{})
			l.items = append(l.items, item{lead: l.end, text: p.oneLine(from, s.pos)})
			l.end, behind = nil, true
		}
	}
}

// comment puts a comment behind the last item, or above what comes next.
func (l *listing) comment(text string, behind bool) {
	if behind && l.items[len(l.items)-1].note == "" {
		l.items[len(l.items)-1].note = text
		return
	}
	l.end = append(l.end, text)
}

// fits tells whether a list may stand on one line, written so.
func (l listing) fits(line string) bool {
	commented := func(i item) bool { return i.note != "" || len(i.lead) > 0 }
	return len(l.end) == 0 && !slices.ContainsFunc(l.items, commented) && !strings.Contains(line, "\n")
}

func (l listing) oneLine() string {
	var texts []string
	for _, i := range l.items {
		texts = append(texts, i.text)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func (l listing) lines() string {
	var b strings.Builder
	b.WriteString("[\n")
	for _, i := range l.items {
		for _, text := range i.lead {
			b.WriteString("  " + text + "\n")
		}
		b.WriteString("  " + i.text + "," + note(i.note) + "\n")
	}
	for _, text := range l.end {
		b.WriteString("  " + text + "\n")
	}
	return b.String() + "]"
}
