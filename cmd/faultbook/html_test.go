package main

import (
	"html"
	"iter"
	"slices"
	"strings"
)

// token is a piece of HTML: a tag, or the text between two.
type token struct {
	name  string // of a tag, with a slash before it at the end of an element; "" for text
	attrs []attr
	text  string // unescaped, but for script and style, whose text is taken as it stands
	raw   string // as it is written
}

type attr struct{ name, value string }

func (t token) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// tokens reads HTML as we write it: quoted attributes, no stray angle brackets.
// What it does not understand it gives as text, which then fails a test.
func tokens(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for text != "" {
			var t token
			switch end := strings.IndexByte(text, '<'); {
			case strings.HasPrefix(text, "<!--"):
				_, text, _ = strings.Cut(text, "-->")
				continue
			case end == 0:
				t, text = tag(text)
			case end < 0:
				t, text = token{text: html.UnescapeString(text), raw: text}, ""
			default:
				t, text = token{text: html.UnescapeString(text[:end]), raw: text[:end]}, text[end:]
			}
			if !yield(t) {
				return
			}
			if t.name == "script" || t.name == "style" {
				inside, rest, _ := strings.Cut(text, "</"+t.name)
				if text = "</" + t.name + rest; !yield(token{text: inside, raw: inside}) {
					return
				}
			}
		}
	}
}

// tag cuts the tag off that text begins with.
func tag(text string) (token, string) {
	rest := text[1:]
	end := strings.IndexAny(rest, " \n>")
	if end < 0 {
		return token{text: text, raw: text}, ""
	}
	t := token{name: strings.TrimSuffix(rest[:end], "/")}
	for rest = rest[end:]; ; {
		rest = strings.TrimLeft(rest, " \n/")
		if rest == "" || rest[0] == '>' {
			break
		}
		end := strings.IndexAny(rest, "= \n>")
		a := attr{name: rest[:max(end, 0)]}
		if rest = rest[len(a.name):]; strings.HasPrefix(rest, `="`) {
			value, after, _ := strings.Cut(rest[2:], `"`)
			a.value, rest = html.UnescapeString(value), after
		} else if strings.HasPrefix(rest, "=") {
			end := strings.IndexAny(rest, " \n>")
			a.value, rest = html.UnescapeString(rest[1:max(end, 1)]), rest[max(end, 1):]
		}
		t.attrs = append(t.attrs, a)
	}
	rest = strings.TrimPrefix(rest, ">")
	t.raw = text[:len(text)-len(rest)]
	return t, rest
}

// page is what tests ask of an HTML page.
type page struct {
	file      string
	text      string // what a reader sees, white space folded
	bare      string // the source without what stands in pre, code, script and style
	title     string
	canonical string
	noIndex   bool
	refresh   string // where the page leads on to by itself
	policy    string // the Content-Security-Policy in the page
	h1s       int
	links     []link
	ids       []string
	pres      []string // texts of pre elements, byte for byte
	data      []string // texts of JSON scripts
	inline    []string // texts of other scripts, and of style elements
	forbidden []string // tags with an attribute that the site's policy does not let work
}

// link is an address in an attribute of a tag.
type link struct {
	value    string
	resource bool // the browser asks for it by itself
}

func readPage(file string, source []byte) page {
	r := pageReader{page: page{file: file}}
	for t := range tokens(string(source)) {
		switch name, ends := strings.CutPrefix(t.name, "/"); {
		case t.name == "":
			r.words(t)
		case ends:
			r.end(name)
		default:
			r.begin(t)
		}
		if !slices.Contains(phrases, strings.TrimPrefix(t.name, "/")) {
			r.seen.WriteByte(' ') // two blocks are two words
		}
	}
	r.page.text, r.page.bare = folded(r.seen.String()), r.plain.String()
	return r.page
}

// phrases are the elements that begin no new block. Text is one of them.
var phrases = []string{"", "a", "abbr", "b", "code", "del", "em", "i", "kbd", "span", "strong", "time"}

func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// pageReader is a page while it is read.
type pageReader struct {
	page
	open             []token // innermost first
	seen, plain, pre strings.Builder
}

func (r *pageReader) inside(names ...string) bool {
	return slices.ContainsFunc(r.open, func(t token) bool { return slices.Contains(names, t.name) })
}

func (r *pageReader) words(t token) {
	switch {
	case r.inside("title"):
		r.title += t.text
	case r.inside("style"):
		r.inline = append(r.inline, t.text)
	case r.inside("script") && strings.HasSuffix(r.open[0].attr("type"), "json"):
		r.data = append(r.data, t.text)
	case r.inside("script"):
		r.inline = append(r.inline, t.text)
	default:
		r.seen.WriteString(t.text)
	}
	if r.inside("pre") {
		r.pre.WriteString(t.text)
	}
	if !r.inside("style", "script", "pre", "code") {
		r.plain.WriteString(t.raw)
	}
}

func (r *pageReader) end(name string) {
	if i := slices.IndexFunc(r.open, func(t token) bool { return t.name == name }); i >= 0 {
		r.open = r.open[i+1:]
	}
	if name == "pre" {
		r.pres = append(r.pres, r.pre.String())
		r.pre.Reset()
	}
}

func (r *pageReader) begin(t token) {
	r.plain.WriteString(t.raw)
	if !slices.Contains([]string{"!doctype", "br", "hr", "img", "input", "link", "meta", "wbr"}, t.name) && !strings.HasSuffix(t.raw, "/>") {
		r.open = slices.Insert(r.open, 0, t)
	}
	switch {
	case t.name == "h1":
		r.h1s++
	case t.name == "link" && t.attr("rel") == "canonical":
		r.canonical = t.attr("href")
	case t.name == "meta" && t.attr("name") == "robots":
		r.noIndex = strings.Contains(t.attr("content"), "noindex")
	case t.name == "meta" && t.attr("http-equiv") == "refresh":
		_, r.refresh, _ = strings.Cut(t.attr("content"), "url=")
	case t.name == "meta" && t.attr("http-equiv") == "Content-Security-Policy":
		r.policy = t.attr("content")
	}
	for _, a := range t.attrs {
		switch {
		case a.name == "id":
			r.ids = append(r.ids, a.value)
		case slices.Contains([]string{"href", "src", "srcset", "poster", "action", "data-now"}, a.name):
			r.links = append(r.links, link{a.value, t.name != "a" && t.attr("rel") != "canonical" && t.attr("rel") != "alternate"})
		case a.name == "content" && (t.attr("property") == "og:url" || t.attr("property") == "og:image"):
			r.links = append(r.links, link{a.value, false})
		case a.name == "style" || strings.HasPrefix(a.name, "on"):
			r.forbidden = append(r.forbidden, t.raw)
		}
	}
}
