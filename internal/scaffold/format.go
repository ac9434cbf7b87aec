// Package scaffold helps those who write content: it makes new files, puts
// files in order, and describes the forms to editors.
//
// It owns the words about each key, how a file is laid out, and the schema. It
// must not know which keys there are, which book says, nor read or write files.
package scaffold

import (
	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
)

// layout is how the files of a form look. The columns are those that nearly all
// files had when this was written down.
func layout(form book.Form) frontmatter.Layout {
	type columns = map[string]frontmatter.Column
	if form == book.ProviderForm {
		return frontmatter.Layout{Columns: columns{"": {Least: 12, Most: 12}, "marks": {Least: 8, Most: 8}, "status": {Least: 8, Most: 10}, "probe": {Least: 6, Most: 6}}}
	}
	return frontmatter.Layout{
		Columns: columns{"": {Least: 8, Most: 8}, "waiting": {Least: 6, Most: 6}},
		Lists:   []string{"messages", "causes", "fixes", "sources"},
	}
}

// Format writes an entry's or a provider's file in its one form. Of a file that
// has to be left alone it tells why.
func Format(name string, data []byte) (string, []diag.Finding) {
	d, findings := frontmatter.Parse(name, data)
	if len(findings) > 0 {
		return string(data), findings
	}
	form := book.FormOf(name)
	text, ok := d.Format(form.Keys(), layout(form))
	if !ok {
		at := diag.Place{File: name, Line: 1, Col: 1}
		return string(data), []diag.Finding{d.Finding(at, "fmt", "cannot be put in order without changing what it says", "look for a key of very many parts, or brackets in very many others")}
	}
	return text, nil
}
