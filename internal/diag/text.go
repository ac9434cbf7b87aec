package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text prints one line for a finding, and one more for its hint:
//
//	content/openai/x.md:7:8: error: unknown kind "ratelimit" [kind]
//	  hint: did you mean "rate-limit"?
func Text(w io.Writer, findings []Finding) error {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
		if f.Hint != "" {
			b.WriteString("  hint: " + oneLine(f.Hint) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// String is the finding on one line, without its hint and source.
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", oneLine(f.Place.String()), f.Severity, oneLine(f.Message), f.Rule)
}

// String is the place as editors and terminals know it: file:line:col, or the
// file alone.
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// String is the severity in lower case: "error", "warning", "notice".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Notice:
		return "notice"
	}
	return fmt.Sprintf("severity %d", uint8(s))
}

// oneLine writes every character that could end the line, move the cursor or
// turn the direction of writing as an escape: texts from content are foreign.
func oneLine(s string) string {
	if !strings.ContainsFunc(s, unprintable) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case !unprintable(r):
			b.WriteRune(r)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// unprintable says that a terminal would not show r as a character: controls,
// line and paragraph separators, direction marks, and bytes that are no text.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
}
