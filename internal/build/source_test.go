package build

import (
	"html"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"faultbook"
	"faultbook/internal/cache"
	"faultbook/internal/status"
)

// The page that all entries follow is an existing page about the same error.
// Here ours is built for the same moment and state, and read as a reader would.

var sourceMoment = time.Date(2026, 6, 6, 5, 34, 0, 0, time.UTC)

func sourcePage(t *testing.T) string {
	t.Helper()
	record := status.Record{Report: status.Report{Level: status.Operational}, CheckedAt: sourceMoment, ChangedAt: sourceMoment}
	edition, findings, err := Prepare(Input{
		Content: os.DirFS("../../content"), Themes: []fs.FS{faultbook.Theme}, Now: sourceMoment, Cache: cache.New(&cache.Memory{}),
		Snapshot: status.Snapshot{Version: 1, Providers: map[string]status.Record{"openai": record}},
	})
	if err != nil || edition == nil {
		t.Fatalf("Prepare: %v, %v", findings, err)
	}
	file, ok, err := edition.At("/openai/insufficient-quota/")
	if err != nil || !ok {
		t.Fatalf("At = %v, %v", ok, err)
	}
	return string(file.Data)
}

var (
	tag     = regexp.MustCompile(`<[^>]*>`)
	heading = regexp.MustCompile(`(?s)<h[23]>(.*?)</h[23]>`)
)

func text(markup string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(markup, " "))), " ")
}

// section is the plain text of the part of the page with that id.
func section(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<section id="`+id+`"`)
	if !ok {
		t.Fatalf("the page has no section %q", id)
	}
	body, _, _ := strings.Cut(rest, "</section>")
	return text("<x" + body)
}

func TestSourcePageHeadings(t *testing.T) {
	page := sourcePage(t)
	var got []string
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		got = append(got, text(m[1]))
	}
	all := strings.Join(got, "\n")
	at := -1
	for _, want := range []string{
		"Is there an outage right now?", "What this error means", "Common causes", "How to fix", "When waiting helps (and when it won't)",
		"Alternatives when OpenAI API is down", "Related errors", "FAQ",
		"What is insufficient_quota (exceeded current quota)?", "How do I fix insufficient_quota (exceeded current quota)?",
	} {
		next := strings.Index(all, want)
		if next < 0 {
			t.Errorf("no heading %q; there are:\n%s", want, all)
		} else if next < at {
			t.Errorf("heading %q stands too early", want)
		}
		at = max(at, next)
	}
	if !strings.Contains(text(page), "Compare OpenAI API with others") {
		t.Error("the page does not lead to the comparison")
	}
	const title = `OpenAI API "insufficient_quota / You exceeded your current quota": causes and fixes (billing / balance)`
	if h1 := text(between(page, "<h1>", "</h1>")); strings.ReplaceAll(h1, " ", "") != strings.ReplaceAll(title, " ", "") {
		t.Errorf("h1 = %q, want %q", h1, title)
	}
}

func between(s, open, end string) string {
	_, rest, _ := strings.Cut(s, open)
	inside, _, _ := strings.Cut(rest, end)
	return inside
}

func TestSourcePageVerdict(t *testing.T) {
	got := section(t, sourcePage(t), "verdict")
	for _, want := range []string{
		"OpenAI API official status is operational. If this error persists, it is likely an implementation or environment issue on your side.",
		"Updated: Jun 6, 2026, 5:34 AM UTC",
		"View OpenAI API status",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the verdict says %q, without %q", got, want)
		}
	}
}

// Every fact of the source page, by words that only that fact uses, in the
// section where it belongs.
func TestSourcePageFacts(t *testing.T) {
	page := sourcePage(t)
	for _, c := range []struct {
		section string
		words   []string
	}{
		{"meaning", []string{"exceeded your current quota", "429", "not a rate limit", "balance is zero", "free-trial", "payment method", "monthly usage limit"}},
		{"causes", []string{"prepaid credit balance", "zero or too low"}},
		{"causes", []string{"free-trial credits", "expired or were used up"}},
		{"causes", []string{"no payment method", "card"}},
		{"causes", []string{"monthly usage limit or budget", "configured"}},
		{"causes", []string{"organization", "out of balance", "members cannot be billed"}},
		{"fixes", []string{"add credits", "payment method", "billing", "platform.openai.com"}},
		{"fixes", []string{"auto recharge", "zero again"}},
		{"fixes", []string{"raise", "monthly usage limit"}},
		{"fixes", []string{"few minutes", "apply"}},
		{"fixes", []string{"rate-limit 429", "never fixes it"}},
		{"fixes", []string{"top of this page", "outage"}},
		{"waiting", []string{"waiting does not fix it", "add credit", "payment method", "adjust your limits"}},
		{"waiting", []string{"few minutes to apply", "after paying"}},
		{"alternatives", []string{"claude api"}},
		{"alternatives", []string{"gemini api / ai studio"}},
		{"alternatives", []string{"mistral api"}},
		{"alternatives", []string{"deepseek api"}},
		{"alternatives", []string{"groq api"}},
	} {
		got := strings.ToLower(section(t, page, c.section))
		for _, word := range c.words {
			if !strings.Contains(got, word) {
				t.Errorf("section %s does not say %q:\n%s", c.section, word, got)
			}
		}
	}
}
