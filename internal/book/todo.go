package book

import (
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
)

// RuleTODO is the rule that a text is written, and not only meant to be.
const RuleTODO = "todo"

// todo is a line that says what is still to be written there. It begins with
// the word, so that a text may speak of it.
var todo = regexp.MustCompile(`(?m)^[ \t]*TODO(?:$|:[ \t]*(.*)$)`)

// todos finds the texts that still say TODO, also where another value than a
// text is wanted: TOML has no other way to leave one open. What else is wrong
// with such a value is no news. A comment may say TODO as well.
func (r *reading) todos() {
	if strings.Contains(r.doc.Front, "TODO") {
		for path, text := range r.doc.Texts() {
			if m := todo.FindStringSubmatchIndex(text); m != nil {
				at, end := r.doc.At(path...), r.doc.Within(len(text), path...)
				r.findings = slices.DeleteFunc(r.findings, func(f diag.Finding) bool { return between(at, f.Place, end) })
				r.todo(r.doc.Within(word(text, m), path...), frontmatter.PathName(path)+" is still to be written", text, m)
			}
		}
		for at, text := range r.doc.Comments() {
			said := strings.TrimLeft(text, "# \t")
			if m := todo.FindStringSubmatchIndex(said); m != nil {
				r.todo(at, "this comment still says TODO", said, m)
			}
		}
	}
	if m := todo.FindStringSubmatchIndex(r.doc.Body); m != nil {
		r.todo(r.doc.BodyAt(word(r.doc.Body, m)), "the text below the front matter is still to be written", r.doc.Body, m)
	}
}

func (r *reading) todo(at diag.Place, message, text string, m []int) {
	hint := "write it, or take it away where it is optional"
	if m[2] >= 0 && m[2] < m[3] {
		hint = text[m[2]:m[3]]
	}
	r.findings = append(r.findings, r.doc.Finding(at, RuleTODO, message, hint))
}

// word is where TODO stands in text.
func word(text string, m []int) int { return m[0] + strings.Index(text[m[0]:m[1]], "TODO") }

// between tells whether a place is in what lies between two others of its file.
func between(from, p, to diag.Place) bool {
	return from.Compare(p) <= 0 && p.Compare(to) <= 0
}
