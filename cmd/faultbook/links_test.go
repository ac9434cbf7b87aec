package main

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEditAndReport follows the two links of every page that lead to the
// repository: "edit this page" to the file it is made of, "something wrong?" to a
// form of ours with the fields that it fills in.
func TestEditAndReport(t *testing.T) {
	edition, s := buildInMemory(t, "../../content", "https://example.org/api/faults", noSnapshot)
	repository := edition.Book.Site.Repository
	edits, reports := map[string]string{}, 0 // page → file
	c := &sounding{site: s}
	for name := range s.files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		p := readPage(name, s.files[name])
		for _, l := range p.links {
			if file, ok := strings.CutPrefix(l.value, repository+"/edit/main/"); ok {
				edits[name] = file
			}
			if form, ok := strings.CutPrefix(l.value, repository+"/issues/new?"); ok {
				reports++
				for _, problem := range formProblems(t, form, c.address(name)) {
					t.Errorf("%s: %s", name, problem)
				}
			}
		}
	}
	if entries := len(edition.Book.Entries()); reports < entries {
		t.Errorf("%d pages lead to a form, want at least the %d of entries", reports, entries)
	}
	for _, e := range edition.Book.Entries() {
		if page := e.Key() + "/index.html"; edits[page] != "content/"+e.File {
			t.Errorf("%s edits %q, want content/%s", page, edits[page], e.File)
		}
	}
	for _, p := range edition.Book.Providers {
		if page := p.Slug + "/index.html"; edits[page] != "content/"+p.File {
			t.Errorf("%s edits %q, want content/%s", page, edits[page], p.File)
		}
	}
	for page, file := range edits {
		if _, err := os.Stat(filepath.Join("../..", file)); err != nil {
			t.Errorf("%s edits a file that is not there: %v", page, err)
		}
	}
}

// formProblems is what is wrong with an address that opens a form of GitHub for
// the page at an address.
func formProblems(t *testing.T, query, page string) (problems []string) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		return []string{err.Error()}
	}
	form, err := os.ReadFile(filepath.Join("../../.github/ISSUE_TEMPLATE", filepath.Base(values.Get("template"))))
	if err != nil {
		return []string{"opens a form that is not there: " + err.Error()}
	}
	var fields []string
	for _, m := range regexp.MustCompile(`(?m)^    id: (\S+)$`).FindAllSubmatch(form, -1) {
		fields = append(fields, string(m[1]))
	}
	for name := range values {
		if name != "template" && name != "title" && !slices.Contains(fields, name) {
			problems = append(problems, "fills in "+name+", which the form does not have")
		}
	}
	if values.Get("page") != page || values.Get("title") == "" {
		problems = append(problems, "reports page "+values.Get("page")+" under the title "+values.Get("title")+", want "+page)
	}
	return problems
}
