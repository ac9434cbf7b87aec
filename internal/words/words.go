// Package words holds the interface words of one language: headings, labels
// and whole sentences under dotted keys, with {names} where values go.
//
// It owns how a sentence is filled. It must not know where the words come from
// (a TOML file of the theme, read by its caller) nor what they are about.
package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Words are the sentences of one language. The zero value knows none.
type Words struct {
	text map[string]string
}

// New makes Words of keys and sentences. later files replace earlier ones key
// by key, so that a site can reword one sentence and keep the rest.
func New(files ...map[string]string) Words {
	w := Words{text: map[string]string{}}
	for _, file := range files {
		maps.Copy(w.text, file)
	}
	return w
}

// Has tells whether there is a sentence for key.
func (w Words) Has(key string) bool {
	_, ok := w.text[key]
	return ok
}

// Keys are all keys, sorted.
func (w Words) Keys() []string {
	return slices.Sorted(maps.Keys(w.text))
}

// Say is the sentence for key with its {names} filled from pairs of name and
// value. A missing key is a mistake of ours or of a theme and is shown as the
// key itself in brackets, so that a page still tells what is missing.
func (w Words) Say(key string, pairs ...string) string {
	text, ok := w.text[key]
	if !ok {
		return "[" + key + "]"
	}
	if len(pairs) == 0 || !strings.Contains(text, "{") {
		return text
	}
	return Fill(text, pairs...)
}

// Fill puts values into the {names} of text. A name without a value stays as
// it stands; a value that holds braces is not filled again.
func Fill(text string, pairs ...string) string {
	if len(pairs)%2 != 0 {
		panic(fmt.Sprintf("words.Fill(%q): %d names and values, want pairs", text, len(pairs)))
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		name := text[open+1 : open+end]
		b.WriteString(text[:open])
		b.WriteString(value(name, pairs, text[open:open+end+1]))
		text = text[open+end+1:]
	}
	b.WriteString(text)
	return b.String()
}

func value(name string, pairs []string, otherwise string) string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return otherwise
}
