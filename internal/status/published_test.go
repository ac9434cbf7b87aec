package status

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPublishedAs(t *testing.T) {
	const here = "https://errors.example.com"
	carried := func(builds ...time.Time) Snapshot {
		return Snapshot{Published: Published{Base: here, Content: "old", Pages: 3, Builds: builds, Asked: []time.Time{at(-2)}}}
	}
	many := make([]time.Time, 500)
	for n := range many {
		many[n] = at(-1 - n)
	}
	const day = 24 * 60
	for _, c := range []struct {
		name   string
		before Snapshot
		want   []time.Time
	}{
		{"the first", Snapshot{}, []time.Time{at(0)}},
		{"one more", carried(at(-5), at(-9)), []time.Time{at(0), at(-5), at(-9)}},
		{"the same again", carried(at(0), at(-9)), []time.Time{at(0), at(-9)}},
		{"as if it were earlier", carried(at(5)), []time.Time{at(5), at(0)}},
		{"a month ago is forgotten", carried(at(-5), at(1-31*day), at(-31*day), at(-40*day)), []time.Time{at(0), at(-5), at(1 - 31*day)}},
		{"no more than the newest", carried(many...), append([]time.Time{at(0)}, many[:BuildsMax-1]...)},
		{"those of another site are not ours", Snapshot{Published: Published{Base: "https://other.example", Builds: []time.Time{at(-5)}}}, []time.Time{at(0)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.before.PublishedAs(here, "new", 18, at(0)).Published
			if diff := cmp.Diff(Published{Base: here, Content: "new", Pages: 18, Builds: c.want}, got); diff != "" {
				t.Errorf("PublishedAs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAskedFor(t *testing.T) {
	s := full().AskedFor(at(30)).AskedFor(at(90))
	if diff := cmp.Diff([]time.Time{at(90), at(30), at(0), at(-30), at(-90)}, s.Published.Times()); diff != "" {
		t.Errorf("Times (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]time.Time{at(91), at(0), at(-90)}, s.PublishedAs(s.Published.Base, "new", 18, at(91)).Published.Times()); diff != "" {
		t.Errorf("Times after a build came (-want +got):\n%s", diff)
	}
}

func TestNextCarriesPublished(t *testing.T) {
	if got := full().Next(nil, at(5)).Published; !cmp.Equal(got, full().Published) {
		t.Errorf("the next snapshot knows %v, want %v", got, full().Published)
	}
}

func TestNewest(t *testing.T) {
	found := func(from string, written, built int) Carried {
		return Carried{from, Snapshot{WrittenAt: at(written), Published: Published{Pages: -built, Builds: []time.Time{at(built)}}}}
	}
	never := Carried{"never published", Snapshot{WrittenAt: at(-1)}}
	asked := func(c Carried, times ...int) Carried {
		for _, asked := range times {
			c.Snapshot = c.Snapshot.AskedFor(at(asked))
		}
		return c
	}
	live := found("live", -60, -60)
	for _, c := range []struct {
		name  string
		found []Carried
		want  string // From; empty: nothing
		pages int
		times []time.Time
	}{
		{"nothing", nil, "", 0, nil},
		{"one", []Carried{live}, "live", 60, []time.Time{at(-60)}},
		{"the first of equal ones", []Carried{live, found("file", -60, -90)}, "live", 60, []time.Time{at(-60)}},
		{"the newer one, and what the older one knows of the site", []Carried{live, found("file", -5, -90)}, "file", 60, []time.Time{at(-60)}},
		{"the same the other way round", []Carried{found("file", -5, -90), live}, "file", 60, []time.Time{at(-60)}},
		{"one that was never published", []Carried{live, never}, "never published", 60, []time.Time{at(-60)}},
		{"a file left behind", []Carried{live, found("file", -600, -900)}, "live", 60, []time.Time{at(-60)}},
		{"what was asked for has come", []Carried{live, asked(found("file", -90, -90), -61)}, "live", 60, []time.Time{at(-60)}},
		{"what was asked for is still to come", []Carried{live, asked(found("file", -90, -90), -61, -50, -40)}, "live", 60, []time.Time{at(-40), at(-50), at(-60)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Newest(c.found)
			if got.From != c.want || ok != (c.want != "") || got.Snapshot.Published.Pages != c.pages {
				t.Errorf("Newest = %q, %v with %d pages; want %q with %d", got.From, ok, got.Snapshot.Published.Pages, c.want, c.pages)
			}
			if diff := cmp.Diff(c.times, got.Snapshot.Published.Times()); diff != "" {
				t.Errorf("Times (-want +got):\n%s", diff)
			}
		})
	}
}
