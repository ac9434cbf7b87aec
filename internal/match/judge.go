package match

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
// which message and code agree. Addresses of strangers ask for more still.
func (w *walk) enough(e *evidence) bool {
	need := int32(threshold)
	switch {
	case e.said+e.shape+e.coded < least:
		return false
	case e.marked > 0, e.shape >= filled, e.shape > 0 && e.coded >= codeAlone, e.coded >= 2*codeAlone:
	case e.whole < 700:
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

// judge gathers the evidence for each entry that the text hints at.
func (w *walk) judge() []evidence {
	found := make([]evidence, 0, len(w.said)+len(w.coded))
	place := make(map[int32]int, len(w.said)+len(w.coded))
	of := func(entry int32) *evidence {
		at, ok := place[entry]
		if !ok {
			at = len(found)
			place[entry] = at
			found = append(found, evidence{entry: entry, message: -1})
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
	marked, against := w.marked()
	for i := range found {
		e := &found[i]
		entry := &w.index.Entries[e.entry]
		e.status = w.agree(entry.HTTP)
		e.marked = marked[entry.Provider]
		if e.marked == 0 {
			e.against = against
		}
	}
	return found
}

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

// marked is what the marks in the text count for each provider, and what they
// count against all that have none: a gateway's count against nobody.
func (w *walk) marked() (sums []int32, against int32) {
	sums = make([]int32, len(w.index.Providers))
	seen := map[*phrase]bool{}
	for _, k := range w.marks {
		p := k.phrase
		if p.use == asWrapper || seen[p] {
			continue
		}
		seen[p] = true
		sums[p.owner] = min(mostMarked, sums[p.owner]+p.use.worth())
		if p.use.certain() && !w.index.Providers[p.owner].Gateway {
			against = 8
		}
	}
	return sums, against
}
