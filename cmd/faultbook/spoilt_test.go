package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestProblems spoils a good site in one way after the other and holds that each
// is seen: what looks at every site has to have eyes.
func TestProblems(t *testing.T) {
	const base = "https://example.com/api/errors"
	_, good := buildInMemory(t, "testdata/book", base, everyLevel)
	if problems := problemsOf(good); len(problems) > 0 {
		t.Fatalf("the site was not good before:\n%s", strings.Join(problems, "\n"))
	}
	const entry, twin = "acme/insufficient-quota/index.html", "acme/insufficient-quota/index.md"
	const moved = "acme/no-credit/index.html"
	tests := []struct {
		name, file, old, new string
		want                 string // in a problem; empty: it is none
	}{
		{"a second h1", entry, "<h2>Common causes</h2>", "<h1>Common causes</h1>", "2 h1, want one"},
		{"no title", entry, "<title>Acme", "<title></title><p>Acme", "title \"\""},
		{"the title of another page", entry, "insufficient_quota&#34;: causes", "server_error&#34;: causes", "is that of acme/insufficient-quota/index.html too"},
		{"the address of another page", entry, "canonical\" href=\"" + base + "/acme/insufficient-quota/", "canonical\" href=\"" + base + "/acme/server-error/", "is that of"},
		{"an id twice", entry, `id="causes"`, `id="fixes"`, `id "fixes" stands twice`},
		{"broken data", entry, `{"@context"`, `{"@context`, "data that is no JSON"},
		{"an address in the data", entry, `"image":"` + base, `"image":"https://example.com/errors`, "leads to no file"},
		{"a style in a tag", entry, "<h2>", `<h2 style="color:red">`, "cannot work under the policy"},
		{"a handler in a tag", entry, "<h2>", `<h2 onclick="x()">`, "cannot work under the policy"},
		{"another script", entry, "</body>", "<script>alert(1)</script></body>", "the policy does not allow"},
		{"an empty address", entry, `href="/api/errors/errors/"`, `href=""`, "an empty address"},
		{"a page that is not there", entry, `href="/api/errors/errors/"`, `href="/api/errors/error/"`, "leads to no file"},
		{"an address without the path", entry, `href="/api/errors/errors/"`, `href="/errors/"`, "leads to no file"},
		{"a part that is not there", entry, "#fixes\"", "#mends\"", "leads to no part"},
		{"plain http", entry, `href="/api/errors/errors/"`, `href="http://example.org/"`, "no address that may be linked"},
		{"a script in an address", entry, `href="/api/errors/errors/"`, `href="javascript:x"`, "no address that may be linked"},
		{"a picture from elsewhere", entry, "<h2>", `<img src="https://example.org/x.png" alt=""><h2>`, "asked from elsewhere"},
		{"a page for states that is not there", "acme/index.html", "/api/v1/now/acme.json", "/api/v1/now/acne.json", "leads to no file"},
		{"missing words", entry, "<h2>Common causes", "<h2>[entry.causes]", "shows [entry.causes]"},
		{"missing words in a tag", entry, `aria-label="`, `aria-label="[site.nav]`, "shows [site.nav]"},
		{"the same in code", entry, "<code>insufficient_quota", "<code>[entry.causes]", ""},
		{"a value that was not filled in", entry, "<h2>Common causes", "<h2>Causes at {provider}", "shows {provider}"},
		{"an ampersand escaped twice", entry, "<h2>Common", "<h2>Q &amp;amp; A", "shows &amp;amp;"},
		{"a quote escaped twice", entry, "<h2>Common", "<h2>&amp;#39;Common", "shows &amp;#39;"},
		{"a tag that was escaped", entry, "<h2>Common", "<h2>&lt;code&gt;Common", "shows &lt;code"},
		{"a hole that was left open", twin, "## Common causes", "\x00css\x00", "holds NUL"},
		{"a twin without its title", twin, "---\ntitle:", "---\nname:", "begins without its title"},
		{"a twin that links to no page", twin, "](/api/errors/", "](/", "leads to no file"},
		{"a page that hides its twin", entry, "index.md", "index.html", "links to a twin: false"},
		{"missing words in a twin", twin, "## Common causes", "## [entry.causes]", "says [entry.causes]"},
		{"a feed that is cut off", "feed.xml", "</feed>", "", "feed.xml: XML syntax error"},
		{"a feed that names what is not there", "feed.xml", "<link href=\"" + base + "/acme/", "<link href=\"" + base + "/acne/", "leads to no file"},
		{"two entries of a feed with one id", "feed.xml", "<id>" + base + "/acme/insufficient-quota/", "<id>" + base + "/acme/server-error/", "none of its own"},
		{"a page that the sitemap does not name", "sitemap.xml", base + "/acme/server-error/", base + "/acme/", "names " + base + "/acme/server-error/ 0 times"},
		{"a sitemap that names what is not there", "sitemap.xml", base + "/about/", base + "/abuot/", "leads to no file"},
		{"a manifest without its icon", "manifest.webmanifest", "favicon.svg", "icon.svg", "leads to no file"},
		{"robots.txt without the sitemap", "robots.txt", "Sitemap:", "Site-map:", "has no line"},
		{"security.txt of another site", ".well-known/security.txt", "Canonical: https://example.com", "Canonical: https://example.org", "leads to no file"},
		{"a guide to what is not there", "llms.txt", base + "/errors/", base + "/error/", "leads to no file"},
		{"states that are no JSON", "api/v1/now/acme.json", "{", "", "no JSON"},
		{"states that grew", "api/v1/now/acme.json", "{", "{" + strings.Repeat(" ", nowSize), "want at most 600"},
		{"a redirect to another page", "_redirects", " /api/errors/acme/insufficient-quota/", " /api/errors/acme/", "and its page to"},
		{"a redirect that a file stops", "_redirects", "301!", "301", "counts more than a file"},
		{"a redirect without its page", "_redirects", "/acme/no-credit/", "/acme/no-money/", "and its page to"},
		{"an old address that search engines keep", moved, `content="noindex"`, `content="all"`, "search engines may keep it"},
		{"an old address in the sitemap", "sitemap.xml", "</urlset>", "<url><loc>" + base + "/acme/no-credit/</loc></url></urlset>", "search engines may keep it"},
		{"an old address that leads elsewhere", moved, "url=/api/errors/acme/insufficient-quota/", "url=/api/errors/acme/", "want those of one page"},
		{"an old address without a link", moved, "<a href=", "<a name=", "has no link"},
		{"a page without its policy", entry, `http-equiv="Content-Security-Policy"`, `name="policy"`, "carries the policy"},
		{"a policy that a page cannot carry", entry, "base-uri 'none'", "base-uri 'none'; frame-ancestors 'none'", "carries the policy"},
		{"a redirect to what is not there", "_redirects", " /api/errors/acme/insufficient-quota/", " /acme/insufficient-quota/", "leads to no file"},
		{"a redirect from a page", "_redirects", "/api/errors/acme/no-credit/", "/api/errors/acme/server-error/", "is a page"},
		{"a line that the host drops", "_redirects", " 301", " moved", "_redirects: line 1"},
		{"a header that the host drops", "_headers", "X-Frame-Options: DENY", "X-Frame-Options DENY", "_headers: line"},
		{"a page that search engines must not keep", entry, "<title>", `<meta name="robots" content="noindex"><title>`, "the page says noindex: true"},
		{"a site that is hidden by its header alone", "_headers", "X-Frame-Options: DENY", "X-Robots-Tag: noindex", `the page's header says "noindex"`},
		{"twins that search engines may keep", "_headers", "X-Robots-Tag: noindex", "X-Robots: noindex", "a twin is sent with"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spoilt := site{maps.Clone(good.files), base}
			text := string(good.files[test.file])
			if !strings.Contains(text, test.old) {
				t.Fatalf("%s does not hold %q", test.file, test.old)
			}
			spoilt.files[test.file] = []byte(strings.ReplaceAll(text, test.old, test.new))
			problems := problemsOf(spoilt)
			seen := slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, test.want) })
			if seen != (test.want != "") {
				t.Errorf("problems %q, want one with %q", problems, test.want)
			}
		})
	}
}
