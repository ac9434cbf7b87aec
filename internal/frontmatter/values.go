package frontmatter

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"faultbook/internal/diag"
)

// parseValues fills d.values from d.Front.
func (d *Doc) parseValues() []diag.Finding {
	if unusual(d.Front) {
		if p := d.scan().problem; p != nil {
			return []diag.Finding{d.problemFinding(*p)}
		}
	}
	if found, ok := quick(d.Front); ok {
		d.values = found
		return nil
	}
	found, p := decode(d.Front)
	if p != nil {
		p.off += d.start
		return []diag.Finding{d.problemFinding(d.earliest(*p))}
	}
	d.values = found
	return nil
}

// unusual says that text should be scanned, which has limits, before it is
// parsed: the parser takes cubic time for a key of many parts and for inline
// tables in each other (16 KB of "a.a.a.…" cost 35 seconds), and recurses into
// brackets. An entry of prose has some hundred of these characters; below the
// bound the worst of texts costs milliseconds.
func unusual(text string) bool {
	return strings.Count(text, ".")+strings.Count(text, "{")+strings.Count(text, "[") > 400 ||
		strings.HasPrefix(text, bom) // which the parser would skip
}

// values takes the parser's tables as they are. Taking them out of the parser's
// own map spares us its bookkeeping of decoded keys: a third of all
// allocations.
type values map[string]any

// UnmarshalTOML implements toml.Unmarshaler.
func (t *values) UnmarshalTOML(v any) error {
	m := v.(map[string]any)
	*t = maps.Clone(m)
	clear(m)
	return nil
}

// decode reads TOML. A panic of the parser ("BUG: …") is a syntax error it did
// not foresee.
func decode(text string) (found map[string]any, p *problem) {
	defer func() {
		if r := recover(); r != nil {
			found, p = nil, &problem{off: len(text), message: "this is not TOML"}
		}
	}()
	var t values
	_, err := toml.Decode(text, &t)
	if err == nil {
		return t, nil
	}
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return nil, &problem{message: err.Error()}
	}
	// Position.Start alone is right: Line is where a token of several lines
	// ends, and Col is that of the line before for a token in column 1.
	off := min(max(parse.Position.Start, 0), len(text))
	return nil, &problem{
		off:     off,
		size:    min(parse.Position.Len, len(text)-off),
		message: restyle(parse.Message),
		hint:    hintFor(parse.Message),
	}
}

// earliest chooses between the parser's complaint and what our own scanner, or
// a look at every character, finds before it. Ours know where a string or an
// array was opened, and both places of a duplicate.
func (d *Doc) earliest(theirs problem) problem {
	best := theirs
	if ours := d.scan().problem; ours != nil && ours.off <= d.reach(theirs) {
		best = *ours
	}
	// The parser points one byte before a control character.
	if off := strings.IndexFunc(d.Front, control); off >= 0 && d.start+off <= best.off+1 {
		best = problem{
			off:     d.start + off,
			message: fmt.Sprintf("TOML allows no control character 0x%02x", d.Front[off]),
			hint:    fmt.Sprintf(`inside "…" write \u%04X`, d.Front[off]),
		}
	}
	return best
}

// reach is the last offset that a complaint of the parser can mean: it points
// at the blanks before what is wrong, at the beginning of the string that
// holds it, or at the first part of a key that is there already.
func (d *Doc) reach(p problem) int {
	end := p.off + p.size
	rest := d.text[end : d.start+len(d.Front)]
	if strings.Contains(p.message, "already") {
		line, _, _ := strings.Cut(rest, "\n")
		return end + len(line)
	}
	return end + len(rest) - len(strings.TrimLeft(rest, " \t"))
}

func control(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == 0x7f }

func (d *Doc) problemFinding(p problem) diag.Finding {
	at := d.place(p.off)
	hint := p.hint
	if p.alsoWord != "" {
		hint = fmt.Sprintf("%s at %d:%d; %s", p.alsoWord, d.place(p.also).Line, d.place(p.also).Col, mend(p.alsoWord))
	}
	if d.BodyLine > 0 && p.open {
		hint = fmt.Sprintf("the line +++ at %d closes the front matter, also inside a string; if it belongs to the text, indent it", d.BodyLine-1)
	}
	if strings.TrimSpace(d.line(at.Line)) == "---" {
		hint = "close the front matter with +++"
	}
	return d.Finding(at, RuleTOML, p.message, hint)
}

// arrayBegins tells of an array in which something is wrong.
const arrayBegins = "the array begins"

// mend is what to do about a problem that two places have a part in.
func mend(alsoWord string) string {
	if alsoWord == arrayBegins {
		return `close it with ], part its items by commas, and write \" for a quote inside "…"`
	}
	return "leave one of the two out"
}

// restyle gives a message of the parser our form: lower case, no period.
func restyle(message string) string {
	message = strings.TrimSuffix(message, ".")
	message = strings.Replace(message, "out of range for int64", "too large for an integer", 1)
	message = strings.Replace(message, "out of range for float64", "too large for a float", 1)
	first, size := utf8.DecodeRuneInString(message)
	second, _ := utf8.DecodeRuneInString(message[size:])
	if unicode.IsUpper(first) && unicode.IsLower(second) {
		return string(unicode.ToLower(first)) + message[size:]
	}
	return message
}

// hintFor mends the slips that a contributor makes most often.
func hintFor(message string) string {
	switch {
	case strings.HasPrefix(message, "invalid datetime"):
		return "write a date as 2026-09-01"
	case strings.Contains(message, "leading zeroes"):
		return "put it in quotes if it is a text"
	}
	return ""
}

// Date is the day that a TOML value names, at midnight UTC; false when v is
// anything but a date without a time.
func Date(v any) (time.Time, bool) {
	t, ok := v.(time.Time)
	if !ok || t.Location().String() != "date-local" {
		return time.Time{}, false
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
}

// KindOf names the TOML type of a decoded value as a message does: "an integer".
func KindOf(v any) string {
	switch v := v.(type) {
	case string:
		return "a string"
	case int64:
		return "an integer"
	case float64:
		return "a float"
	case bool:
		return "a boolean"
	case time.Time:
		switch v.Location().String() {
		case "date-local":
			return "a date"
		case "time-local":
			return "a time"
		}
		return "a date and time"
	case []any:
		return "an array"
	case map[string]any:
		return "a table"
	case []map[string]any:
		return "an array of tables"
	}
	panic(fmt.Sprintf("frontmatter: toml returned a %T", v))
}
