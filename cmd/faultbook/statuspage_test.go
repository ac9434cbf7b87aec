package main

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/status"
)

// statuspage serves a file of the script as the summary of a status page. The
// file is read for every request, so a script changes the page by changing it; a
// page whose file is gone answers 404.
func statuspage(ts *testscript.TestScript, args []string) {
	file := ts.MkAbs(args[1])
	server := serveSummary(func() ([]byte, error) { return os.ReadFile(file) })
	ts.Defer(server.Close)
	ts.Setenv(args[0], server.URL)
}

func serveSummary(summary func() ([]byte, error)) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := summary()
		if err != nil || r.URL.Path != "/api/v2/summary.json" {
			http.NotFound(w, r)
			return
		}
		w.Write(data)
	}))
}

// answer is what some status page once said, or may say.
type answer struct {
	name, platform string
	body           []byte
}

// answers are the pages of the scripts and, in the folder that
// FAULTBOOK_RECORDINGS names, the recorded ones.
func answers(t *testing.T) []answer {
	t.Helper()
	var all []answer
	for _, script := range []string{"fetch", "fetch-unreadable"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "script", script+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if bytes.HasPrefix(f.Data, []byte("{")) || bytes.HasPrefix(f.Data, []byte("<")) {
				all = append(all, answer{script + " " + f.Name, "statuspage", f.Data})
			}
		}
	}
	root := os.Getenv("FAULTBOOK_RECORDINGS")
	if root == "" {
		t.Log("FAULTBOOK_RECORDINGS is not set: only the pages of the scripts are read")
		return all
	}
	folders := map[string]string{"atlassian-statuspage": "statuspage", "incident-io": "incident.io", "html-instead-of-json": "statuspage"}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		files, err := readTree(filepath.Join(root, folder))
		if err != nil || len(files) == 0 {
			t.Fatalf("%d recordings in %s: %v", len(files), folder, err)
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			all = append(all, answer{folder + "/" + name, folders[folder], files[name]})
		}
	}
	return all
}

var verdictForm = regexp.MustCompile(`data-rule="provider\.([a-z_]+)" data-level="([a-z_]+)"`)

// TestAnswers fetches each answer as a schedule would, builds the site of it, and
// holds that the provider's page says what the snapshot says, and never more: what
// could not be read is not operational.
func TestAnswers(t *testing.T) {
	operational := 0
	for _, a := range answers(t) {
		t.Run(a.name, func(t *testing.T) {
			dir := t.TempDir()
			record, files := publishAnswer(t, dir, a)
			m := verdictForm.FindSubmatch(files["acme/index.html"])
			if m == nil {
				t.Fatal("the provider's page has no verdict")
			}
			rule, level := string(m[1]), string(m[2])
			want := record.Level.String()
			if record.CheckedAt.IsZero() {
				want = "unread"
			} else if record.Level == status.Unknown {
				want = "unclear"
			}
			if rule != want || level != record.Level.String() {
				t.Errorf("the page says %s, %s; the snapshot %s, %s", rule, level, want, record.Level)
			}
			if record.Fetch.State != status.StateOK && (record.Fetch.Reason == "" || record.Level != status.Unknown) {
				t.Errorf("it could not be read, and counts as %v, reason %q", record.Level, record.Fetch.Reason)
			}
			if html := !bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("{")); html && record.Fetch.State == status.StateOK {
				t.Errorf("what is no JSON was read as %v", record.Level)
			}
			if record.Level == status.Operational {
				operational++
			}
			for _, problem := range problemsOf(site{files, "https://errors.example"}) {
				t.Error(problem)
			}
		})
	}
	if operational == 0 {
		t.Error("no answer was operational, so nothing was shown to be green")
	}
}

// publishAnswer runs fetch and build in dir on the small book, whose first
// provider answers so.
func publishAnswer(t *testing.T, dir string, a answer) (status.Record, map[string][]byte) {
	t.Helper()
	server := serveSummary(func() ([]byte, error) { return a.body, nil })
	defer server.Close()
	content, snapshot, out := filepath.Join(dir, "content"), filepath.Join(dir, "snapshot.json"), filepath.Join(dir, "public")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	pointTo(t, content, server.URL, a.platform)
	fetched, told := runIn(t.Context(), "fetch", "-content", content, "-o", snapshot)
	built, more := runIn(t.Context(), "build", "-content", content, "-snapshot", snapshot, "-out", out)
	data, err := os.ReadFile(snapshot)
	if err != nil || built != 0 {
		t.Fatalf("build ended with %d, %v:\n%s", built, err, told+more)
	}
	s, err := status.Decode(data, realNow)
	if err != nil {
		t.Fatal(err)
	}
	record := s.Providers["acme"]
	if want := map[bool]int{true: 0, false: 1}[record.Fetch.State == status.StateOK]; fetched != want {
		t.Errorf("fetch ended with %d, want %d:\n%s", fetched, want, told)
	}
	files, err := readTree(out)
	if err != nil {
		t.Fatal(err)
	}
	return record, files
}

// pointTo makes the first provider of the small book one whose page is there, and
// counts as a whole.
func pointTo(t *testing.T, content, address, platform string) {
	t.Helper()
	index := filepath.Join(content, "acme", "_index.md")
	text, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	source := strings.NewReplacer("https://status.acme.example", address, `"statuspage"`, `"`+platform+`"`, `["API"]`, `[]`)
	if err := os.WriteFile(index, []byte(source.Replace(string(text))), 0o644); err != nil {
		t.Fatal(err)
	}
}
