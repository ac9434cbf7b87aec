package main

import (
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// replayed is a committed case of a platform, served as a status page.
type replayed struct {
	slug, platform string
	source         status.Source
	files          map[string][]byte // by path, query included
	level          status.Level      // what its card says, of the configured components or of the page as a whole
	incidents      []string          // titles of what its card says is open
}

var (
	cardLevel    = regexp.MustCompile(`(?m)^(?:as a whole|for us) +([a-z_]+)`)
	cardIncident = regexp.MustCompile(`(?m)^incident .*\n +titled "(.*)"$`)
)

// replayedPages are all cases that their platform reads.
func replayedPages(t *testing.T) []replayed {
	t.Helper()
	var all []replayed
	for _, name := range platform.Names() {
		files, err := filepath.Glob(filepath.Join("..", "..", "internal", "platform", "testdata", name, "*.txtar"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%d cases of %s: %v", len(files), name, err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			base := strings.TrimSuffix(filepath.Base(file), ".txtar")
			slug := strings.ReplaceAll(name, ".", "-") + "-" + strings.ToLower(base)
			if p, ok := pageOf(t, name, slug, archive); ok {
				all = append(all, p)
			}
		}
	}
	return all
}

func pageOf(t *testing.T, name, slug string, archive *txtar.Archive) (replayed, bool) {
	p := replayed{slug: slug, platform: name, source: status.Source{Platform: name, URL: "https://status.example.com", Filter: map[string]string{}}, files: map[string][]byte{}}
	bodies, card := map[string][]byte{}, ""
	for _, f := range archive.Files {
		switch answer, wide := strings.CutSuffix(f.Name, " utf-16"); {
		case f.Name == "card":
			card = string(f.Data)
		case f.Name == "source":
			p.configure(t, string(f.Data))
		case wide:
			bodies[answer] = wideText(string(f.Data))
		default:
			bodies[answer] = f.Data
		}
	}
	if strings.HasPrefix(card, "refused") {
		return replayed{}, false
	}
	levels := cardLevel.FindAllStringSubmatch(card, -1)
	if len(levels) == 0 {
		t.Fatalf("%s: no level in the card:\n%s", slug, card)
	}
	var err error
	if p.level, err = status.ParseLevel(levels[len(levels)-1][1]); err != nil {
		t.Fatal(err)
	}
	for _, m := range cardIncident.FindAllStringSubmatch(card, -1) {
		p.incidents = append(p.incidents, m[1])
	}
	row, _ := platform.ByName(name)
	for _, path := range row.Paths(p.source) {
		if body, ok := bodies[path.Name]; ok {
			p.files[path.Path] = body
		}
	}
	return p, true
}

// configure reads the "source" of a case.
func (p *replayed) configure(t *testing.T, text string) {
	for line := range strings.Lines(text) {
		what, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch what {
		case "component":
			p.source.Components = append(p.source.Components, value)
		case "url":
			p.source.URL = value
		case "filter":
			key, value, _ := strings.Cut(value, " ")
			p.source.Filter[key] = value
		default:
			t.Fatalf("%s: source line %q", p.slug, line)
		}
	}
}

func wideText(text string) []byte {
	out := []byte{0xfe, 0xff}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit>>8), byte(unit))
	}
	return out
}

// index is the provider of a page, whose answers come from there.
func (p replayed) index(address string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\nname = %q\nvendor = \"Made up\"\nsummary = \"Made up.\"\nhomepage = \"https://example.com/\"\ndocs = \"https://example.com/\"\n", p.slug)
	fmt.Fprintf(&b, "hosts = [\"api.example.com\"]\nalternatives = []\n\n[status]\nplatform = %q\nurl = %q\napi = %q\n", p.platform, p.source.URL, address+"/"+p.slug)
	if len(p.source.Components) > 0 {
		fmt.Fprintf(&b, "components = [%s]\n", quoted(p.source.Components))
	}
	if len(p.source.Filter) > 0 {
		b.WriteString("[status.filter]\n")
		for key, value := range p.source.Filter {
			fmt.Fprintf(&b, "%s = %q\n", key, value)
		}
	}
	return b.String() + "+++\n"
}

func quoted(list []string) string {
	var all []string
	for _, s := range list {
		all = append(all, fmt.Sprintf("%q", s))
	}
	return strings.Join(all, ", ")
}

// replay serves pages below their slugs with the headers of real servers:
// validators of both kinds or none, chunks, compression. It counts the answers
// by status.
type replay struct {
	pages map[string]replayed
	mu    sync.Mutex
	count map[int]int
}

func (r *replay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	slug, rest, _ := strings.Cut(strings.TrimPrefix(req.URL.RequestURI(), "/"), "/")
	if rest != "" || strings.HasSuffix(req.URL.Path, "/") {
		rest = "/" + rest
	}
	body, ok := r.pages[slug].files[rest]
	style := int(sha256.Sum256([]byte(slug))[0])
	code := http.StatusOK
	tag, date := fmt.Sprintf(`W/"%x"`, sha256.Sum256(body)), "Sun, 22 Nov 2026 11:00:00 GMT"
	switch {
	case !ok:
		code = http.StatusNotFound
	case style%3 == 0:
		w.Header().Set("ETag", tag)
		if req.Header.Get("If-None-Match") == tag {
			code = http.StatusNotModified
		}
	case style%3 == 1:
		w.Header().Set("Last-Modified", date)
		if req.Header.Get("If-Modified-Since") == date {
			code = http.StatusNotModified
		}
	}
	r.mu.Lock()
	r.count[code]++
	r.mu.Unlock()
	if code != http.StatusOK {
		w.WriteHeader(code)
		return
	}
	writeBody(w, req, body, style/3%3)
}

// writeBody writes a body whole, in chunks or compressed.
func writeBody(w http.ResponseWriter, req *http.Request, body []byte, how int) {
	kind := "application/json; charset=utf-8"
	if strings.HasPrefix(strings.TrimSpace(string(body)), "<") {
		kind = "application/rss+xml"
	}
	w.Header().Set("Content-Type", kind)
	switch {
	case how == 0:
		w.Write(body)
	case how == 1 || !strings.Contains(req.Header.Get("Accept-Encoding"), "gzip"):
		for part := range slices.Chunk(body, 100) {
			w.Write(part)
			http.NewResponseController(w).Flush()
		}
	default:
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		packed.Write(body)
		packed.Close()
	}
}

// TestPlatforms replays every case of every platform from one server, fetches
// them all as a schedule would, builds the site, and holds that each provider's
// page says what its case says: the level, and the titles of open incidents.
// The second run is told by most that nothing changed, and says the same.
func TestPlatforms(t *testing.T) {
	all := replayedPages(t)
	server := &replay{pages: map[string]replayed{}, count: map[int]int{}}
	listening := httptest.NewServer(server)
	defer listening.Close()
	dir := t.TempDir()
	content, snapshot, out := filepath.Join(dir, "content"), filepath.Join(dir, "snapshot.json"), filepath.Join(dir, "public")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		server.pages[p.slug] = p
		if err := os.MkdirAll(filepath.Join(content, p.slug), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(content, p.slug, "_index.md"), []byte(p.index(listening.URL)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, run := range []string{"first", "second"} {
		if code, told := runIn(t.Context(), "fetch", "-content", content, "-o", snapshot); code != 0 {
			t.Fatalf("the %s fetch ended with %d:\n%s", run, code, told)
		}
		if code, told := runIn(t.Context(), "build", "-content", content, "-snapshot", snapshot, "-out", out); code != 0 {
			t.Fatalf("the %s build ended with %d:\n%s", run, code, told)
		}
		data, err := os.ReadFile(snapshot)
		if err != nil {
			t.Fatal(err)
		}
		s, err := status.Decode(data, realNow)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			t.Run(run+"/"+p.slug, func(t *testing.T) { p.compare(t, s.Providers[p.slug], filepath.Join(out, p.slug, "index.html")) })
		}
	}
	if server.count[http.StatusNotModified] == 0 {
		t.Errorf("answers by status: %v; want some that nothing changed", server.count)
	}
	everyPlatformChanges(t, all)
}

// compare holds the record and the built page against the case.
func (p replayed) compare(t *testing.T, r status.Record, file string) {
	html, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if r.Level != p.level || r.CheckedAt.IsZero() {
		t.Errorf("the snapshot says %v (%s, %s), the case %v", r.Level, r.Reason, r.Fetch.Reason, p.level)
	}
	m := verdictForm.FindSubmatch(html)
	if m == nil || string(m[2]) != p.level.String() {
		t.Errorf("the page says %q, the case %v", m, p.level)
	}
	var titles []string
	said := readPage(file, html).text
	for _, i := range r.Incidents {
		titles = append(titles, fmt.Sprintf("%q", i.Title))
		if !i.Elsewhere && !strings.Contains(said, strings.Join(strings.Fields(i.Title), " ")) {
			t.Errorf("the page does not tell of %q", i.Title)
		}
	}
	for _, want := range p.incidents {
		if !slices.Contains(titles, `"`+want+`"`) {
			t.Errorf("the snapshot has the incidents %s, the case %q", titles, want)
		}
	}
}

// everyPlatformChanges holds that the cases show each platform in at least two
// states, one of them operational.
func everyPlatformChanges(t *testing.T, all []replayed) {
	states := map[string]map[status.Level]bool{}
	for _, p := range all {
		if states[p.platform] == nil {
			states[p.platform] = map[status.Level]bool{}
		}
		states[p.platform][p.level] = true
	}
	for _, name := range platform.Names() {
		if len(states[name]) < 2 || !states[name][status.Operational] {
			t.Errorf("%s is shown in the states %v", name, states[name])
		}
	}
}
