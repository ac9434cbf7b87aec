package site

import (
	"net/url"
	"strings"
)

// splitBase cuts a base address into scheme with host, and path.
func splitBase(base string) (host, prefix string) {
	u, err := url.Parse(base)
	if err != nil {
		return base, ""
	}
	prefix = strings.TrimSuffix(u.EscapedPath(), "/")
	return strings.TrimSuffix(base, prefix), prefix
}

// path is the address of a page on its host: "/errors/openai/x/" for the parts
// "openai", "x" on a site whose base ends in /errors. Every link is made here
// or in file.
func (s *Site) path(parts ...string) string {
	if len(parts) == 0 {
		return s.prefix + "/"
	}
	return s.prefix + "/" + strings.Join(parts, "/") + "/"
}

// file is the address of a single file on its host.
func (s *Site) file(parts ...string) string { return s.prefix + "/" + strings.Join(parts, "/") }

// absolute is the full address of a path made by path or file.
func (s *Site) absolute(path string) string { return s.host + path }

// local puts the prefix of the site before the addresses in rendered Markdown
// that begin with a slash.
func (s *Site) local(html string) HTML {
	if s.prefix != "" {
		html = strings.ReplaceAll(html, `<a href="/`, `<a href="`+s.prefix+"/")
	}
	return HTML(html)
}

// localSource is local for Markdown as it was written. Code stays as it is.
func (s *Site) localSource(markdown string) string {
	const link = "](/"
	if s.prefix == "" || !strings.Contains(markdown, link) {
		return markdown
	}
	var out strings.Builder
	for markdown != "" {
		plain, rest := markdown, ""
		if i := strings.IndexByte(markdown, '`'); i >= 0 {
			plain, rest = markdown[:i], markdown[i:]
		}
		code := codeAt(rest)
		out.WriteString(strings.ReplaceAll(plain, link, "]("+s.prefix+"/"))
		out.WriteString(code)
		markdown = rest[len(code):]
	}
	return out.String()
}

// codeAt is the code that Markdown begins with: it ends with as many backticks
// in a row as it begins with. Backticks that nothing ends stand for themselves.
func codeAt(markdown string) string {
	ticks := len(markdown) - len(strings.TrimLeft(markdown, "`"))
	for i := ticks; i < len(markdown); {
		if markdown[i] != '`' {
			i++
			continue
		}
		run := len(markdown[i:]) - len(strings.TrimLeft(markdown[i:], "`"))
		if i += run; run == ticks {
			return markdown[:i]
		}
	}
	return markdown[:ticks]
}

// edit is the address that edits a content file, or nothing.
func (s *Site) edit(file string) string {
	if s.Book.Site.Repository == "" {
		return ""
	}
	return s.Book.Site.Repository + "/edit/main/content/" + file
}

// wrong is the address that reports a wrong page, with the form filled in.
func (s *Site) wrong(path, title string) string {
	if s.Book.Site.Repository == "" {
		return ""
	}
	return s.Book.Site.Repository + "/issues/new?" + url.Values{"template": {"wrong.yml"}, "title": {"wrong: " + path}, "page": {s.absolute(path)}}.Encode()
}
