package match

import (
	"unicode/utf16"
	"unicode/utf8"
)

// MaxText is how much of a text is read, in bytes. Of a longer one the end is
// taken: programs say last what stopped them.
const MaxText = 64 << 10

// tail is the end of a text that is read, from a whole character on.
func tail(text string) string {
	if len(text) <= MaxText {
		return text
	}
	text = text[len(text)-MaxText:]
	for len(text) > 0 && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	return text
}

// unescaper gives the characters of a text as they were before somebody put
// them into JSON, a Python string, an address or a terminal, however often that
// was done.
type unescaper struct {
	text string
	at   int // byte of the character that comes next
}

// next is the next character; false at the end. What only stood for layout or
// colour comes back as a blank.
func (u *unescaper) next() (rune, bool) {
	if u.at >= len(u.text) {
		return 0, false
	}
	c := u.text[u.at]
	switch {
	case c == '\\':
		return u.backslash(), true
	case c == 0x1b:
		u.at++
		return u.control(), true
	case c == '%':
		if n, ok := hex(u.text, u.at+1, 2); ok {
			u.at += 3
			return plain(n), true
		}
	case c == '&':
		if n := entity(u.text[u.at:]); n > 0 {
			u.at += n
			return ' ', true
		}
	case c >= utf8.RuneSelf:
		r, n := utf8.DecodeRuneInString(u.text[u.at:])
		u.at += n
		return r, true
	}
	u.at++
	return rune(c), true
}

// backslash reads any number of them and what they stand before.
func (u *unescaper) backslash() rune {
	for u.at < len(u.text) && u.text[u.at] == '\\' {
		u.at++
	}
	if u.at == len(u.text) {
		return ' '
	}
	switch c := u.text[u.at]; c {
	case 'n', 'r', 't', 'f', 'v', 'b':
		u.at++
		return ' '
	case 'u':
		if n, ok := hex(u.text, u.at+1, 4); ok {
			u.at += 5
			return u.coded(rune(n))
		}
	case 'x':
		if n, ok := hex(u.text, u.at+1, 2); ok {
			u.at += 3
			return u.coded(plain(n))
		}
	case '0':
		if len(u.text)-u.at >= 3 && u.text[u.at+1] == '3' && u.text[u.at+2] == '3' {
			u.at += 3
			return u.control()
		}
	}
	return ' '
}

// coded is a character that was written as a number. Half of a pair, as JSON
// writes characters beyond the first 65,536, is none; a line break is no line of
// the text that a person sees.
func (u *unescaper) coded(r rune) rune {
	switch {
	case r == 0x1b:
		return u.control()
	case r < ' ':
		return ' '
	case utf16.IsSurrogate(r):
		return utf8.RuneError
	}
	return r
}

// control reads what follows the escape character: the colours and moves of a
// terminal, as in ECMA-48, of which only digits, their separators and blanks are
// in use before the letter at the end. One that is cut takes nothing with it.
func (u *unescaper) control() rune {
	if u.at == len(u.text) || u.text[u.at] != '[' {
		return '\u200b'
	}
	const longest = 32 // no real sequence is longer
	i := u.at + 1
	for i < len(u.text) && i < u.at+longest && (u.text[i] >= '0' && u.text[i] <= '?' || u.text[i] == ' ') {
		i++
	}
	if i < len(u.text) && u.text[i] >= '@' && u.text[i] <= '~' && u.text[i] != '\\' {
		u.at = i + 1
	}
	return '\u200b'
}

// plain is a byte that was written as a number, as a character: those of other
// scripts take several, and none alone.
func plain(n int) rune {
	if n == 0x1b || n >= ' ' && n < 0x7f {
		return rune(n)
	}
	return ' '
}

// hex reads so many hexadecimal digits.
func hex(text string, at, digits int) (n int, ok bool) {
	if at+digits > len(text) {
		return 0, false
	}
	for _, c := range []byte(text[at : at+digits]) {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 | int(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			n = n<<4 | int(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}

// entities are the names of HTML that stand for marks between words.
var entities = [...]string{"&amp;", "&quot;", "&#34;", "&#39;", "&#x27;", "&apos;", "&lt;", "&gt;", "&nbsp;"}

// entity is the length of the entity that a text begins with, or 0.
func entity(text string) int {
	for _, name := range entities {
		if len(text) >= len(name) && text[:len(name)] == name {
			return len(name)
		}
	}
	return 0
}
