package build

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/words"
)

// readWords reads templates/words/<language>.toml of every theme. A site may
// reword single sentences: a later file replaces only the keys it has.
func readWords(themes []fs.FS, language string) (words.Words, error) {
	name := "templates/words/" + language + ".toml"
	var files []map[string]string
	for _, theme := range themes {
		data, err := fs.ReadFile(theme, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return words.Words{}, fmt.Errorf("read the theme: %w", err)
		}
		doc, findings := frontmatter.ParseTOML(name, data)
		said, more := doc.Strings()
		if findings = append(findings, more...); diag.Failed(findings) {
			f := findings[0]
			return words.Words{}, fmt.Errorf("%s:%d:%d: %s", f.File, f.Line, f.Col, f.Message)
		}
		files = append(files, said)
	}
	if len(files) == 0 {
		return words.Words{}, fmt.Errorf("there is no %s in the theme, and site.toml names the language %q", name, language)
	}
	return words.New(files...), nil
}

// overlay is several file trees seen as one: of files with the same name, that
// of the last tree is seen.
type overlay []fs.FS

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	for _, layer := range slices.Backward(o) {
		f, err := layer.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements fs.ReadDirFS: the names of all layers, sorted.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	merged := map[string]fs.DirEntry{}
	found := false
	for _, layer := range o {
		items, err := fs.ReadDir(layer, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, item := range items {
			merged[item.Name()] = item
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var list []fs.DirEntry
	for _, name := range sortedNames(merged) {
		list = append(list, merged[name])
	}
	return list, nil
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
