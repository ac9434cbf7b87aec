package match

import (
	"fmt"
	"strings"
	"testing"
)

// gapNames are what stands before a word, in the order of the bits.
var gapNames = []string{"apart", "assigned", "compared", "opened", "stopped", "line", "broken", "quoted", "joined"}

func (g gap) String() string {
	var names []string
	for i, name := range gapNames {
		if g&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// dictionary knows words by their place in a list, from 1.
func dictionary(list string) func([]byte) (int32, bool) {
	ids := map[string]int32{}
	for i, w := range strings.Fields(list) {
		ids[w] = int32(i + 1)
	}
	return func(w []byte) (int32, bool) {
		id, ok := ids[string(w)]
		return id, ok
	}
}

func TestGap(t *testing.T) {
	for _, c := range []struct{ name, between, want string }{
		{"blank", " ", "apart"},
		{"frame", " │ ", "apart"},
		{"full stop in a name", ".", "stopped"},
		{"full stop behind a sentence", ". ", "apart stopped"},
		{"hyphen", "-", "stopped"},
		{"one name", "_", "stopped joined"},
		{"two underscores are no name", "__", "apart stopped"},
		{"underscore behind a blank", " _", "apart stopped"},
		{"colon", ":", "assigned stopped"},
		{"value", ": ", "apart assigned stopped"},
		{"value that is text", `": "`, "apart assigned stopped quoted"},
		{"value in JSON in JSON", `\":\"`, "apart assigned stopped quoted"},
		{"value that is no text", `": `, "apart assigned stopped"},
		{"equals sign", "=", "apart assigned stopped"},
		{"compared", " == ", "apart assigned compared stopped"},
		{"compared, three signs", "===", "apart assigned compared stopped"},
		{"slash behind a colon is no value", "://", "apart stopped"},
		{"bracket", " (", "apart opened stopped"},
		{"bracket behind a colon", ": {", "apart assigned stopped"},
		{"bracket and quote", `["`, "apart opened stopped"},
		{"closed bracket", ") ", "apart stopped"},
		{"comma takes the value back", ":,", "apart stopped"},
		{"line break", "\n", "apart line broken"},
		{"line break and blanks", " \r\n\t", "apart line broken"},
		{"line break behind a mark", ".\n", "apart stopped broken"},
		{"line break before a mark", "\n- ", "apart stopped broken"},
		{"zero-width", "\u200b \u200b", "apart"},
		{"other mark", "§", "apart stopped"},
	} {
		list := words("one"+c.between+"two", dictionary("one two"))
		if len(list) != 2 || list[0].id != 1 || list[1].id != 2 || list[1].gap.String() != c.want {
			t.Errorf("%s: %q stands between %v, want %q", c.name, c.between, list, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	long := strings.Repeat("x", longestWord)
	known := dictionary("limit rate 0 中 文 " + long)
	for _, c := range []struct{ name, text, want string }{
		{"known and not", "Rate LIMIT bait", "2 1 -1"},
		{"numbers are one", "7 007 1234567890", "0 0=7 0"},
		{"zero is an error of its own", "limit: 0", "1 3"},
		{"two zeros are a number", "limit: 00", "1 0"},
		{"full-width number", "４２９", "0=429"},
		{"status", "429 99 1000", "0=429 0 0"},
		{"digits in a word", "4xx", "-1"},
		{"ideographs", "中文limit", "4 5 1"},
		{"as long as a word may be", long, "6"},
		{"one longer", long + "x", "-1"},
		{"long with something of no width", "\u200b" + long + "\u200b", "6"},
		{"row of digits longer than a word", strings.Repeat("9", longestWord+1), "0"},
		{"row of digits with a gap of no width", "429\u200b" + strings.Repeat("9", longestWord), "0"},
		{"zero before a row of digits", "0\u200b" + strings.Repeat("9", longestWord), "0"},
		{"broken word", "ra\nte limit", "2 1@1"},
		{"broken and indented", "ra\r\n    te", "2"},
		{"broken into three", "li\nmi\nt", "-1 -1@1 -1@2"},
		{"broken at a known word", "li\nmit\n", "1"},
		{"both halves known", "rate\nlimit", "2 1@1"},
		{"line break behind a mark breaks no word", "ra-\nte", "-1 -1@1"},
		{"blank line", "ra\n\nte", "2"},
		{"known by no one when joined", "ra\nlimit", "-1 1@1"},
		{"joined too long", long + "\nx", "6 -1@1"},
		{"number at a break", "li\n429", "-1 0=429@1"},
	} {
		var got []string
		for _, w := range words(c.text, known) {
			s := fmt.Sprint(w.id)
			if w.value > 0 {
				s += fmt.Sprint("=", w.value)
			}
			if w.line > 0 {
				s += fmt.Sprint("@", w.line)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: words(%.20q) = %s, want %s", c.name, c.text, s, c.want)
		}
	}
}
