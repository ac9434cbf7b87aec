package site

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/frontmatter"
	"faultbook/internal/status"
	"faultbook/internal/verdict"
	"faultbook/internal/words"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// english are the words of the default theme.
func english(t *testing.T) words.Words {
	t.Helper()
	data, err := os.ReadFile("../../templates/words/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	doc, findings := frontmatter.ParseTOML("en.toml", data)
	said, more := doc.Strings()
	if len(findings)+len(more) > 0 {
		t.Fatalf("templates/words/en.toml: %v %v", findings, more)
	}
	return words.New(said)
}

const (
	siteTOML = `title = "Faults"
tagline = "One page each."
description = "What each error means."
base = "https://faults.example"
repository = "https://git.example/faults"
`
	acme = `+++
name = "Acme API"
vendor = "Acme"
summary = "An API."
homepage = "https://acme.example/api"
docs = "https://docs.acme.example/errors"
hosts = ["api.acme.example"]
alternatives = ["bolt"]
[status]
platform = "statuspage"
url = "https://status.acme.example"
+++
`
	bolt = `+++
name = "Bolt API"
vendor = "Bolt"
summary = "Another API."
homepage = "https://bolt.example/api"
docs = "https://docs.bolt.example/errors"
hosts = ["api.bolt.example"]
alternatives = ["acme"]
[status]
platform = "none"
url = "https://status.bolt.example"
+++
`
)

// entryFile is an entry with the least that an entry needs.
func entryFile(code, kind, outage string, more string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, `+++
title = 'Acme API "%[1]s": causes and fixes'
name = "%[1]s"
code = "%[1]s"
http = 429
kind = "%[2]s"
outage = "%[3]s"
messages = ["You sent  too much <b>{n}</b>."]
meaning = "It means *%[1]s*."
causes = ["A cause with [a link](/acme/%[1]s/)."]
fixes = ["Set `+"`x`"+`. Then wait.", "Try `+"`y`"+`."]
sources = ["https://docs.acme.example/errors"]
added = 2026-11-01
verified = 2026-10-01
%[4]s
[waiting]
helps = "yes"
[[sample]]
text = "%[1]s"
+++
`, code, kind, outage, more)}
}

func content(extra map[string]*fstest.MapFile) fstest.MapFS {
	tree := fstest.MapFS{
		"site.toml":      {Data: []byte(siteTOML)},
		"acme/_index.md": {Data: []byte(acme)},
		"bolt/_index.md": {Data: []byte(bolt)},
		"acme/slow.md":   entryFile("slow", "rate-limit", "possible", `related = ["broke"]`),
		"acme/broke.md":  entryFile("broke", "billing", "never", `aliases = ["/acme/old-broke/"]`),
	}
	for name, file := range extra {
		tree[name] = file
	}
	return tree
}

func newSite(t *testing.T, tree fstest.MapFS, snapshot status.Snapshot, base string) *Site {
	t.Helper()
	b, findings, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil || len(findings) > 0 {
		t.Fatalf("Load: %v, %v", findings, err)
	}
	if base == "" {
		base = b.Site.Base
	}
	return New(Input{Book: b, Snapshot: snapshot, Words: english(t), Now: noon, Base: base})
}

func snapshotOf(level status.Level, checked time.Time) status.Snapshot {
	return status.Snapshot{Version: 1, Providers: map[string]status.Record{
		"acme": {Report: status.Report{Level: level}, CheckedAt: checked, ChangedAt: checked},
	}}
}

// The law: what is said for each nature of an error in each state of its
// provider. Read the file after any change of words or of the table.
func TestLaw(t *testing.T) {
	w := english(t)
	var law strings.Builder
	law.WriteString("What readers are told, by the nature of the error and the state of its provider.\n")
	for _, nature := range append(verdict.Natures(), verdict.Provider) {
		fmt.Fprintf(&law, "\n%s\n%s\n", strings.ToUpper(string(nature)), strings.Repeat("=", len(nature)))
		for _, state := range verdict.States() {
			rule := verdict.Rule(nature, state)
			say := func(part string) string {
				return w.Say("verdict."+rule+"."+part, "provider", "Acme API", "checked", "Jun 6, 2026, 5:34 AM UTC", "last", "operational")
			}
			believed := "no level"
			if level, ok := state.Level(); ok {
				believed = level.String() + ", until checked + valid_for"
			}
			fmt.Fprintf(&law, "\n%s (%s)\n  %s.\n  %s\n  %s\n", rule, believed, say("answer"), say("sentence"), say("advice"))
		}
	}
	law.WriteString("\nBESIDE THE OFFICIAL PAGE\n========================\n")
	for _, signal := range verdict.Signals() {
		for _, state := range []verdict.State{verdict.Operational, verdict.MajorOutage, verdict.Unclear, verdict.NoSource} {
			fmt.Fprintf(&law, "\n%s, where it is told in the state %s\n  %s\n", signal, state, w.Say("probe."+verdict.Note(state, signal), "provider", "Acme API", "probed", "Jun 6, 2026, 5:34 AM UTC"))
		}
	}
	const golden = "testdata/law.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(law.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), law.String()); diff != "" {
		t.Errorf("the law has changed (-law +now); if it is meant, UPDATE=1 go test ./internal/site:\n%s", diff)
	}
}

func TestVerdictOfAnEntryKnowsTheError(t *testing.T) {
	s := newSite(t, content(nil), snapshotOf(status.MajorOutage, noon), "")
	if got := s.live(s.entries["acme/broke"]).Verdict; got.Rule != "never.major_outage" || got.State.Mood != "down" {
		t.Errorf("a quota error during an outage: %s, %s; want never.major_outage, down", got.Rule, got.State.Mood)
	}
	if got := s.live(s.entries["acme/slow"]).Verdict; got.Rule != "possible.major_outage" {
		t.Errorf("a rate limit during an outage: %s, want possible.major_outage", got.Rule)
	}
}

// Rule 2: what a page claims ends with valid_until, and the row that the script
// shows after that comes from the same table.
func TestExpiredVerdict(t *testing.T) {
	s := newSite(t, content(nil), snapshotOf(status.Operational, noon.Add(-5*time.Hour)), "")
	got := s.live(s.entries["acme/broke"]).Verdict
	if got.State.Level != "unknown" || got.Answer != "Unknown: last known state operational" {
		t.Errorf("five hours after the check: %s, %q", got.State.Level, got.Answer)
	}
	if got.Checked.Text != "Nov 22, 2026, 7:00 AM UTC" {
		t.Errorf("Checked = %q", got.Checked.Text)
	}
	if !strings.Contains(string(got.Say), `"expired":["none","Unknown: last known state {last}"`) {
		t.Errorf("the rows for the script: %s", got.Say)
	}
}

func TestAddressesCarryThePrefix(t *testing.T) {
	s := newSite(t, content(nil), snapshotOf(status.Operational, noon), "https://x.example/errors/")
	for _, m := range s.Makers() {
		if !strings.HasPrefix(m.Path, "/errors/") || strings.HasPrefix(m.File, "errors/acme") {
			t.Errorf("page %s in file %s; want the prefix in the address alone", m.Path, m.File)
		}
	}
	m, ok := s.At("/errors/acme/slow/")
	if !ok {
		t.Fatal("At does not know /errors/acme/slow/")
	}
	page, err := m.Make()
	if err != nil {
		t.Fatal(err)
	}
	v := page.View.(*EntryView)
	if want := `A cause with <a href="/errors/acme/slow/">a link</a>.`; string(v.Article.Causes[0]) != want {
		t.Errorf("cause = %s, want %s", v.Article.Causes[0], want)
	}
	if v.Canonical != "https://x.example/errors/acme/slow/" || v.Twin != "/errors/acme/slow/index.md" {
		t.Errorf("canonical %s, twin %s", v.Canonical, v.Twin)
	}
	want := Redirect{
		From: "/errors/acme/old-broke/", To: "/errors/acme/broke/", File: "acme/old-broke/index.html",
		Lang: "en", Title: `Acme API "broke": causes and fixes`, Canonical: "https://x.example/errors/acme/broke/",
	}
	if got := s.Redirects(); len(got) != 1 || got[0] != want {
		t.Errorf("Redirects = %+v, want %+v", got, want)
	}
}

// A check that found no change moves no date that search engines see.
func TestSitemapTellsChangesOnly(t *testing.T) {
	before := newSite(t, content(nil), snapshotOf(status.Operational, noon.Add(-2*time.Hour)), "").Sitemap()
	later := snapshotOf(status.Operational, noon)
	r := later.Providers["acme"]
	r.ChangedAt = noon.Add(-2 * time.Hour)
	later.Providers["acme"] = r
	after := newSite(t, content(nil), later, "").Sitemap()
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("two hours and no change later the sitemap differs:\n%s", diff)
	}
	for _, a := range after {
		if a.URL == "https://faults.example/acme/slow/" && a.Modified.Format(time.DateOnly) != "2026-11-01" {
			t.Errorf("lastmod of a page added after it was verified = %s, want the day it was added", a.Modified)
		}
	}
}

func TestCompareShowsTheTypicalError(t *testing.T) {
	tree := content(map[string]*fstest.MapFile{
		"acme/slower.md": entryFile("slower", "rate-limit", "possible", `related = ["slow"]`),
	})
	s := newSite(t, tree, snapshotOf(status.Operational, noon), "")
	v := s.comparePage(s.bySlug["acme"]).View.(*CompareView)
	if got := v.This.Cells[0]; got.Path != "/acme/slow/" || got.HTTP != "429" {
		t.Errorf("rate limit cell = %+v, want the entry that others point at", got)
	}
	if got := v.Others[0]; got.Name != "Bolt API" || got.Open != "" || got.Cells[0].Path != "" {
		t.Errorf("a provider without source or entries = %+v", got)
	}
}

func TestLongListsArePaged(t *testing.T) {
	extra := map[string]*fstest.MapFile{}
	for i := range rowsPerPage + 5 {
		slug := fmt.Sprintf("e%04d", i)
		extra["bolt/"+slug+".md"] = entryFile(slug, "request", "never", "")
	}
	s := newSite(t, content(extra), status.Snapshot{}, "")
	m, ok := s.At("/errors/2/")
	if !ok {
		t.Fatal("there is no second page")
	}
	page, _ := m.Make()
	v := page.View.(*ListView)
	if len(v.Rows) != 7 || v.Previous != "/errors/" || v.Next != "" {
		t.Errorf("page 2 has %d rows, previous %q, next %q", len(v.Rows), v.Previous, v.Next)
	}
}

// Foreign words in a twin stay words: a title must not become a heading.
func TestTwinQuotesIncidents(t *testing.T) {
	got := markdownIncidents([]Incident{{Title: "# down [x](y)\n## more", Phase: "investigating", State: State{Word: "degraded"}}}, "none")
	if want := `- \# down \[x\](y) \#\# more (degraded, investigating)`; got != want {
		t.Errorf("markdownIncidents = %q, want %q", got, want)
	}
}
