package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Style is how Pretty looks.
type Style struct {
	Colour bool // with ANSI colours
	Width  int  // of the terminal, in columns; 0 means 80
}

// Pretty prints findings for a person at a terminal: the line of Text, the
// source line with a caret below the place, and the hint.
//
//	content/openai/x.md:7:8: error: unknown kind "ratelimit" [kind]
//	  7 | kind = "ratelimit"
//	    |        ^
//	  hint: did you mean "rate-limit"?
func Pretty(w io.Writer, findings []Finding, style Style) error {
	p := printer{style: style}
	for i, f := range findings {
		if i > 0 {
			p.b.WriteByte('\n')
		}
		p.finding(f)
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

type printer struct {
	style Style
	b     strings.Builder
}

func (p *printer) finding(f Finding) {
	fmt.Fprintf(&p.b, "%s: %s: %s %s\n",
		p.paint(bold, oneLine(f.Place.String())),
		p.paint(severityColour(f.Severity), f.Severity.String()),
		oneLine(f.Message),
		p.paint(faint, "["+f.Rule+"]"))
	if f.Line > 0 && f.Source != "" {
		p.source(f)
	}
	if f.Hint != "" {
		fmt.Fprintf(&p.b, "  %s %s\n", p.paint(bold, "hint:"), oneLine(f.Hint))
	}
}

func (p *printer) source(f Finding) {
	number := fmt.Sprint(f.Line)
	gutter := "  " + number + " | "
	width := p.style.Width
	if width == 0 {
		width = 80
	}
	text, column := window(cells(f.Source), f.Col-1, max(width-len(gutter), 20))
	p.b.WriteString(p.paint(faint, gutter) + text + "\n")
	p.b.WriteString(p.paint(faint, strings.Repeat(" ", len(number)+3)+"| "))
	p.b.WriteString(strings.Repeat(" ", column) + p.paint(severityColour(f.Severity), "^") + "\n")
}

// ANSI colours that are legible on light and on dark.
const (
	bold   = "1"
	faint  = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

func severityColour(s Severity) string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	}
	return cyan
}

func (p *printer) paint(colour, text string) string {
	if !p.style.Colour {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// cell is one character of the source as a terminal shows it.
type cell struct {
	text  string
	width int // in columns
}

// tabWidth is what a tab is shown as; four blanks are what most editors show.
const tabWidth = 4

func cells(source string) []cell {
	var line []cell
	column := 0
	for _, r := range source {
		c := cell{text: string(r), width: columns(r)}
		switch {
		case r == '\t':
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case unprintable(r):
			// One column for one character keeps the caret in its place; the
			// byte itself could steer the terminal.
			c = cell{text: "\ufffd", width: 1}
			if r < ' ' {
				c.text = string('\u2400' + r) // the picture of the control
			}
		}
		column += c.width
		line = append(line, c)
	}
	return line
}

// window cuts a line to width columns around the character at index, and says
// in which column of the cut that character stands. Half of the width is for
// what comes before; an ellipsis marks what is cut off.
func window(line []cell, index, width int) (text string, column int) {
	index = min(max(index, 0), len(line))
	if columnsOf(line) <= width {
		return join(line), columnsOf(line[:index])
	}
	width -= 2 // for two ellipses
	from := index
	for from > 0 && column+line[from-1].width <= width/2 {
		from--
		column += line[from].width
	}
	to, used := from, 0
	for to < len(line) && used+line[to].width <= width {
		used += line[to].width
		to++
	}
	text = join(line[from:to])
	if from > 0 {
		text = "…" + text
		column++
	}
	if to < len(line) {
		text += "…"
	}
	return text, column
}

func join(line []cell) string {
	var b strings.Builder
	for _, c := range line {
		b.WriteString(c.text)
	}
	return b.String()
}

func columnsOf(line []cell) int {
	n := 0
	for _, c := range line {
		n += c.width
	}
	return n
}

// columns is how many columns a terminal gives a character: two for East Asian
// wide ones and emoji, none for marks that sit on the one before.
func columns(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case wide(r):
		return 2
	}
	return 1
}

// wide follows the classes W and F of Unicode's EastAsianWidth.txt, in blocks.
func wide(r rune) bool {
	for _, block := range [...][2]rune{
		{0x1100, 0x115f}, {0x231a, 0x231b}, {0x23e9, 0x23ec}, {0x2705, 0x2705}, {0x274c, 0x274c},
		{0x2e80, 0x303e}, {0x3041, 0x4dbf}, {0x4e00, 0xa4cf}, {0xa960, 0xa97c}, {0xac00, 0xd7a3},
		{0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff01, 0xff60}, {0xffe0, 0xffe6},
		{0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
	} {
		if block[0] <= r && r <= block[1] {
			return true
		}
	}
	return false
}
