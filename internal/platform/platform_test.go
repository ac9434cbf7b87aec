package platform_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

func TestTable(t *testing.T) {
	names := platform.Names()
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("names %q are not sorted and different", names)
	}
	for _, name := range names {
		p, ok := platform.ByName(name)
		if !ok || p.Name != name {
			t.Errorf("ByName(%q) = %q, %v", name, p.Name, ok)
		}
		paths := p.Paths(status.Source{})
		if len(paths) == 0 || paths[0].Optional {
			t.Errorf("%s: paths %v; the first must be required", name, paths)
		}
		for _, path := range paths {
			if path.Name == "" || !strings.HasPrefix(path.Path, "/") {
				t.Errorf("%s: path %+v", name, path)
			}
		}
	}
	if p, ok := platform.ByName("none"); ok {
		t.Errorf(`ByName("none") = %q; "none" is no platform`, p.Name)
	}
}

// outcome is the card of what platform name makes of files.
func outcome(t *testing.T, name string, source status.Source, files map[string][]byte, withTexts bool) string {
	t.Helper()
	p, ok := platform.ByName(name)
	if !ok {
		t.Fatalf("no platform %q", name)
	}
	r, err := p.Parse(source, files)
	if err == nil {
		return card(source, r, withTexts)
	}
	if diff := cmp.Diff(status.Report{}, r); diff != "" {
		t.Errorf("refused with a report:\n%s", diff)
	}
	return fmt.Sprintf("%-12s%v\n", "refused", err)
}

// TestCases reads testdata/<platform>/*.txtar: a line that says what the case
// shows, the answers by the name of their path, "source" with the configured
// components, one a line, and the expected "card".
func TestCases(t *testing.T) {
	for _, name := range platform.Names() {
		files, err := filepath.Glob("testdata/" + name + "/*.txtar")
		if err != nil || len(files) < 10 {
			t.Errorf("%s: %d cases, %v", name, len(files), err)
		}
		for _, file := range files {
			t.Run(name+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { compareCard(t, name, file) })
		}
	}
}

func compareCard(t *testing.T, platform, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var source status.Source
	answers, want := map[string][]byte{}, ""
	for _, f := range archive.Files {
		switch f.Name {
		case "source":
			source.Components = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case "card":
			want = string(f.Data)
		default:
			answers[f.Name] = f.Data
		}
	}
	got := outcome(t, platform, source, answers, true)
	if got == want {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("card (-want +got):\n%s", cmp.Diff(want, got))
	}
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "card" })
	archive.Files = append(archive.Files, txtar.File{Name: "card", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
