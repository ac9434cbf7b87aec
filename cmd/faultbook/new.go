package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/scaffold"
)

func newCommand(w *world, args []string) error {
	f := newFlags(w, "new", "begin an entry, openai/some-code, or provider acme; on a terminal it asks for what no flag says")
	content := f.String("content", "content", "`DIR` of the content")
	now := f.String("now", "", "the day is that of this `TIME` instead of today, as 2026-11-22T12:00:00Z")
	given := f.replies()
	words, err := f.parseWords(args)
	if err != nil {
		return err
	}
	today, err := w.moment(*now)
	if err != nil {
		return err
	}
	file, err := newFile(words, *content)
	if err != nil {
		return err
	}
	file.Today = book.DateOf(today)
	if err := given.into(&file); err != nil {
		return err
	}
	b := beginner{world: w, file: file, content: *content}
	return b.begin()
}

// replies are the flags that answer what new files ask.
type replies map[string]*reply

// reply is a flag that may be given more than once.
type reply []string

func (a *reply) String() string { return "" }

func (a *reply) Set(text string) error {
	*a = append(*a, text)
	return nil
}

// replies defines a flag for each question. Those that entries and providers
// share have one.
func (f *flags) replies() replies {
	all := replies{}
	for _, name := range []string{book.FileOf("x", "x"), book.FileOf("x", "")} {
		for _, q := range (scaffold.File{Name: name}).Questions() {
			if all[q.Flag] == nil {
				all[q.Flag] = new(reply)
				f.Var(all[q.Flag], q.Flag, usageOf(q))
			}
		}
	}
	return all
}

// longestUsage leaves room for the flag on a line of 120 columns.
const longestUsage = 90

// usageOf is what help says about the flag of a question.
func usageOf(q scaffold.Question) string {
	usage := q.About
	if len(usage) > longestUsage {
		usage = usage[:strings.LastIndexByte(usage[:longestUsage], ' ')] + " …"
	}
	return usage
}

// into puts what was given into a file, and refuses what it does not ask.
func (given replies) into(file *scaffold.File) error {
	file.Answers = map[string][]string{}
	known := map[string]bool{}
	for _, q := range file.Questions() {
		known[q.Flag] = true
		list := *given[q.Flag]
		if len(list) > 1 && !q.Many {
			return usageError{fmt.Sprintf("-%s is given twice", q.Flag), "it takes one value"}
		}
		if len(list) > 0 {
			file.Answers[q.Key] = list
		}
	}
	for flag, list := range given {
		if len(*list) > 0 && !known[flag] {
			return usageError{fmt.Sprintf("-%s is not for such a file", flag), "faultbook new provider acme and faultbook new acme/some-code ask for different things"}
		}
	}
	if _, wrong := file.Unwritten(); len(wrong) > 0 {
		return usageError{wrong[0].Message, wrong[0].Hint}
	}
	return nil
}

// newFile is what the words after new name. It must not be there yet.
func newFile(words []string, content string) (scaffold.File, error) {
	var none scaffold.File
	tree, err := openContent(content)
	if err != nil {
		return none, err
	}
	provider, entry, err := named(words)
	if err != nil {
		return none, err
	}
	file := scaffold.File{Name: book.FileOf(provider, entry)}
	if entry != "" {
		if file.Provider, err = nameOf(tree, provider); err != nil {
			return none, err
		}
	}
	if _, err := fs.Stat(tree, file.Name); err == nil {
		return none, fmt.Errorf("%s is there already\n  hint: change it, or choose another name", filepath.Join(content, file.Name))
	}
	return file, nil
}

// named reads "openai/some-code" or "provider acme".
func named(words []string) (provider, entry string, err error) {
	usage := usageError{"new wants provider/entry, or the word provider and a name", "write it as faultbook new openai/some-code, or faultbook new provider acme"}
	switch {
	case len(words) == 2 && words[0] == "provider":
		return words[1], "", checkProviderName(words[1])
	case len(words) != 1:
		return "", "", usage
	}
	provider, entry, ok := strings.Cut(words[0], "/")
	switch {
	case !ok || provider == "":
		return "", "", usage
	case !book.IsSlug(entry):
		return "", "", notSlug(entry, provider+"/"+book.NearestSlug(strings.TrimSuffix(entry, ".md")))
	}
	return provider, entry, nil
}

func checkProviderName(slug string) error {
	if !book.IsSlug(slug) {
		return notSlug(slug, book.NearestSlug(slug))
	}
	if slices.Contains(book.Reserved(), slug) {
		return usageError{fmt.Sprintf("a provider cannot be called %q: that address is the site's own", slug), "write " + slug + "-api"}
	}
	return nil
}

func notSlug(text, near string) error {
	return usageError{fmt.Sprintf("%q is no slug; want lower-case words and digits joined by single hyphens", text), "write " + near}
}

// nameOf is the name of a provider that has to be there.
func nameOf(tree fs.FS, slug string) (string, error) {
	b, _, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil {
		return "", err
	}
	var slugs []string
	for _, p := range slices.Concat(b.Providers, b.Broken.Providers) {
		if p.Slug == slug {
			return p.Name, nil
		}
		slugs = append(slugs, p.Slug)
	}
	hint := didYouMean(slug, slugs)
	if hint == "" {
		hint = "\n  hint: faultbook new provider " + book.NearestSlug(slug) + " begins one; there are " + strings.Join(slugs, ", ")
	}
	return "", fmt.Errorf("there is no provider %q%s", slug, hint)
}

// beginner makes one new file.
type beginner struct {
	*world
	file    scaffold.File
	content string
}

func (b *beginner) begin() error {
	path := filepath.Join(b.content, filepath.FromSlash(b.file.Name))
	if b.asks {
		if err := b.ask(path); err != nil {
			return err
		}
	}
	b.readStatus()
	if err := createFile(path, b.file.Text()); err != nil {
		return err
	}
	fmt.Fprintln(b.stdout, filepath.ToSlash(path))
	todos, _ := b.file.Unwritten()
	fmt.Fprintf(b.stderr, "%s still to be written, each marked TODO: faultbook check names them\n", count(todos, "value is", "values are"))
	return nil
}

// readStatus asks the status page that was named, if one was. A page that cannot
// be read stops nobody: its table then stays to be written.
func (b *beginner) readStatus() {
	address := b.file.Answers["status.url"]
	if len(address) == 0 {
		return
	}
	page, err := b.look(b.content, address[0], false)
	if err != nil {
		fmt.Fprintf(b.stderr, "the status page is left to you: %v\n", err)
		return
	}
	b.file.Status = statusTable(page)
}
