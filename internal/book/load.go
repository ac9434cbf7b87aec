package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/markdown"
)

// The forms, read from the struct tags once.
var (
	entryDecoder    = frontmatter.FormOf[entryForm]()
	providerDecoder = frontmatter.FormOf[providerForm]()
	siteDecoder     = frontmatter.FormOf[siteForm]()
)

// maxFile is the largest content file that is read. The longest real entry has
// 12 KB; more than this is a picture or a mistake.
const maxFile = 512 << 10

const (
	siteFile     = "site.toml"
	providerFile = "_index.md"
)

// Reserved are the first parts of addresses that are the site's own, so that no
// provider may be called so.
func Reserved() []string {
	return []string{"about", "api", "compare", "errors", "find", "http", "kind", "live", "sources", "static", "status"}
}

// Load reads the whole content tree: site.toml, and a folder a provider with
// _index.md and its entries. Entries that c knows by the hash of their file are
// not parsed again. All findings of all files come back in the order of the
// files; with one of severity error the book is not whole. The error is for a
// tree that cannot be listed at all.
func Load(fsys fs.FS, c *cache.Cache) (*Book, []diag.Finding, error) {
	l := &loading{fsys: fsys, cache: c}
	if err := l.list(); err != nil {
		return nil, nil, err
	}
	l.read()
	return l.assemble()
}

// loading is the state of one Load.
type loading struct {
	fsys     fs.FS
	cache    *cache.Cache
	files    []file
	findings []diag.Finding // about the tree itself
}

// file is one file of the tree and what became of it.
type file struct {
	name     string // slash path
	entry    *Entry
	provider *Provider
	site     *Site
	key      cache.Key      // of what it holds; zero: it could not be read
	findings []diag.Finding // with an error among them, the others hold only what could be read
}

// list finds the files of the tree, and what does not belong in it.
func (l *loading) list() error {
	top, err := fs.ReadDir(l.fsys, ".")
	if err != nil {
		return fmt.Errorf("list the content: %w", err)
	}
	for _, item := range top {
		switch {
		case hidden(item.Name()):
		case item.Name() == siteFile:
			l.add(siteFile, item)
		case item.IsDir():
			if err := l.listProvider(item.Name()); err != nil {
				return err
			}
		default:
			l.stray(item.Name(), item, "want site.toml and one folder for each provider")
		}
	}
	if !slices.ContainsFunc(l.files, func(f file) bool { return f.name == siteFile }) {
		l.find(siteFile, "missing-file", "there is no site.toml", "write site.toml: it holds the title and the base address of the site")
	}
	return nil
}

func (l *loading) listProvider(dir string) error {
	if !IsSlug(dir) {
		l.find(dir, "slug", fmt.Sprintf("folder %q is no slug; want lower-case words and digits joined by single hyphens", dir), "name it "+suggestSlug(dir))
		return nil
	}
	if slices.Contains(Reserved(), dir) {
		l.find(dir, "reserved", fmt.Sprintf("a provider cannot be called %q: that address is the site's own", dir), "name the folder "+dir+"-api")
		return nil
	}
	items, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return fmt.Errorf("list the content: %w", err)
	}
	hasIndex := false
	for _, item := range items {
		name := path.Join(dir, item.Name())
		slug, isMarkdown := strings.CutSuffix(item.Name(), ".md")
		switch {
		case hidden(item.Name()):
		case item.Name() == providerFile:
			hasIndex = true
			l.add(name, item)
		case !isMarkdown || item.IsDir():
			l.stray(name, item, "a provider's folder holds _index.md and <entry>.md files")
		case !IsSlug(slug):
			l.find(name, "slug", fmt.Sprintf("%q is no slug; want lower-case words and digits joined by single hyphens", slug), "name the file "+suggestSlug(slug)+".md")
		default:
			l.add(name, item)
		}
	}
	if !hasIndex {
		l.find(dir, "missing-file", "there is no _index.md in this folder", "write "+dir+"/_index.md: it names the provider and its status page")
	}
	return nil
}

// hidden files belong to editors and version control.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") }

func (l *loading) find(name, rule, message, hint string) {
	l.findings = append(l.findings, diag.Finding{Place: diag.Place{File: name}, Rule: rule, Message: message, Hint: hint})
}

func (l *loading) stray(name string, item fs.DirEntry, want string) {
	if item.Type()&fs.ModeSymlink != 0 {
		l.symlink(name)
		return
	}
	l.find(name, "stray-file", "this does not belong here; "+want, "move it out of the content folder")
}

func (l *loading) symlink(name string) {
	l.find(name, "symlink", "this is a symbolic link; want a file", "a link could lead out of the content folder, so none is followed: copy the file here")
}

func (l *loading) add(name string, item fs.DirEntry) {
	if item.Type()&fs.ModeSymlink != 0 {
		l.symlink(name)
		return
	}
	if !item.Type().IsRegular() { // reading a pipe would wait for ever
		l.find(name, "stray-file", "this is no file; want one", "move it out of the content folder")
		return
	}
	l.files = append(l.files, file{name: name})
}

// suggestSlug is the nearest slug to a name.
func suggestSlug(name string) string {
	slug := strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
	if slug == "" {
		return "with lower-case letters, digits and hyphens"
	}
	return slug
}

// read reads all files, on all cores, each into its own place.
func (l *loading) read() {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			r := reader{fsys: l.fsys, md: markdown.New()}
			for i := range next {
				l.readFile(&l.files[i], &r)
			}
		})
	}
	for i := range l.files {
		next <- i
	}
	close(next)
	wg.Wait()
}

// reader reads one file after the other. It keeps its buffers between files:
// what all files need is more than what stays of them.
type reader struct {
	fsys   fs.FS
	md     *markdown.Converter
	data   bytes.Buffer
	record []byte
}

func (l *loading) readFile(f *file, r *reader) {
	data, err := r.readCapped(f.name)
	if err != nil {
		f.findings = []diag.Finding{unreadable(f.name, err)}
		return
	}
	key := entryKey(data)
	f.key = key
	if f.isEntry() && l.recall(f, key) {
		return
	}
	doc, findings := read(f.name, data)
	f.findings = findings
	if diag.Failed(findings) {
		return
	}
	switch {
	case f.name == siteFile:
		site, findings := readSite(doc)
		f.site, f.findings = &site, append(f.findings, findings...)
	case f.isEntry():
		l.readEntry(f, doc, r, key)
	default:
		p, findings := readProvider(doc, r.md)
		f.provider, f.findings = p, append(f.findings, findings...)
	}
}

// isEntry tells an entry's file from _index.md and site.toml.
func (f *file) isEntry() bool { return f.name != siteFile && path.Base(f.name) != providerFile }

func (l *loading) readEntry(f *file, doc *frontmatter.Doc, r *reader, key cache.Key) {
	entry, text, findings := readEntry(doc, r.md)
	f.findings = append(f.findings, findings...)
	entry.key = key
	f.entry = entry
	if diag.Failed(findings) {
		return
	}
	r.record = encodeText(r.record[:0], text)
	l.cache.Put(key, r.record)
	r.record = encodeEntry(r.record[:0], entry)
	if len(f.findings) == 0 { // a file with warnings is read again, so that they are told again
		l.cache.Put(headKey(key), r.record)
	}
	// The strings of the parser share the memory of the whole file; those of the
	// record share only the record's, which is a sixth of it.
	if compact, ok := decodeEntry(string(r.record)); ok {
		compact.key = key
		f.entry = compact
	}
}

// recall takes an entry from the cache; its text must be there too.
func (l *loading) recall(f *file, key cache.Key) bool {
	record, ok := l.cache.Get(headKey(key))
	if !ok || !l.cache.Has(key) {
		return false
	}
	entry, ok := decodeEntry(string(record))
	if !ok {
		return false
	}
	entry.key = key
	f.entry = entry
	return true
}

// entryKey is the key of what is made of an entry file; headKey that of the
// part that all pages need.
func entryKey(data []byte) cache.Key { return cache.KeyOf([]byte(formVersion), data) }

func headKey(key cache.Key) cache.Key {
	key[0] ^= 0xff
	return key
}

// Text is what only the entry's own page shows. It comes from the cache; when
// it was lost there it is made again of the file.
func (b *Book) Text(e *Entry) (*Text, error) {
	r, _ := b.readers.Get().(*reader)
	if r == nil {
		r = &reader{fsys: b.fsys}
	}
	defer b.readers.Put(r)
	var ok bool
	if r.record, ok = b.cache.Append(r.record[:0], e.key); ok {
		if text, ok := decodeText(string(r.record)); ok {
			return text, nil
		}
	}
	data, err := r.readCapped(e.File)
	if err != nil {
		return nil, fmt.Errorf("read %s again: %w", e.File, err)
	}
	doc, findings := read(e.File, data)
	if diag.Failed(findings) || entryKey(data) != e.key {
		return nil, fmt.Errorf("%s changed while the site was built; build again", e.File)
	}
	_, text, _ := readEntry(doc, markdown.New())
	return text, nil
}

// readCapped reads a file, but not one that is too large: nobody knows how much
// larger. The bytes hold until the next file is read.
func (r *reader) readCapped(name string) ([]byte, error) {
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, reason(err)
	}
	if info.Size() > maxFile {
		return nil, errTooLarge(info.Size())
	}
	r.data.Reset()
	r.data.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := r.data.ReadFrom(io.LimitReader(f, maxFile+1)); err != nil {
		return nil, reason(err)
	}
	if r.data.Len() > maxFile { // it grew meanwhile
		return nil, errTooLarge(r.data.Len())
	}
	return r.data.Bytes(), nil
}

// errTooLarge is the size in bytes of a file that is too large.
type errTooLarge int64

func (size errTooLarge) Error() string {
	return fmt.Sprintf("the file has %d KB; want at most %d KB", size>>10, maxFile>>10)
}

// reason is why a file cannot be read, without its name, which a finding has.
func reason(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}

// unreadable is the finding for an error of readCapped.
func unreadable(name string, err error) diag.Finding {
	f := diag.Finding{Place: diag.Place{File: name}, Rule: "unreadable", Message: err.Error(), Hint: "see that the file is there and that you may read it"}
	var size errTooLarge
	if errors.As(err, &size) {
		f.Rule, f.Hint = "too-large", "an entry is a page of text; link to what is longer"
	}
	return f
}

func read(name string, data []byte) (*frontmatter.Doc, []diag.Finding) {
	if strings.HasSuffix(name, ".toml") {
		return frontmatter.ParseTOML(name, data)
	}
	return frontmatter.Parse(name, data)
}
