package site

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/status"
)

// remembered is a site of one provider that remembers these days.
func remembered(t *testing.T, change func(*status.Record)) (*Site, *provider) {
	t.Helper()
	s := &Site{Input: Input{Words: english(t), Now: time.Date(2026, 11, 22, 17, 0, 0, 0, time.UTC)}}
	p := &provider{Provider: &book.Provider{Slug: "acme"}}
	change(&p.record)
	return s, p
}

func TestHistory(t *testing.T) {
	s, p := remembered(t, func(r *status.Record) {
		r.Days = []status.Day{
			{Date: "2026-11-22", Level: status.Operational, Read: 3, Tries: 3},
			{Date: "2026-11-21", Level: status.MajorOutage, Read: 3, Tries: 3},
			{Date: "2026-11-20", Tries: 4},
			{Date: "2026-11-18", Read: 1, Tries: 1},
			{Date: "2026-11-17", Level: status.Operational, Read: 1, Tries: 1},
			{Date: "2026-11-16", Level: status.Operational, Read: 1, Tries: 9},
		}
		r.Changes = []status.Change{{At: s3am("2026-11-21"), From: status.Operational, To: status.MajorOutage}, {At: s3am("2026-07-01"), To: status.Operational}}
		r.Past = []status.Incident{{Title: "new", Started: s3am("2026-11-21"), Ended: s3am("2026-11-22")}, {Title: "old", Started: s3am("2026-06-01"), Ended: s3am("2026-06-02")}}
	})
	h := s.history(p)
	var runs []string
	for _, r := range h.Runs {
		runs = append(runs, r.From.ISO+" "+r.To.ISO+" "+r.Mood+" "+r.Word)
	}
	want := []string{
		"2026-11-22 2026-11-22 ok operational",
		"2026-11-21 2026-11-21 down major outage",
		"2026-11-19 2026-11-20 gap no reading",
		"2026-11-18 2026-11-18 none could not be told",
		"2026-11-16 2026-11-17 ok operational",
		"2026-08-25 2026-11-15 gap not yet watched",
	}
	if diff := cmp.Diff(want, runs); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	const summary = "In the last 90 days the status page was read on 5: 3 operational, 1 major outage, 1 could not be told. The other 85 are gaps: nothing was read, so nothing is claimed."
	if h.Summary != summary {
		t.Errorf("summary %q", h.Summary)
	}
	if len(h.Strip) != 90 || h.Strip[89].Mood != "ok" || h.Strip[88].Height != stripHeight || h.Strip[0].Mood != "gap" {
		t.Errorf("strip of %d: %+v", len(h.Strip), h.Strip)
	}
	if len(h.Changes) != 1 || len(h.Past) != 1 || h.Past[0].Title != "new" {
		t.Errorf("%d changes, past %+v", len(h.Changes), h.Past)
	}
}

func s3am(date string) time.Time {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return at.Add(3 * time.Hour)
}

// A gap is never counted as a good or bad day, whatever its record says.
func TestHistoryNeverCountsGaps(t *testing.T) {
	s, p := remembered(t, func(r *status.Record) {
		for n := range status.DaysMax {
			r.Days = append(r.Days, status.Day{Date: s3am("2026-11-22").AddDate(0, 0, -n).Format(time.DateOnly), Tries: 24})
		}
	})
	h := s.history(p)
	if len(h.Runs) != 1 || h.Runs[0].Mood != "gap" || !strings.Contains(h.Summary, "never read") {
		t.Errorf("runs %+v, summary %q", h.Runs, h.Summary)
	}
	if _, p := remembered(t, func(*status.Record) {}); s.history(p) != nil {
		t.Error("a provider that was never tried has a history")
	}
}

func TestProviderFeedIDsStay(t *testing.T) {
	item := func(change func(*status.Incident)) FeedItem {
		s, p := remembered(t, func(*status.Record) {})
		i := status.Incident{ID: "i<1>", Title: "Errors", Started: s3am("2026-11-21"), Updates: []status.Update{{At: s3am("2026-11-21"), Phase: "in_progress", Text: "We look."}}}
		change(&i)
		return s.incidentItem(p, i, i.Title)
	}
	first := item(func(*status.Incident) {})
	later := item(func(i *status.Incident) {
		i.Title, i.Phase = "Errors, longer", "resolved"
		i.Updates = append([]status.Update{{At: s3am("2026-11-22"), Text: "Done."}}, i.Updates...)
	})
	if first.ID != later.ID || strings.Contains(first.ID, "<") || !later.Updated.Equal(s3am("2026-11-22")) || !first.Published.Equal(s3am("2026-11-21")) {
		t.Errorf("first %+v\nlater %+v", first, later)
	}
	if other := item(func(i *status.Incident) { i.ID = "i2" }); other.ID == first.ID {
		t.Error("two incidents have one id")
	}
	if a, b := item(func(i *status.Incident) { i.ID = "" }), item(func(i *status.Incident) { i.ID, i.Started = "", s3am("2026-11-20") }); a.ID == b.ID {
		t.Error("two incidents without ids have one id")
	}
	if want := "unknown, resolved\n\n" + moment(s3am("2026-11-22")).Text + ": Done.\n\n" + moment(s3am("2026-11-21")).Text + " in progress: We look."; later.Summary != want {
		t.Errorf("summary %q, want %q", later.Summary, want)
	}
}
