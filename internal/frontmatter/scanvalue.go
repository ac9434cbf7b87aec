package frontmatter

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// value reads one value, and the places in it, into n.
func (s *scanner) value(n *node) {
	if s.depth == deepest {
		s.fail(s.pos, fmt.Sprintf("values are nested deeper than %d levels", deepest), "")
		return
	}
	s.depth++
	switch s.peek() {
	case '"', '\'':
		s.skipString()
	case '[':
		s.array(n)
	case '{':
		s.inlineTable(n)
	default:
		s.scalar()
	}
	s.depth--
}

func (s *scanner) array(n *node) {
	open := s.pos
	s.pos++
	for s.problem == nil {
		s.skipLines()
		if s.peek() == ']' {
			s.pos++
			return
		}
		if s.pos == len(s.src) {
			s.fail(open, "this array is not closed; want ]", "")
			return
		}
		if s.keyFollows() {
			s.fail(s.pos, fmt.Sprintf("want a value or ], got the key %s", s.word()), "")
			s.problem.also, s.problem.alsoWord = open, arrayBegins
			return
		}
		item := &node{key: s.pos, value: s.pos, kind: assigned}
		n.items = append(n.items, item)
		s.value(item)
		s.skipLines()
		switch s.peek() {
		case ',':
			s.pos++
		case ']', 0:
		default:
			s.fail(s.pos, fmt.Sprintf("want , or ] in the array, got %s", s.word()), "")
			s.problem.also, s.problem.alsoWord = open, arrayBegins
		}
	}
}

// keyFollows says that the next key stands where an element should: the array
// above it is not closed.
func (s *scanner) keyFollows() bool {
	rest := strings.TrimLeftFunc(s.src[s.pos:], func(r rune) bool { return r < utf8.RuneSelf && bare(byte(r)) })
	return len(rest) < len(s.src)-s.pos && strings.HasPrefix(strings.TrimLeft(rest, " \t"), "=")
}

func (s *scanner) inlineTable(n *node) {
	open := s.pos
	s.pos++
	for s.problem == nil {
		s.skipLines()
		if s.peek() == '}' {
			s.pos++
			return
		}
		if s.pos == len(s.src) {
			s.fail(open, "this table is not closed; want }", "")
			return
		}
		s.assignment(n)
		s.skipLines()
		switch s.peek() {
		case ',':
			s.pos++
		case '}', 0:
		default:
			s.fail(s.pos, fmt.Sprintf("want , or } in the table, got %s", s.word()), "")
		}
	}
}

// scalar goes over a number, a boolean or a date.
func (s *scanner) scalar() {
	start := s.pos
	s.skipScalar()
	if s.pos-start == len("2006-01-02") && s.src[start+4] == '-' && s.timeFollows() {
		s.pos++ // a date may be parted from its time by one blank
		s.skipScalar()
	}
	s.checkScalar(start)
}

func (s *scanner) skipScalar() {
	for c := s.peek(); c != 0 && strings.IndexByte(" \t\n,]}#", c) < 0; c = s.peek() {
		s.pos++
	}
}

func (s *scanner) timeFollows() bool {
	rest := s.src[s.pos:]
	return len(rest) > 1 && rest[0] == ' ' && '0' <= rest[1] && rest[1] <= '9'
}

// checkScalar names the two slips that the parser names badly: a text without
// quotes, and quotes that a word processor has bent.
func (s *scanner) checkScalar(start int) {
	text := s.src[start:s.pos]
	first, _ := utf8.DecodeRuneInString(text)
	s.pos = start
	switch {
	case text == "":
		s.fail(start, fmt.Sprintf("want a value, got %s", s.word()), "")
	case strings.ContainsRune("“”„‘’‚«»`", first):
		s.fail(start, fmt.Sprintf("want a value, got %c", first), `TOML knows only the straight quotes "…" and '…'`)
	case unicode.IsLetter(first) && text != "true" && text != "false" && text != "inf" && text != "nan":
		s.fail(start, fmt.Sprintf("want a value, got %s", s.word()), "put a text in quotes")
	}
	s.pos = start + len(text)
}
