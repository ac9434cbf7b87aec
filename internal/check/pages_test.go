package check_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/site"
)

// The pages that a link may lead to are those that the site makes: an entry
// that links to every one of them has no finding.
func TestPagesAreThoseOfTheSite(t *testing.T) {
	tree := fstest.MapFS{}
	for name, text := range good() {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, _, err := book.Load(tree, cache.New(&cache.Memory{}))
	must(t, err)
	var links strings.Builder
	for _, m := range site.New(site.Input{Book: b, Now: time.Unix(0, 0), Base: "https://errors.example.com"}).Makers() {
		if m.Path != "/404.html" { // where nobody is sent
			links.WriteString("[x](" + m.Path + ")\n")
		}
	}
	if n := strings.Count(links.String(), "\n"); n < 12 {
		t.Errorf("the site makes %d pages, want at least 12: 4 of its own, 2 for each of 2 providers, 2 entries, 2 lists", n)
	}
	all := good()
	all["acme/links.md"] = swapped(filled(goodEntry, "links"), "More about it.", links.String())
	if got := findings(t, all, nil, writings()["LF"]); len(got) != 0 {
		t.Errorf("findings, want none:\n%s", show(got))
	}
}

// The parts that a link may name are the sections of the entry's template.
func TestSectionsAreThoseOfTheTemplate(t *testing.T) {
	template, err := os.ReadFile("../../templates/entry.html")
	must(t, err)
	var want []string
	for _, m := range regexp.MustCompile(`<section id="([a-z]+)"`).FindAllStringSubmatch(string(template), -1) {
		want = append(want, m[1])
	}
	var links strings.Builder
	for _, id := range append(want, "no-such-part") {
		links.WriteString("[x](#" + id + ")\n")
	}
	tree := good()
	entry := swapped(filled(goodEntry, "links"), "More about it.", links.String())
	tree["acme/links.md"] = swapped(entry, `messages = ["The message of links."]`, `messages = ["The message of links.", "Another.", "A third."]`)
	got := findings(t, tree, nil, writings()["LF"])
	if len(got) != 1 || !strings.HasPrefix(got[0].Message, `unknown part "#no-such-part"`) {
		t.Fatalf("findings, want one about #no-such-part:\n%s", show(got))
	}
	_, list, _ := strings.Cut(got[0].Message, "want one of ")
	named := strings.Split(list, ", ")
	slices.Sort(want)
	slices.Sort(named)
	if diff := cmp.Diff(want, named); diff != "" {
		t.Errorf("parts that a link may name (-template +message):\n%s", diff)
	}
}
