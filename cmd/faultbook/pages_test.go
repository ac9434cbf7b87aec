package main

import (
	"bytes"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"faultbook"
	"faultbook/internal/book"
	"faultbook/internal/build"
	"faultbook/internal/cache"
	"faultbook/internal/status"
)

// realNow is a moment after all that the content knows.
var realNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// TestRealSite builds the site of this repository's own content and holds that
// it keeps what every site has to keep, and that no error text was lost.
func TestRealSite(t *testing.T) {
	for _, test := range []struct {
		name, base string
		snapshot   func(*book.Book) status.Snapshot
	}{
		{"no snapshot", "https://faultbook.example", noSnapshot},
		{"every level and hostile words, under a path", "https://example.org/api/faults", everyLevel},
	} {
		t.Run(test.name, func(t *testing.T) {
			edition, s := buildInMemory(t, "../../content", test.base, test.snapshot)
			for _, problem := range problemsOf(s) {
				t.Error(problem)
			}
			holdTexts(t, edition.Book, s)
			if said := readPage("status/index.html", s.files["status/index.html"]).text; strings.Contains(test.name, "hostile") && !strings.Contains(said, hostile) {
				t.Errorf("status/index.html does not show %s", hostile)
			}
		})
	}
}

func buildInMemory(t *testing.T, content, base string, snapshot func(*book.Book) status.Snapshot) (*build.Edition, site) {
	t.Helper()
	in := build.Input{
		Content: os.DirFS(content), Themes: []fs.FS{faultbook.Theme}, Now: realNow, Base: base, Cache: cache.New(&cache.Memory{}),
	}
	b, _, err := book.Load(in.Content, in.Cache)
	if err != nil {
		t.Fatal(err)
	}
	in.Snapshot = snapshot(b)
	edition, findings, err := build.Prepare(in)
	if err != nil || edition == nil {
		t.Fatalf("Prepare = %v, %v", findings, err)
	}
	s := site{map[string][]byte{}, base}
	for f, err := range edition.Files() {
		if err != nil {
			t.Fatal(err)
		}
		s.files[f.Path] = bytes.Clone(f.Data)
	}
	return edition, s
}

// holdTexts holds that the messages of every entry, and the sample that its page
// shows, stand in the page byte for byte.
func holdTexts(t *testing.T, b *book.Book, s site) {
	for _, e := range b.Entries() {
		text, err := b.Text(e)
		if err != nil {
			t.Fatal(err)
		}
		file := e.Key() + "/index.html"
		pres := readPage(file, s.files[file]).pres
		for _, want := range append(slices.Clone(e.Messages), text.Samples[:min(1, len(text.Samples))]...) {
			if !slices.Contains(pres, want) {
				t.Errorf("%s: no <pre> holds %q", file, want)
			}
		}
	}
}

func noSnapshot(*book.Book) status.Snapshot { return status.Snapshot{} }

// hostile is what a status page may say and no page of ours may take for its own.
const hostile = `<script>alert("x")</script> & </table><b> 'q' {{.Title}} ](/x/)`

// nul is what stands around holes in pages that are being made.
const nul = "\x00css\x00"

// everyLevel is a snapshot in which each level is some provider's, and every
// text of a source is hostile.
func everyLevel(b *book.Book) status.Snapshot {
	readings := map[string]status.Reading{}
	for i, p := range b.Providers {
		level := status.Levels()[i%len(status.Levels())]
		part := status.Component{ID: "c", Name: hostile + nul, Group: hostile, Word: hostile, Level: level}
		incident := status.Incident{
			ID: "i", Title: hostile + nul, Phase: "investigating", Impact: "major", Level: level, Components: []string{hostile},
			URL: "https://status.example.com/i?a=1&b=2", Started: realNow.Add(-time.Hour), Updated: realNow.Add(-time.Minute),
			Updates: []status.Update{{Phase: "investigating", Text: hostile + nul, At: realNow.Add(-time.Minute)}},
		}
		window := incident
		window.ID, window.Ended = "w", realNow.Add(time.Hour)
		readings[p.Slug] = status.Reading{Source: p.Source, State: status.StateOK, At: realNow.Add(-time.Duration(i) * time.Minute), Report: status.Report{
			Level: level, Page: hostile, Indicator: status.Indicator{Word: "major", Level: level},
			Components: []status.Component{part}, Incidents: []status.Incident{incident}, Maintenance: []status.Incident{window},
		}}
	}
	return status.Snapshot{}.Next(readings, realNow)
}
