package frontmatter

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// FuzzPlacesOfValid is FuzzPlaces over documents that are valid by
// construction, which random bytes seldom are: each byte is one choice of a
// writer of TOML.
func FuzzPlacesOfValid(f *testing.F) {
	addChoices(f)
	f.Fuzz(func(t *testing.T, choices []byte) {
		w := writer{choices: choices}
		checkPlaces(t, w.document(), true)
	})
}

// addChoices adds seeds for writers.
func addChoices(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		choices := make([]byte, 20+random.IntN(400))
		for i := range choices {
			choices[i] = byte(random.Uint32())
		}
		f.Add(choices)
	}
}

// writer writes TOML by choices; without any left it takes the first of all.
type writer struct {
	choices []byte
	names   int      // to make every name a new one
	tables  []string // headers of arrays of tables so far
	b       strings.Builder
}

func (w *writer) choose(n int) int {
	if len(w.choices) == 0 {
		return 0
	}
	c := int(w.choices[0])
	w.choices = w.choices[1:]
	return c % n
}

func (w *writer) oneOf(words ...string) string { return words[w.choose(len(words))] }

func (w *writer) put(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

func (w *writer) blanks() { w.put(w.oneOf("", " ", "\t", "  ")) }

func (w *writer) endLine() {
	w.blanks()
	w.put(w.oneOf("", "# ] = \" ''' é", "#"), "\n")
}

func (w *writer) document() string {
	for len(w.choices) > 0 {
		w.blanks()
		switch w.choose(8) {
		case 0:
			w.put(w.oneOf("", "# a = 1 “\"", "#"))
		case 1:
			w.put("[", w.key(), "]")
		case 2:
			w.itemHeader()
		default:
			w.assignment(0)
		}
		w.endLine()
	}
	doc := w.b.String()
	switch w.choose(4) {
	case 1:
		return strings.ReplaceAll(doc, "\n", "\r\n")
	case 2:
		return strings.TrimSuffix(doc, "\n")
	}
	return doc
}

// itemHeader writes a new [[table]], one more of an old one, or a table in its
// newest item.
func (w *writer) itemHeader() {
	if len(w.tables) == 0 || w.choose(3) == 0 {
		name := w.key()
		w.tables = append(w.tables, name)
		w.put("[[", name, "]]")
		return
	}
	name := w.tables[w.choose(len(w.tables))]
	switch w.choose(3) {
	case 0:
		w.put("[ ", name, " . ", w.part(), "]")
	case 1:
		w.put("[[", name, ".", w.part(), "]]")
	default:
		w.put("[[", name, "\t]]")
	}
}

func (w *writer) key() string {
	parts := []string{w.part()}
	for len(parts) < 8 && w.choose(4) == 1 {
		parts = append(parts, w.part())
	}
	return strings.Join(parts, w.oneOf(".", " . ", "\t."))
}

func (w *writer) part() string {
	w.names++
	return fmt.Sprintf(w.oneOf("k%d", "%d", `"k %d"`, `'%d = ['`, `"日\u0061\t%d"`, "-%d", `".%d]"`), w.names)
}

func (w *writer) assignment(depth int) {
	w.put(w.key())
	w.blanks()
	w.put("=")
	w.blanks()
	w.value(depth)
}

func (w *writer) value(depth int) {
	kinds := 7
	if depth > 3 {
		kinds = 5
	}
	switch w.choose(kinds) {
	case 0:
		w.put(w.oneOf("1", "-0", "+1_000", "0xdead", "1e9", "-1.5e-3", "inf", "-nan", "true", "false",
			"1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5-07:00"))
	case 1:
		w.put(`"`, w.inside(`é`, `]`, `\"`, `\\`, `\u00e9`, `\U0001F600`, `\t`, `'''`, ` # `), `"`)
	case 2:
		w.put(`'`, w.inside(`é`, `]`, `"`, `\`, ` # `, `"""`), `'`)
	case 3:
		w.put(`"""`, w.inside("é\n", `]`, `""x`, `\\`, `\u00e9`, "\n", "\\\n", "\\  \n\n \t", `'''`, `\"`, "\n[x]\n"), w.oneOf("", `x"`, `x""`), `"""`)
	case 4:
		w.put(`'''`, w.inside("é\n", `]`, `''x`, `\`, "\n", `"""`, "\na = 1\n"), w.oneOf("", `x'`, `x''`), `'''`)
	case 5:
		w.array(depth + 1)
	case 6:
		w.inlineTable(depth + 1)
	}
}

func (w *writer) inside(pieces ...string) string {
	text := ""
	for range w.choose(6) {
		text += w.oneOf(append(pieces, "abc")...)
	}
	return text
}

func (w *writer) array(depth int) {
	w.put("[")
	for range w.choose(4) {
		w.put(w.oneOf("", " ", "\n\t", "# ] \"\n", " #\n# x\n"))
		w.value(depth)
		w.put(w.oneOf("", " ", "\n", "#,\n"), ",")
	}
	w.put(w.oneOf("", "\n"), "]")
}

func (w *writer) inlineTable(depth int) {
	w.put("{")
	for i := range w.choose(4) {
		if i > 0 {
			w.put(",")
		}
		w.blanks()
		w.assignment(depth)
		w.blanks()
	}
	w.put("}")
}
