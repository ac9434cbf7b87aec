package platform_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// One fuzz test for each platform, with the words in which its pages say that
// a component is operational.

func FuzzAWSHealth(f *testing.F)   { fuzz(f, "aws-health", "0") }
func FuzzAzureRSS(f *testing.F)    { fuzz(f, "azure-rss", "no item") } // ours: the feed has no word for the absence of items
func FuzzBetterstack(f *testing.F) { fuzz(f, "betterstack", "operational") }
func FuzzCachet(f *testing.F)      { fuzz(f, "cachet", "Operational") }
func FuzzCheckly(f *testing.F)     { fuzz(f, "checkly", "OPERATIONAL", "[]") }
func FuzzCloudflare(f *testing.F)  { fuzz(f, "cloudflare", "operational") }
func FuzzCState(f *testing.F)      { fuzz(f, "cstate", "ok") }
func FuzzDatadog(f *testing.F)     { fuzz(f, "datadog", "operational") }
func FuzzFeed(f *testing.F)        { fuzz(f, "feed", "no open item") } // ours: a feed has no word for the absence of items
func FuzzFirehydrant(f *testing.F) { fuzz(f, "firehydrant", "OPERATIONAL") }
func FuzzFlashduty(f *testing.F)   { fuzz(f, "flashduty", "operational") }
func FuzzGatus(f *testing.F)       { fuzz(f, "gatus", "success: true") }
func FuzzGoogleCloud(f *testing.F) { fuzz(f, "google-cloud", "AVAILABLE") }
func FuzzIncidentIO(f *testing.F)  { fuzz(f, "incident.io", "operational", "[]") }
func FuzzInstatus(f *testing.F)    { fuzz(f, "instatus", "OPERATIONAL", "UP") }
func FuzzSlack(f *testing.F)       { fuzz(f, "slack", "ok") }
func FuzzStatusIO(f *testing.F)    { fuzz(f, "status.io", "Operational") }
func FuzzStatuspage(f *testing.F)  { fuzz(f, "statuspage", "operational") }
func FuzzStatuspal(f *testing.F)   { fuzz(f, "statuspal", "null") }
func FuzzStripe(f *testing.F)      { fuzz(f, "stripe", "up") }
func FuzzUpptime(f *testing.F)     { fuzz(f, "upptime", "up") }
func FuzzUptimeKuma(f *testing.F)  { fuzz(f, "uptime-kuma", "up") }

// fuzz holds the rule that may not bend: an answer that cannot be read is no
// report, a component is operational only where the page says so in a word of
// green, and whatever a report holds is short, harmless text.
func fuzz(f *testing.F, name string, green ...string) {
	p, _ := platform.ByName(name)
	source := status.Source{Platform: name, URL: "https://status.example.com", Filter: map[string]string{}}
	for _, key := range p.Keys {
		source.Filter[key.Name] = "abc"
	}
	paths := p.Paths(source)
	for _, seed := range seeds(f, name) {
		second := []byte(nil)
		if len(paths) > 1 {
			second = seed[paths[1].Name]
		}
		f.Add(seed[paths[0].Name], second)
	}
	f.Fuzz(func(t *testing.T, first, second []byte) {
		files := map[string][]byte{}
		for i, path := range paths {
			files[path.Name] = [][]byte{first, second}[min(i, 1)]
		}
		r, err := p.Parse(source, files)
		if err != nil {
			if diff := cmp.Diff(status.Report{}, r); diff != "" {
				t.Errorf("refused with %v and a report:\n%s", err, diff)
			}
			return
		}
		if len(r.Components) == 0 {
			t.Error("a report without a component")
		}
		if isXML := func(b []byte) bool { return bytes.ContainsAny(b, "<") }; !readable(first) && !readable(second) && !isXML(first) && !isXML(second) {
			t.Error("a report of what is neither JSON nor XML")
		}
		for _, c := range r.Components {
			if c.Level == status.Operational && !slices.Contains(green, c.Word) {
				t.Errorf("%q is called operational for the word %q", c.Name, c.Word)
			}
		}
		harmless(t, r)
	})
}

func readable(body []byte) bool {
	return json.Valid(bytes.TrimPrefix(body, []byte("\ufeff"))) || bytes.HasPrefix(body, []byte("\xfe\xff")) || bytes.HasPrefix(body, []byte("\xff\xfe"))
}

// seeds are the answers of the committed cases.
func seeds(f *testing.F, name string) []map[string][]byte {
	files, err := filepath.Glob("testdata/" + name + "/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	var all []map[string][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		bodies := map[string][]byte{}
		for _, part := range txtar.Parse(data).Files {
			path, wide := strings.CutSuffix(part.Name, " utf-16")
			bodies[path] = part.Data
			if wide {
				bodies[path] = inUTF16(string(part.Data))
			}
		}
		all = append(all, bodies)
	}
	return all
}

// harmless holds that a report is short text without control characters, and
// links that a page may have.
func harmless(t *testing.T, r status.Report) {
	t.Helper()
	short := func(what, s string, limit int) {
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > limit || strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Cc, c) && c != '\n' }) {
			t.Errorf("%s is %.100q", what, s)
		}
	}
	short("page", r.Page, status.NameMax)
	short("indicator", r.Indicator.Word, status.NameMax)
	for _, c := range r.Components {
		for what, s := range map[string]string{"id": c.ID, "name": c.Name, "group": c.Group, "word": c.Word} {
			short("a component's "+what, s, status.NameMax)
		}
	}
	for _, i := range slices.Concat(r.Incidents, r.Past, r.Maintenance) {
		for what, s := range map[string]string{"id": i.ID, "title": i.Title, "phase": i.Phase, "impact": i.Impact} {
			short("an incident's "+what, s, status.NameMax)
		}
		for _, name := range i.Components {
			short("a touched component", name, status.NameMax)
		}
		if i.URL != "" && !status.IsLink(i.URL) {
			t.Errorf("a link to %q", i.URL)
		}
		for _, u := range i.Updates {
			short("an update's phase", u.Phase, status.NameMax)
			short("an update", u.Text, status.TextMax)
		}
	}
}
