package match

import (
	"cmp"
	"math/bits"
	"strings"
)

// vocabulary is all words that an index holds, and how rare each is.
type vocabulary struct {
	ids    map[string]int32
	rarity []int32 // of a word; see rarityOf
	status []bool  // words beside which a number is an HTTP status
	label  []bool  // words that name the message in a body
	scheme []bool  // words that an address begins with
	code   int32   // the word "code"

	fillers []string // words that a search does without
}

// statusWords stand beside the number of an HTTP status.
const statusWords = "http status code error errors statuscode httpstatus apierror failed exception response returned got " +
	"too unauthorized forbidden not bad internal service payment gateway request conflict unprocessable method overloaded client server"

// labelWords are the keys of bodies that hold a message.
const labelWords = "message error detail msg details reason title description errormessage"

// fillerWords tell nothing: they stand in every title, or in any sentence.
const fillerWords = "api causes fixes a all am an and any are as at be been before but by can cannot could did do does each for from get getting had has have how i if in into is it its " +
	"may me more most my no not nothing of off on one only or our out own s so something than that the there this to too up was we what when which while why will with you your"

// fillers are the same as a list.
var fillers = strings.Fields(fillerWords)

// newVocabulary learns the words of an index. texts are the words of each
// message of each entry, part by part.
func newVocabulary(index *Index) (v vocabulary, texts [][][][]word) {
	v = vocabulary{ids: map[string]int32{"#": number, "": alone}, rarity: []int32{0, 0}}
	c := counter{entries: []int32{0, 0}, last: []int{-1, -1}}
	texts = make([][][][]word, len(index.Entries))
	for i := range index.Entries {
		e := &index.Entries[i]
		for _, text := range e.Messages {
			var message [][]word
			for _, part := range parts(text) {
				message = append(message, v.split(part))
			}
			texts[i] = append(texts[i], message)
		}
		for _, message := range texts[i] {
			for _, part := range message {
				c.count(i, part)
			}
		}
		c.count(i, v.split(e.Name))
		c.count(i, v.split(e.Also))
	}
	for id, n := range c.entries {
		v.rarity[id] = rarityOf(int(n), len(index.Entries))
	}
	v.rarity[number] = 1
	v.status, v.label, v.scheme = v.set(cmp.Or(index.StatusWords, statusWords)), v.set(cmp.Or(index.LabelWords, labelWords)), v.set("http https")
	v.code = v.learn([]byte("code"))
	v.fillers = strings.Fields(cmp.Or(index.FillerWords, fillerWords))
	return v, texts
}

// world is as many entries as a book is taken to have: in a small one a word is
// not common because half of the entries hold it, in a large one not rarer than
// rare.
const world = 511

// rarityOf is what a word tells that stands in so many of all entries: 9 for the
// rarest, 1 for one that stands everywhere.
func rarityOf(in, all int) int32 {
	if all > world {
		in = in * world / all
	}
	return int32(bits.Len(uint(world / max(in, 1))))
}

// counter counts in how many entries each word stands.
type counter struct {
	entries []int32 // of a word, how many
	last    []int   // of a word, the entry counted last
}

func (c *counter) count(entry int, list []word) {
	for _, w := range list {
		if w.id == unknown {
			continue
		}
		for int(w.id) >= len(c.entries) {
			c.entries, c.last = append(c.entries, 0), append(c.last, -1)
		}
		if c.last[w.id] != entry {
			c.last[w.id] = entry
			c.entries[w.id]++
		}
	}
}

// set is the words of a list, as a table over all words known so far.
func (v *vocabulary) set(list string) []bool {
	for _, w := range strings.Fields(list) {
		v.learn([]byte(w))
	}
	in := make([]bool, len(v.rarity))
	for _, w := range strings.Fields(list) {
		in[v.ids[w]] = true
	}
	return in
}

// learn gives a word its number. One that only codes or marks hold is as rare
// as can be.
func (v *vocabulary) learn(word []byte) int32 {
	if id, ok := v.ids[string(word)]; ok {
		return id
	}
	id := int32(len(v.rarity))
	v.ids[string(word)] = id
	v.rarity = append(v.rarity, rarest)
	return id
}

// rarest is the rarity of a word that no message, name or meaning holds.
const rarest = 8

// split cuts a text of the index into words and learns them.
func (v *vocabulary) split(text string) []word {
	return words(text, func(w []byte) (int32, bool) { return v.learn(w), true })
}

// find is the number of a word that is known.
func (v *vocabulary) find(word []byte) (int32, bool) {
	id, ok := v.ids[string(word)]
	return id, ok
}

// is tells whether a word is in one of the tables.
func is(table []bool, id int32) bool { return id >= 0 && int(id) < len(table) && table[id] }
