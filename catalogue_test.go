package faultbook_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"

	"faultbook/internal/book"
	"faultbook/internal/cache"
)

// catalogue is a file of the folder catalogue: the error codes that a provider
// documents.
type catalogue struct {
	Sources []string          `toml:"sources"`
	Entries map[string]string `toml:"entries"`  // code → slug of the entry about it
	LeftOut map[string]string `toml:"left-out"` // code → why it has none
}

// TestCatalogue holds that every error code which a provider documents has an
// entry, or a reason that its page names too.
func TestCatalogue(t *testing.T) {
	all, faults := readCatalogues(os.DirFS("."))
	for _, f := range faults {
		t.Error(f)
	}
	entries, leftOut := 0, 0
	for _, c := range all {
		entries += len(c.Entries)
		leftOut += len(c.LeftOut)
	}
	t.Logf("%d codes of %d providers: %d have an entry, %d are left out with a reason", entries+leftOut, len(all), entries, leftOut)
	unlisted(t, all)
}

// readCatalogues reads the catalogue of every provider of the content, and
// names all that is wrong.
func readCatalogues(tree fs.FS) (all map[string]catalogue, faults []string) {
	all = map[string]catalogue{}
	indexes, _ := fs.Glob(tree, "content/*/_index.md") // the pattern is good
	for _, index := range indexes {
		provider := path.Base(path.Dir(index))
		name := "catalogue/" + provider + ".toml"
		c, err := readCatalogue(tree, name)
		if err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v; every provider needs its list of codes", name, err))
			continue
		}
		all[provider] = c
		for _, f := range c.faults(tree, provider) {
			faults = append(faults, name+": "+f)
		}
	}
	names, _ := fs.Glob(tree, "catalogue/*")
	for _, name := range names {
		if _, ok := all[strings.TrimSuffix(path.Base(name), ".toml")]; !ok && !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, name) }) {
			faults = append(faults, name+": no provider of the content is called so")
		}
	}
	return all, faults
}

// readCatalogue reads one file. A code that stands twice in a table is an error
// of TOML.
func readCatalogue(tree fs.FS, name string) (c catalogue, err error) {
	f, err := tree.Open(name)
	if err != nil {
		return c, err
	}
	defer f.Close()
	return c, toml.NewDecoder(f).DisallowUnknownFields().Decode(&c)
}

func (c catalogue) faults(tree fs.FS, provider string) (found []string) {
	if len(c.Sources) == 0 || slices.ContainsFunc(c.Sources, func(s string) bool { return !strings.HasPrefix(s, "https://") }) {
		found = append(found, "wants the https addresses of the list in sources")
	}
	if len(c.Entries) == 0 {
		found = append(found, "lists no code that has an entry")
	}
	for _, code := range slices.Sorted(maps.Keys(c.Entries)) {
		if _, err := fs.Stat(tree, "content/"+provider+"/"+c.Entries[code]+".md"); err != nil {
			found = append(found, fmt.Sprintf("%s: there is no entry %q", code, c.Entries[code]))
		}
	}
	index, _ := fs.ReadFile(tree, "content/"+provider+"/_index.md") // it has been listed
	for _, code := range slices.Sorted(maps.Keys(c.LeftOut)) {
		if _, ok := c.Entries[code]; ok {
			found = append(found, code+": has an entry and is left out")
		}
		if !sentence(c.LeftOut[code]) {
			found = append(found, fmt.Sprintf("%s: the reason is no sentence: %q", code, c.LeftOut[code]))
		}
		if !strings.Contains(string(index), "`"+code+"`") {
			found = append(found, fmt.Sprintf("%s: content/%s/_index.md does not say that it has no page", code, provider))
		}
	}
	return found
}

func sentence(text string) bool {
	return len(strings.Fields(text)) > 2 && unicode.IsUpper([]rune(text)[0]) && strings.HasSuffix(text, ".")
}

// unlisted logs the codes of entries that no list knows: seen in the wild only,
// or missing from our list.
func unlisted(t *testing.T, all map[string]catalogue) {
	b, _, err := book.Load(os.DirFS("content"), cache.New(&cache.Memory{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range b.Providers {
		known := strings.Join(slices.Concat(slices.Collect(maps.Keys(all[p.Slug].Entries)), slices.Collect(maps.Keys(all[p.Slug].LeftOut))), "\n")
		var codes []string
		for _, e := range p.Entries {
			for _, code := range e.Codes {
				if !strings.Contains(known, code) {
					codes = append(codes, code)
				}
			}
		}
		slices.Sort(codes)
		t.Logf("%s: of entries, in no list: %s", p.Slug, strings.Join(slices.Compact(codes), " "))
	}
}

// TestCatalogueRules breaks every rule once.
func TestCatalogueRules(t *testing.T) {
	clean := map[string]string{
		"content/acme/_index.md": "+++\n+++\nNo page of its own has `teapot`: it is a joke.",
		"content/acme/quota.md":  "",
		"catalogue/acme.toml":    "sources = ['https://acme.example/errors']\n[entries]\n402 = 'quota'\n[left-out]\nteapot = 'It is a joke.'",
	}
	tests := []struct {
		name         string
		file, source string // instead of the one of that name; "": taken away
		want         []string
	}{
		{name: "nothing wrong"},
		{"a provider without a list", "content/other/_index.md", "+++", []string{"catalogue/other.toml: open catalogue/other.toml: file does not exist; every provider needs its list of codes"}},
		{"a list without a provider", "catalogue/gone.toml", "[entries]", []string{"catalogue/gone.toml: no provider of the content is called so"}},
		{"a code twice", "catalogue/acme.toml", "sources = ['https://acme.example']\n[entries]\n402 = 'quota'\n402 = 'quota'", []string{"catalogue/acme.toml: toml: key 402 is already defined; every provider needs its list of codes"}},
		{"a plain address", "catalogue/acme.toml", "sources = ['http://acme.example/errors']\n[entries]\n402 = 'quota'", []string{"catalogue/acme.toml: wants the https addresses of the list in sources"}},
		{"no code", "catalogue/acme.toml", "sources = ['https://acme.example/errors']", []string{"catalogue/acme.toml: lists no code that has an entry"}},
		{"an entry that is gone", "content/acme/quota.md", "", []string{`catalogue/acme.toml: 402: there is no entry "quota"`}},
		{"here and there", "catalogue/acme.toml", "sources = ['https://acme.example/errors']\n[entries]\nteapot = 'quota'\n[left-out]\nteapot = 'It is a joke.'", []string{"catalogue/acme.toml: teapot: has an entry and is left out"}},
		{"no reason", "catalogue/acme.toml", "sources = ['https://acme.example/errors']\n[entries]\n402 = 'quota'\n[left-out]\nteapot = 'a joke'", []string{`catalogue/acme.toml: teapot: the reason is no sentence: "a joke"`}},
		{"a reason that no reader sees", "content/acme/_index.md", "+++", []string{"catalogue/acme.toml: teapot: content/acme/_index.md does not say that it has no page"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for name, source := range clean {
				tree[name] = &fstest.MapFile{Data: []byte(source)}
			}
			switch {
			case test.source != "":
				tree[test.file] = &fstest.MapFile{Data: []byte(test.source)}
			case test.file != "":
				delete(tree, test.file)
			}
			_, got := readCatalogues(tree)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
