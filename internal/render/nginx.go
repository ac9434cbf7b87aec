package render

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/site"
)

// Nginx writes what belongs into the server block of nginx that serves the
// folder dir: the same headers and redirects as _headers and _redirects. A
// location of nginx that has headers of its own sends no others, so each names
// all of its.
func (r *Renderer) Nginx(list []site.Redirect, h site.Host, dir string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, nginxBegin, quoted(h.Prefix+"/404.html"))
	for _, old := range list {
		fmt.Fprintf(&out, "location = %s { return 301 %s; }\n", quoted(old.From), quoted(old.To))
	}
	if u, err := url.Parse(h.Live); err == nil && h.Live != "" {
		fmt.Fprintf(&out, nginxLive, quoted(h.Prefix+"/live/"), quoted(h.Live+"/"), quoted(u.Host))
	}
	rules := r.headerRules(h)
	all := rules[0].headers
	fmt.Fprintf(&out, "location %s {\n    alias %s;\n", quoted(h.Prefix+"/"), quoted(strings.TrimSuffix(dir, "/")+"/"))
	writeHeaders(&out, "    ", slices.Concat(all, []string{nginxRevalidate}))
	fmt.Fprintf(&out, "    location ~ %s { return 404; }\n", quoted("^"+regexp.QuoteMeta(h.Prefix)+`/(_headers|_redirects)$|/\.(?!well-known/)`))
	for _, rule := range rules[1:] {
		fmt.Fprintf(&out, "    location ~ %s {\n", quoted("^"+regexp.QuoteMeta(h.Prefix)+pathForm(rule.path)+"$"))
		own := slices.Clone(rule.headers)
		if !slices.ContainsFunc(own, func(header string) bool { return strings.HasPrefix(header, "Cache-Control: ") }) {
			own = append(own, nginxRevalidate)
		}
		writeHeaders(&out, "        ", slices.Concat(all, own))
		out.WriteString("    }\n")
	}
	out.WriteString("}\n")
	return out.Bytes()
}

// nginxRevalidate is what Netlify and Cloudflare Pages send by themselves. Without
// it browsers keep a page for as long as they like.
const nginxRevalidate = "Cache-Control: public, max-age=0, must-revalidate"

// nginxBegin does not rely on the table of types of the system: those of older
// ones know no Markdown and no manifest.
const nginxBegin = `# Made by faultbook build -nginx; include it in a server block.
index index.html;
error_page 404 %s;
absolute_redirect off;
server_tokens off;
charset utf-8;
charset_types text/css text/plain text/javascript application/xml;
gzip on;
gzip_vary on;
gzip_types text/plain text/markdown text/javascript application/json application/xml application/atom+xml application/manifest+json image/svg+xml;
default_type application/octet-stream;
types {
    text/html html;
    text/plain txt;
    text/markdown md;
    text/css css;
    text/javascript js;
    application/json json;
    application/xml xml;
    application/manifest+json webmanifest;
    application/pdf pdf;
    font/woff2 woff2;
    image/svg+xml svg;
    image/png png;
    image/x-icon ico;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/avif avif;
}
`

// nginxLive shows live states from elsewhere. Headers of the site do not belong to
// them, as on Netlify.
const nginxLive = `location %s {
    proxy_pass %s;
    proxy_set_header Host %s;
    proxy_ssl_server_name on;
    add_header X-Content-Type-Options nosniff always;
}
`

// writeHeaders writes headers as directives. A type is none of them: nginx would
// send it beside its own.
func writeHeaders(out *bytes.Buffer, indent string, headers []string) {
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		if name == "Content-Type" {
			fmt.Fprintf(out, "%stypes { }\n%sdefault_type %s;\n", indent, indent, quoted(value))
			continue
		}
		fmt.Fprintf(out, "%sadd_header %s %s always;\n", indent, name, quoted(value))
	}
}

// pathForm is the path of a rule as a regular expression.
func pathForm(path string) string {
	form := strings.ReplaceAll(regexp.QuoteMeta(path), `/\*/`, "/(.*/)?")
	if below, ok := strings.CutSuffix(form, `/\*`); ok {
		form = below + "(/.*)?"
	}
	return form
}

// quoted is a text as nginx reads it back. It cannot quote a "$", which begins a
// variable; an address can do without.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
