package platform_test

import (
	"fmt"
	"maps"
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

// TestRecordings reads the recorded answers of real pages in the folder that
// FAULTBOOK_RECORDINGS names and compares their cards with
// testdata/recordings/<folder>.txtar. The recordings are not ours to publish;
// the cards hold names, levels and counts only.
//
// The file "how" of such an archive holds a line for each reading,
//
//	uptime-kuma: page=unraid-page.json heartbeat=unraid-beats.json
//
// the platform and a recording for each path. More is told after "with",
// separated by semicolons, in the form of a case's source:
//
//	statuspage: summary=github.json with component API Requests; component Actions
//
// "@name" means the file of that name in the archive itself. Every recording
// of the folder has to be read at least once.
func TestRecordings(t *testing.T) {
	root := os.Getenv("FAULTBOOK_RECORDINGS")
	if root == "" {
		t.Log("FAULTBOOK_RECORDINGS is not set: only the committed cases were read")
		TestCases(t)
		return
	}
	t.Logf("reading the recordings in %s", root)
	goldens, err := filepath.Glob("testdata/recordings/*.txtar")
	if err != nil || len(goldens) == 0 {
		t.Fatalf("no cards of recordings: %v", err)
	}
	for _, golden := range goldens {
		folder := strings.TrimSuffix(filepath.Base(golden), ".txtar")
		t.Run(folder, func(t *testing.T) { compareCards(t, golden, filepath.Join(root, folder)) })
	}
}

// reading is one line of "how".
type reading struct {
	line   string
	source status.Source
	files  map[string]string // recordings by the name of their path
}

func readings(t *testing.T, how string) []reading {
	t.Helper()
	var list []reading
	for line := range strings.Lines(how) {
		line = strings.TrimSpace(line)
		rest, with, _ := strings.Cut(line, " with ")
		name, answers, ok := strings.Cut(rest, ": ")
		if !ok {
			t.Fatalf("line %q of how; want platform: path=file …", line)
		}
		r := reading{line: line, files: map[string]string{}}
		r.source = readSource(t, status.Source{Platform: name, URL: "https://status.example.com"}, strings.ReplaceAll(with, "; ", "\n"))
		for _, answer := range strings.Fields(answers) {
			path, file, _ := strings.Cut(answer, "=")
			r.files[path] = file
		}
		list = append(list, r)
	}
	return list
}

func compareCards(t *testing.T, golden, folder string) {
	archive, err := txtar.ParseFile(golden)
	if err != nil || len(archive.Files) == 0 || archive.Files[0].Name != "how" {
		t.Fatalf("%s: %v; want an archive that begins with how", golden, err)
	}
	unread := recordingsIn(t, folder)
	all := readings(t, string(archive.Files[0].Data))
	got := &txtar.Archive{Comment: archive.Comment}
	made := map[string][]byte{}
	for _, f := range archive.Files {
		if !slices.ContainsFunc(all, func(r reading) bool { return r.line == f.Name }) {
			made[f.Name] = f.Data
			got.Files = append(got.Files, f)
		}
	}
	for _, r := range all {
		answers := map[string][]byte{}
		for path, file := range r.files {
			body, own := made[strings.TrimPrefix(file, "@")]
			if !own {
				if body, err = os.ReadFile(filepath.Join(folder, file)); err != nil {
					t.Fatal(err)
				}
				delete(unread, file)
			}
			answers[path] = body
		}
		got.Files = append(got.Files, txtar.File{Name: r.line, Data: []byte(outcome(t, r.source, answers, false))})
	}
	for _, name := range slices.Sorted(maps.Keys(unread)) {
		t.Errorf("nothing reads the recording %s", name)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(archive)), string(txtar.Format(got))); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
}

func recordingsIn(t *testing.T, folder string) map[string]bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, e := range entries {
		names[e.Name()] = true
	}
	return names
}

// alike are platforms whose answers cannot be told from each other's, or that
// read each other's on purpose.
func alike(a, b string) bool {
	groups := [][]string{
		{"azure-rss", "feed"},        // Azure's page is told by a feed; only azure-rss knows that its items are open
		{"checkly", "instatus"},      // a calm summary of Checkly has the shape of Instatus'; its word is unknown to Instatus, so it is not green there
		{"cloudflare", "statuspage"}, // Cloudflare's page differs from Statuspage's in its id alone, and may be read as one
		{"feed", "statuspage"},       // the folder of Statuspage holds its history feed, which is XML and so no summary
	}
	return a == b || slices.ContainsFunc(groups, func(g []string) bool { return slices.Contains(g, a) && slices.Contains(g, b) })
}

// TestForeign gives the answers of every case, and of every recording, to
// every platform but its own: none may be taken for a report.
func TestForeign(t *testing.T) {
	for _, name := range platform.Names() {
		p, _ := platform.ByName(name)
		source := status.Source{Platform: name, URL: "https://status.example.com", Filter: map[string]string{}}
		for _, key := range p.Keys {
			source.Filter[key.Name] = "abc"
		}
		for _, a := range answers(t) {
			if alike(name, a.platform) {
				continue
			}
			for _, path := range p.Paths(source) {
				if r, err := p.Parse(source, map[string][]byte{path.Name: a.body}); err == nil {
					t.Errorf("%s takes %s for its %s, a report of %q", name, a.from, path.Name, r.Page)
				}
			}
		}
	}
}

// answer is one that a platform gave.
type answer struct {
	from, platform string
	body           []byte
}

// answers are those of all committed cases that are not refused, and where
// they are at hand of all recordings.
func answers(t *testing.T) []answer {
	t.Helper()
	var all []answer
	for _, name := range platform.Names() {
		files, err := filepath.Glob("testdata/" + name + "/*.txtar")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			// A page that leaves out what tells platforms apart says so in its name.
			if base := filepath.Base(file); strings.HasPrefix(base, "refused-") || strings.HasPrefix(base, "no-time-zone") {
				continue
			}
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, bodies, _ := readCase(t, name, archive)
			for path, body := range bodies {
				all = append(all, answer{fmt.Sprintf("%s, %s", file, path), name, body})
			}
		}
	}
	root := os.Getenv("FAULTBOOK_RECORDINGS")
	if root == "" {
		t.Log("FAULTBOOK_RECORDINGS is not set: only the committed cases are given to the other platforms")
		return all
	}
	goldens, err := filepath.Glob("testdata/recordings/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, golden := range goldens {
		archive, err := txtar.ParseFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		folder := strings.TrimSuffix(filepath.Base(golden), ".txtar")
		for _, r := range readings(t, string(archive.Files[0].Data)) {
			for _, file := range r.files {
				if strings.HasPrefix(file, "@") {
					continue
				}
				body, err := os.ReadFile(filepath.Join(root, folder, file))
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, answer{folder + "/" + file, r.source.Platform, body})
			}
		}
	}
	return all
}
