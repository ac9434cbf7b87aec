package platform_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

const somewhere = "https://status.example.com"

func TestGuesses(t *testing.T) {
	first := []string{"/api/v2/summary.json", "/summary.json", "/index.json"}
	asked := map[string]bool{}
	always := 0
	guesses := platform.Guesses(somewhere + "/")
	for n, g := range guesses {
		path, _ := strings.CutPrefix(g.Address, somewhere)
		switch {
		case n < len(first) && path != first[n]:
			t.Errorf("guess %d is %q, want %q", n, path, first[n])
		case asked[g.Address]:
			t.Errorf("%s is asked twice", g.Address)
		case g.After != "" && !asked[g.After]:
			t.Errorf("%s comes before %s", g.Address, g.After)
		}
		asked[g.Address] = true
		if g.After == "" {
			always++
		}
	}
	if always > 24 {
		t.Errorf("%d guesses that are worth asking in any case; want at most 24:\n%v", always, guesses)
	}
}

// TestDetect gives the committed cases of every platform to Detect, as if they
// had come from a page that nobody knows. Each is told as soon as it has what
// the guesses ask for.
func TestDetect(t *testing.T) {
	asked := map[string]bool{}
	for _, g := range platform.Guesses(somewhere) {
		asked[g.Address] = true
	}
	others := map[string]string{
		"aws-health/operational-utf-8": "", // an empty list is no sign of anybody
	}
	for _, name := range platform.Names() {
		files, err := filepath.Glob("testdata/" + name + "/*.txtar")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source, answers, card := readCase(t, name, archive)
			if strings.HasPrefix(card, "refused") {
				continue
			}
			bodies := byAddress(name, source, answers)
			want := name
			if !slices.ContainsFunc(slices.Collect(maps.Keys(bodies)), func(at string) bool { return asked[at] }) {
				want = "" // its addresses hold what only a person knows
			}
			if other, ok := others[name+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar")]; ok {
				want = other
			}
			got, ok := platform.Detect(somewhere, bodies)
			if got != want || ok != (want != "") {
				t.Errorf("%s: Detect = %q, %v, want %q", file, got, ok, want)
			}
		}
	}
}

// TestDetectNothing holds that what is no status page is none of any kind.
func TestDetectNothing(t *testing.T) {
	for _, body := range []string{"", "{}", "[]", "null", "<!doctype html><title>All Systems Operational</title>", `{"error":"not found"}`, `{"status":"ok"}`} {
		answers := map[string][]byte{}
		for _, g := range platform.Guesses(somewhere) {
			answers[g.Address] = []byte(body)
		}
		if name, ok := platform.Detect(somewhere, answers); ok || name != "" {
			t.Errorf("Detect(%q everywhere) = %q, %v", body, name, ok)
		}
	}
}

// byAddress are the answers of a case by the addresses of a page that is not
// configured.
func byAddress(name string, source status.Source, answers map[string][]byte) map[string][]byte {
	p, _ := platform.ByName(name)
	source.URL, source.Components = somewhere, nil
	all := map[string][]byte{}
	for _, path := range p.Paths(source) {
		if body, ok := answers[path.Name]; ok {
			all[p.BaseOf(source)+path.Path] = body
		}
	}
	return all
}
