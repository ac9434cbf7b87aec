package book

import (
	"io/fs"
	"path"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/markdown"
)

// Form is one of the three forms that content files have.
type Form uint8

// The forms.
const (
	EntryForm Form = iota
	ProviderForm
	SiteForm
)

// FormOf is the form of a file of the content tree, by its name.
func FormOf(name string) Form {
	switch path.Base(name) {
	case siteFile:
		return SiteForm
	case providerFile:
		return ProviderForm
	}
	return EntryForm
}

// Keys are the keys of a form, in the order in which they are written.
func (f Form) Keys() []frontmatter.Key {
	switch f {
	case SiteForm:
		return siteDecoder.Keys()
	case ProviderForm:
		return providerDecoder.Keys()
	}
	return entryDecoder.Keys()
}

// Files are the names of the files that Load would read, in their order. It
// leaves out what does not belong into the tree: Load tells of that.
func Files(fsys fs.FS) ([]string, error) {
	l := &loading{fsys: fsys}
	if err := l.list(); err != nil {
		return nil, err
	}
	var names []string
	for _, f := range l.files {
		names = append(names, f.name)
	}
	return names, nil
}

// FileOf is the file of a provider, or of one of its entries.
func FileOf(provider, entry string) string {
	if entry == "" {
		return path.Join(provider, providerFile)
	}
	return path.Join(provider, entry+".md")
}

// Check finds what is wrong with the text of one file alone, sorted.
func Check(name string, data []byte) []diag.Finding {
	doc, findings := read(name, data)
	if diag.Failed(findings) {
		return findings
	}
	var wrong []diag.Finding
	switch FormOf(name) {
	case SiteForm:
		_, wrong = readSite(doc)
	case ProviderForm:
		_, wrong = readProvider(doc, markdown.New())
	default:
		_, _, wrong = readEntry(doc, markdown.New())
	}
	findings = append(findings, wrong...)
	diag.Sort(findings)
	return findings
}

// NearestSlug is what a text would be as a slug.
func NearestSlug(text string) string { return suggestSlug(text) }
