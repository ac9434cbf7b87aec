package check_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

// The examples of every rule are run: the wrong one has one finding, of that
// rule and at the place it points at, and the right one has none. What an
// example does not say is as in the good tree.
func TestExamples(t *testing.T) {
	for _, rule := range check.Rules() {
		if rule.Group == "outside" {
			continue // links runs them, with a network of its own
		}
		t.Run(rule.Name, func(t *testing.T) {
			wrong := example(rule.Wrong)
			got := everything(t, wrong.tree(t))
			if len(got) != 1 {
				t.Fatalf("the wrong example has %d findings, want one:\n%s", len(got), show(got))
			}
			f := got[0]
			if f.Rule != rule.Name || f.Line != wrong.line || f.Col != wrong.col || f.File != wrong.file && !strings.HasPrefix(wrong.file, f.File+"/") {
				t.Errorf("the wrong example has\n%swant it of %s at %s:%d:%d", show(got), rule.Name, wrong.file, wrong.line, wrong.col)
			}
			if !strings.HasPrefix(f.Message, wrong.says) || wrong.says == "" {
				t.Errorf("the wrong example has the message %q, want it to begin with %q", f.Message, wrong.says)
			}
			if f.Severity != rule.Severity {
				t.Errorf("the finding is of severity %v, the rule says %v", f.Severity, rule.Severity)
			}
			if f.Hint == "" && !strings.Contains(f.Message, "want ") {
				t.Errorf("%q: neither message nor hint says how to mend it", f.Message)
			}
			if got := everything(t, example(rule.Right).tree(t)); len(got) > 0 {
				t.Errorf("the right example has findings, want none:\n%s", show(got))
			}
		})
	}
}

// Whatever is found has words to explain it.
func TestEveryRuleIsExplained(t *testing.T) {
	for _, w := range wrongCases() {
		if _, ok := check.Find(w.rule); !ok {
			t.Errorf("%s: there is no internal/check/rules/…/%s.md", w.name, w.rule)
		}
	}
}

func TestRulesAreInOrder(t *testing.T) {
	var got, names []string
	for _, r := range check.Rules() {
		names = append(names, r.Name)
		got = append(got, r.Group)
	}
	if diff := cmp.Diff(check.Groups(), slices.Compact(got)); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	slices.Sort(names)
	if diff := cmp.Diff(slices.Compact(slices.Clone(names)), names); diff != "" {
		t.Errorf("a name is used twice (-want +got):\n%s", diff)
	}
}

// sample is an example as files, and what the caret in it points at.
type sample struct {
	files     map[string]string // text with the mark in it
	notes     map[string]string // what stood in brackets behind the name
	file      string
	says      string
	line, col int
}

var (
	caret  = regexp.MustCompile(`^( *)\^ (.+)\n$`)
	header = regexp.MustCompile(`^(\[\[?[a-z]+\]\]?)\n|^([a-z_]+) *=`)
	noted  = regexp.MustCompile(`^(\S+) \((.+)\)$`)
)

func example(list []check.Excerpt) sample {
	s := sample{files: map[string]string{}, notes: map[string]string{}}
	for _, x := range list {
		name, note := x.File, ""
		if m := noted.FindStringSubmatch(name); m != nil {
			name, note = m[1], m[2]
		}
		text := s.marked(name, x.Text)
		if !regexp.MustCompile(`(?m)^(\+\+\+|---)$`).MatchString(text) {
			text = overlaid(goodText(name), text)
		}
		s.files[name], s.notes[name] = text, note
		if mark := strings.Index(text, here); mark >= 0 {
			before := text[:mark]
			s.line = 1 + strings.Count(before, "\n")
			s.col = 1 + len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
		}
	}
	return s
}

// marked takes a caret out of a text and puts the mark where it points.
func (s *sample) marked(name, text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		m := caret.FindStringSubmatch(line)
		if m == nil {
			lines = append(lines, line)
			continue
		}
		s.file, s.says = name, m[2]
		if len(lines) > 0 {
			above := []rune(lines[len(lines)-1])
			lines[len(lines)-1] = string(above[:len(m[1])]) + here + string(above[len(m[1]):])
		}
	}
	return strings.Join(lines, "")
}

// goodText is a good file of that name.
func goodText(name string) string {
	dir, base, _ := strings.Cut(name, "/")
	switch {
	case name == "site.toml":
		return goodSite
	case base == "_index.md":
		return filled(goodProvider, dir)
	case dir != "acme":
		return swapped(filled(goodEntry, strings.TrimSuffix(base, ".md")), `["base"]`, `["acme/base"]`)
	}
	return filled(goodEntry, strings.TrimSuffix(base, ".md"))
}

// overlaid puts keys and tables in the place of those of the same name in a
// file; new ones come to the end of their part.
func overlaid(file, lines string) string {
	body := ""
	if front, rest, ok := strings.Cut(file, "\n+++\n"); ok {
		file, body = front+"\n", "+++\n"+rest
	}
	parts := pieces(file)
	for _, p := range pieces(lines)[1:] { // the first one is what stands above all keys: nothing
		at := slices.IndexFunc(parts, func(old piece) bool { return old.name == p.name })
		switch {
		case at >= 0:
			parts[at].text = p.text
		case strings.HasPrefix(p.name, "["):
			parts = append(parts, p)
		default:
			first := slices.IndexFunc(parts, func(old piece) bool { return strings.HasPrefix(old.name, "[") })
			parts = slices.Insert(parts, first, p)
		}
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.text)
	}
	return b.String() + body
}

// piece is a key with its value, or a table with all its keys.
type piece struct{ name, text string }

func pieces(text string) []piece {
	list := []piece{{}}
	for line := range strings.Lines(text) {
		m := header.FindStringSubmatch(strings.ReplaceAll(line, here, ""))
		last := &list[len(list)-1]
		if m == nil || m[2] != "" && strings.HasPrefix(last.name, "[") {
			last.text += line
			continue
		}
		list = append(list, piece{m[1] + m[2], line})
	}
	return list
}

// tree is the example within the good tree.
func (s sample) tree(t *testing.T) fs.FS {
	all, links := good(), map[string]string{}
	for name, text := range s.files {
		note := s.notes[name]
		switch {
		case strings.HasPrefix(note, "a link to "):
			links[name] = strings.TrimPrefix(note, "a link to ")
			continue
		case note == "saved as Latin-1":
			text = strings.ReplaceAll(text, "é", "\xe9")
		case note == "600 KB of text":
			text += strings.Repeat("x", 600<<10-len(text))
		}
		all[name] = text
	}
	if len(links) > 0 {
		return realFolder(t, all, links, func(text string) string { return text })
	}
	fsys := fstest.MapFS{}
	for name, text := range all {
		fsys[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, here, ""))}
	}
	for name, note := range s.notes {
		if note == "nobody may read it" {
			return locked{fsys, name}
		}
	}
	return fsys
}

// everything is what all rules find, those that know the day included.
func everything(t *testing.T, fsys fs.FS) []diag.Finding {
	t.Helper()
	today := book.DateOf(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	b, found, err := book.Load(fsys, cache.New(&cache.Memory{}))
	must(t, err)
	for _, list := range [][]diag.Finding{check.All(b), check.Closely(b), check.Dates(b, today), check.Old(b, today)} {
		found = append(found, list...)
	}
	diag.Sort(found)
	return found
}
