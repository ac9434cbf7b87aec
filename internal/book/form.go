package book

import (
	"io/fs"
	"path"

	"faultbook/internal/frontmatter"
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
