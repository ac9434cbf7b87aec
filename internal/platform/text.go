package platform

import (
	"html"
	"strings"
	"unicode"

	"faultbook/internal/status"
)

// rawMax is how many bytes of a text are looked at: an ordinary update has
// less than 2,000, and tags may take as much again.
const rawMax = 16 << 10

// fromHTML is the plain text of a piece of HTML, or of text that holds none:
// whatever is no tag that pages use stays as it is. The result is text, not
// HTML: whoever prints it escapes it.
func fromHTML(s string) string {
	return clean(html.UnescapeString(dropTags(cut(s))))
}

// fromMarkdown is the plain text of a piece of Markdown.
func fromMarkdown(s string) string {
	return clean(html.UnescapeString(dropMarks(cut(s))))
}

// line is a name or title as one line of text. Nothing is decoded in it: pages
// send names as they are, and "<nil> & co" is a name.
func line(s string) string {
	return status.Clip(strings.Join(strings.Fields(strings.Map(harmless, cut(s))), " "), status.NameMax)
}

// word is a value that the source takes from a list of its own.
func word(t text) string { return line(string(t)) }

func cut(s string) string {
	if len(s) > rawMax {
		s = strings.ToValidUTF8(s[:rawMax], "")
	}
	return s
}

// clean ends every path to plain text: no control characters, no blank lines in
// a row, no blanks at line ends, not too long.
func clean(s string) string {
	s = strings.Map(harmless, strings.ReplaceAll(s, "\r\n", "\n"))
	var kept []string
	for part := range strings.SplitSeq(s, "\n") {
		part = strings.TrimRightFunc(part, unicode.IsSpace)
		if part == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, part)
	}
	return status.Clip(strings.TrimSpace(strings.Join(kept, "\n")), status.TextMax)
}

// harmless drops what can deceive a reader without being seen: control
// characters, overrides of the writing direction, invisible tag characters.
func harmless(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
		return '\n'
	case r == '\t':
		return ' '
	case unicode.Is(unicode.Cc, r),
		'\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069',
		'\U000e0000' <= r && r <= '\U000e007f', r == '\ufeff':
		return -1
	}
	return r
}
