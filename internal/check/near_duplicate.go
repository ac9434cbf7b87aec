package check

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// nearDuplicate: two entries share no more than a third of what they say. One
// of them has been copied from the other, and what sets them apart was not
// written, though it is all that a reader between the two wants to know.
var nearDuplicate = rule{"near-duplicate", diag.Warning, func(g *graph, r *report) {
	for later, earlier := range closest(g.runsOfAll()) {
		if earlier.share <= mostShared {
			continue
		}
		e, other := g.whole[later], g.whole[earlier.entry]
		at := g.firstShared(e, other)
		r.within(e.File, at.path, at.at, fmt.Sprintf("%d in 100 runs of %d words are those of %s; want at most a third", earlier.share, runLength, other.Key()),
			"say what sets this error apart; if nothing does, join the two, with an alias for the old address")
	}
}}

const (
	runLength  = 8  // words that two people do not write in the same order by chance
	mostShared = 33 // of a hundred runs, how many two entries may share
	// mostHolders bounds the work for a sentence that stands in every entry: it
	// is compared with the first entries that hold it.
	mostHolders = 64
)

// runs are the different runs of words of one entry.
type runs struct {
	hashes []uint64
	count  int
}

// spot is a place in an entry's text.
type spot struct {
	path book.Path
	at   int
}

// eachRun hands over the hash of every run of words in meaning, causes and
// fixes. A run does not go from one item into the next.
func eachRun(t *book.Text, seed maphash.Seed, look func(uint64, spot)) {
	said := slices.Concat([]passage{{book.Path{"meaning"}, t.Meaning.Source}}, items(t.Causes, "causes"), items(t.Fixes, "fixes"))
	var h maphash.Hash
	h.SetSeed(seed)
	for _, p := range said {
		words := wordsOf(p.source)
		for i := 0; i+runLength <= len(words); i++ {
			h.Reset()
			for _, w := range words[i : i+runLength] {
				h.WriteString(w.text)
				h.WriteByte(' ')
			}
			look(h.Sum64(), spot{p.path, words[i].at})
		}
	}
}

// seed is of one process: hashes are compared, and never kept.
var seed = maphash.MakeSeed()

// runsOfAll are the runs of all entries that can be used, in their order.
func (g *graph) runsOfAll() []runs {
	all := make([]runs, 0, len(g.whole))
	for _, e := range g.whole {
		var r runs
		if t, err := g.book.Text(e); err == nil {
			eachRun(t, seed, func(hash uint64, _ spot) { r.hashes = append(r.hashes, hash) })
		}
		slices.Sort(r.hashes)
		r.hashes = slices.Compact(r.hashes)
		r.count = len(r.hashes)
		all = append(all, r)
	}
	return all
}

// neighbour is an earlier entry, and how many in a hundred of the runs of the
// shorter of the two it shares with a later one.
type neighbour struct{ entry, share int }

// closest is, for each entry that shares runs with earlier ones, the one with
// which it shares most; of several the first.
func closest(texts []runs) map[int]neighbour {
	holders := map[uint64][]int32{}
	found := map[int]neighbour{}
	shared := map[int]int{}
	for i, text := range texts {
		clear(shared)
		for _, hash := range text.hashes {
			for _, other := range holders[hash] {
				shared[int(other)]++
			}
			if len(holders[hash]) < mostHolders {
				holders[hash] = append(holders[hash], int32(i))
			}
		}
		best := neighbour{}
		for entry, n := range shared {
			share := 100 * n / min(text.count, texts[entry].count)
			if cmp.Or(cmp.Compare(share, best.share), cmp.Compare(best.entry, entry)) > 0 {
				best = neighbour{entry, share}
			}
		}
		if best.share > 0 {
			found[i] = best
		}
	}
	return found
}

// firstShared is where e begins to say what other says.
func (g *graph) firstShared(e, other *book.Entry) spot {
	theirs := map[uint64]bool{}
	if t, err := g.book.Text(other); err == nil {
		eachRun(t, seed, func(hash uint64, _ spot) { theirs[hash] = true })
	}
	first := spot{path: book.Path{"meaning"}}
	if t, err := g.book.Text(e); err == nil {
		found := false
		eachRun(t, seed, func(hash uint64, at spot) {
			if !found && theirs[hash] {
				first, found = at, true
			}
		})
	}
	return first
}
