package match

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// seeds are texts that a fuzzer begins with: those of the cases, and what
// walkers stumble over.
func seeds(f *testing.F) {
	f.Helper()
	for _, s := range stumbles {
		f.Add(s)
		f.Add("rate" + s + "limit " + s + overText + s)
	}
	for _, s := range []string{
		"", quotaText, expiredText, quotaText[:40], `{"code":"invalid_key"}`, `"code":"401"`, "HTTP 529 engine_overloaded", "bolt.test Acme: Slow down!",
		"gate.test HTTP 502: The provider behind this gateway returned an error. " + quotaText, "chainer.errors Stripe:: Rate limit exceeded", "Bolt: Rate limit exceeded",
		"No caller is known by the key that came with this call.\n\n" + overText + "\nhttps://a.b",
	} {
		f.Add(s)
	}
}

// FuzzFind holds that no text makes Find or Log panic, that both find the same
// twice, and that what they find can be shown: entries of the index, each once;
// a stand-in points to an error of its own; a line is one of the text; a reason
// holds nothing but what the index says, so that no key in a text can leak.
func FuzzFind(f *testing.F) {
	seeds(f)
	m, again := Open(smallIndex()), Open(smallIndex())
	known := textsOf(m)
	f.Fuzz(func(t *testing.T, text string) {
		for _, ask := range []func(*Matcher, string) []Match{(*Matcher).Find, (*Matcher).Log} {
			found := ask(m, text)
			if other := ask(again, text); !reflect.DeepEqual(found, other) {
				t.Fatalf("%q: found %v and %v", text, found, other)
			}
			checkFound(t, m, known, text, found)
		}
		m.Search(text)
	})
}

func checkFound(t *testing.T, m *Matcher, known map[string]bool, text string, found []Match) {
	t.Helper()
	own := map[int]bool{-1: true}
	seen := map[int]bool{}
	for _, x := range found {
		if seen[x.Entry] || x.Entry < 0 || x.Entry >= len(m.index.Entries) {
			t.Errorf("%q: entry %d is none, or named twice", text, x.Entry)
		}
		seen[x.Entry] = true
		own[x.Entry] = x.Instead < 0
	}
	for _, x := range found {
		if !own[x.Instead] {
			t.Errorf("%q: %s stands for %d, which is no error of its own", text, m.index.Key(x.Entry), x.Instead)
		}
		if x.Line < 1 || x.Line > strings.Count(text, "\n")+1 {
			t.Errorf("%q: line %d is none of it", text, x.Line)
		}
		if x.Confidence < 1 || x.Confidence > 1000 || len(x.Reasons) == 0 {
			t.Errorf("%q: %s for %v, with confidence %d", text, m.index.Key(x.Entry), x.Reasons, x.Confidence)
		}
		for _, r := range x.Reasons {
			if !known[r.Text] {
				t.Errorf("%q: reason %q is not of the index", text, r)
			}
		}
	}
}

// textsOf are all texts that a reason may hold.
func textsOf(m *Matcher) map[string]bool {
	known := map[string]bool{}
	add := func(lists ...[]string) {
		for _, text := range slices.Concat(lists...) {
			known[text] = true
		}
	}
	for i, e := range m.index.Entries {
		add(e.Messages, e.Codes, e.Types, []string{m.index.Key(i)})
		for _, status := range e.HTTP {
			add([]string{itoa(status)})
		}
	}
	for _, p := range m.index.Providers {
		add([]string{p.Name, p.Slug})
		for _, list := range p.Marks.lists() {
			add(list.marks)
		}
	}
	for _, w := range m.index.Wrappers {
		add([]string{w.Name})
	}
	return known
}

// FuzzMask holds that what is masked stays as it is when it is masked again,
// and that no key survives.
func FuzzMask(f *testing.F) {
	seeds(f)
	for _, prefix := range secretPrefixes {
		f.Add(prefix + strings.Repeat("aB3d", 5))
		f.Add(`\n` + prefix + strings.Repeat("abcd", 5) + "%20" + prefix + "AAAAAAAA")
	}
	var quoted []string
	for _, prefix := range secretPrefixes {
		quoted = append(quoted, regexp.QuoteMeta(prefix))
	}
	key := regexp.MustCompile(`(?:^|[^\w%-])(?:` + strings.Join(quoted, "|") + `)[A-Za-z0-9]{20}`)
	f.Fuzz(func(t *testing.T, text string) {
		masked := Mask(text)
		if again := Mask(masked); again != masked {
			t.Errorf("Mask(%q) = %q, and again %q", text, masked, again)
		}
		if left := key.FindString(masked); left != "" {
			t.Errorf("Mask(%q) shows %q", text, left)
		}
	})
}

// FuzzWords holds that a text has the same words after it was put into JSON
// twice, as bodies are that programs print.
func FuzzWords(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ReplaceAll(text, "\\\x1b", "\x1b") // no width behind a mark: nobody writes it
		escaped := escapeJSON(t, escapeJSON(t, text))
		if len(escaped) > MaxText {
			return // only the end would be read
		}
		if got, want := plainWords(escaped), plainWords(text); !slices.Equal(got, want) {
			t.Errorf("plainWords(%q) = %q, want %q", escaped, got, want)
		}
	})
}

func escapeJSON(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
