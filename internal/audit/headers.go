package audit

import (
	"regexp"
	"slices"
	"strings"
)

// HeaderRule is one path of _headers with the headers that it gives.
type HeaderRule struct {
	Path   string // "/*", "/api/:name", "/*.md"
	Line   int    // where the path stands, from 1
	Fields []Field
}

// Field is one header: the name as written, the value as the host sends it.
type Field struct{ Name, Value string }

// What Cloudflare Pages reads of _headers.
const (
	maxHeaderRules = 100
	maxHeaderLine  = 2000 // characters
)

// unsettable are the headers that Netlify does not take from _headers.
var unsettable = [...]string{
	"accept-ranges", "age", "allow", "alt-svc", "connection", "content-encoding", "content-length", "content-range",
	"date", "location", "server", "set-cookie", "trailer", "transfer-encoding", "upgrade",
}

// ReadHeaders reads _headers as Netlify does: a line that begins with a slash is
// a path, `Name: value` below it a header, repeats are joined with a comma. What
// the host drops without a word is a problem here, and so is what Cloudflare
// Pages would refuse. Rules without headers are left out, as there.
func ReadHeaders(data []byte) ([]HeaderRule, []Problem) {
	var r headerReader
	r.lines(data, maxHeaderLine, r.read)
	rules := slices.DeleteFunc(r.rules, r.dropped)
	if len(rules) > maxHeaderRules {
		r.problem("%d rules; Cloudflare Pages reads at most %d", len(rules), maxHeaderRules)
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
	return rules, r.problems
}

type headerReader struct {
	reader
	rules []HeaderRule
}

func (r *headerReader) read(line string) {
	if strings.HasPrefix(line, "/") {
		r.rules = append(r.rules, HeaderRule{Path: line, Line: r.line})
		r.checkPath(line)
		return
	}
	name, value, found := strings.Cut(line, ":")
	name, value = strings.TrimFunc(name, isSpace), strings.TrimFunc(value, isSpace)
	switch {
	case !found:
		r.problem("%q has no colon; the host drops it without a word", line)
	case name == "":
		r.problem("a header without a name")
	case value == "":
		r.problem("header %s without a value", name)
	case len(r.rules) == 0:
		r.problem("header %s stands before any path", name)
	default:
		r.add(name, value)
	}
}

func (r *headerReader) add(name, value string) {
	lower := strings.ToLower(name)
	if i := strings.IndexFunc(name, isNoToken); i >= 0 {
		r.problem("%q is no name of a header", name)
	}
	if slices.Contains(unsettable[:], lower) {
		r.problem("the host does not let %s be set", name)
	}
	rule := &r.rules[len(r.rules)-1]
	for i, field := range rule.Fields {
		if field.Name == name {
			r.problem("%s stands twice for %s; the values are joined with a comma", name, rule.Path)
			rule.Fields[i].Value += ", " + joined(value)
			return
		}
		if strings.ToLower(field.Name) == lower {
			r.problem("%s and %s for %s are one header in two spellings", field.Name, name, rule.Path)
		}
	}
	rule.Fields = append(rule.Fields, Field{name, joined(value)})
}

// joined is a value with its parts cut at commas and put together again, which
// the host does to every value, quoted or not.
func joined(value string) string {
	parts := strings.Split(value, ",")
	for i, part := range parts {
		if i > 0 {
			part = strings.TrimLeftFunc(part, isSpace)
		}
		if i < len(parts)-1 {
			part = strings.TrimRightFunc(part, isSpace)
		}
		parts[i] = part
	}
	return strings.Join(parts, ", ")
}

func isNoToken(c rune) bool {
	return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", c))
}

func (r *headerReader) checkPath(path string) {
	if strings.Count(path, "*") > 1 {
		r.problem("%s has more than one *; Cloudflare Pages reads one", path)
	}
	if strings.IndexFunc(path, isSpace) >= 0 {
		r.problem("%q has white space, which no address has", path)
	}
	if pathPattern(path) == nil {
		r.problem("%s cannot be matched: the host reads a part with * as a regular expression", path)
	}
}

func (r *headerReader) dropped(rule HeaderRule) bool {
	if len(rule.Fields) == 0 {
		r.problems = append(r.problems, Problem{rule.Line, rule.Path + " has no headers; the host drops it without a word"})
	}
	// The host's parser takes this one name for a missing one and refuses the rule.
	undefined := slices.ContainsFunc(rule.Fields, func(f Field) bool { return f.Name == "undefined" })
	if undefined {
		r.problems = append(r.problems, Problem{rule.Line, "a header named undefined; the host refuses all of " + rule.Path})
	}
	return len(rule.Fields) == 0 || undefined
}

// Matches reports whether the rule gives its headers to path. Case does not
// count, a slash at the end is optional.
func (h HeaderRule) Matches(path string) bool {
	pattern := pathPattern(h.Path)
	return pattern != nil && pattern.MatchString(path)
}

// pathPattern is the regular expression that the host makes of a path: `*` alone
// is everything below, `:name` one part; a part with `*` among letters is not
// quoted there, so its dots match anything, and so they do here; nil where that
// would make something else of it than meant.
func pathPattern(path string) *regexp.Regexp {
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		part = strings.TrimRightFunc(part, isSpace)
		switch {
		case part == "":
			continue
		case strings.HasPrefix(part, ":"):
			part = "([^/]+)"
		case part == "*":
			part = "?(.*)"
		case strings.Contains(part, "*"):
			if strings.ContainsAny(part, `\^$+?()[]{}|`) {
				return nil
			}
			part = strings.ReplaceAll(part, "*", "(.*)")
		default:
			part = regexp.QuoteMeta(part)
		}
		parts = append(parts, part)
	}
	pattern, err := regexp.Compile("(?i)^/" + strings.Join(parts, "/") + "/?$")
	if err != nil {
		return nil
	}
	return pattern
}

// HeadersFor is every header that rules give to path, by lower-case name: all
// matching rules apply, and what several say is joined with a comma.
func HeadersFor(rules []HeaderRule, path string) map[string]string {
	headers := map[string]string{}
	for _, rule := range rules {
		if !rule.Matches(path) {
			continue
		}
		for _, field := range rule.Fields {
			name := strings.ToLower(field.Name)
			if before, ok := headers[name]; ok {
				headers[name] = before + ", " + field.Value
			} else {
				headers[name] = field.Value
			}
		}
	}
	return headers
}

// String is the rule as lines of _headers that are read as the same rule.
func (h HeaderRule) String() string {
	var b strings.Builder
	b.WriteString(h.Path + "\n")
	for _, field := range h.Fields {
		b.WriteString("  " + field.Name + ": " + field.Value + "\n")
	}
	return b.String()
}
