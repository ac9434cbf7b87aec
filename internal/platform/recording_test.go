package platform_test

import (
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

// recorded says how the files of a folder of recordings are read. Answers
// other than a summary are given to Parse all the same: it has to notice.
type recorded struct {
	folder, platform string
	components       map[string][]string // configured, by the beginning of the file's name
}

func recordings() []recorded {
	return []recorded{
		{"atlassian-statuspage", "statuspage", map[string][]string{
			"github":    {"API Requests"},
			"anthropic": {"Claude API (api.anthropic.com)"},
		}},
		{"incident-io", "incident.io", map[string][]string{"openai": {"Chat Completions", "Responses"}}},
		{"html-instead-of-json", "statuspage", nil},
	}
}

// aroundIncidents is a summary of the page whose incidents.json is in body, so
// that the recording can be read as the optional file it is.
func aroundIncidents(body []byte) []byte {
	_, rest, _ := strings.Cut(string(body), `"id": "`)
	id, _, _ := strings.Cut(rest, `"`)
	return []byte(`{"page":{"id":"` + id + `","name":"Made up"},"status":{"indicator":"none"},
		"components":[{"id":"x","name":"Made up","status":"operational"}]}`)
}

// TestRecordings reads the recorded answers of real pages in the folder that
// FAULTBOOK_RECORDINGS names and compares their cards. The recordings are not
// ours to publish; the cards hold names, levels and counts only.
func TestRecordings(t *testing.T) {
	root := os.Getenv("FAULTBOOK_RECORDINGS")
	if root == "" {
		t.Log("FAULTBOOK_RECORDINGS is not set: only the committed cases were read")
		TestCases(t)
		return
	}
	t.Logf("reading the recordings in %s", root)
	for _, r := range recordings() {
		t.Run(r.folder, func(t *testing.T) { compareCards(t, r, filepath.Join(root, r.folder)) })
	}
}

func compareCards(t *testing.T, r recorded, folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	got := &txtar.Archive{Comment: []byte("Cards of the recordings in " + r.folder + ", read as " + r.platform + ".\n")}
	add := func(name, card string) {
		got.Files = append(got.Files, txtar.File{Name: name, Data: []byte(card)})
	}
	for _, entry := range entries {
		body, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		prefix, _, _ := strings.Cut(entry.Name(), "-")
		source := status.Source{Components: r.components[prefix]}
		add(entry.Name(), outcome(t, r.platform, source, map[string][]byte{"summary": body}, false))
		if strings.Contains(entry.Name(), "-incidents-history") {
			files := map[string][]byte{"summary": aroundIncidents(body), "incidents": body}
			add(entry.Name()+" as incidents.json", outcome(t, r.platform, status.Source{}, files, false))
		}
	}
	golden := filepath.Join("testdata", "recordings", r.folder+".txtar")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(got))); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
}

// TestForeignRecordings gives every recording to every platform but its own:
// none may be taken for a report.
func TestForeignRecordings(t *testing.T) {
	root := os.Getenv("FAULTBOOK_RECORDINGS")
	if root == "" {
		t.Log("FAULTBOOK_RECORDINGS is not set: the committed cases are given to the other platforms")
		root = "testdata"
	}
	own := map[string][]string{
		"statuspage":  {"atlassian-statuspage", "statuspage"},
		"incident.io": {"incident-io", "incident.io"},
	}
	files, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files below %s: %v", root, err)
	}
	for _, name := range platform.Names() {
		p, _ := platform.ByName(name)
		for _, file := range files {
			if slices.Contains(own[name], filepath.Base(filepath.Dir(file))) {
				continue
			}
			for _, body := range summaries(t, file) {
				if r, err := p.Parse(status.Source{}, map[string][]byte{"summary": body}); err == nil {
					t.Errorf("%s takes %s for a report of %q", name, file, r.Page)
				}
			}
		}
	}
}

// summaries are the answers that a file holds: itself, or the summary of a case.
func summaries(t *testing.T, file string) [][]byte {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(file) != ".txtar" {
		return [][]byte{data}
	}
	var bodies [][]byte
	for _, f := range txtar.Parse(data).Files {
		// A page without a time zone may be of either platform.
		if f.Name == "summary" && !strings.HasPrefix(filepath.Base(file), "no-time-zone") && !strings.HasPrefix(filepath.Base(file), "refused-") {
			bodies = append(bodies, f.Data)
		}
	}
	return bodies
}
