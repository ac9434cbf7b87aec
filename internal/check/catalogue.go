package check

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"faultbook/internal/diag"
)

// Rule is a rule as people read about it, in `faultbook explain` and on the
// site: also those that book finds broken while it reads a file.
type Rule struct {
	Name     string // as findings show it in brackets
	Group    string // one of Groups
	Claim    string // what must hold, in one line of Markdown
	Why      string // Markdown: why it must
	Wrong    []Excerpt
	Right    []Excerpt
	Severity diag.Severity // unless site.toml says otherwise
	Fixed    bool          // what breaks it cannot be built, so site.toml and entries cannot switch it off
}

// Excerpt is a piece of a file in an example. A line that holds only ^ and words
// is no part of the file: it points at the place above it, and the words are
// how the message begins.
type Excerpt struct {
	File string // slash path inside the content tree, and in brackets what cannot be shown
	Text string
}

// Groups are what rules are about, in the order in which they are shown.
func Groups() []string {
	return []string{"form", "graph", "addresses", "outside", "prose", "sources", "match", "secrets"}
}

// Rules are all rules, by group and name.
func Rules() []Rule {
	all := slices.Clone(catalogue())
	for i := range all {
		if own, ok := own(all[i].Name); ok {
			all[i].Severity, all[i].Fixed = own.severity, !settable(own)
		}
	}
	return all
}

// Find is the rule of that name.
func Find(name string) (Rule, bool) {
	for _, r := range Rules() {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{}, false
}

// names are the names of all rules.
func names() []string {
	var names []string
	for _, r := range catalogue() {
		names = append(names, r.Name)
	}
	return names
}

// Nearest is the rule whose name was most likely meant; false when none is near.
func Nearest(name string) (string, bool) { return diag.Nearest(name, names()) }

// The words about rules are files, one a rule, in a folder a group.
//
//go:embed rules
var files embed.FS

// catalogue is every rule as if it were one of book's: an error, and fixed.
var catalogue = sync.OnceValue(func() []Rule {
	var all []Rule
	for _, group := range Groups() {
		names, err := fs.Glob(files, path.Join("rules", group, "*.md"))
		if err != nil {
			panic(fmt.Sprintf("the rules of %s: %v", group, err))
		}
		for _, name := range names {
			all = append(all, readRule(group, name))
		}
	}
	return all
})

// readRule reads the file of a rule: a headline, paragraphs, and two examples.
func readRule(group, file string) Rule {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", file, err))
	}
	r := Rule{Name: strings.TrimSuffix(path.Base(file), ".md"), Group: group, Fixed: true}
	about, examples, ok := strings.Cut(string(text), "\n\n## Wrong\n\n")
	wrong, right, ok2 := strings.Cut(examples, "\n\n## Right\n\n")
	claim, why, ok3 := strings.Cut(strings.TrimPrefix(about, "# "), "\n\n")
	if !ok || !ok2 || !ok3 {
		panic(file + ": want a headline, paragraphs, ## Wrong and ## Right")
	}
	r.Claim, r.Why, r.Wrong, r.Right = claim, why, excerpts(wrong), excerpts(right)
	return r
}

// excerpts cuts fenced text at its lines "-- file --".
func excerpts(fenced string) []Excerpt {
	text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(fenced), "```\n"), "```")
	var list []Excerpt
	for line := range strings.Lines(text) {
		name, ok := strings.CutPrefix(line, "-- ")
		name, ok2 := strings.CutSuffix(name, " --\n")
		switch {
		case ok && ok2:
			list = append(list, Excerpt{File: name})
		case len(list) == 0:
			panic(fmt.Sprintf("an example begins with %q, want -- file --", line))
		default:
			list[len(list)-1].Text += line
		}
	}
	return list
}
