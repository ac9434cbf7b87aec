package match

import "slices"

// evidence is what a text holds for one entry.
type evidence struct {
	entry   int32
	message int32 // number of the message in the entry, or -1
	span    span  // of the message, else of the code
	said    int32 // how much of the message stands in the text
	full    bool  // no word of the message is missing
	whole   int32 // the same in thousandths of the message, without what the text's ends cut off
	shape   int32 // how the message stands there
	coded   int32
	status  int32
	marked  int32
	against int32 // certain marks of other providers
	others  bool  // what is said is common, and the text tells of another provider or a stranger
	kin     int32 // entry of another provider whose words these are, or -1
}

// threshold is the least that makes an answer. Without a mark of its provider
// an entry needs more.
const (
	threshold = 24
	unmarked  = 40
	strange   = 60 // with an address of a host that no provider has
	least     = 8  // of message and code alone: marks tell who, not what
)

func (e *evidence) score() int32 {
	return e.said + e.shape + e.coded + e.status + e.marked - e.against
}

// enough tells whether the evidence makes an answer. Without a mark of the
// provider the message must stand there nearly whole, or a code be most of the
// text; a text that is the message and nothing else needs no more, nor one in
// which message and code agree. Addresses of strangers ask for more still, and
// marks of strangers for a certain mark of the provider.
func (w *walk) enough(e *evidence) bool {
	need := int32(threshold)
	switch {
	case e.said+e.shape+e.coded < least, e.others:
		return false
	case e.kin >= 0: // said in full, and the provider is named
	case e.marked > 0, e.shape >= filled, e.shape > 0 && e.coded >= codeAlone:
	case e.coded >= 2*codeAlone && !w.foreign:
	case e.whole < 700 && e.coded < 2*codeAlone:
		return false
	case w.foreign:
		need = strange
	case e.said < threshold:
		need = unmarked
	}
	return e.score() >= need
}

// What a message is worth beside its words.
const (
	labelled  = 6  // it stands after the key of a message
	by        = 6  // it stands by itself, between marks or line breaks
	runOn     = -6 // it is short and does not
	filled    = 20 // it is all of the text
	halfFills = 10 // it is nearly half of the text
	codeAlone = 12 // a code of this weight is no common word
	shortText = 16 // words: here a code is most of the text
)

// judge finds the entries that the text is about, each with its evidence.
func (w *walk) judge() []evidence {
	found, who := w.gather(), w.who()
	for i := range found {
		w.place(&found[i], who)
	}
	kin := w.kinOf(found, who)
	found = slices.DeleteFunc(found, func(e evidence) bool { return !w.enough(&e) })
	if len(found) == 0 && w.enough(&kin) {
		return []evidence{kin}
	}
	return found
}

// gather collects the evidence for each entry that the text hints at, but what
// the marks say.
func (w *walk) gather() []evidence {
	found := make([]evidence, 0, len(w.said)+len(w.coded))
	place := make(map[int32]int, len(w.said)+len(w.coded))
	of := func(entry int32) *evidence {
		at, ok := place[entry]
		if !ok {
			at = len(found)
			place[entry] = at
			found = append(found, evidence{entry: entry, message: -1, kin: -1})
		}
		return &found[at]
	}
	for _, id := range w.said {
		w.weigh(id, of)
	}
	for _, entry := range w.coded {
		c := &w.codes[entry]
		e := of(entry)
		e.coded = c.weight
		if c.value && len(w.words) <= shortText && c.weight >= codeAlone {
			e.coded += codeAlone
		}
		if e.message < 0 {
			e.span = span{first: c.at, end: c.at + int32(max(1, len(c.phrase.words))) - 1}
		}
	}
	return found
}

// place adds what the marks say to what an entry has.
func (w *walk) place(e *evidence, who *who) {
	entry := &w.index.Entries[e.entry]
	e.status = w.agree(entry.HTTP)
	e.marked = who.sums[entry.Provider]
	e.against, e.others = 0, false
	if e.marked == 0 && who.certain {
		e.against = 8
	}
	switch {
	case who.sure[entry.Provider]:
	case who.stranger:
		e.others = true
	case e.marked == 0:
		e.others = who.told && e.said < common
	}
}

// kinOf is for a text that names a provider and says in common words what only
// others are known to say so: the entry of that provider about the same kind of
// trouble, one with the status in the text before others.
func (w *walk) kinOf(found []evidence, who *who) (kin evidence) {
	provider := who.named()
	if provider < 0 || who.stranger {
		return evidence{}
	}
	var said *evidence
	for i := range found {
		e := &found[i]
		if e.others && e.full && e.shape > 0 && (said == nil || e.said+e.shape > said.said+said.shape || e.said+e.shape == said.said+said.shape && e.entry < said.entry) {
			said = e
		}
	}
	if said == nil {
		return evidence{}
	}
	kind, best := w.index.Entries[said.entry].Kind, int32(-1)
	for i := range w.index.Entries {
		entry := &w.index.Entries[i]
		if entry.Provider != provider || entry.Kind != kind {
			continue
		}
		fits := 1 + w.agree(entry.HTTP)
		if entry.Slug == w.index.Entries[said.entry].Slug {
			fits += 2
		}
		if fits > best {
			best = fits
			kin = *said
			kin.entry, kin.message, kin.kin, kin.coded = int32(i), -1, said.entry, 0
		}
	}
	if best >= 0 {
		w.place(&kin, who)
	}
	return kin
}

// common is what the words of a message weigh at the most that many services
// use: "rate limit exceeded".
const common = 60

// hint is the least that a message is worth: below it a common pair of words
// stands in the text, and no message.
const hint = 4

// weigh compares a message with what the entry has already.
func (w *walk) weigh(id int32, of func(int32) *evidence) {
	msg := &w.messages[id]
	s := w.runs[id].best
	said, whole := w.saidOf(msg, s)
	if said < hint {
		return
	}
	e := of(msg.entry)
	shape := w.shapeOf(s, said, whole)
	better := said + shape - e.said - e.shape
	if e.message < 0 || better > 0 || better == 0 && msg.number < e.message {
		e.message, e.span, e.said, e.whole, e.shape = msg.number, s, said, whole, shape
		e.full = s.score == msg.sums[len(msg.sums)-1]
	}
}

// saidOf is how much of a message stands in the text: the weight of the pairs
// that do, in the measure in which nothing is missing. What is missing before
// or behind them in the middle of a text counts double, what the ends of the
// text may have cut off hardly.
func (w *walk) saidOf(msg *message, s span) (said, whole int32) {
	const (
		cut   = 8
		least = 6 // less than a sixth of a message is no cut message
	)
	total := msg.sums[len(msg.sums)-1]
	head, tail := msg.sums[s.from], total-msg.sums[s.to+1]
	lost := total - head - tail - s.score
	kept := s.score
	some := s.score*least >= total
	if some && s.first <= 1 {
		kept -= min(kept/4, head/cut)
	} else {
		lost += 2 * head
	}
	if some && int(s.end) >= len(w.words)-2 {
		kept -= min(kept/4, tail/cut)
	} else {
		lost += 2 * tail
	}
	if s.end-s.first < shortMessage && !w.byItself(s) {
		return 0, 0
	}
	whole = s.score * 1000 / max(1, s.score+lost)
	return max(1, kept*whole/1000), whole
}

// shortMessage is how far apart first and last word of a message are that
// means something only when it stands by itself: "Slow down".
const shortMessage = 3

// shapeOf is how a message stands in the text.
func (w *walk) shapeOf(s span, said, whole int32) int32 {
	if whole < 800 || said < 5 {
		return 0
	}
	shape := int32(0)
	if s.first > 0 && w.words[s.first].gap&assigned != 0 && is(w.vocab.label, w.words[s.first-1].id) {
		shape += labelled
	}
	switch {
	case w.byItself(s):
		shape += by
	case s.end-s.first <= shortMessage:
		shape += runOn
	}
	switch share := (s.end - s.first + 1) * 10; {
	case share >= int32(len(w.words))*8:
		shape += filled
	case share >= int32(len(w.words))*4 && s.end > s.first+1:
		shape += halfFills
	}
	return shape
}

// byItself tells whether a span stands between marks, line breaks or the ends
// of the text; a number may stand before it.
func (w *walk) byItself(s span) bool {
	const ends = stopped | broken
	if s.first > 0 && w.words[s.first].gap&ends == 0 && w.words[s.first-1].id != number {
		return false
	}
	return int(s.end)+1 == len(w.words) || w.words[s.end+1].gap&ends != 0
}

// agree compares the statuses of an entry with those in the text.
func (w *walk) agree(want []int) int32 {
	if len(want) == 0 || len(w.statuses) == 0 {
		return 0
	}
	for _, status := range w.statuses {
		for _, own := range want {
			if int(status) == own {
				return 4
			}
		}
	}
	return -6
}

// mostMarked is as much as all marks of a provider can count.
const mostMarked = 26

// who is what the marks in a text tell.
type who struct {
	sums     []int32 // of each provider, what its marks are worth
	sure     []bool  // of each provider, whether a certain mark is among them
	told     bool    // a provider that is no gateway is named
	certain  bool    // … by a certain mark
	stranger bool    // a service is named that is none of ours
}

// named is the provider that the marks speak for most; -1 when there is none,
// or two that they speak for alike.
func (w *who) named() int {
	best, at := int32(0), -1
	for i, sum := range w.sums {
		switch {
		case sum > best:
			best, at = sum, i
		case sum == best:
			at = -1
		}
	}
	return at
}

func (w *walk) who() *who {
	out := &who{sums: make([]int32, len(w.index.Providers)), sure: make([]bool, len(w.index.Providers))}
	seen := map[*phrase]bool{}
	for _, k := range w.marks {
		p := k.phrase
		switch {
		case seen[p] || p.use == asWrapper:
			continue
		case p.use == asStranger:
			out.stranger = true
			continue
		}
		seen[p] = true
		out.sums[p.owner] = min(mostMarked, out.sums[p.owner]+p.use.worth())
		out.sure[p.owner] = out.sure[p.owner] || p.use.certain()
		if !w.index.Providers[p.owner].Gateway {
			out.told = out.told || p.use.tells()
			out.certain = out.certain || p.use.certain()
		}
	}
	return out
}
