package links

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// judged tells whether a part of a page can be looked for in its HTML. Not so:
// the top of a page, places that a browser finds by the words there, addresses
// inside an application, and lines and comments that GitHub and its like load
// when somebody scrolls to them.
func judged(part string) bool {
	switch {
	case part == "", strings.EqualFold(part, "top"), strings.ContainsAny(part, "/!=:"):
		return false
	}
	return !lateParts.MatchString(part)
}

var lateParts = regexp.MustCompile(`^(L\d+(C\d+)?(-L\d+(C\d+)?)?|(issue|discussion|commit|pullrequest)[a-z]*-?_?r?\d+|r\d+|note_\d+|event-\d+|diff-.*)$`)

// look looks for parts in a page.
func look(text []byte, parts []string) map[string]Part {
	if len(parts) == 0 {
		return nil
	}
	names, headed := namesOf(text)
	found := map[string]Part{}
	for _, part := range parts {
		switch {
		case names[part] || names[unescaped(part)] || names["user-content-"+strings.ToLower(part)]:
			found[part] = Found
		case headed:
			found[part] = Missing
		default:
			found[part] = Unclear
		}
	}
	return found
}

// unescaped is a part as browsers look for it when they do not find it as
// written.
func unescaped(part string) string {
	if plain, err := url.PathUnescape(part); err == nil {
		return plain
	}
	return part
}

// namesOf are all names that a page can be entered at. headed tells whether a
// heading, or a link inside of one, has a name: a page where none has makes its
// names with a script, and cannot be judged.
func namesOf(text []byte) (names map[string]bool, headed bool) {
	names = map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(text))
	heading := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return names, headed
		case html.EndTagToken:
			if tag, _ := z.TagName(); isHeading(tag) {
				heading = max(0, heading-1)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, more := z.TagName()
			if isHeading(tag) {
				heading++
			}
			anchor := string(tag) == "a"
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				if k := string(key); len(value) > 0 && (k == "id" || k == "name" && anchor) {
					names[string(value)] = true
					headed = headed || heading > 0
				}
			}
		}
	}
}

func isHeading(tag []byte) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '2' && tag[1] <= '6'
}
