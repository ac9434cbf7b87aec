package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"faultbook"
)

// site is a built site as tests look at it: its files, and where it is published.
type site struct {
	files map[string][]byte
	base  string // without a slash at the end
}

// problemsOf is everything about a built site that no site of ours may have,
// whatever its content, theme, states and address.
func problemsOf(s site) []string {
	c := &sounding{site: s, pages: map[string]page{}, moved: map[string]page{}}
	u, err := url.Parse(s.base)
	if err != nil {
		return []string{err.Error()}
	}
	c.prefix = u.Path
	c.host = strings.TrimSuffix(s.base, c.prefix)
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		pages, p := c.pages, readPage(name, s.files[name])
		if p.refresh != "" {
			pages = c.moved
		}
		pages[name] = p
	}
	for _, look := range []func(*sounding){
		(*sounding).lookAtPages, (*sounding).lookAtNames, (*sounding).lookAtLinks, (*sounding).lookAtTwins, (*sounding).lookAtText,
		(*sounding).lookAtFeed, (*sounding).lookAtSitemap, (*sounding).lookAtAddresses, (*sounding).lookAtStates, (*sounding).lookAtHost,
		(*sounding).lookAtMoved,
	} {
		look(c)
	}
	return c.problems
}

// sounding is a site while it is looked at.
type sounding struct {
	site
	host, prefix string // of base
	pages        map[string]page
	moved        map[string]page // pages at old addresses, by their files
	problems     []string
}

func (c *sounding) problem(file, format string, args ...any) {
	c.problems = append(c.problems, file+": "+fmt.Sprintf(format, args...))
}

// inOrder are the pages by the names of their files.
func (c *sounding) inOrder() []page {
	var all []page
	for _, name := range slices.Sorted(maps.Keys(c.pages)) {
		all = append(all, c.pages[name])
	}
	return all
}

// address is where a file of the site is found.
func (c *sounding) address(file string) string {
	return c.base + "/" + strings.TrimSuffix(file, "index.html")
}

// resolve is the file that an address of this site means; "" when there is none.
// own tells whether it is an address of this site at all.
func (c *sounding) resolve(address string) (file string, own bool) {
	path := address
	if rest, ok := strings.CutPrefix(address, c.host); ok && (rest == "" || strings.HasPrefix(rest, "/")) {
		path = rest
	} else if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return "", false
	}
	path, _, _ = strings.Cut(path, "#")
	name, ok := strings.CutPrefix(path, c.prefix+"/")
	if !ok {
		return "", true
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if _, ok := c.files[name]; !ok {
		return "", true
	}
	return name, true
}

// known holds that an address is one of this site and leads to a file.
func (c *sounding) known(file, address string) {
	if target, _ := c.resolve(address); target == "" {
		c.problem(file, "%q leads to no file of this site", address)
	}
}

// lookAtPages: each page has one heading, a title, its own address, data that
// can be read, and nothing that the policy does not let work.
func (c *sounding) lookAtPages() {
	if len(c.pages) == 0 {
		c.problem("index.html", "there is no page")
	}
	for _, p := range c.inOrder() {
		if p.h1s != 1 {
			c.problem(p.file, "%d h1, want one", p.h1s)
		}
		if p.title == "" || p.canonical != c.address(p.file) {
			c.problem(p.file, "title %q, canonical %q, want %q", p.title, p.canonical, c.address(p.file))
		}
		if len(p.data) == 0 && p.file != "404.html" {
			c.problem(p.file, "no JSON-LD")
		}
		for _, data := range p.data {
			if !json.Valid([]byte(data)) {
				c.problem(p.file, "data that is no JSON: %.80s", data)
			}
		}
		for _, tag := range p.forbidden {
			c.problem(p.file, "%s cannot work under the policy", tag)
		}
	}
}

// lookAtNames: no two pages have one title or address, no two parts one name.
func (c *sounding) lookAtNames() {
	titles, addresses := map[string]string{}, map[string]string{}
	for _, p := range c.inOrder() {
		for _, taken := range []struct {
			by    map[string]string
			value string
		}{{titles, p.title}, {addresses, p.canonical}} {
			if other, ok := taken.by[taken.value]; ok {
				c.problem(p.file, "%q is that of %s too", taken.value, other)
			}
			taken.by[taken.value] = p.file
		}
		seen := map[string]bool{}
		for _, id := range p.ids {
			if seen[id] {
				c.problem(p.file, "id %q stands twice", id)
			}
			seen[id] = true
		}
	}
}

// lookAtLinks: every address on the site leads to a file, every #part to an id;
// nothing is asked from elsewhere.
func (c *sounding) lookAtLinks() {
	for _, p := range c.inOrder() {
		for _, l := range p.links {
			path, part, hasPart := strings.Cut(l.value, "#")
			target, own := c.resolve(l.value)
			if path == "" && hasPart {
				target, own = p.file, true
			}
			switch {
			case l.value == "":
				c.problem(p.file, "an empty address")
			case own && target == "":
				c.problem(p.file, "%q leads to no file of this site", l.value)
			case own && hasPart && !slices.Contains(c.pages[target].ids, part):
				c.problem(p.file, "%q leads to no part of %s", l.value, target)
			case !own && l.resource:
				c.problem(p.file, "%q is asked from elsewhere", l.value)
			case !own && !strings.HasPrefix(l.value, "https://") && !strings.HasPrefix(l.value, "mailto:") && !strings.HasPrefix(l.value, "http://127.0.0.1:"):
				c.problem(p.file, "%q is no address that may be linked", l.value)
			}
		}
	}
}

var markdownLink = regexp.MustCompile(`[^\\]\]\(([^)\s]*)\)`)

// lookAtTwins: every page of a provider or an entry has a twin, and its links
// lead somewhere too.
func (c *sounding) lookAtTwins() {
	for _, p := range c.inOrder() {
		twin := strings.TrimSuffix(p.file, ".html") + ".md"
		linked := slices.ContainsFunc(p.links, func(l link) bool { return l.value == c.prefix+"/"+twin })
		if _, ok := c.files[twin]; ok != linked {
			c.problem(p.file, "links to a twin: %v, has one: %v", linked, ok)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if !strings.HasSuffix(name, ".md") && name != "llms.txt" {
			continue
		}
		text := string(c.files[name])
		if strings.HasSuffix(name, ".md") && !strings.HasPrefix(text, "---\ntitle: ") {
			c.problem(name, "begins without its title: %.40q", text)
		}
		for _, m := range markdownLink.FindAllStringSubmatch(withoutCode(text), -1) {
			if target, own := c.resolve(m[1]); own && target == "" {
				c.problem(name, "%q leads to no file of this site", m[1])
			}
		}
	}
}

// codeForm is what Markdown takes as it stands, and the texts of links, which may
// be host names.
var codeForm = regexp.MustCompile("(?s)```.*?\n *```|`[^`\n]+`|\\[[^\\]\\\\\n]*\\](\\()")

func withoutCode(markdown string) string { return codeForm.ReplaceAllString(markdown, "]$1") }

// What a page must not show: words that are missing, and text that was escaped
// twice. Code may hold either.
var (
	missingWords = regexp.MustCompile(`\[[a-z]+(\.[a-z0-9_-]+)+\]`)
	escapedTwice = regexp.MustCompile(`&amp;(amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);|&lt;/?(a|code|em|p|pre|strong|time)\b`)
)

// unfilled are the names that stand for values in our words.
func unfilled() *regexp.Regexp {
	words, err := fs.ReadFile(faultbook.Theme, "templates/words/en.toml")
	if err != nil {
		panic(err)
	}
	var names []string
	for _, name := range regexp.MustCompile(`\{[a-z]+\}`).FindAllString(string(words), -1) {
		names = append(names, regexp.QuoteMeta(name))
	}
	return regexp.MustCompile(strings.Join(names, "|"))
}

// lookAtText: pages and twins show what was meant, and no hole was left open.
func (c *sounding) lookAtText() {
	forms := []*regexp.Regexp{missingWords, unfilled(), escapedTwice}
	for _, p := range c.inOrder() {
		for _, form := range forms {
			if found := form.FindString(p.bare); found != "" {
				c.problem(p.file, "shows %s", found)
			}
		}
		for _, data := range p.data {
			if found := missingWords.FindString(data); found != "" {
				c.problem(p.file, "says %s in its data", found)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if strings.HasSuffix(name, ".png") || strings.HasSuffix(name, ".ico") {
			continue
		}
		if data := c.files[name]; bytes.IndexByte(data, 0) >= 0 || !utf8.Valid(data) {
			c.problem(name, "holds NUL or what is no UTF-8")
		}
		if found := missingWords.FindString(withoutCode(string(c.files[name]))); found != "" && !strings.HasSuffix(name, ".html") && !strings.HasSuffix(name, ".js") {
			c.problem(name, "says %s", found)
		}
	}
}
