// Package match finds the entry that an error text is about: a log line, a
// traceback, a JSON body, whatever a reader pastes.
//
// An Index is compiled from a book and published with the site. Opened, it
// answers three questions: Find ranks the entries that a text is about, with the
// reasons a person can check; Search finds entries by words; Mask hides what is
// nobody's business. A text is cut into folded words; messages are found as
// pairs of neighbouring words that stand in order, codes and marks of providers
// as rows of words. All counting is done in whole numbers, so that the walker in
// the browser (templates/find.js) comes to the same ranking; whatever changes
// here changes there.
//
// It owns the index, its published form and the ranking. It must not know pages,
// addresses or files.
package match

import "sync"

// Matcher is an index that is ready to be asked. It does not change and may be
// used by several goroutines.
type Matcher struct {
	index    Index
	vocab    vocabulary
	messages []message
	pairs    map[uint64][]posting
	phrases  map[uint64][]phrase
	numeric  map[int32][]phrase // codes that are a status written as text
	weight   []int              // of a provider: how many entries it has
	shelf    func() *shelf
}

// Open makes an index ready. It takes some milliseconds for 400 entries.
func Open(index Index) *Matcher {
	vocab, texts := newVocabulary(&index)
	m := &Matcher{
		index: index, vocab: vocab,
		pairs: map[uint64][]posting{}, phrases: map[uint64][]phrase{}, numeric: map[int32][]phrase{}, weight: make([]int, len(index.Providers)),
	}
	for i, e := range index.Entries {
		m.weight[e.Provider]++
		for n, parts := range texts[i] {
			m.addMessage(int32(i), int32(n), parts)
		}
		for _, code := range e.Codes {
			m.addPhrase(asCode, int32(i), code)
		}
		for _, code := range e.Types {
			m.addPhrase(asType, int32(i), code)
		}
	}
	m.countCodes()
	for i, p := range index.Providers {
		for _, list := range p.Marks.lists() {
			for _, mark := range list.marks {
				m.addPhrase(list.use, int32(i), mark)
			}
		}
	}
	for i, w := range index.Wrappers {
		for _, mark := range w.Marks {
			m.addPhrase(asWrapper, int32(i), mark)
		}
	}
	for i, s := range index.Strangers {
		for _, mark := range s.Marks {
			m.addPhrase(asStranger, int32(i), mark)
		}
	}
	m.shelf = sync.OnceValue(func() *shelf { return newShelf(&m.index) })
	return m
}

// Index is what the matcher was opened with.
func (m *Matcher) Index() *Index { return &m.index }

// Key is "provider/slug" of an entry of the index.
func (i *Index) Key(entry int) string {
	e := &i.Entries[entry]
	return i.Providers[e.Provider].Slug + "/" + e.Slug
}
