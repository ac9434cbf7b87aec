// Package book holds the content: a Book of providers and their entries, read
// from a file tree.
//
// It owns the forms of site.toml, _index.md and the entry files, and every
// finding about one file alone. It must not know rules that look across files
// (check), addresses of pages (site) or what a provider's level is now.
package book

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/status"
)

// Book is the whole content.
type Book struct {
	Site      Site
	Providers []*Provider // by slug
	Broken    Broken

	digest  cache.Key
	fsys    fs.FS
	cache   *cache.Cache
	readers sync.Pool // of *reader, for Text
}

// Digest names what the files of the content hold: another byte, another name.
func (b *Book) Digest() cache.Key { return b.digest }

// Broken is what has errors of its own, as far as it could be read. No page is
// made of it; but rules look at it too, so that one run names everything, and
// nothing that leads there is called dead.
type Broken struct {
	Providers []*Provider // with their entries; File is empty where _index.md is missing
	Entries   []*Entry    // in the order of their files
}

// Site is content/site.toml: what is said once for the whole site.
type Site struct {
	Title       string
	Tagline     string
	Description string
	Base        string // https address that the site is published under, without a trailing slash
	Language    string
	Repository  string // https address of the repository, for edit links; may be empty
	License     string
	LicenseURL  string
	Contact     string // for security.txt: https address or mailto
	FAQJSONLD   bool   // emit FAQPage beside the article
	HSTSPreload bool   // the owner's decision: see hstspreload.org
	Schedule    Schedule
	Wrappers    []Wrapper
	Strangers   []Wrapper         // services whose errors read alike and are none of ours
	LiveURL     string            // https folder that serves now/<provider>.json between deploys; may be empty
	Deploys     int               // how often the site may be published in a month; 0: as often as need be
	Check       map[string]string // by the name of a rule, how grave the site finds it: error, warning, notice or off
	ReviewDays  int               // how old the evidence of an entry may be; 0: any age
}

// Wrapper is a program that passes on errors of providers in words of its own,
// such as LiteLLM, or a stranger.
type Wrapper struct {
	Name  string
	Marks []string // what a text holds that comes from it
}

// Schedule says how often the site is rebuilt and how long a check is believed.
type Schedule struct {
	Every    time.Duration
	ValidFor time.Duration // 0: twice Every
	AgeCap   time.Duration // 0: half of ValidFor
}

// Provider is one API as readers know it.
type Provider struct {
	Slug         string
	File         string // slash path inside the content tree
	Name         string
	Vendor       string
	Summary      Prose
	Homepage     string
	Docs         string
	Keys         string // console pages; empty where there is none
	Billing      string
	Limits       string
	Hosts        []string // API host names, "*." for any one label in front
	Alternatives []string // slugs
	Upstream     []string // slugs, or names of clouds
	Marks        Marks
	Source       status.Source
	Probe        Probe // the zero value: the API itself is not asked
	Body         Prose
	Links        []Link
	Outside      []Link   // https addresses inside its Markdown
	Entries      []*Entry // by slug
}

// Marks are what an error text may hold that tells whose error it is, beside
// the hosts and console pages. Each is written as it stands in a text.
type Marks struct {
	Names   []string // of the provider and its products: OpenAI
	SDK     []string // modules and exception classes: anthropic., ChatAnthropic
	Clients []string // the same of clients, and names, that users of compatible APIs have too: openai., ChatOpenAI
	Env     []string // environment variables: OPENAI_API_KEY
	Headers []string // response headers and the beginnings of request ids
	Models  []string // beginnings of model names: gpt-
	Keys    []string // beginnings of keys: sk-proj-
	Phrases []string // rows of words that no other provider writes
}

// Probe is a call without a key that an API answers as long as it works.
type Probe struct {
	URL    string
	Expect []int // HTTP statuses of the answer
}

// Entry is one error of a provider, as far as other pages need it. What only
// its own page needs is its Text.
type Entry struct {
	Provider     string // slug
	Slug         string
	File         string
	Title        string
	Name         string
	Codes        []string // the provider's codes; may be empty
	Types        []string // the provider's types where they differ from the codes
	HTTP         []int    // HTTP statuses; empty for errors on the reader's side of the wire
	Kind         Kind
	Outage       Outage
	Messages     []string // literal texts, {name} marks a varying part
	Summary      string   // plain text, at most summaryLength characters
	Related      []string // "slug" or "provider/slug"
	Alternatives []string // slugs; empty: the provider's
	Aliases      []string // old addresses
	Added        Date
	Verified     Date
	Waiting      Waiting
	Samples      int    // how many samples its Text holds
	Links        []Link // addresses inside its Markdown that stay on the site
	Exempt       []Exemption

	key cache.Key
}

// Waiting says whether waiting helps.
type Waiting struct {
	Helps   string // yes, sometimes or no
	Typical string // how long it usually takes, such as "5m"; may be empty
	Header  string // response header that says how long; may be empty
}

// Exemption says that an entry need not keep a rule.
type Exemption struct {
	Rule   string
	Reason string
}

// Text is what only an entry's own page shows.
type Text struct {
	Meaning Prose
	Causes  []Prose
	Fixes   []Prose
	Short   string // the fixes in one line: the first sentence of each, as plain text
	Advice  Prose  // about waiting; may be empty
	FAQ     []Question
	Samples []string
	Sources []string
	Body    Prose  // may be empty
	Outside []Link // https addresses inside the Markdown
}

// Question is a further question and its answer.
type Question struct {
	Q string
	A Prose
}

// Prose is a piece of Markdown and what it renders to.
type Prose struct {
	Source string
	HTML   string
}

// Link is an address that a piece of Markdown leads to.
type Link struct {
	Target string // "/path/" or "#part" of the site itself, or https://…
	In     Path   // the piece
	Offset int    // bytes into the piece's source
}

// Path leads to a value in a file's front matter: keys and indexes. The empty
// path is the body.
type Path []any

// Key is "provider/slug", the name of an entry across providers.
func (e *Entry) Key() string { return e.Provider + "/" + e.Slug }

// Entries are all entries of all providers, in order.
func (b *Book) Entries() []*Entry {
	var all []*Entry
	for _, p := range b.Providers {
		all = append(all, p.Entries...)
	}
	return all
}

// Newest is the latest verified date of all entries: the day on which the
// content as a whole was last known to be true.
func (b *Book) Newest() Date {
	var newest Date
	for _, p := range b.Providers {
		for _, e := range p.Entries {
			newest = max(newest, e.Verified)
		}
	}
	return newest
}

// Finding makes a finding about a value of a file of the book. The file is read
// again for its place: findings are rare, and places are not kept.
func (b *Book) Finding(file, rule, message, hint string, path ...any) diag.Finding {
	return b.findingAt(file, rule, message, hint, func(d *frontmatter.Doc) diag.Place { return d.At(path...) })
}

// FindingAtKey makes a finding about a key itself, not about its value.
func (b *Book) FindingAtKey(file, rule, message, hint string, path ...any) diag.Finding {
	return b.findingAt(file, rule, message, hint, func(d *frontmatter.Doc) diag.Place { return d.KeyAt(path...) })
}

// FindingWithin makes a finding about what begins at a byte of a text, as a Text
// holds it: of the body that is without the empty lines around it.
func (b *Book) FindingWithin(file string, in Path, at int, rule, message, hint string) diag.Finding {
	return b.findingAt(file, rule, message, hint, func(d *frontmatter.Doc) diag.Place {
		if len(in) == 0 {
			return d.BodyAt(at + len(d.Body) - len(strings.TrimLeft(d.Body, "\n")))
		}
		return d.Within(at, in...)
	})
}

// FindingAtByte makes a finding about what begins at a byte of a file's Source.
func (b *Book) FindingAtByte(file string, at int, rule, message, hint string) diag.Finding {
	return b.findingAt(file, rule, message, hint, func(d *frontmatter.Doc) diag.Place { return d.TextAt(at) })
}

// Source is the text of a file as it stands, without a BOM and with \n line
// ends. It is read again: rules that need it are few, and not part of a build.
func (b *Book) Source(file string) (string, error) {
	r := reader{fsys: b.fsys}
	data, err := r.readCapped(file)
	if err != nil {
		return "", fmt.Errorf("read %s again: %w", file, err)
	}
	doc, _ := read(file, data)
	return doc.Text(), nil
}

// FindingAtLink makes a finding about a link inside a piece of Markdown.
func (b *Book) FindingAtLink(file string, link Link, rule, message, hint string) diag.Finding {
	return b.findingAt(file, rule, message, hint, func(d *frontmatter.Doc) diag.Place {
		if len(link.In) == 0 {
			return d.BodyAt(link.Offset)
		}
		return d.Within(link.Offset, link.In...)
	})
}

func (b *Book) findingAt(file, rule, message, hint string, place func(*frontmatter.Doc) diag.Place) diag.Finding {
	f := diag.Finding{Place: diag.Place{File: file}, Rule: rule, Message: message, Hint: hint}
	data, err := fs.ReadFile(b.fsys, file)
	if err != nil {
		return f
	}
	doc, _ := read(file, data)
	if doc == nil {
		return f
	}
	return doc.Finding(place(doc), rule, message, hint)
}

// AppendContentKey appends what names the content of the entry's file: the same
// key, the same file. It has 16 bytes.
func (e *Entry) AppendContentKey(to []byte) []byte { return append(to, e.key[:]...) }
