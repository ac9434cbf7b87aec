package match

import "unicode/utf8"

// walk is what one pass over a text finds.
type walk struct {
	*Matcher
	words    []word
	runs     []run   // of each message
	said     []int32 // messages of which a pair stands in the text
	codes    []code  // of each entry, the weightiest
	coded    []int32 // entries of which a code stands in the text
	marks    []mark
	statuses []int32
	foreign  bool // an address of a host that no provider has
	covered  int  // the word after the last mark
}

// code is a code of an entry that stands in a text.
type code struct {
	phrase *phrase
	weight int32
	at     int32
	value  bool // it stands as a value, in brackets or before a colon
}

// mark is a mark of a provider that stands in a text.
type mark struct {
	phrase *phrase
	at     int32
}

// walk reads a text once, from beginning to end.
func (m *Matcher) walk(text string) *walk {
	w := &walk{Matcher: m, words: words(text, m.vocab.find), runs: make([]run, len(m.messages)), codes: make([]code, len(m.index.Entries))}
	for i := range w.words {
		id := w.words[i].id
		if id == unknown {
			w.address(i)
			continue
		}
		if id == number {
			w.number(i)
		}
		if id != number && w.single(i) {
			w.take(w.pairs[pairKey(alone, id)], i, i)
		}
		if i > 0 && w.words[i-1].id != unknown {
			w.take(w.pairs[wordsKey(w.words[i-1], w.words[i])], i-1, i)
		}
		w.look(i)
	}
	return w
}

// number notes a number that is an HTTP status, or one written as a code:
// "code":"404".
func (w *walk) number(i int) {
	if w.isStatus(i) {
		w.statuses = append(w.statuses, w.words[i].value)
	}
	if i == 0 || w.words[i].gap&quoted == 0 || w.words[i-1].id != w.vocab.code {
		return
	}
	list := w.numeric[w.words[i].value]
	for n := range list {
		w.keep(list[n].owner, code{phrase: &list[n], weight: codeAlone, at: int32(i), value: true})
	}
}

// single tells whether a word is no part of a longer name.
func (w *walk) single(i int) bool {
	const between = apart | assigned
	return (i == 0 || w.words[i].gap&between != 0) && (i+1 == len(w.words) || w.words[i+1].gap&between != 0)
}

// isStatus tells whether a number is an HTTP status.
func (w *walk) isStatus(i int) bool {
	if v := w.words[i].value; v < 400 || v > 599 {
		return false
	}
	if i == 0 || i+1 < len(w.words) && is(w.vocab.status, w.words[i+1].id) {
		return true
	}
	for n := max(0, i-3); n < i; n++ {
		if is(w.vocab.status, w.words[n].id) {
			return true
		}
	}
	return false
}

// take extends the runs of all messages that hold a pair.
func (w *walk) take(list []posting, first, end int) {
	for _, p := range list {
		r := &w.runs[p.message]
		if r.score == 0 {
			w.said = append(w.said, p.message)
		}
		r.extend(p, int32(first), int32(end))
	}
}

// look notes the codes and the longest marks that begin at a word. A mark
// inside another, such as a vendor's name in a host, does not count.
func (w *walk) look(i int) {
	var lists [2][]phrase
	lists[0] = w.phrases[pairKey(alone, w.words[i].id)]
	if i+1 < len(w.words) && w.words[i+1].id > unknown {
		lists[1] = w.phrases[pairKey(w.words[i].id, w.words[i+1].id)]
	}
	longest, before := 0, len(w.marks)
	for _, list := range lists {
		for n := range list {
			p := &list[n]
			switch {
			case !p.at(w.words, i):
			case p.use <= asType:
				w.code(p, i)
			case i < w.covered || len(p.words) < longest:
			default:
				if len(p.words) > longest {
					longest, w.marks = len(p.words), w.marks[:before]
				}
				w.marks = append(w.marks, mark{p, int32(i)})
			}
		}
	}
	switch {
	case longest > 0:
		w.covered = i + longest
	default:
		w.address(i)
	}
}

// address notes a host that no mark begins at.
func (w *walk) address(i int) {
	if i > 0 && is(w.vocab.scheme, w.words[i-1].id) && w.words[i].gap&stopped != 0 {
		w.foreign = true
	}
}

// code weighs a code of an entry. As a value it tells much; in a sentence or in
// the source of a program, little.
func (w *walk) code(p *phrase, i int) {
	before := w.words[i].gap
	next := i + len(p.words)
	inName := i > 0 && before&apart == 0 || next < len(w.words) && w.words[next].gap&(apart|assigned) == 0 // api_error in core.api_error.ApiError
	c := code{phrase: p, at: int32(i), value: !inName && before&(assigned|opened) != 0 && before&compared == 0 || !inName && next < len(w.words) && w.words[next].gap&assigned != 0}
	for _, id := range p.words {
		c.weight += w.vocab.rarity[id]
	}
	if p.use == asType {
		c.weight /= 2
	}
	switch {
	case !c.value:
		c.weight /= 3
	case len(p.words) > 1 || utf8.RuneCountInString(p.text) >= 10: // no common word
		c.weight += 6
	}
	c.weight = max(1, c.weight-p.less)
	w.keep(p.owner, c)
}

// keep keeps the weightiest code of an entry.
func (w *walk) keep(entry int32, c code) {
	known := &w.codes[entry]
	if known.phrase == nil {
		w.coded = append(w.coded, entry)
	}
	if c.weight > known.weight || known.phrase == nil {
		*known = c
	}
}
