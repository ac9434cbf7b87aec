package site

import (
	"faultbook/internal/book"
	"faultbook/internal/match"
)

// FindView is the page of the box that finds the page of an error text.
type FindView struct {
	Frame
	Heading string
}

func (s *Site) findPage() Page {
	v := &FindView{}
	page := s.page("find", s.say("find.title"), s.say("find.description"), v, "find")
	v.Heading = s.say("find.title")
	v.Trail, v.Here = s.trail, v.Heading
	v.Data = s.crumbData(&v.Frame, page.Path)
	return page
}

// matchFile is the address of the index.
var matchFile = []string{"api", "v1", "match.json"}

// FindIndex is api/v1/match.json: what the box compares a text with, where the
// pages are, and what it says.
type FindIndex struct {
	match.Index
	Site    FindSite          `json:"site"`
	Say     map[string]string `json:"say"`
	Entries []match.Entry     `json:"entries"` // last: render.FindIndex gives each a line
}

// FindSite is where things are on this site.
type FindSite struct {
	Page    string `json:"page"`              // of an entry: {provider} and {entry} are its slugs
	Find    string `json:"find"`              // the page of the box
	Missing string `json:"missing,omitempty"` // where to tell of an error that has no page
}

// findWords are what the box says, by their keys below "find" in the words; the
// reason for words that match is called said there.
var findWords = []string{
	"heading", "note", "close", "one", "many", "words", "none", "missing", "share", "or", "sure",
	"said", "part", "kin", "code", "status", "mark", "via", "shared",
}

// FindIndex compiles the index of the whole book.
func (s *Site) FindIndex() FindIndex {
	index := FindIndex{
		Index: match.Compile(s.Book, func(k book.Kind) string { return s.kindTitle[k] }),
		Site:  FindSite{Page: s.path("{provider}", "{entry}"), Find: s.path("find")},
		Say:   map[string]string{},
	}
	index.Entries, index.Index.Entries = index.Index.Entries, nil
	if repository := s.Book.Site.Repository; repository != "" {
		index.Site.Missing = repository + "/issues/new?template=missing.yml"
	}
	for _, key := range findWords {
		index.Say[key] = s.say("find." + key)
	}
	return index
}
