package match

import (
	"slices"
	"strings"
)

// Of a whole log a piece is read at a time. Pieces share their ends, so that no
// error is cut in two.
const (
	pieceLength = 16 << 10
	pieceShared = 4 << 10
)

// Log finds the errors in a text of any length, each once, at the line where it
// stands best. In a long text the marks near an error count for it, not those of
// another one far away.
func (m *Matcher) Log(text string) []Match {
	if len(text) <= pieceLength {
		return m.Find(text)
	}
	best := map[int]Match{}
	lines := 0
	for from := 0; from < len(text); {
		end := lineStart(text, from+pieceLength)
		if end <= from {
			end = min(len(text), from+pieceLength) // one line longer than a piece
		}
		for _, x := range m.Find(text[from:end]) {
			x.Line += lines
			if known, ok := best[x.Entry]; !ok || m.likelier(x, known) < 0 {
				best[x.Entry] = x
			}
		}
		if end == len(text) {
			break
		}
		next := lineStart(text, end-pieceShared)
		if next <= from {
			next = end
		}
		lines += strings.Count(text[from:next], "\n")
		from = next
	}
	list := make([]Match, 0, len(best))
	for _, x := range best {
		if _, ok := best[x.Instead]; !ok {
			x.Instead = -1
		}
		list = append(list, x)
	}
	slices.SortFunc(list, m.likelier)
	return list
}

// lineStart is the beginning of the line that holds a byte. At the end of the
// text it is that end.
func lineStart(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	return strings.LastIndexByte(text[:at], '\n') + 1
}
