package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// How much a word of an entry counts in plain search, by where it stands.
const (
	inCode    = 12
	inName    = 10
	inMessage = 5
	inKind    = 5
	inAlso    = 3
)

// How well a word of the question fits: the sum of weights is multiplied by it.
const (
	fitsWhole = 4
	fitsStart = 3
	fitsTypo  = 1
)

// shelf is the words of all entries for plain search.
type shelf struct {
	words []string // in the order in which they were met
	place map[string]int
	where [][]spot // of a word
}

// spot is an entry that a word stands in.
type spot struct {
	entry  int32
	weight int32
}

func newShelf(index *Index) *shelf {
	s := &shelf{place: map[string]int{}}
	for i := range index.Entries {
		e := &index.Entries[i]
		p := &index.Providers[e.Provider]
		for _, code := range append(slices.Clone(e.Codes), e.Types...) {
			s.add(i, code, inCode)
		}
		for _, status := range e.HTTP {
			s.add(i, itoa(status), inCode)
		}
		s.add(i, e.Name, inName)
		s.add(i, p.Name, inName)
		for _, name := range p.Marks.Names {
			s.add(i, name, inName)
		}
		s.add(i, index.Kinds[e.Kind], inKind)
		for _, message := range e.Messages {
			s.add(i, message, inMessage)
		}
		s.add(i, e.Also, inAlso)
	}
	return s
}

// add notes the words of a text of an entry. Of a word that stands in several
// places the heaviest counts.
func (s *shelf) add(entry int, text string, weight int32) {
	for _, w := range plainWords(text) {
		at, ok := s.place[w]
		if !ok {
			at = len(s.words)
			s.place[w] = at
			s.words = append(s.words, w)
			s.where = append(s.where, nil)
		}
		if list := s.where[at]; len(list) > 0 && list[len(list)-1].entry == int32(entry) {
			last := &list[len(list)-1]
			last.weight = max(last.weight, weight)
			continue
		}
		s.where[at] = append(s.where[at], spot{int32(entry), weight})
	}
}

// plainWords are the folded words of a text, numbers as they stand.
func plainWords(text string) []string {
	var list []string
	var now []rune
	end := func() {
		if len(now) > 0 && len(now) <= longestWord {
			list = append(list, string(now))
		}
		now = now[:0]
	}
	for u := (unescaper{text: tail(text)}); ; {
		r, ok := u.next()
		if !ok {
			end()
			return list
		}
		switch folded, class := fold(r); class {
		case letter:
			now = append(now, folded)
		case ideograph:
			end()
			now = append(now, folded)
			end()
		case separator:
			end()
		}
	}
}

// Search finds entries by words, the best first: every word that tells anything
// must stand in an entry, the last one may be unfinished, and each may hold one
// slip of the finger.
func (m *Matcher) Search(text string) []int {
	if utf8.RuneCountInString(text) > longestAsked {
		return nil
	}
	asked := plainWords(text)
	telling := slices.DeleteFunc(slices.Clone(asked), func(w string) bool { return slices.Contains(m.vocab.fillers, w) })
	if len(telling) > 0 {
		asked = telling
	}
	if len(asked) == 0 || len(asked) > mostAsked {
		return nil
	}
	s := m.shelf()
	scores := make([]int32, len(m.index.Entries))
	for n, w := range asked {
		fits := make([]int32, len(scores))
		s.fit(w, fits)
		for i := range scores {
			switch {
			case fits[i] == 0:
				scores[i] = -1
			case n == 0:
				scores[i] = fits[i]
			case scores[i] > 0:
				scores[i] += fits[i]
			}
		}
	}
	var found []int
	for i, score := range scores {
		if score > 0 {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return found[:min(len(found), mostFound)]
}

const (
	longestAsked = 400 // characters: a longer text is no question
	mostAsked    = 8   // words: neither is one of more
	mostFound    = 12  // entries
)

// fit writes how well a word fits each entry.
func (s *shelf) fit(asked string, fits []int32) {
	note := func(word int, fit int32) {
		for _, at := range s.where[word] {
			fits[at.entry] = max(fits[at.entry], at.weight*fit)
		}
	}
	size := utf8.RuneCountInString(asked)
	whole, exact := s.place[asked]
	if exact {
		note(whole, fitsWhole)
	}
	for i, w := range s.words {
		switch {
		case exact && i == whole:
		case size >= 2 && strings.HasPrefix(w, asked):
			note(i, fitsStart)
		case !exact && size >= 4 && oneSlip(asked, w):
			note(i, fitsTypo)
		}
	}
}

// oneSlip tells whether two words differ by one character that was left out,
// added, changed, or changed places with the next.
func oneSlip(x, y string) bool {
	a, b := []rune(x), []rune(y)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return slices.Equal(a[i:], b[i+1:])
	case i == len(a):
		return false
	}
	return slices.Equal(a[i+1:], b[i+1:]) || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
