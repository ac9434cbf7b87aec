package plan

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// noon is when the live site was built of what was read then.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func after(hours float64) time.Time { return noon.Add(time.Duration(hours * float64(time.Hour))) }

// snapshot is one of a single provider that was checked at that moment.
func snapshot(at time.Time, level status.Level, incidents ...status.Incident) status.Snapshot {
	return status.Snapshot{Version: status.Version, WrittenAt: at, Providers: map[string]status.Record{
		"acme": {Report: status.Report{Level: level, Incidents: incidents}, CheckedAt: at, ChangedAt: noon, Fetch: status.Outcome{State: status.StateOK}},
	}}
}

// times are so many builds, the newest at noon, each so much before the next.
func times(n int, apart time.Duration) []time.Time {
	var builds []time.Time
	for i := range n {
		builds = append(builds, noon.Add(-time.Duration(i)*apart))
	}
	return builds
}

var trouble = status.Incident{ID: "i1", Title: "Errors", Level: status.Degraded, Updates: []status.Update{{Text: "We look into it."}}}

func mended(change func(*status.Incident)) status.Incident {
	i := trouble
	change(&i)
	return i
}

func TestMake(t *testing.T) {
	const day = 24 * time.Hour
	live := State{snapshot(noon, status.Operational), "a"}
	busy := State{snapshot(noon, status.Degraded, trouble), "a"}
	same := func(at time.Time) State { return State{snapshot(at, status.Operational), "a"} }
	with := func(i ...status.Incident) State { return State{snapshot(after(1), status.Degraded, i...), "a"} }
	failed := same(noon)
	failed.Snapshot.WrittenAt = after(3)
	odd := same(after(1))
	odd.Snapshot.Providers["acme"] = status.Record{Report: status.Report{Level: status.Operational}, CheckedAt: after(1), ChangedAt: noon, Probe: status.Probe{URL: "https://x.example", At: after(1)}}
	for _, c := range []struct {
		name       string
		live, next State
		builds     []time.Time
		deploys    int
		now        time.Time
		want       Answer
		by         time.Time
		change     string
	}{
		{"the first site", State{}, live, nil, 20, noon, Publish, time.Time{}, "there is no site yet"},
		{"a newer check time", live, same(after(1)), times(1, 0), 20, after(1), Nothing, time.Time{}, ""},
		{"nothing was read since", live, live, times(1, 0), 20, after(90), Nothing, time.Time{}, ""},
		{"an outage", live, State{snapshot(after(1), status.MajorOutage), "a"}, times(1, 0), 20, after(1), Publish, time.Time{}, "acme: operational, now major_outage"},
		{"green is no longer known", live, failed, times(1, 0), 20, after(3), Publish, time.Time{}, "acme: operational, now expired"},
		{"the API itself fails", live, odd, times(1, 0), 20, after(1), Publish, time.Time{}, "acme: the API itself is failing, was not worth a word"},
		{"an incident opens", busy, with(trouble, mended(func(i *status.Incident) { i.ID, i.Title = "i2", "More \x1berrors" })), times(1, 0), 20, after(1), Publish, time.Time{}, `acme: incident "More \x1berrors" opened`},
		{"an incident ends", busy, with(), times(1, 0), 20, after(1), Publish, time.Time{}, `acme: incident "Errors" ended`},
		{"another title", busy, with(mended(func(i *status.Incident) { i.Title = "Slow" })), times(1, 0), 20, after(1), Publish, time.Time{}, `acme: incident "Errors" is called "Slow" now`},
		{"another severity", busy, with(mended(func(i *status.Incident) { i.Level = status.MajorOutage })), times(1, 0), 20, after(1), Publish, time.Time{}, `acme: incident "Errors" is major_outage now, was degraded`},
		{"another message", busy, with(mended(func(i *status.Incident) { i.Phase, i.Updates = "monitoring", nil })), times(1, 0), 20, after(1), Nothing, time.Time{}, ""},
		{"an incident of another product", busy, with(trouble, mended(func(i *status.Incident) { i.ID, i.Elsewhere = "i2", true })), times(1, 0), 20, after(1), Nothing, time.Time{}, ""},
		{"content", live, State{live.Snapshot, "b"}, times(1, 0), 20, after(1), Publish, time.Time{}, "content or theme are not those of the live site"},
		{"states older than the live ones", live, State{snapshot(after(-1), status.MajorOutage), "a"}, times(1, 0), 20, after(1), Nothing, time.Time{}, ""},

		{"a second before the age", live, same(after(49)), times(1, 0), 20, after(49.6).Add(-time.Second), Nothing, time.Time{}, ""},
		{"the age", live, same(after(49)), times(1, 0), 20, after(49.6), Publish, time.Time{}, "what the live site shows was checked 2 days ago; want at most 2 days"},
		{"the age without a budget", live, same(after(1)), times(1, 0), 0, after(1), Publish, time.Time{}, "what the live site shows was checked 1 h ago; want at most 1 h"},
		{"no age without a newer check", live, failed, times(1, 0), 20, after(1.5), Nothing, time.Time{}, ""},

		{"no limit", live, State{snapshot(after(1), status.Degraded), "a"}, times(400, time.Minute), 0, after(1), Publish, time.Time{}, "acme: operational, now degraded"},
		{"one drop is left, for outages", live, State{snapshot(after(1), status.MajorOutage), "a"}, times(4, time.Minute), 20, after(1), Publish, time.Time{}, "acme: operational, now major_outage"},
		{"one drop is left, and this is none", live, State{snapshot(after(1), status.Degraded), "a"}, times(4, time.Minute), 20, after(1), Later, after(49.6 - 0.05), "acme: operational, now degraded"},
		{"no drop is left", live, State{snapshot(after(1), status.MajorOutage), "a"}, times(5, time.Minute), 20, after(1), Later, after(49.6).Add(-4 * time.Minute), "acme: operational, now major_outage"},
		{"merges took more than the bucket has", live, State{snapshot(after(50), status.Degraded), "a"}, times(12, time.Minute), 20, after(49.6), Publish, time.Time{}, "acme: operational, now degraded"},
		{"the last of the month", live, State{snapshot(after(49), status.Degraded), "a"}, times(19, day), 20, after(50), Publish, time.Time{}, "acme: operational, now degraded"},
		{"none of the month", live, State{snapshot(after(49), status.MajorOutage), "a"}, times(20, day), 20, after(50), Spent, noon.Add(12 * day), "acme: operational, now major_outage"},
		{"the oldest is a month ago", live, State{snapshot(noon.Add(12*day), status.MajorOutage), "a"}, times(20, day), 20, noon.Add(12 * day), Publish, time.Time{}, "acme: operational, now major_outage"},
		{"more than the budget", live, State{snapshot(after(49), status.MajorOutage), "a"}, times(25, day), 20, after(50), Spent, noon.Add(12 * day), "acme: operational, now major_outage"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Make(c.live, c.next, c.builds, Rules{Budget{c.deploys}, verdict.FreshnessOf(time.Hour, 0, 0)}, c.now)
			if got.Answer != c.want || !got.By.Equal(c.by) {
				t.Errorf("Make = %v by %s; want %v by %s", got.Answer, got.By, c.want, c.by)
			}
			first := "" // the age may come behind it
			if len(got.Changes) > 0 {
				first = got.Changes[0].String()
			}
			if first != c.change {
				t.Errorf("the first change is %q, want %q", first, c.change)
			}
		})
	}
}

func TestMinor(t *testing.T) {
	live := State{snapshot(noon, status.Degraded, trouble), "a"}
	next := State{snapshot(after(1), status.Degraded, mended(func(i *status.Incident) { i.Updates = nil })), "a"}
	got := Make(live, next, nil, Rules{Budget{20}, verdict.FreshnessOf(time.Hour, 0, 0)}, after(1))
	if diff := cmp.Diff([]string{"1 newer check time", "1 incident with a new message"}, got.Minor); diff != "" {
		t.Errorf("Minor (-want +got):\n%s", diff)
	}
}

func TestDue(t *testing.T) {
	fresh := verdict.FreshnessOf(time.Hour, 0, 0)
	for _, c := range []struct {
		name    string
		deploys int
		builds  []time.Time
		want    time.Time
	}{
		{"never built", 20, nil, time.Time{}},
		{"no limit", 0, times(9, time.Hour), after(1)},
		{"a budget", 20, times(3, time.Hour), after(49.6)},
		{"a spent budget", 20, times(20, time.Hour), after(31*24 - 19)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (Rules{Budget{c.deploys}, fresh}).Due(c.builds); !got.Equal(c.want) {
				t.Errorf("Due = %s, want %s", got, c.want)
			}
		})
	}
}

// TestBudgetLasts holds that what the bucket gives in any month is the budget, for
// every budget.
func TestBudgetLasts(t *testing.T) {
	for deploys := 1; deploys <= status.BuildsMax; deploys++ {
		b := Budget{deploys}
		if most := b.burst() + int((month-1)/b.Wait()); most > max(deploys, 1) && deploys > 1 {
			t.Errorf("%d deploys: a bucket of %d and a drop every %s give %d", deploys, b.burst(), b.Wait(), most)
		}
	}
}
