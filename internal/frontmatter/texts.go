package frontmatter

import (
	"iter"
	"maps"
	"slices"
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
