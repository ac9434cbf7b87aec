package faultbook_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// room is a package and the packages of this module that it may import.
type room struct {
	name string
	pure bool // knows no file, network, clock or chance
	may  []string
}

// rooms is the picture in the package comment of internal/build as a table: from
// the bottom up, each room with the arrows that lead down from it. Tests may
// import what they like.
func rooms() []room {
	return []room{
		{"internal/diag", true, nil},
		{"internal/status", true, nil},
		{"internal/words", true, nil},
		{"internal/cache", true, nil},
		{"internal/audit", true, nil},

		{"internal/frontmatter", true, below("diag")},
		{"internal/markdown", true, nil},
		{"internal/platform", true, below("status")},

		{"internal/book", true, below("cache", "diag", "frontmatter", "markdown", "platform", "status")},
		{"internal/fetch", false, below("platform", "status")},
		{"internal/links", false, below("book", "diag", "fetch")},
		{"internal/verdict", true, below("status")},
		{"internal/plan", true, below("status", "verdict")},

		{"internal/match", true, below("book")},
		{"internal/check", true, below("book", "diag", "match")},
		{"internal/scaffold", true, below("book", "diag", "frontmatter")},
		{"internal/site", true, below("book", "check", "markdown", "match", "status", "verdict", "words")},
		{"internal/render", true, below("cache", "site", "words")},
		{"internal/build", true, below("book", "cache", "check", "diag", "frontmatter", "plan", "render", "site", "status", "words")},

		{"internal/publish", false, nil},
		{"internal/preview", false, below("audit", "diag")},
		{"internal/bench", false, below("status")},
		{"internal/bench/cmd/bench", false, below("bench")},

		{".", false, nil}, // theme.go
		{"cmd/faultbook", false, append(below("book", "build", "cache", "check", "diag", "fetch", "links", "match", "plan", "preview", "publish", "scaffold", "status"), ".")},
	}
}

func below(names ...string) []string {
	for i, name := range names {
		names[i] = "internal/" + name
	}
	return names
}

// strangers are rooms that take files or states and must know no book, not even
// through others.
func strangers() []string {
	return below("audit", "bench", "fetch", "plan", "preview", "publish", "verdict")
}

// doors are packages of the standard library that few rooms may open.
func doors() map[string][]string {
	return map[string][]string{
		"html/template": below("render"),
		"net/http":      append(below("bench", "fetch", "preview"), "cmd/faultbook"), // cmd only names its types
	}
}

// outside are the packages through which a room that is pure would see the
// world. net/url and net/netip only read text.
func outside() []string {
	return []string{
		"crypto/rand", "io/ioutil", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http", "net/http/httptest", "net/smtp",
		"os", "os/exec", "os/signal", "os/user", "path/filepath", "syscall",
	}
}

// clock are the functions of package time that look at a clock or wait.
func clock() []string {
	return []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}
}

// vague are names that say nothing of what is inside.
func vague() []string {
	return []string{"base", "common", "helpers", "lib", "misc", "models", "pkg", "shared", "types", "util", "utils"}
}

// TestArchitecture holds the rules of the house that a program can see.
func TestArchitecture(t *testing.T) {
	files, err := readModule(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range violations(house{rooms(), files, requirements(string(mod))}) {
		t.Error(v)
	}
}

// file is one Go file.
type file struct {
	name    string // slash path
	imports []string
	clock   []string // "time.Now", where it stands in the code
	inits   int
}

func (f file) room() string { return path.Dir(f.name) }
func (f file) test() bool   { return strings.HasSuffix(f.name, "_test.go") }

// readModule reads all Go files of the module.
func readModule(tree fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(tree, ".", func(name string, item fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case item.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || base == "public"):
			return fs.SkipDir
		case item.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		f, err := readFile(name, source)
		files = append(files, f)
		return err
	})
	return files, err
}

func readFile(name string, source []byte) (file, error) {
	f := file{name: name}
	parsed, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		return f, err
	}
	timeIs := ""
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return f, err
		}
		f.imports = append(f.imports, imported)
		if imported == "time" {
			timeIs = "time"
			if spec.Name != nil {
				timeIs = spec.Name.Name
			}
		}
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				f.inits++
			}
		case *ast.SelectorExpr:
			if of, ok := n.X.(*ast.Ident); ok && of.Name == timeIs && slices.Contains(clock(), n.Sel.Name) {
				f.clock = append(f.clock, "time."+n.Sel.Name)
			}
		}
		return true
	})
	return f, nil
}

// requirements are the modules that go.mod names as ours to import.
func requirements(mod string) []string {
	var direct []string
	inside := false
	for line := range strings.Lines(mod) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "require" && words[len(words)-1] == "(":
			inside = true
		case words[0] == ")":
			inside = false
		case (inside || words[0] == "require") && !strings.Contains(line, "// indirect"):
			direct = append(direct, words[len(words)-2])
		}
	}
	return direct
}

// house is all that the rules look at.
type house struct {
	rooms    []room
	files    []file
	requires []string
}

const module = "faultbook"

// own is the room that an import path means; false for those of others.
func own(imported string) (string, bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

func violations(h house) []string {
	var all []string
	for _, rule := range []func(house) []string{tableGoesDown, strangersKnowNoBook, arrows, purity, doorsAreFew, oneImporter, namesSaySomething} {
		all = append(all, rule(h)...)
	}
	return all
}

// tableGoesDown: every arrow of the table leads to a row above it.
func tableGoesDown(h house) (found []string) {
	seen := map[string]bool{}
	for _, r := range h.rooms {
		for _, to := range r.may {
			if !seen[to] {
				found = append(found, fmt.Sprintf("rooms(): %s may import %s, which does not stand above it; imports go down only", r.name, to))
			}
		}
		seen[r.name] = true
	}
	return found
}

// strangersKnowNoBook: what takes files as they come does not know what is in
// them, by no way that the table allows.
func strangersKnowNoBook(h house) (found []string) {
	may := map[string][]string{}
	for _, r := range h.rooms {
		may[r.name] = r.may
	}
	for _, name := range strangers() {
		reached, todo := map[string]bool{}, []string{name}
		for len(todo) > 0 {
			next := todo[0]
			todo = todo[1:]
			if !reached[next] {
				reached[next] = true
				todo = append(todo, may[next]...)
			}
		}
		if reached["internal/book"] {
			found = append(found, fmt.Sprintf("rooms(): %s reaches internal/book; hand it files, states or functions instead", name))
		}
	}
	return found
}

// arrows: the code has the arrows of the table, no more and no fewer.
func arrows(h house) (found []string) {
	used, there := map[string]bool{}, map[string]bool{}
	for _, f := range h.files {
		there[f.room()] = there[f.room()] || !f.test()
		i := slices.IndexFunc(h.rooms, func(r room) bool { return r.name == f.room() })
		if i < 0 {
			found = append(found, fmt.Sprintf("%s is in a room that rooms() does not know; give %s a row with the rooms it may import, and a place in the picture in internal/build", f.name, f.room()))
			continue
		}
		for _, imported := range f.imports {
			to, ours := own(imported)
			switch {
			case !ours || f.test():
			case slices.Contains(h.rooms[i].may, to):
				used[f.room()+" "+to] = true
			default:
				found = append(found, fmt.Sprintf("%s imports %s: there is no arrow from %s to it. Hand over a value or a function, or move what both need further down; where the arrow is right, add it to rooms() and to the picture in internal/build, and say why in the commit", f.name, imported, f.room()))
			}
		}
	}
	for _, r := range h.rooms {
		if !there[r.name] {
			found = append(found, fmt.Sprintf("rooms(): there is no room %s; take its row away", r.name))
			continue
		}
		for _, to := range r.may {
			if !used[r.name+" "+to] {
				found = append(found, fmt.Sprintf("rooms(): %s does not import %s any more; take the arrow away", r.name, to))
			}
		}
	}
	return found
}

// purity: what is pure gets the world as values.
func purity(h house) (found []string) {
	for _, f := range h.files {
		pure := slices.ContainsFunc(h.rooms, func(r room) bool { return r.pure && r.name == f.room() })
		if !pure || f.test() {
			continue
		}
		for _, imported := range f.imports {
			if slices.Contains(outside(), imported) {
				found = append(found, fmt.Sprintf("%s imports %s, but %s is pure: take an fs.FS, an io.Reader or a value, and let cmd bring it", f.name, imported, f.room()))
			}
		}
		for _, call := range f.clock {
			found = append(found, fmt.Sprintf("%s uses %s, but %s is pure: take the time as a value", f.name, call, f.room()))
		}
	}
	return found
}

// doorsAreFew: some packages of the standard library are for certain rooms.
func doorsAreFew(h house) (found []string) {
	for _, f := range h.files {
		for _, imported := range f.imports {
			if may, door := doors()[imported]; door && !f.test() && !slices.Contains(may, f.room()) {
				found = append(found, fmt.Sprintf("%s imports %s, which is for %s: ask that room", f.name, imported, strings.Join(may, ", ")))
			}
		}
	}
	return found
}

// oneImporter: a module of others is imported by one room (tests aside), is named
// in go.mod, and is used at all.
func oneImporter(h house) (found []string) {
	importers, used := map[string][]string{}, map[string]bool{}
	for _, f := range h.files {
		for _, imported := range f.imports {
			first, _, _ := strings.Cut(imported, "/")
			if _, ours := own(imported); ours || !strings.Contains(first, ".") {
				continue
			}
			i := slices.IndexFunc(h.requires, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
			if i < 0 {
				found = append(found, fmt.Sprintf("%s imports %s, which go.mod does not require directly: run go mod tidy", f.name, imported))
				continue
			}
			used[h.requires[i]] = true
			if !f.test() && !slices.Contains(importers[h.requires[i]], f.room()) {
				importers[h.requires[i]] = append(importers[h.requires[i]], f.room())
			}
		}
	}
	for _, m := range h.requires {
		if rooms := importers[m]; len(rooms) > 1 {
			found = append(found, fmt.Sprintf("%s is imported by %s; want one room that is its only door, which the others ask", m, strings.Join(rooms, " and ")))
		}
		if !used[m] {
			found = append(found, fmt.Sprintf("go.mod requires %s, and nothing imports it: run go mod tidy", m))
		}
	}
	return found
}

// namesSaySomething: no room or file is called utils, and nothing happens before
// main.
func namesSaySomething(h house) (found []string) {
	for _, f := range h.files {
		stem := strings.TrimSuffix(strings.TrimSuffix(path.Base(f.name), ".go"), "_test")
		if slices.Contains(vague(), path.Base(f.room())) || slices.Contains(vague(), stem) {
			found = append(found, fmt.Sprintf("%s: a name that says nothing; call it after the one thing inside", f.name))
		}
		if f.inits > 0 {
			found = append(found, fmt.Sprintf("%s has a func init; make what it makes where it is needed, and hand it on", f.name))
		}
		if f.room() == "." && !f.test() && f.name != "theme.go" {
			found = append(found, fmt.Sprintf("%s: theme.go is the only Go file at the root besides tests; put it into a room", f.name))
		}
	}
	return found
}

// TestArchitectureRules breaks every rule once.
func TestArchitectureRules(t *testing.T) {
	clean := map[string]string{
		"theme.go":              "package faultbook",
		"internal/diag/diag.go": `package diag; import ("time"; "fmt"); var _ = time.Second; var _ = fmt.Sprint`,
		"internal/book/book.go": `package book; import ("faultbook/internal/diag"; "example.com/toml/v2/parse")`,
		"internal/diag/x_test.go": `package diag; import ("os"; "time"; "faultbook/internal/book"; "example.com/toml/v2"; "example.com/cmp")
			var _ = time.Now`,
	}
	table := []room{{"internal/diag", true, nil}, {"internal/book", true, below("diag")}, {".", false, nil}}
	const mod = "module faultbook\nrequire example.com/cmp v1.0.0\nrequire (\n\texample.com/toml/v2 v2.0.0\n\texample.com/deep v1.0.0 // indirect\n)\n"
	tests := []struct {
		name         string
		file, source string // added, or instead of the one of that name
		table        []room // nil: as above
		mod          string // "": as above
		want         []string
	}{
		{name: "nothing wrong"},
		{
			name: "an arrow that is not in the table", file: "internal/diag/diag.go", source: `package diag; import "faultbook/internal/book"`,
			want: []string{"internal/diag/diag.go imports faultbook/internal/book: there is no arrow from internal/diag to it."},
		},
		{
			name: "the root from a room", file: "internal/diag/diag.go", source: `package diag; import "faultbook"`,
			want: []string{"internal/diag/diag.go imports faultbook: there is no arrow from internal/diag to it."},
		},
		{
			name: "an arrow that is not needed", file: "internal/book/book.go", source: `package book; import "example.com/toml/v2"`,
			want: []string{"rooms(): internal/book does not import internal/diag any more"},
		},
		{
			name: "a room without a row", file: "internal/oracle/oracle.go", source: "package oracle",
			want: []string{"internal/oracle/oracle.go is in a room that rooms() does not know"},
		},
		{
			name: "a row without a room", table: append(slices.Clone(table), room{"internal/plan", true, nil}),
			want: []string{"rooms(): there is no room internal/plan"},
		},
		{
			name: "an arrow that leads up", table: []room{table[1], table[0], table[2]},
			want: []string{"rooms(): internal/book may import internal/diag, which does not stand above it"},
		},
		{
			name: "a stranger that reaches the book", file: "internal/publish/publish.go", source: `package publish; import "faultbook/internal/book"`,
			table: append(slices.Clone(table), room{"internal/publish", false, below("book")}),
			want:  []string{"rooms(): internal/publish reaches internal/book"},
		},
		{
			name: "a file in a pure room", file: "internal/diag/diag.go", source: `package diag; import "os"`,
			want: []string{"internal/diag/diag.go imports os, but internal/diag is pure"},
		},
		{
			name: "a clock under another name", file: "internal/diag/diag.go", source: `package diag; import watch "time"; var now = watch.Now`,
			want: []string{"internal/diag/diag.go uses time.Now, but internal/diag is pure"},
		},
		{
			name: "a door of the standard library", file: "internal/diag/diag.go", source: `package diag; import "html/template"`,
			want: []string{"internal/diag/diag.go imports html/template, which is for internal/render"},
		},
		{
			name: "a second door to a module", file: "internal/diag/diag.go", source: `package diag; import "example.com/toml/v2"`,
			want: []string{"example.com/toml/v2 is imported by internal/book and internal/diag"},
		},
		{
			name: "a module that only comes along", file: "internal/diag/diag.go", source: `package diag; import "example.com/deep/x"`,
			want: []string{"internal/diag/diag.go imports example.com/deep/x, which go.mod does not require directly"},
		},
		{
			name: "a module that nobody needs", mod: mod + "require example.com/idle v1.0.0\n",
			want: []string{"go.mod requires example.com/idle, and nothing imports it"},
		},
		{
			name: "a name that says nothing", file: "internal/diag/utils.go", source: "package diag",
			want: []string{"internal/diag/utils.go: a name that says nothing"},
		},
		{
			name: "init", file: "internal/diag/x_test.go", source: `package diag; import "example.com/cmp"; func init() {}; type t int; func (t) init() {}`,
			want: []string{"internal/diag/x_test.go has a func init"},
		},
		{
			name: "code at the root", file: "main.go", source: "package faultbook",
			want: []string{"main.go: theme.go is the only Go file at the root"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := house{rooms: test.table, requires: requirements(test.mod)}
			if test.table == nil {
				h.rooms = table
			}
			if test.mod == "" {
				h.requires = requirements(mod)
			}
			sources := map[string]string{test.file: test.source}
			for name, source := range clean {
				if name != test.file {
					sources[name] = source
				}
			}
			delete(sources, "")
			for _, name := range slices.Sorted(maps.Keys(sources)) {
				f, err := readFile(name, []byte(sources[name]))
				if err != nil {
					t.Fatal(err)
				}
				h.files = append(h.files, f)
			}
			var got []string
			for i, v := range violations(h) {
				if i < len(test.want) && strings.HasPrefix(v, test.want[i]) {
					v = test.want[i]
				}
				got = append(got, v)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}
