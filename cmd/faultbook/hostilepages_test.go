package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// attacks are texts that a status page might send to take over a page of ours,
// to break it, or to deceive its reader.
func attacks() map[string]string {
	return map[string]string{
		"markup": `<script>window.owned=1</script>"><img src=x onerror=window.owned=1>'-->{{.}}{{define "main"}}x{{end}}` +
			"\u202egnp.exe\u202c ]]><svg onload=window.owned=1>&lt;script&gt; [x](javascript:window.owned=1) \x00\x1b[31m",
		"script":  `javascript:window.owned=1`,
		"endless": strings.Repeat("W", 100<<10),
	}
}

// TestHostileText puts hostile texts into every field of every case that its
// platform still reads then, builds the site of all these reports, and holds
// that it is sound. With FAULTBOOK_HOSTILE set to a folder the site is left
// there for a real browser.
func TestHostileText(t *testing.T) {
	dir := t.TempDir()
	content, snapshot, out := filepath.Join(dir, "content"), filepath.Join(dir, "snapshot.json"), filepath.Join(dir, "public")
	if kept := os.Getenv("FAULTBOOK_HOSTILE"); kept != "" {
		out = kept
	}
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	readings, perPlatform, cases := map[string]status.Reading{}, map[string]int{}, map[string]int{}
	all := replayedPages(t)
	slices.SortStableFunc(all, func(a, b replayed) int { return len(b.incidents) - len(a.incidents) })
	for _, p := range all {
		cases[p.platform]++
		for kind, text := range attacks() {
			if cases[p.platform] > casesMax || len(text) > 1000 && cases[p.platform] > longCases {
				continue
			}
			p := p
			report, fields := p.spoilt(text)
			if fields == 0 {
				continue
			}
			perPlatform[p.platform] += fields
			p.slug = kind + "-" + p.slug
			if err := os.MkdirAll(filepath.Join(content, p.slug), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(content, p.slug, "_index.md"), []byte(p.index("https://status.example.com")), 0o644); err != nil {
				t.Fatal(err)
			}
			readings[p.slug] = status.Reading{Source: p.source, State: status.StateOK, Report: status.Judge(p.source, report), At: realNow}
		}
	}
	for _, name := range platform.Names() {
		if perPlatform[name] < 3 {
			t.Errorf("%s: %d texts of its cases could be spoilt", name, perPlatform[name])
		}
	}
	if err := os.WriteFile(snapshot, status.Encode(status.Snapshot{}.Next(readings, realNow)), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, told := runIn(t.Context(), "build", "-content", content, "-snapshot", snapshot, "-out", out); code != 0 {
		t.Fatalf("build ended with %d:\n%s", code, told)
	}
	files, err := readTree(out)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if strings.HasSuffix(name, ".html") && live.Match(data) {
			t.Errorf("%s holds %q", name, live.Find(data))
		}
	}
	for _, problem := range problemsOf(site{files, "https://errors.example"}) {
		if !strings.Contains(problem, ": shows ") { // foreign text may well look like an escape
			t.Error(problem)
		}
	}
}

// live is what would run, or would be taken for a part of the page.
var live = regexp.MustCompile(`<script>window|<img src=x|<svg onload|href="?javascript:`)

// spoilt is what the platform makes of the case with text in as many fields as
// it bears, at most fieldsMax, and how many those are. Each field is tried
// alone first: a form, a word or a time is needed as it is.
func (p replayed) spoilt(text string) (status.Report, int) {
	row, _ := platform.ByName(p.platform)
	parse := func(files map[string][]byte) (status.Report, bool) {
		named := map[string][]byte{}
		for _, path := range row.Paths(p.source) {
			if body, ok := files[path.Path]; ok {
				named[path.Name] = body
			}
		}
		r, err := row.Parse(p.source, named)
		// A word that says how things are stays, so that something is shown.
		return r, err == nil && status.Judge(p.source, r).Level == p.level
	}
	files := map[string][]byte{}
	for path, body := range p.files {
		files[path] = narrow(body)
	}
	whole := maps.Clone(files)
	report, count := status.Report{}, 0
	for _, path := range slices.Sorted(maps.Keys(whole)) {
		places := textsOf(whole[path])
		var chosen []int
		for n := range places {
			if count == fieldsMax {
				break
			}
			if len(text) > 1000 && n >= longMax {
				break // parsers of dates take their time for each
			}
			tried := maps.Clone(files)
			tried[path] = replaceTexts(whole[path], places, append(slices.Clip(chosen), n), text)
			if r, ok := parse(tried); ok {
				files, report, chosen = tried, r, append(chosen, n)
				count++
			}
		}
	}
	return report, count
}

// The bounds of the test: how many cases of a platform are taken, those with
// most incidents first, and how many of them, and of their fields, hold endless
// text.
const (
	casesMax  = 3
	longCases = 1
	longMax   = 12
)

// fieldsMax keeps the texts of one case below what an answer may have.
const fieldsMax = 30

var (
	jsonText = regexp.MustCompile(`[:\[,]\s*"(?:[^"\\]|\\.)*"`)
	xmlText  = regexp.MustCompile(`>[^<>]*[^<>\s][^<>]*<|<!\[CDATA\[(?s:.*?)\]\]>|="[^"<]*"`)
)

// narrow is a body in UTF-8, which every platform reads as well.
func narrow(body []byte) []byte {
	if !strings.HasPrefix(string(body), "\xfe\xff") {
		return body
	}
	var units []uint16
	for pair := range slices.Chunk(body[2:], 2) {
		units = append(units, uint16(pair[0])<<8|uint16(pair[1]))
	}
	return []byte(string(utf16.Decode(units)))
}

// textsOf are the places of the texts in a body.
func textsOf(body []byte) [][]int {
	if strings.HasPrefix(strings.TrimSpace(string(body)), "<") {
		return xmlText.FindAllIndex(body, -1)
	}
	return jsonText.FindAllIndex(body, -1)
}

// replaceTexts is body with the chosen of its places holding text.
func replaceTexts(body []byte, places [][]int, chosen []int, text string) []byte {
	encoded, _ := json.Marshal(text)
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\x00", "", "\x1b", "").Replace(text)
	var out []byte
	from := 0
	for _, n := range chosen {
		old := string(body[places[n][0]:places[n][1]])
		out = append(out, body[from:places[n][0]]...)
		from = places[n][1]
		switch {
		case strings.HasPrefix(old, ">"):
			out = append(out, ">"+escaped+"<"...)
		case strings.HasPrefix(old, "="):
			out = append(out, `="`+escaped+`"`...)
		case strings.HasPrefix(old, "<"):
			out = append(out, escaped...)
		default:
			out = append(append(out, old[:strings.IndexByte(old, '"')]...), encoded...)
		}
	}
	return append(out, body[from:]...)
}
