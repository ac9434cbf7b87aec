package match

import "strings"

// message is one literal message of an entry, as the pairs of neighbouring
// words in it.
type message struct {
	entry  int32
	number int32   // in its entry
	sums   []int32 // of each pair, the weight of all before it; at the end of all
}

// posting is a place in a message where a pair of words stands.
type posting struct {
	message int32
	at      int32 // number of the pair in its message
	weight  int32
}

// longestPosting is how many messages may share a pair before further ones are
// left out: what stands everywhere tells nothing, and would cost the most.
const longestPosting = 400

// pairKey names two words that stand side by side; one alone has none before.
func pairKey(a, b int32) uint64 { return uint64(a)<<32 | uint64(b) }

// wordsKey names a word and the one before it. Words that are one name, such as
// rate_limit, are not the same as "rate limit".
func wordsKey(before, w word) uint64 {
	key := pairKey(before.id, w.id)
	if w.gap&joined != 0 {
		key |= 1 << 63
	}
	return key
}

// alone stands for the word before a word that makes a part of a message by
// itself.
const alone = 1

// addMessage notes the pairs of a message, which is given part by part: no pair
// reaches over a placeholder.
func (m *Matcher) addMessage(entry, n int32, parts [][]word) {
	msg := message{entry: entry, number: n, sums: []int32{0}}
	id := int32(len(m.messages))
	add := func(key uint64, weight int32) {
		at := int32(len(msg.sums) - 1)
		msg.sums = append(msg.sums, msg.sums[at]+weight)
		if list := m.pairs[key]; len(list) < longestPosting {
			m.pairs[key] = append(list, posting{id, at, weight})
		}
	}
	rare := m.vocab.rarity
	for _, list := range parts {
		if len(list) == 1 && list[0].id > alone {
			add(pairKey(alone, list[0].id), rare[list[0].id])
		}
		for i := 1; i < len(list); i++ {
			if a, b := list[i-1], list[i]; a.id != unknown && b.id != unknown { // too long to be compared
				add(wordsKey(a, b), rare[a.id]+rare[b.id])
			}
		}
	}
	m.messages = append(m.messages, msg)
}

// parts are what stands between the placeholders of a message: {name}, with no
// double quote, colon or comma inside, which would make it a piece of JSON.
func parts(text string) []string {
	var list []string
	from := 0
	for at := 0; ; {
		open := strings.IndexByte(text[at:], '{')
		if open < 0 {
			return append(list, text[from:])
		}
		open += at
		end := strings.IndexAny(text[open+1:], "{}\":,")
		if end < 0 || text[open+1+end] != '}' {
			at = open + 1
			continue
		}
		list = append(list, text[from:open])
		from = open + 1 + end + 1
		at = from
	}
}

// Fill puts a text into every placeholder of a message.
func Fill(message, text string) string { return strings.Join(parts(message), text) }

// run is a stretch of a text in which pairs of one message stand in order. The
// best so far is kept beside the one that goes on.
type run struct {
	span
	best span
}

// span is where pairs of a message stand in a text.
type span struct {
	score      int32 // weight of the pairs
	first, end int32 // words of the text
	from, to   int32 // pairs of the message
}

// widestGap is how many words may stand between two pairs: what fills a
// placeholder, or a log's prefix at a line break.
const widestGap = 60

// extend takes a pair that stands at words first and end of a text.
func (r *run) extend(p posting, first, end int32) {
	near := r.score > 0 && end-r.end <= widestGap
	switch {
	case near && r.end == end && r.to != p.at:
		return // these words have counted
	case near && p.at > r.to:
		r.score += p.weight
		r.to, r.end = p.at, end
	case near && r.score > 3*p.weight:
		return // a common pair in passing
	default:
		r.span = span{p.weight, first, end, p.at, p.at}
	}
	if r.score > r.best.score {
		r.best = r.span
	}
}
