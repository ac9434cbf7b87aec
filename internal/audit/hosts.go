// Package audit holds the gate that a built site passes before it is published.
// The Go half reads the two host files, _headers and _redirects, as Netlify's own
// parsers read them, and says what the hosts would drop, refuse or never use. The
// other half, beside it, is a node package that measures pages in a browser.
//
// It owns what a host makes of these two files. It must not know how they are
// written, nor touch files or networks: bytes in, rules and problems out.
package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Problem is one thing in a host file that a host would drop, refuse or never use.
type Problem struct {
	Line    int    // from 1; 0 when it is about the file as a whole
	Message string // lower case, no period
}

// String is the problem with its line: "line 3: …".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.Message
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Message)
}

// reader walks over the lines of a host file and collects what is wrong.
type reader struct {
	line     int
	problems []Problem
}

func (r *reader) problem(format string, args ...any) {
	r.problems = append(r.problems, Problem{r.line, fmt.Sprintf(format, args...)})
}

// lines calls read with every line that says something: trimmed as the host
// trims it, without empty lines and comments. longest is in characters, for a
// host that counts them.
func (r *reader) lines(data []byte, longest int, read func(line string)) {
	for raw := range strings.SplitSeq(string(data), "\n") {
		r.line++
		line := strings.TrimFunc(raw, isSpace)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !utf8.ValidString(line) {
			r.problem("not UTF-8; the host reads other characters")
			line = strings.ToValidUTF8(line, "\uFFFD")
		}
		if n := utf8.RuneCountInString(line); n > longest {
			r.problem("%d characters; Cloudflare Pages reads at most %d", n, longest)
		}
		read(line)
	}
	r.line = 0
}

// isSpace reports what JavaScript's trim and \s call white space; the host's
// parsers are written in it. Go's list has U+0085 more and U+FEFF less.
func isSpace(c rune) bool {
	switch c {
	case '\t', '\n', '\v', '\f', '\r', ' ', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000', '\uFEFF':
		return true
	}
	return '\u2000' <= c && c <= '\u200A'
}
