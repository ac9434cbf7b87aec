package match

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"faultbook/internal/book"
)

func TestCompile(t *testing.T) {
	up := &book.Provider{Slug: "acme", Name: "Acme", Hosts: []string{"*.acme.test", "acme.test"}, Keys: "https://console.acme.test/keys", Billing: "https://console.acme.test/billing", Docs: "https://docs.acme.test"}
	other := &book.Provider{Slug: "bolt", Name: "Bolt", Upstream: []string{"acme", "a cloud"}}
	gate := &book.Provider{Slug: "gate", Name: "Gate", Upstream: []string{"acme", "bolt"}, Entries: []*book.Entry{{
		Slug: "no-money", Name: "no credits", Title: "Gate API: no credits, or an empty wallet", Kind: "billing", HTTP: []int{402},
		Codes: []string{"no_money"}, Messages: []string{"The wallet holds nothing."}, Summary: "Your prepaid wallet is empty.", Aliases: []string{"/gate/broke/"},
	}}}
	b := &book.Book{Providers: []*book.Provider{up, other, gate}}
	index := Compile(b, func(k book.Kind) string { return "kind of " + string(k) })
	if got, want := index.Providers[0].Marks, (Marks{Hosts: []string{"acme.test"}, Links: []string{"console.acme.test", "docs.acme.test"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("marks = %+v, want %+v", got, want)
	}
	for i, want := range []bool{false, false, true} {
		if p := index.Providers[i]; p.Gateway != want {
			t.Errorf("%s is a gateway: %v, want %v", p.Slug, p.Gateway, want)
		}
	}
	want := Entry{
		Provider: 2, Slug: "no-money", Name: "no credits", Codes: []string{"no_money"}, HTTP: []int{402}, Kind: "billing",
		Messages: []string{"The wallet holds nothing."}, Also: "broke empty prepaid",
	}
	if !reflect.DeepEqual(index.Entries, []Entry{want}) {
		t.Errorf("entries = %+v, want %+v", index.Entries, want)
	}
	if index.Kinds["billing"] != "kind of billing" || index.Key(0) != "gate/no-money" || index.Version != Version {
		t.Errorf("kinds %v, key %s, version %d", index.Kinds, index.Key(0), index.Version)
	}
}

// TestPublished holds that an index reads back as it was published, and that
// one asked by several goroutines at once answers each alike.
func TestPublished(t *testing.T) {
	data, err := json.Marshal(smallIndex())
	if err != nil {
		t.Fatal(err)
	}
	var back Index
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, smallIndex()) {
		t.Fatalf("read back %+v, %v", back, err)
	}
	m := Open(back)
	answers := make(chan string)
	for range 8 {
		go func() {
			answers <- answer(m, m.Find(overText)) + "; " + m.index.Key(slices.Concat(m.Search("overloded"), []int{0})[0])
		}()
	}
	for range 8 {
		if got, want := <-answers, "acme/overloaded said shared=bolt; or bolt/overloaded said shared=acme; acme/overloaded"; got != want {
			t.Errorf("answer %q, want %q", got, want)
		}
	}
}

func TestWholeWords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"short", "a few words", "a few words"},
		{"long", "a few words and one more", "a few words"},
		{"at a mark", "a few words, and so on", "a few words"},
		{"one word", "abcdefghijklmnopqrstu", "abcdefghijklmn"},
		{"characters, not bytes", "ä ä ä ä ä ä ä ä", "ä ä ä ä ä ä ä"},
	} {
		if got := cut(c.text, 14); got != c.want {
			t.Errorf("%s: cut(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}
