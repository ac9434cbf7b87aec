package frontmatter

import "strings"

// statement is key = value or a table's header, with the comments that belong
// to it.
type statement struct {
	lead     []string // comments above it
	brackets string   // "[" or "[[" of a header
	parts    []part   // of the key, or of the table's name
	from, to int      // the value
	note     string   // comment behind it
	tail     []string // comments below it, up to an empty line
}

// statements are all statements of a file that the scanner can read. The first
// one has no parts: its tail is what stands at the head of the file.
func (d *Doc) statements() []statement {
	s := &scanner{src: d.text[:d.start+len(d.Front)], pos: d.start}
	all := []statement{{}}
	for {
		lead := s.between(&all[len(all)-1])
		if s.pos == len(s.src) {
			return all
		}
		one := s.statement()
		one.lead = lead
		all = append(all, one)
	}
}

func (s *scanner) statement() (one statement) {
	if s.peek() == '[' {
		one.brackets = "["
		if strings.HasPrefix(s.src[s.pos:], "[[") {
			one.brackets = "[["
		}
		s.pos += len(one.brackets)
		one.parts = s.keyParts()
		s.pos += len(one.brackets)
	} else {
		one.parts, one.from, one.to = s.pair()
	}
	one.note = s.comment()
	return one
}

// pair reads key = value.
func (s *scanner) pair() (parts []part, from, to int) {
	parts = s.keyParts()
	s.pos++
	s.skipBlanks()
	from = s.pos
	s.value(&node{})
	return parts, from, s.pos
}

// comment reads the comment at the position, behind blanks; empty where none is.
func (s *scanner) comment() string {
	s.skipBlanks()
	start := s.pos
	if s.peek() == '#' {
		s.skipComment()
	}
	return strings.TrimRight(s.src[start:s.pos], " \t")
}

// between reads the comments up to the next statement. A block of them belongs
// to what stands directly below it; with an empty line there, to what stands
// directly above.
func (s *scanner) between(above *statement) (lead []string) {
	groups, near, far := s.groups()
	if len(groups) > 0 && near && (len(groups) > 1 || !far) {
		above.tail, groups = groups[0], groups[1:]
	}
	for _, g := range groups {
		lead = append(lead, g...)
	}
	if s.pos == len(s.src) {
		above.tail = append(above.tail, lead...)
	}
	return lead
}

// groups reads blocks of comments with empty lines between them, and says
// whether the first one follows the line above, and the last one is followed by
// a statement.
func (s *scanner) groups() (groups [][]string, near, far bool) {
	fresh := true
	if s.peek() == '\n' && s.pos > 0 && s.src[s.pos-1] != '\n' {
		s.pos++ // the end of the statement above
	}
	for first := true; ; first = false {
		text := s.comment()
		switch {
		case text != "":
			if fresh {
				groups = append(groups, nil)
			}
			groups[len(groups)-1] = append(groups[len(groups)-1], text)
			near = near || first
			fresh = false
		case s.peek() == '\n':
			fresh = true
		default:
			return groups, near, !fresh && s.pos < len(s.src)
		}
		if s.peek() == '\n' {
			s.pos++
		}
	}
}
