package status

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// at is the time so many minutes after noon.
func at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

var openai = Source{Platform: "statuspage", URL: "https://status.example.com"}

// read is a good reading at that minute, of a page at that level.
func read(minutes int, level Level, change func(*Report)) map[string]Reading {
	r := Report{Page: "Example", Level: level, Components: []Component{part("API", level)}}
	change(&r)
	return map[string]Reading{"openai": {Source: openai, State: StateOK, Report: r, At: at(minutes)}}
}

func plain(*Report) {}

func failed(minutes int, reason string) map[string]Reading {
	return map[string]Reading{"openai": {Source: openai, State: StateFailed, Reason: reason, At: at(minutes)}}
}

// rounds is the record after these rounds, one every ten minutes at the most.
func rounds(readings ...map[string]Reading) Record {
	var s Snapshot
	for _, r := range readings {
		s = s.Next(r, r["openai"].At)
	}
	return s.Providers["openai"]
}

func TestNextCountsAndDates(t *testing.T) {
	one := Snapshot{}.Next(read(0, Operational, plain), at(1))
	two := one.Next(read(5, Operational, plain), at(6))
	if one.Sequence != 1 || two.Sequence != 2 || !two.WrittenAt.Equal(at(6)) || two.Version != Version {
		t.Errorf("sequence %d, then %d; written %v; version %d", one.Sequence, two.Sequence, two.WrittenAt, two.Version)
	}
	r := two.Providers["openai"]
	if !r.CheckedAt.Equal(at(5)) || !r.ChangedAt.Equal(at(0)) {
		t.Errorf("checked %v, changed %v; want %v and %v", r.CheckedAt, r.ChangedAt, at(5), at(0))
	}
	if one.Providers["openai"].CheckedAt != at(0) {
		t.Error("the snapshot before was changed")
	}
}

func TestNextKeepsTheLastGoodReport(t *testing.T) {
	r := rounds(read(0, Degraded, plain), failed(10, "401 Unauthorized"), failed(20, "no answer within 10 s"))
	want := Outcome{State: StateFailed, Reason: "no answer within 10 s", At: at(20), Since: at(10)}
	if diff := cmp.Diff(want, r.Fetch); diff != "" {
		t.Errorf("outcome (-want +got):\n%s", diff)
	}
	if r.Level != Degraded || !r.CheckedAt.Equal(at(0)) || !r.ChangedAt.Equal(at(0)) || r.Page != "Example" {
		t.Errorf("after failures: %v, checked %v, changed %v, page %q", r.Level, r.CheckedAt, r.ChangedAt, r.Page)
	}
	recovered := rounds(read(0, Degraded, plain), failed(10, "x"), read(20, Degraded, plain), failed(30, "y"))
	if !recovered.Fetch.Since.Equal(at(30)) {
		t.Errorf("a new failure dates from %v, want %v", recovered.Fetch.Since, at(30))
	}
}

func TestNextNeverReadIsUnknown(t *testing.T) {
	r := rounds(failed(0, "no such host"), failed(10, "no such host"))
	if r.Level != Unknown || !r.CheckedAt.IsZero() || !r.ChangedAt.IsZero() || len(r.Changes) != 0 {
		t.Errorf("never read: %+v", r)
	}
}

func TestNextIgnoresTheReportOfAFailure(t *testing.T) {
	reading := failed(10, "answered HTML, not JSON")
	bad := reading["openai"]
	bad.Report = Report{Level: Operational, Page: "Bogus"}
	reading["openai"] = bad
	if r := rounds(read(0, MajorOutage, plain), reading); r.Level != MajorOutage || r.Page != "Example" {
		t.Errorf("a failed reading brought %v of page %q", r.Level, r.Page)
	}
}

func TestNextNotesChanges(t *testing.T) {
	r := rounds(read(0, Operational, plain), read(10, MajorOutage, plain), failed(20, "x"), read(30, MajorOutage, plain), read(40, Operational, plain))
	want := []Change{
		{At: at(40), From: MajorOutage, To: Operational},
		{At: at(10), From: Operational, To: MajorOutage},
		{At: at(0), From: Unknown, To: Operational},
	}
	if diff := cmp.Diff(want, r.Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if !r.ChangedAt.Equal(at(40)) {
		t.Errorf("changed %v, want %v", r.ChangedAt, at(40))
	}
}

func TestNextKeepsTheNewestChanges(t *testing.T) {
	var s Snapshot
	for i := range 3 * ChangesMax {
		s = s.Next(read(i, []Level{Operational, Degraded}[i%2], plain), at(i))
	}
	changes := s.Providers["openai"].Changes
	if len(changes) != ChangesMax || !changes[0].At.Equal(at(3*ChangesMax-1)) {
		t.Errorf("%d changes, the newest at %v", len(changes), changes[0].At)
	}
}

func TestNextForgetsProvidersThatLeft(t *testing.T) {
	s := Snapshot{}.Next(read(0, Operational, plain), at(0))
	s = s.Next(map[string]Reading{"groq": {State: StateNone, At: at(1)}}, at(1))
	if _, ok := s.Providers["openai"]; ok || len(s.Providers) != 1 {
		t.Errorf("providers are %v, want groq alone", s.Providers)
	}
}

func TestNextWithoutASource(t *testing.T) {
	gone := map[string]Reading{"openai": {Source: Source{Platform: "none", URL: "https://x.example"}, State: StateNone, Reason: "no API", At: at(10)}}
	r := rounds(read(0, Operational, plain), gone)
	want := Record{
		Report: Report{Reason: "no API"}, URL: "https://x.example", Platform: "none", ChangedAt: at(10),
		Changes: []Change{{At: at(10), From: Operational}, {At: at(0), To: Operational}},
		Days:    []Day{{Date: "2026-11-22", Level: Operational, Read: 1, Tries: 1}},
		Fetch:   Outcome{State: StateNone, Reason: "no API", At: at(10)},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}

// open makes an open incident that began at that minute.
func open(id string, minutes int) Incident {
	return Incident{ID: id, Title: "Incident " + id, Phase: "investigating", Started: at(minutes)}
}

func resolved(id string, started, ended int) Incident {
	i := open(id, started)
	i.Phase, i.Ended = "resolved", at(ended)
	return i
}

func TestNextRemembersIncidents(t *testing.T) {
	with := func(open, past []Incident) func(*Report) {
		return func(r *Report) { r.Incidents, r.Past = open, past }
	}
	vanished := func(i Incident, minutes int) Incident { i.Ended = at(minutes); return i }
	tests := []struct {
		name     string
		readings []map[string]Reading
		want     []Incident
	}{
		{"told by the source", []map[string]Reading{
			read(60, Operational, with(nil, []Incident{resolved("b", 20, 30), resolved("a", 0, 10)})),
		}, []Incident{resolved("b", 20, 30), resolved("a", 0, 10)}},
		{"an open one that vanished ended at that check", []map[string]Reading{
			read(10, Degraded, with([]Incident{open("a", 0)}, nil)),
			read(60, Operational, plain),
		}, []Incident{vanished(open("a", 0), 60)}},
		{"the source's own end replaces ours", []map[string]Reading{
			read(10, Degraded, with([]Incident{open("a", 0)}, nil)),
			read(60, Operational, plain),
			read(70, Operational, with(nil, []Incident{resolved("a", 0, 44)})),
		}, []Incident{resolved("a", 0, 44)}},
		{"one that the source no longer lists stays", []map[string]Reading{
			read(60, Operational, with(nil, []Incident{resolved("a", 0, 10)})),
			read(70, Operational, with(nil, []Incident{resolved("b", 65, 66)})),
		}, []Incident{resolved("b", 65, 66), resolved("a", 0, 10)}},
		{"one that was opened again is not past", []map[string]Reading{
			read(60, Operational, with(nil, []Incident{resolved("a", 0, 10)})),
			read(70, Degraded, with([]Incident{open("a", 0)}, nil)),
		}, nil},
		{"a failed reading ends nothing", []map[string]Reading{
			read(10, Degraded, with([]Incident{open("a", 0)}, nil)),
			failed(60, "x"),
		}, nil},
		{"without ids, title and start tell them apart", []map[string]Reading{
			read(10, Degraded, with([]Incident{{Title: "Errors", Started: at(0)}}, []Incident{{Title: "Errors", Started: at(-60)}})),
		}, []Incident{{Title: "Errors", Started: at(-60)}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, rounds(test.readings...).Past); diff != "" {
				t.Errorf("past (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextEndsNothingWhenThePageMoved(t *testing.T) {
	first := read(0, Degraded, func(r *Report) { r.Incidents = []Incident{open("a", 0)} })
	second := read(10, Operational, plain)
	moved := second["openai"]
	moved.Source.URL = "https://elsewhere.example"
	second["openai"] = moved
	if r := rounds(first, second); len(r.Past) != 0 {
		t.Errorf("past is %v, want none", r.Past)
	}
}

func TestNextKeepsTheNewestIncidents(t *testing.T) {
	var told []Incident
	for i := range 2 * PastMax {
		told = append(told, resolved(fmt.Sprint(i), i, i+1))
	}
	r := rounds(read(600, Operational, func(r *Report) { r.Past = told }))
	if len(r.Past) != PastMax || r.Past[0].ID != fmt.Sprint(2*PastMax-1) {
		t.Errorf("%d past incidents, the newest %q", len(r.Past), r.Past[0].ID)
	}
}

func TestNextTakesBackTheFuture(t *testing.T) {
	r := rounds(read(0, Maintenance, func(r *Report) {
		r.PageUpdated = at(1) // a clock that runs ahead a little
		r.Incidents = []Incident{{ID: "a", Started: at(-5), Updated: at(500), Updates: []Update{{At: at(500)}, {At: at(-5)}}}}
		r.Maintenance = []Incident{{ID: "m", Started: at(300), Ended: at(400), Updated: at(300)}}
		r.Past = []Incident{{ID: "p", Started: at(-50), Ended: at(50)}}
	}))
	if !r.PageUpdated.Equal(at(0)) {
		t.Errorf("page updated %v, want the time of reading", r.PageUpdated)
	}
	want := []Incident{{ID: "a", Started: at(-5), Updates: []Update{{}, {At: at(-5)}}}}
	if diff := cmp.Diff(want, r.Incidents); diff != "" {
		t.Errorf("incidents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Incident{{ID: "m", Started: at(300), Ended: at(400)}}, r.Maintenance); diff != "" {
		t.Errorf("maintenance (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Incident{{ID: "p", Started: at(-50)}}, r.Past); diff != "" {
		t.Errorf("past (-want +got):\n%s", diff)
	}
}
