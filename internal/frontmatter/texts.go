package frontmatter

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"faultbook/internal/diag"
)

// Texts are all strings of a file with the paths to them, in the order of the
// names of keys. A path holds until the next one.
func (d *Doc) Texts() iter.Seq2[[]any, string] {
	return func(yield func([]any, string) bool) {
		eachText(nil, d.values, yield)
	}
}

func eachText(path []any, value any, yield func([]any, string) bool) bool {
	switch v := value.(type) {
	case string:
		return yield(path, v)
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if !eachText(append(path, key), v[key], yield) {
				return false
			}
		}
	case []map[string]any:
		for i, item := range v {
			if !eachText(append(path, i), item, yield) {
				return false
			}
		}
	case []any:
		for i, item := range v {
			if !eachText(append(path, i), item, yield) {
				return false
			}
		}
	}
	return true
}

// Comments are the comments on a line of their own or behind a value, with the
// places of their #. Those in arrays are not among them.
func (d *Doc) Comments() iter.Seq2[diag.Place, string] {
	return func(yield func(diag.Place, string) bool) {
		if d.values == nil || d.scan().problem != nil {
			return
		}
		from := d.start
		for _, s := range append(d.statements(), statement{from: d.start + len(d.Front)}) {
			for off := from; off < s.from; {
				line, _, _ := strings.Cut(d.text[off:s.from], "\n")
				text := strings.TrimLeft(line, " \t")
				if strings.HasPrefix(text, "#") && !yield(d.place(off+len(line)-len(text)), text) {
					return
				}
				off += len(line) + 1
			}
			from = max(from, s.to)
		}
	}
}
