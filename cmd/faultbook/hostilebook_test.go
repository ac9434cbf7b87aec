package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"faultbook/internal/audit"
)

// hostileTitles are texts that somebody may well put into a title, and that a
// careless writer of feeds, JSON or host files would lose or take for its own.
func hostileTitles() []string {
	return []string{
		`"double" and 'single' and “curly” and "`,
		`a & b &amp; c &lt;d&gt; &#39; &nbsp;`,
		`</title><script>window.owned=1</script><!-- `,
		`]]> <![CDATA[x]]> <?xml version="1.0"?> <!DOCTYPE x>`,
		"/leading/slash 301! /other/",
		"/*",
		"# a heading, a comment",
		"X-Frame-Options: ALLOWALL",
		"--- {a: b} - [c] | > @ % ! ? *d",
		"+++",
		`[x](javascript:window.owned=1) ![y](//example.org/z) *b* _c_ ` + "`d` ``",
		`back\slash \n \u0000 \" \\`,
		"{{.Title}} {{define \"main\"}} {name} ${PATH} $(id) %s",
		"right to left \u202ereversed\u202c \u2066isolated\u2069 \u200fmark",
		"separators \u2028 and \u2029, joiners \u200d\u200b, \U0001F600, \uFEFF, a\u0301",
		"tab\tin it",
		"first line\n# second line\n\n- third",
		"\r\nlines of another system\r\n",
		"=HYPERLINK(\"https://example.org\")",
	}
}

// TestHostileTitles builds a book of such titles and reads everything that was
// made of them again with strict parsers: nothing may be lost, nothing added.
func TestHostileTitles(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	entry, err := os.ReadFile("testdata/book/acme/server-error.md")
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for n, title := range hostileTitles() {
		slug := fmt.Sprintf("hostile-%d", n)
		titles["acme/"+slug] = title
		text := strings.NewReplacer(
			`'Acme API "server_error": causes and fixes'`, tomlText(title), `"server_error (something broke on their side)"`, tomlText(fmt.Sprintf("%s (%d)", title, n)),
			`"The server had an error. Include {request id} in your message."`, tomlText("message "+strings.ReplaceAll(title, "\r", "")), `"A passing fault."`, tomlText(fmt.Sprintf("Cause %d.", n)),
			`Include req_1 in your message."}'''`, `Include req_1 in your message."}'''`, "added    =", fmt.Sprintf("aliases  = [\"/acme/old-%d/\"]\nadded    =", n),
		).Replace(string(entry))
		if err := os.WriteFile(filepath.Join(content, "acme", slug+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, s := buildInMemory(t, content, "https://example.org/api/faults", everyLevel)
	wantInFeed(t, s, titles)
	for key, title := range titles {
		wantInPage(t, s, key, title)
	}
	wantHostFiles(t, s, len(titles))
	for _, line := range strings.Split(string(s.files["llms.txt"]), "\n") {
		if strings.Contains(line, "](") && !guideLink.MatchString(line) {
			t.Errorf("llms.txt has the line %q, want one link", line)
		}
	}
	for name, data := range s.files {
		if strings.HasSuffix(name, ".html") && live.Match(data) {
			t.Errorf("%s holds %q", name, live.Find(data))
		}
	}
}

// guideLink is a line of llms.txt: one link, whose text ends where it should.
var guideLink = regexp.MustCompile(`^- \[(?:[^\[\]\\]|\\.)*\]\(https://example\.org/api/faults/[a-z0-9/.-]*\)(?:: .*)?$`)

// tomlText is a text as a TOML string: JSON's escapes are TOML's, too.
func tomlText(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

// wantInFeed reads the feed and the sitemap again.
func wantInFeed(t *testing.T, s site, titles map[string]string) {
	t.Helper()
	var feed struct {
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	var set struct {
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	for name, into := range map[string]any{"feed.xml": &feed, "sitemap.xml": &set} {
		if err := xml.Unmarshal(s.files[name], into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	told, listed := map[string]string{}, map[string]bool{}
	for _, e := range feed.Entries {
		told[e.ID] = e.Title
	}
	for _, u := range set.URLs {
		listed[u.Loc] = true
	}
	for key, title := range titles {
		address := s.base + "/" + key + "/"
		if told[address] != title {
			t.Errorf("feed.xml tells %q, want %q", told[address], title)
		}
		if !listed[address] {
			t.Errorf("sitemap.xml does not name %s", address)
		}
	}
}

// wantInPage reads a page, its data and its twin again.
func wantInPage(t *testing.T, s site, key, title string) {
	t.Helper()
	p := readPage(key, s.files[key+"/index.html"])
	if p.title != title {
		t.Errorf("%s: the title is %q, want %q", key, p.title, title)
	}
	var headlines []string
	for _, text := range p.data {
		var data struct {
			Graph []struct {
				Headline string `json:"headline"`
			} `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(text), &data); err != nil {
			t.Errorf("%s: data that is no JSON: %v", key, err)
		}
		for _, thing := range data.Graph {
			headlines = append(headlines, thing.Headline)
		}
	}
	if !slices.Contains(headlines, title) {
		t.Errorf("%s: the headlines are %q, want %q", key, headlines, title)
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(string(s.files[key+"/index.md"]), "---\n"), "\n")
	if said, err := strconv.Unquote(strings.TrimPrefix(first, "title: ")); err != nil || said != title {
		t.Errorf("%s: the twin begins with %s, want title %q", key, first, title)
	}
}

// wantHostFiles reads the host's files again: a title is in neither, and each
// alias leads to its page.
func wantHostFiles(t *testing.T, s site, aliases int) {
	t.Helper()
	redirects, problems := audit.ReadRedirects(s.files["_redirects"])
	forced := 0
	for _, r := range redirects {
		if r.Force {
			forced++
		}
	}
	if forced != aliases+1 { // and that of the book
		t.Errorf("_redirects leads on from %d addresses, want %d", forced, aliases+1)
	}
	rules, more := audit.ReadHeaders(s.files["_headers"])
	for _, p := range append(problems, more...) {
		t.Errorf("a host file: %v", p)
	}
	if len(rules) == 0 || strings.Contains(string(s.files["_headers"]), "ALLOWALL") {
		t.Errorf("_headers has %d rules:\n%s", len(rules), s.files["_headers"])
	}
}
