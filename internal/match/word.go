package match

import (
	"strings"
	"unicode/utf8"
)

// word is one word of a text.
type word struct {
	id    int32 // in the vocabulary; unknown, or number
	line  int32 // from 0
	value int32 // of a number up to three digits, else 0
	gap   gap   // what stands before it
}

// gap is what stands between a word and the one before.
type gap uint16

const (
	apart    gap = 1 << iota // a blank, or more than one character
	assigned                 // a colon or one equals sign last: the word is a value
	compared                 // two equals signs: the word is compared with
	opened                   // an opening bracket last
	stopped                  // anything else than blanks: a quote, a full stop, a dash
	lineEnd                  // a line break and nothing but blanks
	broken                   // a line break
	quoted                   // a quote behind the colon: a value that is text
	joined                   // one "_": the words are one name
)

const (
	unknown = -1 // a word that no entry knows
	number  = 0  // any row of digits but a single 0: "limit: 0" is an error of its own
)

// longestWord is how many characters a word may have that is compared: keys and
// pictures in base64 are none.
const longestWord = 64

// words are the words of a text, folded. known gives the number of a folded
// word.
func words(text string, known func([]byte) (int32, bool)) []word {
	s := splitter{known: known, list: make([]word, 0, len(text)/6+8)}
	u := unescaper{text: tail(text)}
	for {
		r, ok := u.next()
		if !ok {
			break
		}
		s.take(r)
	}
	s.end()
	return s.list
}

// splitter cuts characters into words.
type splitter struct {
	known func([]byte) (int32, bool)
	list  []word

	now    []byte // the word so far
	before []byte // the last word
	glued  []byte // scratch
	size   int    // of the word, in characters
	last   int    // of the last word
	digits bool   // the word has digits only

	gap   gap
	marks int // characters since the last word
	line  int32
}

func (s *splitter) take(r rune) {
	folded, class := fold(r)
	switch class {
	case nothing:
	case letter:
		s.letter(folded)
	case ideograph:
		s.end()
		s.letter(folded)
		s.end()
	default:
		s.end()
		s.mark(r)
	}
}

func (s *splitter) letter(r rune) {
	if len(s.now) == 0 {
		s.digits = true
	}
	s.digits = s.digits && r >= '0' && r <= '9'
	if s.size++; s.size <= longestWord {
		s.now = utf8.AppendRune(s.now, r)
	}
}

// mark notes a character between words.
func (s *splitter) mark(r rune) {
	s.marks++
	switch r {
	case ' ', '\t', '\r', '│', '|':
		s.gap |= apart
		return
	case '\n':
		if s.gap&stopped == 0 {
			s.gap |= lineEnd
		}
		s.line++
		s.gap |= apart | broken
		return
	case '"', '\'', '`', '\\', '*', '“', '‘': // stand around values
		if s.gap&assigned != 0 {
			s.gap |= quoted
		}
		s.gap = s.gap&^lineEnd | stopped | apart
		return
	case '_', '-', '.', '/', '@':
		s.gap = s.gap&^(assigned|opened|lineEnd) | stopped
	case ':':
		s.gap = s.gap&^(opened|lineEnd) | assigned | stopped
	case '=':
		if s.gap&assigned != 0 {
			s.gap |= compared
		}
		s.gap = s.gap&^(opened|lineEnd) | assigned | stopped | apart
	case '(', '[', '{', '<':
		if s.gap&assigned == 0 {
			s.gap |= opened
		}
		s.gap = s.gap&^lineEnd | stopped | apart
	default:
		s.gap = s.gap&^(assigned|opened|lineEnd) | stopped | apart
	}
	switch {
	case s.marks > 1:
		s.gap = s.gap&^joined | apart
	case r == '_':
		s.gap |= joined
	}
}

// end ends a word, if there is one.
func (s *splitter) end() {
	if len(s.now) == 0 {
		return
	}
	w := word{id: unknown, line: s.line, gap: s.gap}
	switch {
	case s.digits && !(s.size == 1 && s.now[0] == '0'):
		w.id = number
		if len(s.now) == 3 {
			for _, c := range s.now {
				w.value = w.value*10 + int32(c-'0')
			}
		}
	case s.size <= longestWord:
		if id, ok := s.known(s.now); ok {
			w.id = id
		}
	}
	if !s.mend(w) {
		s.list = append(s.list, w)
		s.before, s.last = append(s.before[:0], s.now...), s.size
	}
	s.now, s.size = s.now[:0], 0
	s.gap, s.marks = 0, 0
}

// mend joins a word to the one before where a line break went through the
// middle: terminals and editors wrap so. The whole is a word that is known,
// and the parts are not both.
func (s *splitter) mend(w word) bool {
	if w.gap&lineEnd == 0 || len(s.list) == 0 || s.last+s.size > longestWord {
		return false
	}
	last := &s.list[len(s.list)-1]
	if last.id > number && w.id > number {
		return false
	}
	s.glued = append(append(s.glued[:0], s.before...), s.now...)
	id, ok := s.known(s.glued)
	if !ok {
		return false
	}
	last.id, last.value = id, 0
	s.before, s.last = append(s.before[:0], s.glued...), s.last+s.size
	return true
}

// Folded is what a text says, as it is compared: its words in lower case with
// blanks between them, the placeholders of a message left out.
func Folded(text string) string {
	return strings.Join(plainWords(strings.Join(parts(text), " ")), " ")
}
