package match

import (
	"slices"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	m := Open(smallIndex())
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"nothing but marks", "?! --", ""},
		{"name", "slow", "acme/slow-down"},
		{"name of a kind", "money", "acme/quota gate/no-credits"},
		{"type and code alike", "throttled", "acme/too-fast bolt/too-fast"},
		{"name before message", "key", "acme/expired acme/wrong-key bolt/wrong-key gate/wrong-key"},
		{"message before the rest", "plan money", "acme/quota"},
		{"code in parts", "quota_used_up", "acme/quota"},
		{"status", "529", "acme/overloaded"},
		{"status that many have", "401", "acme/expired acme/wrong-key"},
		{"no slip in a number", "528", ""},
		{"beginning of a status", "52", "acme/overloaded"},
		{"words", "bolt key", "bolt/wrong-key"},
		{"words in another order", "key bolt", "bolt/wrong-key"},
		{"a word that stands nowhere", "bolt zebra", ""},
		{"unfinished", "acme overl", "acme/overloaded"},
		{"one letter is no beginning", "o", ""},
		{"left out", "overloded", "acme/overloaded bolt/overloaded"},
		{"added", "overloaaded", "acme/overloaded bolt/overloaded"},
		{"changed", "overlosded", "acme/overloaded bolt/overloaded"},
		{"changed places", "overlaoded", "acme/overloaded bolt/overloaded"},
		{"two slips", "ovrelaoded", ""},
		{"slip in a short word", "klw", ""},
		{"slip at the end", "quotq", "acme/quota"},
		{"words of the meaning", "plan", "acme/quota"},
		{"name of a provider and a status", "acme 401", "acme/expired acme/wrong-key"},
		{"capitals and accents", "QUÓTA", "acme/quota"},
		{"words that tell nothing are left out", "what is my bolt key", "bolt/wrong-key"},
		{"nothing but such words", "up of", "acme/quota"},
		{"eight words", "bolt bolt bolt bolt bolt bolt bolt key", "bolt/wrong-key"},
		{"more words than a question has", "bolt bolt bolt bolt bolt bolt bolt bolt key", ""},
	} {
		var got []string
		for _, i := range m.Search(c.text) {
			got = append(got, m.index.Key(i))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: Search(%q) = %s, want %s", c.name, c.text, s, c.want)
		}
	}
}

// TestSearchMost holds that a question that all entries answer names twelve, in
// the order of the index.
func TestSearchMost(t *testing.T) {
	index := smallIndex()
	index.Entries = slices.Concat(index.Entries, index.Entries)
	for i := range index.Entries {
		index.Entries[i].Also = "everywhere"
	}
	if got := Open(index).Search("everywhere"); !slices.Equal(got, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) {
		t.Errorf("Search = %v, want the first twelve", got)
	}
}

func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"same", "limit", "limit", false},
		{"left out", "limit", "limt", true},
		{"left out at the end", "limit", "limi", true},
		{"left out at the beginning", "limit", "imit", true},
		{"changed", "limit", "lamit", true},
		{"changed places at the end", "limit", "limti", true},
		{"changed places and more", "limit", "ilmti", false},
		{"two letters apart that changed places", "abc", "cba", false},
		{"two left out", "limit", "lim", false},
		{"beyond the first 65,536 characters", "a𐐷b", "ab", true},
	} {
		if oneSlip(c.a, c.b) != c.want || oneSlip(c.b, c.a) != c.want {
			t.Errorf("%s: oneSlip(%s, %s) = %v, want %v", c.name, c.a, c.b, !c.want, c.want)
		}
	}
}
