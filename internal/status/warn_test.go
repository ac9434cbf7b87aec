package status

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// parts is a change of a page to so many components.
func parts(n int) func(*Report) {
	return func(r *Report) { r.Components = manyParts(n) }
}

func TestNextWarns(t *testing.T) {
	const day = 24 * 60
	// ours is a good reading of a page whose configured components are these.
	ours := func(reading map[string]Reading, components ...string) map[string]Reading {
		r := reading["openai"]
		r.Source.Components = components
		return map[string]Reading{"openai": r}
	}
	moved := read(10, Operational, parts(3))
	r := moved["openai"]
	r.Source.URL = "https://status.example.org"
	moved["openai"] = r
	tests := []struct {
		name     string
		readings []map[string]Reading
		want     []string
	}{
		{"nothing wrong", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(9))}, nil},
		{"a configured component vanished", []map[string]Reading{ours(read(0, Operational, parts(10)), "Region 1", "API")}, []string{`component "API" is not on the page any more`}},
		{"half of the components are gone", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(5))}, []string{"the page shows 5 components; it had 10 until 2026-11-22"}},
		{"they stay away", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(5)), read(2*day, Operational, parts(4))}, []string{"the page shows 4 components; it had 10 until 2026-11-22"}},
		{"the source could not be read since", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(5)), failed(20, "x")}, []string{"the page shows 5 components; it had 10 until 2026-11-22"}},
		{"they came back", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(5)), read(20, Operational, parts(8))}, nil},
		{"the page is simply smaller now", []map[string]Reading{read(0, Operational, parts(10)), read(10, Operational, parts(5)), read(20*day, Operational, parts(5)), read(20*day+10, Operational, parts(5))}, nil},
		{"another page", []map[string]Reading{read(0, Operational, parts(10)), moved}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, rounds(test.readings...).Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextWarnsOfAFrozenPage(t *testing.T) {
	updated := func(t time.Time) Reading {
		return Reading{Source: openai, State: StateOK, At: at(0), Report: Report{Level: Operational, PageUpdated: t, Components: manyParts(1)}}
	}
	old := at(0).Add(-frozenAge - time.Hour)
	tests := []struct {
		name   string
		others time.Time
		want   bool
	}{
		{"others move", at(-60), true},
		{"nothing moves", at(0).Add(-movingAge - time.Hour), false},
		{"no other tells", time.Time{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := Snapshot{}.Next(map[string]Reading{"openai": updated(old), "groq": updated(test.others)}, at(0))
			got := strings.Join(s.Providers["openai"].Warnings, "; ")
			if warned := strings.Contains(got, "last changed on 2026-08-24; it may have been left behind"); warned != test.want {
				t.Errorf("warnings %q", got)
			}
			if others := s.Providers["groq"].Warnings; len(others) > 0 {
				t.Errorf("the page that moves: %q", others)
			}
		})
	}
}

func TestNextBelievesNoStaleAnswer(t *testing.T) {
	good := func(until int) func(*Report) { return func(r *Report) { r.StaleAfter = at(until) } }
	if r := rounds(read(10, Operational, good(9))); r.Level != Operational {
		t.Errorf("an answer within the skew of clocks is %v: %s", r.Level, r.Reason)
	}
	r := rounds(read(10, Operational, good(0)))
	if r.Level != Unknown || r.Reason != "the source says that its answer was good until 2026-11-22T12:00:00Z only" {
		t.Errorf("a stale answer is %v: %s", r.Level, r.Reason)
	}
}

func TestNextNotModified(t *testing.T) {
	same := map[string]Reading{"openai": {Source: openai, State: StateNotModified, At: at(10)}}
	with := func(reading map[string]Reading, v *Validators) map[string]Reading {
		r := reading["openai"]
		r.Validators = v
		return map[string]Reading{"openai": r}
	}
	validators := &Validators{Of: "x", FullAt: at(0), Files: []Validator{{File: "summary", ETag: `W/"a"`}}}
	first := rounds(with(read(0, Degraded, plain), validators))
	r := rounds(with(read(0, Degraded, plain), validators), same)
	want := first
	want.CheckedAt, want.Fetch.At, want.Fetch.State = at(10), at(10), StateNotModified
	want.Days = []Day{{"2026-11-22", Degraded, 2, 2}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if r := rounds(with(read(0, Degraded, plain), validators), read(10, Degraded, plain)); r.Fetch.Validators != nil {
		t.Errorf("a reading without validators keeps %v", r.Fetch.Validators)
	}
	if r := rounds(with(read(0, Degraded, plain), validators), failed(10, "x")); r.Fetch.Validators == nil {
		t.Error("a failure loses the validators of the report that stays")
	}
}

func TestJudgeMarksWhatIsNotCounted(t *testing.T) {
	linked, unlinked, theirs := about("Errors", Degraded, "API"), about("API trouble", Degraded), about("Slow", Degraded, "Chat")
	filtered := about("API down in Oregon", MajorOutage, "API")
	filtered.Elsewhere = true
	r := green(func(r *Report) {
		r.Incidents = []Incident{linked, unlinked, theirs, about("Login trouble", Degraded), filtered}
	})
	given := r.Incidents
	got := Judge(Source{Components: []string{"API"}}, r)
	var elsewhere []string
	for _, i := range got.Incidents {
		if i.Elsewhere {
			elsewhere = append(elsewhere, i.Title)
		}
	}
	if diff := cmp.Diff([]string{"Slow", "Login trouble", "API down in Oregon"}, elsewhere); diff != "" || got.Level != Degraded {
		t.Errorf("level %v; elsewhere (-want +got):\n%s", got.Level, diff)
	}
	if given[2].Elsewhere {
		t.Error("Judge changed the report it was given")
	}
	whole := Judge(Source{}, green(func(r *Report) { r.Incidents = []Incident{filtered} }))
	if whole.Level != Operational {
		t.Errorf("a page with nothing but an incident elsewhere is %v", whole.Level)
	}
}
