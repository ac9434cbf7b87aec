package platform

import "strings"

// dropTags takes the tags out of a piece of HTML and ends a line where they
// end one. It goes through the text once: a tag is never looked for beyond the
// next "<".
func dropTags(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, length := tag(rest)
		if length == 0 {
			b.WriteByte('<')
			s = rest
			continue
		}
		s = rest[length:]
		switch name {
		case "script", "style":
			s = afterEnd(s, name)
		case "li":
			b.WriteString("\n- ")
		default:
			if endsLine(name) {
				b.WriteByte('\n')
			}
		}
	}
}

// tag is the name of the tag that begins with s, after its "<", and how many
// bytes it has; none is 0. An ending tag is named with its slash.
func tag(s string) (name string, length int) {
	end := strings.IndexAny(s, "<>")
	if end < 0 || s[end] == '<' {
		return "", 0
	}
	if strings.HasPrefix(s, "!") {
		return "!", end + 1
	}
	name = strings.ToLower(strings.TrimSuffix(s[:end], "/"))
	if i := strings.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	if !known(strings.TrimPrefix(name, "/")) {
		return "", 0
	}
	return name, end + 1
}

// known tells whether pages use such a tag. In "a <model> b" nobody does.
func known(name string) bool {
	switch name {
	case "a", "abbr", "article", "b", "blockquote", "body", "br", "button", "center", "cite", "code", "dd", "del",
		"details", "div", "dl", "dt", "em", "embed", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5",
		"h6", "head", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "li", "link", "main", "mark",
		"meta", "nav", "object", "ol", "p", "pre", "s", "samp", "script", "section", "small", "span", "strong",
		"style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "time", "title", "tr",
		"u", "ul", "var", "video", "wbr":
		return true
	}
	return false
}

func endsLine(name string) bool {
	switch strings.TrimPrefix(name, "/") {
	case "br", "p", "div", "ul", "ol", "tr", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
		"article", "section", "header", "footer", "dt", "dd", "dl":
		return true
	}
	return false
}

// afterEnd is what follows the end of a script or style, whose content is no
// text. One that never ends swallows the rest.
func afterEnd(s, name string) string {
	for {
		_, rest, found := strings.Cut(s, "</")
		if !found {
			return ""
		}
		end := strings.IndexAny(rest, "<>")
		if end < 0 {
			return ""
		}
		if got, length := tag("/" + rest[:end+1]); got == "/"+name {
			return rest[length-1:]
		}
		s = rest
	}
}
