package match

import (
	"cmp"
	"slices"
	"strings"
)

// Match is an entry that a text is about.
type Match struct {
	Entry      int // place in the index
	Confidence int // in thousandths
	Score      int // weight of the evidence; alike where nothing in the text tells two entries apart
	Line       int // of the text, from 1, where the error begins
	Instead    int // entry of the likelier match for which this one may stand; -1 for an error of its own
	Reasons    []Reason

	evidence evidence
	demoted  bool // a gateway's own words around the error of another
}

// Reason is something that speaks for a match and that a person can check.
type Reason struct {
	Why  Why
	Text string // the literal message, code, status, mark or name
}

// Why is the kind of a reason.
type Why string

// The kinds of reasons.
const (
	Words  Why = "said"   // the message stands there word for word
	Part   Why = "part"   // most of the message does
	Code   Why = "code"   // the code
	Status Why = "status" // the HTTP status
	Mark   Why = "mark"   // a mark of the provider
	Via    Why = "via"    // the gateway or program that passed the error on
	Kin    Why = "kin"    // the words, which mean this at other providers
	Shared Why = "shared" // a provider that returns the same words; its mark would tell
)

// mostMatches is how many entries an answer names at the most.
const mostMatches = 12

// Find ranks the entries that a text is about, the likeliest first. Nothing
// comes back when the text is about none. Of a text longer than MaxText the end
// is read.
func (m *Matcher) Find(text string) []Match {
	w := m.walk(text)
	unread := text[:len(text)-len(tail(text))]
	first := strings.Count(unread, "\n") + 1
	var list []Match
	for _, e := range w.judge() {
		list = append(list, Match{Entry: int(e.entry), Score: int(e.score()), Line: first + int(w.words[e.span.first].line), evidence: e})
	}
	via := w.passedOn(list)
	slices.SortFunc(list, m.likelier)
	list = w.group(list[:min(len(list), mostMatches)])
	for i := range list {
		list[i].Confidence = confidence(list, i)
		list[i].Reasons = w.reasons(list, i, via)
	}
	return list
}

// likelier orders matches. Where the text does not decide, a provider comes
// before a gateway, then the one with more entries, which more people use, then
// the entry that lists its message further up.
func (m *Matcher) likelier(a, b Match) int {
	x, y := m.index.Entries[a.Entry].Provider, m.index.Entries[b.Entry].Provider
	return cmp.Or(
		compareBool(a.demoted, b.demoted),
		cmp.Compare(b.evidence.score(), a.evidence.score()),
		compareBool(m.index.Providers[x].Gateway, m.index.Providers[y].Gateway),
		cmp.Compare(m.weight[y], m.weight[x]),
		cmp.Compare(uint32(a.evidence.message), uint32(b.evidence.message)), // none at all comes last
		cmp.Compare(a.Entry, b.Entry),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// passedOn names the gateway or program that passed an error on, and puts a
// gateway's own words behind the error that they are wrapped around.
func (w *walk) passedOn(list []Match) string {
	name := ""
	for _, k := range w.marks {
		if k.phrase.use == asWrapper {
			name = w.index.Wrappers[k.phrase.owner].Name
			break
		}
	}
	gateway := -1
	for _, k := range w.marks {
		if k.phrase.use < asModel && w.index.Providers[k.phrase.owner].Gateway {
			gateway = int(k.phrase.owner)
			break
		}
	}
	if gateway < 0 {
		return name
	}
	for i := range list {
		outer := &list[i]
		if w.index.Entries[outer.Entry].Provider != gateway {
			continue
		}
		for n := range list {
			inner := &list[n].evidence
			if !w.index.Providers[w.index.Entries[inner.entry].Provider].Gateway && inner.said >= threshold-4 && inner.whole >= 700 && !overlap(inner.span, outer.evidence.span) {
				outer.demoted = true
			}
		}
	}
	return w.index.Providers[gateway].Name
}

func overlap(a, b span) bool { return a.first <= b.end && b.first <= a.end }

// nearby is how many words may lie between a code and the error it belongs to.
const nearby = 60

// group tells errors of their own from entries that may stand for a likelier
// one: what they go by stands at the same place. The rest of a message that
// only brushes the text is no error at all.
func (w *walk) group(list []Match) []Match {
	out := list[:0]
	for _, x := range list {
		x.Instead = -1
		for _, other := range out {
			if other.Instead < 0 && samePlace(&x.evidence, &other.evidence) {
				x.Instead = other.Entry
				break
			}
		}
		if x.Instead >= 0 || len(out) == 0 || x.evidence.message < 0 || x.evidence.whole >= 700 {
			out = append(out, x)
		}
	}
	return out
}

// samePlace tells whether what a match goes by stands where a likelier one does.
func samePlace(e, likelier *evidence) bool {
	if overlap(e.span, likelier.span) {
		return true
	}
	return e.message < 0 && e.span.first-likelier.span.end <= nearby && likelier.span.first-e.span.end <= nearby
}

// confidence is how sure a match is: by its score, and by how far the next one
// is away from which it has to be told apart.
func confidence(list []Match, i int) int {
	const doubt, clear = 12, 20
	score := int(list[i].evidence.score())
	sure := score * 1000 / (score + doubt)
	if leader := list[i].Instead; leader >= 0 {
		for n := range list {
			if list[n].Entry == leader {
				return sure * clear / (2*clear + 2*max(0, int(list[n].evidence.score())-score))
			}
		}
	}
	lead := clear
	for n := range list {
		if list[n].Instead == list[i].Entry {
			lead = min(lead, max(0, score-int(list[n].evidence.score())))
		}
	}
	return sure * (clear + lead) / (2 * clear)
}

// reasons are what speaks for a match, the strongest first.
func (w *walk) reasons(list []Match, i int, via string) []Reason {
	e := &list[i].evidence
	entry := &w.index.Entries[e.entry]
	var out []Reason
	if e.message >= 0 {
		why := Part
		if e.full {
			why = Words
		}
		out = append(out, Reason{why, entry.Messages[e.message]})
	}
	if e.kin >= 0 {
		out = append(out, Reason{Kin, w.index.Key(int(e.kin))})
	}
	if e.coded > 0 {
		out = append(out, Reason{Code, w.codes[e.entry].phrase.text})
	}
	if e.status > 0 {
		out = append(out, Reason{Status, itoa(w.statusOf(entry.HTTP))})
	}
	if mark := w.bestMark(entry.Provider); mark != "" {
		out = append(out, Reason{Mark, mark})
	}
	if via != "" && via != w.index.Providers[entry.Provider].Name {
		out = append(out, Reason{Via, via})
	}
	for n := range list {
		other := &list[n].evidence
		p := w.index.Entries[other.entry].Provider
		if p != entry.Provider && other.message >= 0 && e.message >= 0 && overlap(other.span, e.span) && other.said == e.said && other.marked == e.marked {
			out = append(out, Reason{Shared, w.index.Providers[p].Slug})
		}
	}
	return out
}

// statusOf is the first status in the text that is one of an entry's.
func (w *walk) statusOf(want []int) int {
	for _, status := range w.statuses {
		if slices.Contains(want, int(status)) {
			return int(status)
		}
	}
	return 0
}

// bestMark is the strongest mark of a provider in the text, as the index has
// it.
func (w *walk) bestMark(provider int) string {
	best, text := int32(0), ""
	for _, k := range w.marks {
		p := k.phrase
		if p.use < asWrapper && int(p.owner) == provider && p.use.worth() > best {
			best, text = p.use.worth(), p.text
		}
	}
	return text
}
