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
		end := lineStart(text, from, from+pieceLength)
		if end <= from+pieceShared {
			end = min(len(text), from+pieceLength) // one line longer than a piece
		}
		for _, x := range m.Find(text[from:end]) {
			x.Line += lines
			if known, ok := best[x.Entry]; !ok || m.plainer(x, known) {
				best[x.Entry] = x
			}
		}
		if end == len(text) {
			break
		}
		next := lineStart(text, from, end-pieceShared)
		if next <= from {
			next = end - pieceShared
		}
		lines += strings.Count(text[from:next], "\n")
		from = next
	}
	list := make([]Match, 0, len(best))
	for _, x := range best {
		list = append(list, x)
	}
	slices.SortFunc(list, m.likelier)
	return list
}

// plainer tells whether an entry stands better in one piece than in another:
// where it is an error of its own it is not told as one that may stand for
// another.
func (m *Matcher) plainer(x, known Match) bool {
	if own := x.Instead < 0; own != (known.Instead < 0) {
		return own
	}
	return m.likelier(x, known) < 0
}

// lineStart is the beginning of the line that holds a byte; of one that begins
// before from it is from. At the end of the text it is that end.
func lineStart(text string, from, at int) int {
	if at >= len(text) {
		return len(text)
	}
	return from + strings.LastIndexByte(text[from:at], '\n') + 1
}
