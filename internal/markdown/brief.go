package markdown

import "strings"

// brief renders the Markdown that most pieces of an entry are written in:
// paragraphs of plain text with `code`, *emphasis*, **strong** words and
// [links](https://…), and fenced code between them. goldmark needs 5 µs and 4 KB
// before it has read the first word; without brief a cold build takes a seventh
// longer. It only ever says yes when it is sure: everything else goes to
// goldmark, and a fuzz test holds what both make of a text against each other.
type brief struct {
	html, text []byte // kept between pieces
	links      []Link
}

// block renders blocks with a single empty line between them.
func (b *brief) block(source string) bool {
	b.html, b.text, b.links = b.html[:0], b.text[:0], nil
	s := strings.TrimRight(source, "\n")
	for at := 0; ; at += len("\n\n") {
		n := b.fence(s[at:])
		if n == 0 {
			n = b.paragraphBlock(s, at)
		}
		if n == 0 {
			return false
		}
		if at += n; at == len(s) {
			return true
		}
		if !strings.HasPrefix(s[at:], "\n\n") {
			return false
		}
		b.space()
	}
}

// inline renders a single paragraph without its element.
func (b *brief) inline(source string) bool {
	b.html, b.text, b.links = b.html[:0], b.text[:0], nil
	return b.paragraph(source, 0)
}

// fence renders the fenced code that s begins with and gives its length, or 0.
func (b *brief) fence(s string) int {
	const fence = "```"
	first, code, found := strings.Cut(s, "\n")
	if !found || !strings.HasPrefix(first, fence) || strings.ContainsFunc(first[len(fence):], notWord) {
		return 0
	}
	end := strings.Index(code, fence) // any other than the closing one is left to goldmark
	if end < 0 || end > 0 && code[end-1] != '\n' || strings.ContainsAny(code[:end], "\t\r\x00") {
		return 0
	}
	if after := code[end+len(fence):]; after != "" && after[0] != '\n' {
		return 0
	}
	b.html = append(b.html, "<pre><code>"...)
	b.escape(code[:end])
	b.html = append(b.html, "</code></pre>\n"...)
	return len(first) + len("\n") + end + len(fence)
}

func notWord(r rune) bool { return r > 0x7f || !word(byte(r)) }

// paragraphBlock renders the paragraph at s[at:] and gives its length, or 0.
func (b *brief) paragraphBlock(s string, at int) int {
	part, _, _ := strings.Cut(s[at:], "\n\n")
	b.html = append(b.html, "<p>"...)
	if !b.paragraph(part, at) {
		return 0
	}
	b.html = append(b.html, "</p>\n"...)
	return len(part)
}

// paragraph renders lines of text that stand at the offset at of their piece.
func (b *brief) paragraph(s string, at int) bool {
	for {
		line, rest, more := strings.Cut(s, "\n")
		if !b.line(line, at) {
			return false
		}
		if !more {
			return true
		}
		b.html = append(b.html, '\n')
		b.text = append(b.text, ' ')
		s, at = rest, at+len(line)+len("\n")
	}
}

// line renders one line that cannot be anything but text of a paragraph.
func (b *brief) line(line string, at int) bool {
	if line == "" || strings.IndexByte(" 0123456789-+=:#", line[0]) >= 0 || line[len(line)-1] == ' ' {
		return false
	}
	from := 0 // what stands for itself and is not written yet
	for i := 0; i < len(line); {
		c := line[i]
		if itself(c) || c == '_' && i > 0 && word(line[i-1]) && i+1 < len(line) && word(line[i+1]) {
			i++
			continue
		}
		b.plain(line[from:i])
		n := b.mark(line, i, at)
		if n == 0 {
			return false
		}
		i += n
		from = i
	}
	b.plain(line[from:])
	return true
}

// mark renders what begins with the sign at line[i] and gives its length, or 0.
func (b *brief) mark(line string, i, at int) int {
	switch line[i] {
	case '"':
		b.escape(line[i : i+1])
		b.text = append(b.text, '"')
		return 1
	case '`':
		return b.code(line[i:])
	case '*':
		return b.emphasis(line, i)
	case '[':
		return b.link(line[i:], at+i)
	}
	return 0
}

// code renders `code` between single backticks.
func (b *brief) code(s string) int {
	code, after, found := strings.Cut(s[1:], "`")
	if !found || code == "" || code[0] == ' ' || strings.HasPrefix(after, "`") || strings.ContainsAny(code, "\t\r\x00") {
		return 0
	}
	b.html = append(b.html, "<code>"...)
	b.escape(code)
	b.html = append(b.html, "</code>"...)
	b.text = append(b.text, code...)
	return len(code) + 2
}

// emphasis renders *words* and **words** that have blanks, brackets or the
// sentence's own signs around them, so that no rule about flanks is in doubt.
func (b *brief) emphasis(line string, i int) int {
	if i > 0 && line[i-1] != ' ' && line[i-1] != '(' {
		return 0
	}
	mark, tag := "*", "em>"
	if strings.HasPrefix(line[i:], "**") {
		mark, tag = "**", "strong>"
	}
	words, after, found := strings.Cut(line[i+len(mark):], mark)
	if !found || words == "" || !word(words[0]) || !word(words[len(words)-1]) || strings.ContainsFunc(words, notWords) {
		return 0
	}
	if after != "" && strings.IndexByte(" .,;:)", after[0]) < 0 {
		return 0
	}
	b.html = append(append(b.html, '<'), tag...)
	b.plain(words)
	b.html = append(append(b.html, "</"...), tag...)
	return len(words) + 2*len(mark)
}

func notWords(r rune) bool { return notWord(r) && !strings.ContainsRune(" -'", r) }

// link renders a [name](address) that leads somewhere allowed.
func (b *brief) link(s string, at int) int {
	name, rest, _ := strings.Cut(s[1:], "](")
	address, _, found := strings.Cut(rest, ")")
	if !found || name == "" || strings.ContainsFunc(name, notItself) || strings.ContainsFunc(address, notAddress) {
		return 0
	}
	if !strings.HasPrefix(address, "https://") && (!strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//")) {
		return 0
	}
	b.html = append(append(append(b.html, `<a href="`...), address...), `">`...)
	b.plain(name)
	b.html = append(b.html, "</a>"...)
	b.links = append(b.links, Link{Target: address, Offset: at})
	return len(name) + len(address) + 4
}

func notItself(r rune) bool { return r < 0x80 && !itself(byte(r)) }

func notAddress(r rune) bool { return notWord(r) && !strings.ContainsRune("-._/:?=#", r) }

// itself tells whether a byte means nothing but itself inside a line of text.
func itself(c byte) bool {
	switch c {
	case '`', '*', '_', '[', ']', '<', '>', '&', '\\', '"', '!', '~', '|':
		return false
	}
	return c >= ' '
}

func word(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' }

func (b *brief) plain(s string) {
	b.html = append(b.html, s...)
	b.text = append(b.text, s...)
}

// space parts the words of two blocks in the plain text.
func (b *brief) space() {
	if len(b.text) > 0 && b.text[len(b.text)-1] != ' ' {
		b.text = append(b.text, ' ')
	}
}

// escape writes text as goldmark would.
func (b *brief) escape(s string) {
	for i := range len(s) {
		switch s[i] {
		case '&':
			b.html = append(b.html, "&amp;"...)
		case '<':
			b.html = append(b.html, "&lt;"...)
		case '>':
			b.html = append(b.html, "&gt;"...)
		case '"':
			b.html = append(b.html, "&quot;"...)
		default:
			b.html = append(b.html, s[i])
		}
	}
}

// piece is what was rendered of a source.
func (b *brief) piece(source string) Piece {
	return Piece{HTML: copyOf(b.html, source), Text: strings.TrimSpace(copyOf(b.text, source)), Links: b.links}
}

// copyOf is the text as a string of its own, or the source where that is equal.
func copyOf(text []byte, source string) string {
	if string(text) == source {
		return source
	}
	return string(text)
}
