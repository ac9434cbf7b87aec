package render

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"faultbook/internal/site"
)

// headerRule is a path of the site and what the host sends with it, as lines of
// the form "Name: value". A star in a path stands for anything.
type headerRule struct {
	path    string
	headers []string
}

// Headers writes _headers as Netlify and Cloudflare Pages read it: a path, then
// its headers indented.
func (r *Renderer) Headers(h site.Host) []byte {
	var out bytes.Buffer
	for _, rule := range r.headerRules(h) {
		fmt.Fprintf(&out, "%s%s\n", h.Prefix, rule.path)
		for _, header := range rule.headers {
			fmt.Fprintf(&out, "  %s\n", header)
		}
	}
	return out.Bytes()
}

// headerRules begin with the one for all pages, which carries the policy: the
// inline style and script are the same bytes on every page.
func (r *Renderer) headerRules(h site.Host) []headerRule {
	hsts := "max-age=63072000"
	if h.Preload {
		hsts += "; includeSubDomains; preload"
	}
	policy := r.policy() + "; frame-ancestors 'none'"
	if !h.Plain {
		policy += "; upgrade-insecure-requests"
	}
	all := []string{
		"Content-Security-Policy: " + policy,
		"Strict-Transport-Security: " + hsts,
		"X-Content-Type-Options: nosniff",
		"Referrer-Policy: strict-origin-when-cross-origin",
		"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Cross-Origin-Opener-Policy: same-origin",
		"Cross-Origin-Resource-Policy: same-origin",
		"X-Frame-Options: DENY",
	}
	if h.NoIndex {
		all = append(all, "X-Robots-Tag: noindex")
	}
	var rules []headerRule
	rule := func(path string, headers ...string) { rules = append(rules, headerRule{path, headers}) }
	rule("/*", all...)
	// Where several rules match, a host joins the values of one header with commas,
	// so no header stands in two of them.
	twin := []string{"Content-Type: text/markdown; charset=utf-8"}
	if !h.NoIndex {
		twin = append(twin, "X-Robots-Tag: noindex")
	}
	rule("/*/index.md", twin...)
	rule("/llms.txt", "Content-Type: text/markdown; charset=utf-8")
	rule("/*/feed.xml", "Content-Type: application/atom+xml; charset=utf-8") // and /feed.xml: a star may stand for nothing
	rule("/api/*", "Access-Control-Allow-Origin: *", "Cache-Control: public, max-age=60, must-revalidate")
	return rules
}

// policy is the Content-Security-Policy as far as a page can carry it itself,
// for hosts that read no _headers. A <meta> must not hold frame-ancestors. It
// leaves out upgrade-insecure-requests as well: a page has nothing to upgrade,
// because all it asks for is of its own origin, and where a site is served
// without https it would break every link.
func (r *Renderer) policy() string {
	return strings.Join([]string{
		"default-src 'none'", "style-src " + r.StyleHash(), "script-src 'self' " + r.ScriptHash(), "img-src 'self'", "connect-src 'self'",
		"manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
	}, "; ")
}

// Redirects writes _redirects. The first match wins there, so the proxy of live
// states comes last: no alias may hide behind it. Each alias has two lines.
// Netlify obeys a rule only where no file stands, and the small page of the alias
// does; "!" overrules that. Cloudflare Pages refuses the "!" and reads the second
// line; there a rule always counts more than a file.
func Redirects(list []site.Redirect, h site.Host) []byte {
	var out bytes.Buffer
	for _, r := range list {
		fmt.Fprintf(&out, "%[1]s %[2]s 301!\n%[1]s %[2]s 301\n", r.From, r.To)
	}
	if h.Live != "" {
		fmt.Fprintf(&out, "%s/live/* %s/:splat 200\n", h.Prefix, h.Live)
	}
	return out.Bytes()
}

// Robots writes robots.txt.
func Robots(h site.Host) []byte {
	if h.NoIndex {
		return []byte("User-agent: *\nDisallow: /\n")
	}
	return fmt.Appendf(nil, "User-agent: *\nAllow: /\n\nSitemap: %s\n", h.Sitemap)
}

// Security writes security.txt as RFC 9116 wants it.
func Security(h site.Host) []byte {
	return fmt.Appendf(nil, "Contact: %s\nExpires: %s\nPreferred-Languages: %s\nCanonical: %s\n", h.Contact, h.Expires.Format(time.RFC3339), h.Language, h.Canonical)
}
