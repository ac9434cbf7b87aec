package render

import (
	"bytes"
	"strconv"
	"strings"

	"faultbook/internal/site"
)

// writeTwin writes a page as Markdown: front matter that YAML readers
// understand, then the parts of the page under their headings. What changes with
// the states of providers is left as holes.
func writeTwin(out *bytes.Buffer, t *site.Twin) {
	out.WriteString("---\n")
	writeFront(out, t.Front)
	hole(out, site.HoleFront)
	out.WriteString("---\n\n# ")
	out.WriteString(oneLine(t.Title))
	out.WriteByte('\n')
	for _, p := range t.Parts {
		if p.Heading != "" {
			out.WriteString("\n## ")
			out.WriteString(p.Heading)
			out.WriteByte('\n')
		}
		out.WriteByte('\n')
		for _, text := range p.Text {
			out.WriteString(text)
		}
		if p.Hole != "" {
			hole(out, p.Hole)
		}
		out.WriteByte('\n')
	}
}

func hole(out *bytes.Buffer, h site.Hole) { out.WriteString(mark + twinPrefix + string(h) + mark) }

// writeFront writes pairs as YAML. A quoted Go string is a quoted YAML string as
// long as it holds no control character, and these values hold none.
func writeFront(out *bytes.Buffer, pairs []site.Pair) {
	for _, p := range pairs {
		out.WriteString(p.Key)
		out.WriteString(": ")
		out.Write(strconv.AppendQuote(out.AvailableBuffer(), p.Value))
		out.WriteByte('\n')
	}
}

// oneLine is a text without line ends, for a place in Markdown that ends with
// its line.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\n\r") {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}
