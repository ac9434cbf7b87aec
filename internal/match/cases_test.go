package match

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"faultbook/internal/book"
	"faultbook/internal/cache"
)

// caseFiles are the files of cases: what was used to find the rules, and what
// was collected afterwards by somebody who did not know them.
var caseFiles = []string{"testdata/pasted.txt", "testdata/unseen.txt", "testdata/none.txt", "testdata/unseen-none.txt"}

// pasted is a case of testdata: a text as a reader would paste it, and the
// entry it is about.
type pasted struct {
	name   string
	source string   // the thread that it is modelled on
	want   string   // "provider/slug", or "none"
	also   []string // entries that are as right: the text does not tell
	text   string
}

// readCases reads a file of cases: "== name", lines of "key: value", "--", and
// the text up to the next case.
func readCases(t testing.TB, file string) []pasted {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []pasted
	for _, part := range strings.Split("\n"+string(data), "\n== ")[1:] {
		head, text, ok := strings.Cut(part, "\n--\n")
		name, head, _ := strings.Cut(head, "\n")
		if !ok {
			t.Fatalf("%s: %s has no line --", file, name)
		}
		c := pasted{name: name, text: strings.TrimRight(text, "\n")}
		for line := range strings.SplitSeq(head, "\n") {
			switch key, value, _ := strings.Cut(line, ": "); key {
			case "source":
				c.source = value
			case "want":
				c.want = value
			case "also":
				c.also = strings.Fields(value)
			case "note":
			default:
				t.Fatalf("%s: %s: unknown line %q", file, name, line)
			}
		}
		list = append(list, c)
	}
	return list
}

// realMatcher is opened with the real content, that of the repository.
func realMatcher(t testing.TB) (*book.Book, *Matcher) {
	t.Helper()
	b, findings, err := book.Load(os.DirFS("../../content"), cache.New(&cache.Memory{}))
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	return b, Open(Compile(b, kindName))
}

func kindName(k book.Kind) string { return string(k) }

// keys are the entries of an answer, the likeliest first.
func keys(m *Matcher, found []Match) []string {
	list := make([]string, len(found))
	for i, x := range found {
		list[i] = m.index.Key(x.Entry)
	}
	return list
}

func (c *pasted) right(key string) bool { return key == c.want || slices.Contains(c.also, key) }

// share fails the test when fewer than so many of a hundred are right.
func share(t *testing.T, what string, right, all, percent int) {
	t.Helper()
	t.Logf("%s: %d of %d", what, right, all)
	if right*100 < all*percent {
		t.Errorf("%s: %d of %d, want %d %%", what, right, all, percent)
	}
}

// TestPasted holds what readers paste, each modelled on a real text in a public
// thread, against the whole real book.
func TestPasted(t *testing.T) {
	_, m := realMatcher(t)
	for _, file := range []struct {
		name         string
		first, three int // percent
	}{{"pasted", 92, 98}, {"unseen", 92, 92}} {
		cases := readCases(t, "testdata/"+file.name+".txt")
		first, three := 0, 0
		for _, c := range cases {
			got := keys(m, m.Find(c.text))
			switch at := slices.IndexFunc(got, c.right); {
			case at == 0:
				first++
				three++
			case at > 0 && at < 3:
				three++
				t.Logf("%s: %s first, %s at %d", c.name, got[0], c.want, at+1)
			default:
				t.Logf("%s: %v, want %s", c.name, got[:min(len(got), 3)], c.want)
			}
		}
		share(t, file.name+", first", first, len(cases), file.first)
		share(t, file.name+", within three", three, len(cases), file.three)
	}
}

// TestNone holds texts that are no error of a provider.
func TestNone(t *testing.T) {
	_, m := realMatcher(t)
	for _, file := range []string{"none", "unseen-none"} {
		cases := readCases(t, "testdata/"+file+".txt")
		right := 0
		for _, c := range cases {
			if got := keys(m, m.Find(c.text)); len(got) > 0 {
				t.Logf("%s: %s", c.name, got[0])
			} else {
				right++
			}
		}
		share(t, file+", not in the book", right, len(cases), 95)
	}
}

// TestCases holds the case files themselves.
func TestCases(t *testing.T) {
	b, _ := realMatcher(t)
	known := map[string]bool{"none": true}
	for _, e := range b.Entries() {
		known[e.Key()] = true
	}
	seen := map[string]bool{}
	for _, file := range caseFiles {
		for _, c := range readCases(t, file) {
			if seen[c.name] {
				t.Errorf("%s: %s stands there twice", file, c.name)
			}
			seen[c.name] = true
			for _, key := range append(c.also, c.want) {
				if !known[key] {
					t.Errorf("%s: %s wants %s, which is no entry", file, c.name, key)
				}
			}
			if !strings.HasPrefix(c.source, "https://") && (c.want != "none" || c.source != "self") {
				t.Errorf("%s: %s names no thread", file, c.name)
			}
			if masked := Mask(c.text); strings.Contains(masked, "@gmail") {
				t.Errorf("%s: %s holds an e-mail address", file, c.name)
			}
		}
	}
}

// spoils are what happens to a text on its way.
var spoils = []struct {
	name  string
	spoil func(string) string
}{
	{"upper-cased", strings.ToUpper},
	{"wrapped at 40 columns", func(s string) string { return wrapped(s, 40) }},
	{"JSON-escaped twice", func(s string) string { return fmt.Sprintf("%q", fmt.Sprintf("%q", s)) }},
	{"URL-encoded", func(s string) string {
		return strings.NewReplacer(" ", "%20", `"`, "%22", "\n", "%0A", ":", "%3A").Replace(s)
	}},
	{"in colours", func(s string) string {
		return "\x1b[31m" + strings.ReplaceAll(s, " ", " \x1b[0m\x1b[1;31m") + "\x1b[0m"
	}},
	{"with smart quotes", func(s string) string { return strings.NewReplacer("'", "’", `"`, "”").Replace(s) }},
}

// wrapped breaks lines after so many characters, in the middle of words.
func wrapped(text string, columns int) string {
	var out strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		runes := []rune(line)
		for len(runes) > columns {
			out.WriteString(string(runes[:columns]) + "\n")
			runes = runes[columns:]
		}
		out.WriteString(string(runes) + "\n")
	}
	return out.String()
}

// TestSpoilt holds that neither terminals nor editors nor encoders hide an
// error.
func TestSpoilt(t *testing.T) {
	_, m := realMatcher(t)
	cases := readCases(t, "testdata/pasted.txt")
	for _, s := range spoils {
		right := 0
		for _, c := range cases {
			if got := keys(m, m.Find(s.spoil(c.text))); len(got) > 0 && c.right(got[0]) {
				right++
			}
		}
		share(t, s.name, right, len(cases), 90)
	}
}

// TestCut holds that the first or the last 60 characters of an error are
// enough: of every literal message that is longer, and nothing around it. Entries
// that share those characters are right as well.
func TestCut(t *testing.T) {
	b, m := realMatcher(t)
	const length = 60
	for _, cut := range []struct {
		name string
		keep func([]rune) []rune
	}{
		{"first", func(r []rune) []rune { return r[:length] }},
		{"last", func(r []rune) []rune { return r[len(r)-length:] }},
	} {
		right, all := 0, 0
		for _, e := range b.Entries() {
			for _, message := range e.Messages {
				runes := []rune(strings.NewReplacer("{", "", "}", "").Replace(message))
				if len(runes) < length+20 {
					continue
				}
				all++
				found := m.Find(string(cut.keep(runes)))
				for i := 0; i < len(found) && found[i].evidence.score() == found[0].evidence.score(); i++ {
					if m.index.Key(found[i].Entry) == e.Key() {
						right++
						break
					}
				}
			}
		}
		share(t, cut.name+" 60 characters", right, all, 80)
	}
}
