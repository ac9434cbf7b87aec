package match

import (
	"net/url"
	"slices"
	"strings"

	"faultbook/internal/book"
)

// Version is the form of the index. A reader refuses another one.
const Version = 1

// Index is what a text is compared with: every entry and provider in the words
// that a text may hold. It is published as it is, so that other programs can
// use it; all numbers that a walk needs are counted from it when it is opened.
type Index struct {
	Version   int               `json:"version"`
	Providers []Provider        `json:"providers"` // by slug
	Wrappers  []Wrapper         `json:"wrappers,omitempty"`
	Strangers []Wrapper         `json:"strangers,omitempty"`
	Kinds     map[string]string `json:"kinds"` // what readers call a kind of error, by its name

	StatusWords    string   `json:"status_words"`    // beside them a number is an HTTP status; a space between two, empty for Compile's own
	LabelWords     string   `json:"label_words"`     // keys of bodies that hold a message; the same
	FillerWords    string   `json:"filler_words"`    // words that a search may leave out; the same
	SecretPrefixes []string `json:"secret_prefixes"` // beginnings of keys and ids that are hidden, the longer of two first

	Entries []Entry `json:"entries"` // by provider and slug
}

// Provider is a provider and its marks: what a text holds that tells whose
// error it is.
type Provider struct {
	Slug    string `json:"slug"`
	Name    string `json:"name"`
	Gateway bool   `json:"gateway,omitempty"` // it passes on errors of others
	Marks   Marks  `json:"marks"`
}

// Marks are lists of marks by what they are, each worth as much as its kind.
type Marks struct {
	Hosts   []string `json:"hosts,omitempty"`   // API hosts; "*." in front is left out
	Links   []string `json:"links,omitempty"`   // hosts of console and documentation
	Headers []string `json:"headers,omitempty"` // response headers and request ids
	Keys    []string `json:"keys,omitempty"`    // beginnings of keys
	Phrases []string `json:"phrases,omitempty"` // rows of words
	Env     []string `json:"env,omitempty"`     // environment variables
	SDK     []string `json:"sdk,omitempty"`     // modules and classes
	Clients []string `json:"clients,omitempty"` // the same of clients that others' users have too
	Names   []string `json:"names,omitempty"`   // of provider and products
	Models  []string `json:"models,omitempty"`  // beginnings of model names
}

// Wrapper is a program that passes on errors of providers in words of its own,
// or a stranger: a service whose errors read alike and are none of ours.
type Wrapper struct {
	Name  string   `json:"name"`
	Marks []string `json:"marks"`
}

// Entry is an entry of the book.
type Entry struct {
	Provider int      `json:"p"` // place in Providers
	Slug     string   `json:"slug"`
	Name     string   `json:"name"`
	Codes    []string `json:"code,omitempty"`
	Types    []string `json:"type,omitempty"`
	HTTP     []int    `json:"http,omitempty"`
	Kind     string   `json:"kind"`
	Messages []string `json:"messages,omitempty"` // {name} stands for what varies
	Also     string   `json:"also,omitempty"`     // words of title, aliases and the beginning of the meaning that stand nowhere above
}

// Compile makes the index of a book. kind gives the name of a kind for readers.
func Compile(b *book.Book, kind func(book.Kind) string) Index {
	index := Index{
		Version: Version, Kinds: map[string]string{}, Entries: []Entry{},
		StatusWords: statusWords, LabelWords: labelWords, FillerWords: fillerWords, SecretPrefixes: secretPrefixes[:],
	}
	for _, k := range book.Kinds() {
		index.Kinds[string(k)] = kind(k)
	}
	for _, w := range b.Site.Wrappers {
		index.Wrappers = append(index.Wrappers, Wrapper(w))
	}
	for _, s := range b.Site.Strangers {
		index.Strangers = append(index.Strangers, Wrapper(s))
	}
	for n, p := range b.Providers {
		provider := Provider{Slug: p.Slug, Name: p.Name, Gateway: gateway(b, p), Marks: marks(p)}
		index.Providers = append(index.Providers, provider)
		for _, e := range p.Entries {
			index.Entries = append(index.Entries, entryOf(e, n, &provider, index.Kinds))
		}
	}
	return index
}

// gateway tells whether a provider passes on what others answer.
func gateway(b *book.Book, p *book.Provider) bool {
	passed := 0
	for _, other := range b.Providers {
		for _, up := range p.Upstream {
			if up == other.Slug {
				passed++
			}
		}
	}
	return passed > 1
}

func marks(p *book.Provider) Marks {
	m := Marks{Headers: p.Marks.Headers, Keys: p.Marks.Keys, Phrases: p.Marks.Phrases, Env: p.Marks.Env, SDK: p.Marks.SDK, Clients: p.Marks.Clients, Names: p.Marks.Names, Models: p.Marks.Models}
	seen := map[string]bool{}
	add := func(list *[]string, host string) {
		host = strings.TrimPrefix(host, "*.")
		if host != "" && !seen[host] {
			seen[host] = true
			*list = append(*list, host)
		}
	}
	for _, host := range p.Hosts {
		add(&m.Hosts, host)
	}
	for _, address := range []string{p.Keys, p.Billing, p.Limits, p.Docs} {
		if u, err := url.Parse(address); err == nil {
			add(&m.Links, u.Hostname())
		}
	}
	return m
}

// aboutLength is how much of a meaning plain search looks at, in characters.
const aboutLength = 110

func entryOf(e *book.Entry, n int, p *Provider, kinds map[string]string) Entry {
	out := Entry{
		Provider: n, Slug: e.Slug, Name: e.Name, Codes: e.Codes, Types: e.Types, HTTP: e.HTTP,
		Kind: string(e.Kind), Messages: e.Messages,
	}
	out.Also = others(slices.Concat([]string{e.Title, cut(e.Summary, aboutLength)}, e.Aliases), slices.Concat(
		[]string{p.Name, e.Name, kinds[out.Kind]}, p.Marks.Names, e.Codes, e.Types, e.Messages))
	return out
}

// others are the words of texts that stand in none of the known ones.
func others(texts, known []string) string {
	seen := map[string]bool{}
	for _, text := range known {
		for _, w := range plainWords(text) {
			seen[w] = true
		}
	}
	var list []string
	for _, text := range texts {
		for _, w := range plainWords(text) {
			if !seen[w] && !slices.Contains(fillers, w) {
				seen[w] = true
				list = append(list, w)
			}
		}
	}
	slices.Sort(list) // packs better
	return strings.Join(list, " ")
}

// cut is the beginning of a text, in whole words.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	short := string(runes[:most])
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,.;:…")
}
