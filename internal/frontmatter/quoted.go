package frontmatter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A quoted text: where its inside begins and ends, and how to read it.
type quotes struct {
	from, to int  // the text between the quotes
	escapes  bool // a backslash means something
	lines    bool // it may go over several lines
}

// skipString goes over a string of any of the four forms.
func (s *scanner) skipString() {
	q, end := quotesAt(s.src, s.pos)
	if end < 0 {
		s.unclosed(q, s.src[s.pos:s.pos+1])
		return
	}
	s.checkEscapes(q)
	s.pos = end
}

// checkEscapes is done here because the parser points at the opening quotes.
func (s *scanner) checkEscapes(q quotes) {
	for off := q.from; off < q.to; {
		text, size, ok := q.unit(s.src, off)
		if !ok {
			s.fail(off, badEscape(text), `inside "…" write \\ for a backslash, or use '…', where it stands for itself`)
			return
		}
		off += size
	}
}

func badEscape(text string) string {
	if digits := escapeDigits(text[1:]); digits > 0 {
		return fmt.Sprintf("%s wants %d hexadecimal digits that name a character", text, digits)
	}
	return strings.TrimSpace(text) + " is no escape"
}

func (s *scanner) unclosed(q quotes, mark string) {
	triple := strings.Repeat(mark, 3)
	if q.lines {
		s.fail(s.pos, "this string is not closed; want "+triple, "")
		s.problem.open = true
		return
	}
	s.fail(s.pos, "this string is not closed on its line; want "+mark,
		"a text of several lines stands between "+triple+" and "+triple)
}

// quoted reads a quoted key, which has one line.
func (s *scanner) quoted() string {
	start := s.pos
	if strings.HasPrefix(s.src[start:], `"""`) || strings.HasPrefix(s.src[start:], `'''`) {
		s.fail(start, "a key has one line; want one quote", "")
		return ""
	}
	s.skipString()
	if s.problem != nil {
		return ""
	}
	q, _ := quotesAt(s.src, start)
	return q.read(s.src)
}

// quotesAt reads the string that begins at off; end is -1 without its end.
func quotesAt(src string, off int) (q quotes, end int) {
	mark := src[off]
	q.escapes = mark == '"'
	triple := src[off:min(len(src), off+3)] == strings.Repeat(string(mark), 3)
	if triple {
		q.from, q.lines = off+3, true
		if strings.HasPrefix(src[q.from:], "\n") {
			// The line end behind the opening quotes is not part of the text.
			q.from++
		}
	} else {
		q.from = off + 1
	}
	for i := q.from; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\' && q.escapes && (triple || !strings.HasPrefix(src[i+1:], "\n")):
			i++
		case c == '\n' && !q.lines:
			return q, -1
		case c == mark && !triple:
			q.to = i
			return q, i + 1
		case c == mark && strings.HasPrefix(src[i:], strings.Repeat(string(mark), 3)):
			// Up to two more quotes are the end of the text.
			for more := 0; more < 2 && strings.HasPrefix(src[i+3:], string(mark)); more++ {
				i++
			}
			q.to = i
			return q, i + 3
		}
	}
	return q, -1
}

// read is the text that q stands for.
func (q quotes) read(src string) string {
	if !q.escapes || strings.IndexByte(src[q.from:q.to], '\\') < 0 {
		return src[q.from:q.to]
	}
	var b strings.Builder
	for off := q.from; off < q.to; {
		text, size, _ := q.unit(src, off)
		b.WriteString(text)
		off += size
	}
	return b.String()
}

// source is the offset in src of byte off of the text that q stands for; the
// end of the text for an offset behind it. An offset in the middle of an
// escape is that of its backslash.
func (q quotes) source(src string, off int) int {
	at := q.from
	for at < q.to {
		text, size, _ := q.unit(src, at)
		if off < len(text) {
			if size == len(text) {
				return at + off // the text stands for itself
			}
			return at
		}
		off -= len(text)
		at += size
	}
	return q.to
}

// unit reads one piece of the inside: a run without backslashes, an escape, or
// a backslash at the end of a line with all blanks and line ends behind it. An
// escape that TOML does not know stands for itself, with ok false.
func (q quotes) unit(src string, off int) (text string, size int, ok bool) {
	inside := src[off:q.to]
	if !q.escapes {
		return inside, len(inside), true
	}
	if i := strings.IndexByte(inside, '\\'); i != 0 {
		if i < 0 {
			i = len(inside)
		}
		return inside[:i], i, true
	}
	rest := strings.TrimLeft(inside[1:], " \t\n")
	if blanks := inside[:len(inside)-len(rest)]; q.lines && strings.Contains(blanks, "\n") {
		return "", len(blanks), true
	}
	return escape(inside)
}

// escape reads \n, \u00e9 and the like.
func escape(s string) (text string, size int, ok bool) {
	_, size = utf8.DecodeRuneInString(s[1:])
	unknown := s[:1+size]
	if i := strings.IndexByte(`bt"nfre\`, s[1]); i >= 0 {
		return "\b\t\"\n\f\r\x1b\\"[i : i+1], 2, true
	}
	digits := escapeDigits(s[1:2])
	if digits == 0 || len(s) < 2+digits {
		return unknown, len(unknown), false
	}
	code, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return unknown, len(unknown), false
	}
	return string(rune(code)), 2 + digits, true
}

// escapeDigits is how many hexadecimal digits follow the letter of an escape.
func escapeDigits(letter string) int {
	switch letter {
	case "x":
		return 2
	case "u":
		return 4
	case "U":
		return 8
	}
	return 0
}
