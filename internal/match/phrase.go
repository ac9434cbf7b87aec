package match

import (
	"math/bits"
	"slices"
)

// phrase is a row of words that is looked for as a whole: the code of an entry
// or the mark of a provider.
type phrase struct {
	words []int32
	close []bool // the word stands close to the one before, as in a name
	after bool   // another word stands close to the last
	use   use
	owner int32 // place of the entry, provider or wrapper
	text  string
	less  int32 // what a code counts less because other entries of its provider have it too
}

// use is what a phrase is.
type use uint8

const (
	asCode use = iota
	asType
	asHost
	asKey
	asHeader
	asLink
	asPhrase
	asEnv
	asSDK
	asName
	asClient
	asModel
	asWrapper
	asStranger
)

// worth is how much a mark counts for its provider: a host is certain, the name
// of a model is served by many.
func (u use) worth() int32 {
	switch u {
	case asHost:
		return 14
	case asHeader:
		return 10
	case asKey:
		return 9
	case asLink, asPhrase:
		return 8
	case asEnv:
		return 7
	case asSDK, asClient:
		return 6
	case asName:
		return 5
	case asModel:
		return 3
	}
	return 0
}

// certain tells whether a mark stands in texts of its provider only. Clients
// and names of others' models do not.
func (u use) certain() bool { return u >= asHost && u <= asLink }

// tells tells whether a mark says whose error a text is about. Clients of
// compatible APIs, names of models, wrappers and strangers do not.
func (u use) tells() bool { return u >= asHost && u <= asName }

type markList struct {
	use   use
	marks []string
}

// lists are the marks with what they are.
func (m *Marks) lists() []markList {
	return []markList{
		{asHost, m.Hosts}, {asKey, m.Keys}, {asHeader, m.Headers}, {asLink, m.Links}, {asPhrase, m.Phrases},
		{asEnv, m.Env}, {asSDK, m.SDK}, {asName, m.Names}, {asClient, m.Clients}, {asModel, m.Models},
	}
}

// addPhrase notes a phrase under its first two words, or its only one.
func (m *Matcher) addPhrase(use use, owner int32, text string) {
	list := m.vocab.split(text)
	switch {
	case len(list) == 0 || slices.ContainsFunc(list, func(w word) bool { return w.id == unknown }):
		return
	case len(list) == 1 && list[0].id == number:
		if use == asCode && list[0].value > 0 {
			m.numeric[list[0].value] = append(m.numeric[list[0].value], phrase{use: asCode, owner: owner, text: text})
		}
		return
	}
	p := phrase{use: use, owner: owner, text: text}
	for i, w := range list {
		p.words = append(p.words, w.id)
		p.close = append(p.close, i > 0 && w.gap&apart == 0)
	}
	switch text[len(text)-1] {
	case '.', '-', '_', '/':
		p.after = true
	}
	key := pairKey(alone, p.words[0])
	if len(list) > 1 {
		key = pairKey(p.words[0], p.words[1])
	}
	m.phrases[key] = append(m.phrases[key], p)
}

// countCodes lets a code count less when more than four entries of a provider
// have it: invalid_request_error says nothing.
func (m *Matcher) countCodes() {
	type own struct {
		provider int
		text     string
	}
	entries := map[own]int{}
	for _, list := range m.phrases {
		for _, p := range list {
			entries[own{m.index.Entries[p.owner].Provider, p.text}]++
		}
	}
	for _, list := range m.phrases {
		for i := range list {
			p := &list[i]
			p.less = 2 * max(0, int32(bits.Len(uint(entries[own{m.index.Entries[p.owner].Provider, p.text}]-1)))-2)
		}
	}
}

// at tells whether the phrase stands at a word of a text.
func (p *phrase) at(text []word, i int) bool {
	if i+len(p.words) > len(text) {
		return false
	}
	for n, id := range p.words {
		if text[i+n].id != id || p.close[n] && text[i+n].gap&apart != 0 {
			return false
		}
	}
	next := i + len(p.words)
	return !p.after || next < len(text) && text[next].gap&apart == 0
}
