package platform_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

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
		source := status.Source{Platform: name, URL: "https://status.example.com", Filter: map[string]string{}}
		for _, key := range p.Keys {
			source.Filter[key.Name] = "abc"
			if key.Name == "" || key.About == "" {
				t.Errorf("%s: filter key %+v says nothing", name, key)
			}
		}
		if base := p.BaseOf(source); !status.IsLink(base) || strings.HasSuffix(base, "/") {
			t.Errorf("%s: base %q", name, base)
		}
		paths := p.Paths(source)
		if len(paths) == 0 {
			t.Errorf("%s has no path", name)
		}
		for n, path := range paths {
			if path.Name == "" || path.Path != "" && !strings.HasPrefix(path.Path, "/") {
				t.Errorf("%s: path %+v", name, path)
			}
			if n > 0 && !path.Optional && paths[n-1].Optional {
				t.Errorf("%s: path %s is required and stands after one that is not", name, path.Name)
			}
		}
	}
	if p, ok := platform.ByName("none"); ok {
		t.Errorf(`ByName("none") = %q; "none" is no platform`, p.Name)
	}
}

// outcome is the card of what a source's platform makes of files.
func outcome(t *testing.T, source status.Source, files map[string][]byte, withTexts bool) string {
	t.Helper()
	p, ok := platform.ByName(source.Platform)
	if !ok {
		t.Fatalf("no platform %q", source.Platform)
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
// shows, the answers by the name of their path (in UTF-16BE where the name is
// followed by " utf-16"), the "source" if the case needs one, and the expected
// "card".
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

func compareCard(t *testing.T, name, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	source, answers, want := readCase(t, name, archive)
	got := outcome(t, source, answers, true)
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

// readCase is what a case asks of its platform, and the card it wants.
func readCase(t *testing.T, name string, archive *txtar.Archive) (source status.Source, answers map[string][]byte, card string) {
	t.Helper()
	source = status.Source{Platform: name, URL: "https://status.example.com"}
	answers = map[string][]byte{}
	for _, f := range archive.Files {
		switch answer, wide := strings.CutSuffix(f.Name, " utf-16"); {
		case f.Name == "source":
			source = readSource(t, source, string(f.Data))
		case f.Name == "card":
			card = string(f.Data)
		case wide:
			answers[answer] = inUTF16(string(f.Data))
		default:
			answers[answer] = f.Data
		}
	}
	return source, answers, card
}

// readSource reads lines such as "component API" and "filter region us-east-1".
func readSource(t *testing.T, source status.Source, text string) status.Source {
	t.Helper()
	source.Filter = maps.Clone(source.Filter)
	for line := range strings.Lines(text) {
		what, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch what {
		case "component":
			source.Components = append(source.Components, value)
		case "url":
			source.URL = value
		case "filter":
			if source.Filter == nil {
				source.Filter = map[string]string{}
			}
			key, value, _ := strings.Cut(value, " ")
			source.Filter[key] = value
		default:
			t.Fatalf("source line %q; want component, url or filter", line)
		}
	}
	return source
}

// inUTF16 is text in UTF-16BE behind a byte order mark.
func inUTF16(text string) []byte {
	out := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return out
}
