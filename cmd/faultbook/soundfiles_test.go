package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"maps"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/audit"
)

// What is looked at in files that are no pages; see sound_test.go.

func (c *sounding) readXML(name string, into any) {
	if err := xml.Unmarshal(c.files[name], into); err != nil {
		c.problem(name, "%v", err)
	}
}

// lookAtFeed: the feed is Atom and names pages of this site only.
func (c *sounding) lookAtFeed() {
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Links   []struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
			Link  struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	c.readXML("feed.xml", &feed)
	if feed.Title == "" || len(feed.Entries) == 0 || len(feed.Links) == 0 {
		c.problem("feed.xml", "tells nothing")
	}
	c.known("feed.xml", feed.ID)
	for _, l := range feed.Links {
		c.known("feed.xml", l.Href)
	}
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		c.known("feed.xml", e.Link.Href)
		if e.Title == "" || e.ID == "" || seen[e.ID] {
			c.problem("feed.xml", "entry %q has no title, or an id that is none of its own", e.ID)
		}
		seen[e.ID] = true
	}
}

// lookAtSitemap: it holds exactly the pages that search engines may keep.
func (c *sounding) lookAtSitemap() {
	var set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	c.readXML("sitemap.xml", &set)
	listed := map[string]int{}
	for _, u := range set.URLs {
		c.known("sitemap.xml", u.Loc)
		listed[u.Loc]++
	}
	for _, p := range c.inOrder() {
		want := 1
		if p.file == "404.html" {
			want = 0
		}
		if listed[p.canonical] != want {
			c.problem("sitemap.xml", "names %s %d times, want %d", p.canonical, listed[p.canonical], want)
		}
	}
}

// lookAtAddresses: what is written for programs leads to files as well.
func (c *sounding) lookAtAddresses() {
	var manifest struct {
		Start string `json:"start_url"`
		Icons []struct {
			Source string `json:"src"`
		} `json:"icons"`
	}
	if err := json.Unmarshal(c.files["manifest.webmanifest"], &manifest); err != nil {
		c.problem("manifest.webmanifest", "%v", err)
	}
	c.known("manifest.webmanifest", manifest.Start)
	for _, icon := range manifest.Icons {
		c.known("manifest.webmanifest", icon.Source)
	}
	for file, line := range map[string]string{"robots.txt": "Sitemap: ", ".well-known/security.txt": "Canonical: "} {
		_, rest, found := strings.Cut(string(c.files[file]), line)
		address, _, _ := strings.Cut(rest, "\n")
		switch {
		case found:
			c.known(file, address)
		case c.files[file] != nil && !c.hidden():
			c.problem(file, "has no line %q", line)
		}
	}
	for _, m := range regexp.MustCompile(`https?://[^\s)]+`).FindAllString(string(c.files["llms.txt"]), -1) {
		c.known("llms.txt", m)
	}
	for _, p := range c.inOrder() {
		for _, data := range p.data {
			for _, m := range regexp.MustCompile(`"`+regexp.QuoteMeta(c.host)+`[^"]*"`).FindAllString(data, -1) {
				c.known(p.file, strings.Trim(m, `"`))
			}
		}
	}
}

// hidden tells whether this is a preview that search engines must not keep.
func (c *sounding) hidden() bool {
	return bytes.Contains(c.files["robots.txt"], []byte("Disallow: /\n"))
}

// nowSize is what a page asks for when its verdict has expired, in bytes: less
// than a packet.
const nowSize = 600

// lookAtStates: what programs read of states is JSON, and small.
func (c *sounding) lookAtStates() {
	found := 0
	for name, data := range c.files {
		if !strings.HasPrefix(name, "api/") {
			continue
		}
		if !json.Valid(data) {
			c.problem(name, "no JSON")
		}
		if strings.HasPrefix(name, "api/v1/now/") {
			found++
			if len(data) > nowSize {
				c.problem(name, "%d bytes, want at most %d", len(data), nowSize)
			}
		}
	}
	if found == 0 || c.files["api/v1/state.json"] == nil {
		c.problem("api/v1", "%d files of providers, state.json has %d bytes", found, len(c.files["api/v1/state.json"]))
	}
}

// lookAtHost: the host reads both of its files as they were meant, sends every
// page under a policy that allows just what stands in it, and keeps no preview
// for search engines.
func (c *sounding) lookAtHost() {
	redirects, problems := audit.ReadRedirects(c.files["_redirects"])
	for _, p := range problems {
		c.problem("_redirects", "%v", p)
	}
	for _, r := range redirects {
		if r.Status == 301 {
			c.known("_redirects", r.To)
		}
		if target, own := c.resolve(r.From); c.pages[target].file != "" || !own {
			c.problem("_redirects", "%s is a page, or is not of this site", r.From)
		}
	}
	rules, problems := audit.ReadHeaders(c.files["_headers"])
	for _, p := range problems {
		c.problem("_headers", "%v", p)
	}
	for _, p := range c.inOrder() {
		headers := audit.HeadersFor(rules, c.prefix+"/"+strings.TrimSuffix(p.file, "index.html"))
		c.lookAtPolicy(p, headers["content-security-policy"])
		for _, text := range p.inline {
			hash := sum([]byte(text))
			if allowed := "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; !strings.Contains(headers["content-security-policy"], allowed) {
				c.problem(p.file, "the policy does not allow %.40q", text)
			}
		}
		if c.hidden() != (headers["x-robots-tag"] == "noindex") || p.noIndex != (c.hidden() || p.file == "404.html") {
			c.problem(p.file, "robots.txt hides the site: %v, the page's header says %q, the page says noindex: %v", c.hidden(), headers["x-robots-tag"], p.noIndex)
		}
	}
	for name := range c.files {
		if tag := audit.HeadersFor(rules, c.prefix+"/"+name)["x-robots-tag"]; strings.HasSuffix(name, ".md") && tag != "noindex" {
			c.problem(name, "a twin is sent with X-Robots-Tag %q, want noindex", tag)
		}
	}
}

// lookAtPolicy: a page carries the policy of the header itself, but for what a
// page cannot carry.
func (c *sounding) lookAtPolicy(p page, header string) {
	for _, onlyHeader := range []string{"; frame-ancestors 'none'", "; upgrade-insecure-requests"} {
		header = strings.Replace(header, onlyHeader, "", 1)
	}
	if p.policy != header {
		c.problem(p.file, "carries the policy %q, want that of the header, %q", p.policy, header)
	}
}

// lookAtMoved: at each old address there is a rule for hosts that read
// _redirects, and a page for the others. Both lead to the same page, and no
// search engine keeps the small one.
func (c *sounding) lookAtMoved() {
	redirects, _ := audit.ReadRedirects(c.files["_redirects"])
	leads := map[string]string{}
	for _, r := range redirects {
		if file, _ := c.resolve(r.From); r.Status == 301 && c.moved[file].refresh != r.To {
			c.problem("_redirects", "%s leads to %s, and its page to %q", r.From, r.To, c.moved[file].refresh)
		}
		if r.Force {
			leads[r.From] = r.To
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.moved)) {
		p := c.moved[name]
		target, _ := c.resolve(p.refresh)
		switch there := c.pages[target]; {
		case there.file == "" || p.canonical != there.canonical || p.title != there.title:
			c.problem(name, "leads to %q with canonical %q and title %q, want those of one page", p.refresh, p.canonical, p.title)
		case leads[c.prefix+"/"+strings.TrimSuffix(name, "index.html")] != p.refresh:
			c.problem(name, "no rule of _redirects that counts more than a file leads to %q", p.refresh)
		case !p.noIndex || bytes.Contains(c.files["sitemap.xml"], []byte("<loc>"+c.address(name)+"<")):
			c.problem(name, "search engines may keep it")
		case !slices.ContainsFunc(p.links, func(l link) bool { return l.value == p.refresh }):
			c.problem(name, "has no link for readers whose browser does not lead on")
		}
		c.lookAtPolicy(p, c.pages["index.html"].policy)
	}
}
