package platform

import (
	"strings"
	"unicode"
)

// dropMarks takes the marks out of a piece of Markdown and leaves its words:
// the text of links, emphasis and code. It is not a Markdown parser; what it
// does not know stays visible, which is harmless in a text.
func dropMarks(s string) string {
	var lines []string
	fenced := false
	for part := range strings.Lines(s) {
		part = strings.TrimRight(part, "\r\n")
		switch trimmed := strings.TrimSpace(part); {
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			fenced = !fenced
		case fenced:
			lines = append(lines, part)
		case isRule(trimmed):
			lines = append(lines, "")
		default:
			lines = append(lines, dropInline(dropBlock(part)))
		}
	}
	return strings.Join(lines, "\n")
}

// isRule tells whether a line is a horizontal rule.
func isRule(trimmed string) bool {
	return len(trimmed) >= 3 && (strings.Trim(trimmed, "-") == "" || strings.Trim(trimmed, "*") == "" || strings.Trim(trimmed, "_") == "")
}

// dropBlock takes away what makes a line a heading or a quote and writes list
// items alike.
func dropBlock(line string) string {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	line = line[len(indent):]
	for strings.HasPrefix(line, ">") {
		line = strings.TrimPrefix(line[1:], " ")
	}
	if heading := strings.TrimLeft(line, "#"); len(line)-len(heading) <= 6 && heading != line && strings.HasPrefix(heading, " ") {
		return strings.TrimSpace(heading)
	}
	if strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "+ ") {
		line = "-" + line[1:]
	}
	return indent + line
}

// dropped stands in the output for a mark that turned out to be one.
const dropped rune = -1

// inline takes the marks out of one line, in one pass: marks are written to out
// and taken back when their partner comes.
type inline struct {
	in      []rune
	at      int
	out     []rune
	links   []int          // where in out each open "[" stands
	open    map[string]int // where in out an opening run of emphasis stands
	noTick  map[int]bool   // no run of so many backticks is left
	noParen bool           // no ")" is left
}

func dropInline(line string) string {
	if !strings.ContainsAny(line, "\\`![]*_~<") {
		return line
	}
	p := inline{in: []rune(line), open: map[string]int{}, noTick: map[int]bool{}}
	for p.at < len(p.in) {
		p.step()
	}
	var b strings.Builder
	for _, r := range p.out {
		if r != dropped {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// peek is the character n places on, a blank beyond the ends.
func (p *inline) peek(n int) rune {
	if i := p.at + n; i >= 0 && i < len(p.in) {
		return p.in[i]
	}
	return ' '
}

// run is how often the character at p.at stands there in a row.
func (p *inline) run() int {
	n := 1
	for p.at+n < len(p.in) && p.in[p.at+n] == p.in[p.at] {
		n++
	}
	return n
}

// find is how far away the first r is from here, -1 if there is none.
func (p *inline) find(r rune) int {
	for i := p.at; i < len(p.in); i++ {
		if p.in[i] == r {
			return i - p.at
		}
	}
	return -1
}

func (p *inline) step() {
	switch r := p.in[p.at]; {
	case r == '\\' && p.at+1 < len(p.in) && p.peek(1) < unicode.MaxASCII && (unicode.IsPunct(p.peek(1)) || unicode.IsSymbol(p.peek(1))):
		p.out = append(p.out, p.peek(1))
		p.at += 2
	case r == '`':
		p.code()
	case r == '!' && p.peek(1) == '[':
		p.at++ // an image is told by its text
	case r == '[':
		p.links = append(p.links, len(p.out))
		p.out = append(p.out, r)
		p.at++
	case r == ']' && len(p.links) > 0:
		p.link()
	case r == '*' || r == '_' || r == '~':
		p.emphasis()
	case r == '<':
		p.angle()
	default:
		p.out = append(p.out, r)
		p.at++
	}
}

func (p *inline) code() {
	n := p.run()
	start := p.at + n
	if !p.noTick[n] {
		for i := start; i < len(p.in); {
			if p.in[i] != '`' {
				i++
				continue
			}
			ticks := (&inline{in: p.in, at: i}).run()
			if ticks == n {
				p.out = append(p.out, p.in[start:i]...)
				p.at = i + n
				return
			}
			i += ticks
		}
		p.noTick[n] = true
	}
	p.out = append(p.out, p.in[p.at:start]...)
	p.at = start
}

// link ends the text of a link: "](…)" is left out, a lone "]" stays.
func (p *inline) link() {
	last := len(p.links) - 1
	opened := p.links[last]
	p.links = p.links[:last]
	if p.peek(1) == '(' && !p.noParen {
		if end := p.find(')'); end >= 0 {
			p.out[opened] = dropped
			p.at += end + 1
			return
		}
		p.noParen = true
	}
	p.out = append(p.out, ']')
	p.at++
}

// emphasis takes back a pair of equal runs that hug what is between them. An
// underscore inside a word, as in rate_limit, is none.
func (p *inline) emphasis() {
	n, r := p.run(), p.in[p.at]
	before, after := p.peek(-1), p.peek(n)
	opens, closes := !unicode.IsSpace(after), !unicode.IsSpace(before)
	if r == '_' {
		opens, closes = opens && !wordy(before), closes && !wordy(after)
	}
	mark := string(p.in[p.at : p.at+n])
	start, paired := p.open[mark]
	switch {
	case r == '~' && n != 2: // "~5 minutes"
		p.out = append(p.out, p.in[p.at:p.at+n]...)
	case closes && paired:
		for i := range n {
			p.out[start+i] = dropped
		}
		delete(p.open, mark)
	default:
		if opens {
			p.open[mark] = len(p.out)
		}
		p.out = append(p.out, p.in[p.at:p.at+n]...)
	}
	p.at += n
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// angle reads an address in angle brackets and the line break of HTML; any
// other "<" is a character. It looks no further than the next "<".
func (p *inline) angle() {
	end := p.at + 1
	for end < len(p.in) && p.in[end] != '<' && p.in[end] != '>' {
		end++
	}
	closed := end < len(p.in) && p.in[end] == '>'
	inner := string(p.in[p.at+1 : end])
	lower := strings.ToLower(inner)
	switch {
	case closed && strings.TrimRight(lower, " /") == "br":
		p.out = append(p.out, '\n')
	case closed && (strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "mailto:")):
		p.out = append(p.out, []rune(strings.TrimPrefix(inner, "mailto:"))...)
	default:
		p.out = append(p.out, '<')
		p.at++
		return
	}
	p.at = end + 1
}
