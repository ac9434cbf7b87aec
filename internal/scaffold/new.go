package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
)

// File is a new content file in the making.
type File struct {
	Name     string              // inside the content tree
	Answers  map[string][]string // by key, with its table: waiting.helps
	Status   string              // the [status] table as `faultbook source` writes it; empty: unknown
	Today    book.Date
	Provider string // how an entry's provider is called, for its title
}

// Question is something that a new file wants to know and a flag can say.
type Question struct {
	Key, Flag, About string
	Many             bool
	Optional         bool   // few files have it: nobody is asked
	Given            string // what is taken when nothing is said; empty: TODO
}

// Questions are what a new file asks, in their order. Those about texts of
// several sentences are for an editor.
func (f File) Questions() []Question {
	var all []Question
	form := book.FormOf(f.Name)
	for _, w := range wordsOf(form) {
		if w.flag != "" {
			k := keyOf(form.Keys(), w.key)
			all = append(all, Question{Key: w.key, Flag: w.flag, About: w.about, Many: many(k), Optional: !k.Required && !w.wanted, Given: f.given(w.key)})
		}
	}
	return all
}

// many tells whether a key holds a list.
func many(k frontmatter.Key) bool {
	return k.Type == frontmatter.Texts || k.Type == frontmatter.Custom && k.Of != "Date"
}

// keyOf is the key of a name with its table.
func keyOf(keys []frontmatter.Key, name string) frontmatter.Key {
	first, rest, deeper := strings.Cut(name, ".")
	i := slices.IndexFunc(keys, func(k frontmatter.Key) bool { return k.Name == first })
	if i < 0 {
		return frontmatter.Key{}
	}
	if deeper {
		return keyOf(keys[i].Keys, rest)
	}
	return keys[i]
}

// given is what follows from the other answers.
func (f File) given(key string) string {
	switch {
	case book.FormOf(f.Name) != book.EntryForm:
	case key == "name":
		return f.first("code")
	case key == "title" && len(f.Answers["kind"]) > 0:
		return f.title()
	}
	return ""
}

func (f File) first(key string) string {
	if list := f.Answers[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// title has the form of all titles; empty where nothing of the error is known.
func (f File) title() string {
	quoted := strings.Join(slices.DeleteFunc([]string{f.first("code"), beginning(f.first("messages"))}, func(s string) bool { return s == "" }), " / ")
	if quoted == "" {
		return ""
	}
	return fmt.Sprintf(`%s "%s": causes and fixes (%s)`, f.Provider, quoted, f.first("kind"))
}

// longestQuote is how much of a message a title quotes, in characters.
const longestQuote = 60

// beginning is a message up to its first full stop, or less.
func beginning(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	message, _, _ = strings.Cut(strings.TrimSuffix(message, "."), ". ")
	var b strings.Builder
	for i, w := range strings.Fields(message) {
		if i > 0 && len([]rune(b.String()))+len([]rune(w)) >= longestQuote {
			break
		}
		b.WriteString(" " + w)
	}
	return strings.TrimSpace(b.String())
}

// Text is the file as it would be written: what was answered, and TODO with an
// explanation for the rest. Keys that it does without are explained at its head.
func (f File) Text() string {
	form := book.FormOf(f.Name)
	w := writer{file: f, words: wordsOf(form)}
	w.keys("", form.Keys())
	w.b.WriteString(f.Status)
	head := "# TODO: take these lines away when you are done. Keys that may be added:\n" + w.optional.String() + "\n"
	raw := "+++\n" + head + w.b.String() + "+++\n"
	text, findings := Format(f.Name, []byte(raw))
	if len(findings) > 0 {
		panic(fmt.Sprintf("scaffold writes a file that cannot be read: %v in\n%s", findings, raw))
	}
	return text
}

// Unwritten is how many values are still to be written, and what is wrong with those
// that were answered.
func (f File) Unwritten() (todos int, wrong []diag.Finding) {
	for _, finding := range book.Check(f.Name, []byte(f.Text())) {
		if finding.Rule == book.RuleTODO {
			todos++
		} else {
			wrong = append(wrong, finding)
		}
	}
	return todos, wrong
}

// writer writes the front matter of a new file.
type writer struct {
	file        File
	words       []word
	b, optional strings.Builder
}

// keys writes the keys of a table; tables stand behind all others.
func (w *writer) keys(table string, keys []frontmatter.Key) {
	for _, tables := range []bool{false, true} {
		for _, k := range keys {
			if tables == (k.Type == frontmatter.Table || k.Type == frontmatter.Tables) {
				w.key(table, k)
			}
		}
	}
}

func (w *writer) key(table string, k frontmatter.Key) {
	name := table + k.Name
	about := wordFor(w.words, name)
	answer := w.file.answer(name)
	switch {
	case name == "status" && w.file.Status != "":
	case !k.Required && !about.wanted && len(answer) == 0:
		w.offer(name, k, about)
	case k.Type == frontmatter.Table:
		fmt.Fprintf(&w.b, "[%s]\n", name)
		w.keys(name+".", k.Keys)
	case k.Type == frontmatter.Tables:
		fmt.Fprintf(&w.b, "[[%s]]\n", name)
		w.keys(name+".", k.Keys)
	case len(answer) == 0:
		fmt.Fprintf(&w.b, "%s = %s\n", k.Name, open(k, about))
	default:
		fmt.Fprintf(&w.b, "%s = %s\n", k.Name, written(k, answer))
	}
}

// answer is what a key is to hold.
func (f File) answer(name string) []string {
	if name == "added" && book.FormOf(f.Name) == book.EntryForm {
		return []string{f.Today.String()}
	}
	if list := f.Answers[name]; len(list) > 0 {
		return list
	}
	if given := f.given(name); given != "" {
		return []string{given}
	}
	return nil
}

// offer explains a key that a new file does without.
func (w *writer) offer(name string, k frontmatter.Key, about word) {
	if about.rare {
		return
	}
	fmt.Fprintf(&w.optional, "#   %s: %s\n", bracketed(name, k), about.about)
	for _, inner := range k.Keys {
		fmt.Fprintf(&w.optional, "#     %s: %s\n", inner.Name, wordFor(w.words, name+"."+inner.Name).about)
	}
}

func bracketed(name string, k frontmatter.Key) string {
	switch k.Type {
	case frontmatter.Table:
		return "[" + name + "]"
	case frontmatter.Tables:
		return "[[" + name + "]]"
	}
	return name
}

// open is the value of a key that is still to be written.
func open(k frontmatter.Key, about word) string {
	text := "TODO: " + about.about
	switch {
	case about.quotes != "":
		return about.quotes + "\n" + text + "\n" + about.quotes
	case k.Type == frontmatter.Texts:
		return "[" + quote(text) + "]"
	}
	return quote(text)
}

// written is an answer as TOML.
func written(k frontmatter.Key, answer []string) string {
	texts := slices.Clone(answer)
	for i, text := range texts {
		if !bareWord(k, text) {
			texts[i] = quote(text)
		}
	}
	if k.Type == frontmatter.Texts || len(texts) > 1 {
		return "[" + strings.Join(texts, ", ") + "]"
	}
	return texts[0]
}

var number = regexp.MustCompile(`^[1-9][0-9]{0,8}$`)

// bareWord tells whether an answer stands without quotes. Within them, what was
// meant as a number or a date is a finding that says so.
func bareWord(k frontmatter.Key, text string) bool {
	switch k.Of {
	case "Ints":
		return number.MatchString(text)
	case "Date":
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	}
	return false
}

// quote writes a text in the quotes that leave it as it is, where there are any.
func quote(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	special := func(r rune) bool { return r < ' ' || r == 0x7f }
	if strings.ContainsAny(text, `"\`) && !strings.Contains(text, "'") && !strings.ContainsFunc(text, special) {
		return "'" + text + "'"
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // of a string it cannot fail
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\x7f", `\u007f`)
}
