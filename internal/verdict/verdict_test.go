package verdict

import (
	"testing"
	"time"

	"faultbook/internal/status"
)

var (
	noon  = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	fresh = FreshnessOf(time.Hour, 0, 0) // believed for two hours, on a grid of one
)

func record(level status.Level, checked, changed time.Time) status.Record {
	return status.Record{Report: status.Report{Level: level}, CheckedAt: checked, ChangedAt: changed}
}

func TestFor(t *testing.T) {
	none := status.Record{Fetch: status.Outcome{State: "none"}}
	failed := status.Record{Fetch: status.Outcome{State: "failed", Reason: "answered HTML"}}
	kept := record(status.Operational, noon.Add(-5*time.Hour), noon.Add(-9*time.Hour))
	kept.Fetch = failed.Fetch
	for _, c := range []struct {
		name   string
		record status.Record
		state  State
		level  status.Level
	}{
		{"just checked", record(status.Operational, noon, noon), Operational, status.Operational},
		{"maintenance only", record(status.Maintenance, noon, noon), Maintenance, status.Maintenance},
		{"degraded", record(status.Degraded, noon, noon), Degraded, status.Degraded},
		{"partial outage", record(status.PartialOutage, noon, noon), PartialOutage, status.PartialOutage},
		{"major outage", record(status.MajorOutage, noon, noon), MajorOutage, status.MajorOutage},
		{"read, but no level in it", record(status.Unknown, noon, noon), Unclear, status.Unknown},
		{"believed to the last second", record(status.Operational, noon.Add(-2*time.Hour), noon.Add(-2*time.Hour)), Operational, status.Operational},
		{"a second too old", record(status.Operational, noon.Add(-2*time.Hour-time.Second), noon.Add(-2*time.Hour-time.Second)), Expired, status.Unknown},
		{"an outage expires too", record(status.MajorOutage, noon.Add(-3*time.Hour), noon.Add(-3*time.Hour)), Expired, status.Unknown},
		{"last good report of a failing source", kept, Expired, status.Unknown},
		{"never read", status.Record{}, Unread, status.Unknown},
		{"failing from the start", failed, Unread, status.Unknown},
		{"no source", none, NoSource, status.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := For(Typical, c.record, fresh, noon)
			if got.State != c.state || got.Level != c.level {
				t.Errorf("For = %s, %v; want %s, %v", got.State, got.Level, c.state, c.level)
			}
			if got.Rule() != "typical."+string(c.state) {
				t.Errorf("Rule = %q, want %q", got.Rule(), "typical."+string(c.state))
			}
		})
	}
}

// Rule 2 of the house: green never outlives its evidence.
func TestNeverGreenAfterValidUntil(t *testing.T) {
	for age := time.Duration(0); age < 6*time.Hour; age += 7 * time.Minute {
		checked := noon.Add(-age)
		for since := time.Duration(0); since < 9*time.Hour; since += 13 * time.Minute {
			v := For(Never, record(status.Operational, checked, checked.Add(-since)), fresh, noon)
			if v.CheckedAt.After(checked) {
				t.Fatalf("checked at %s, the page claims %s", checked, v.CheckedAt)
			}
			if v.Level == status.Operational && noon.After(checked.Add(fresh.ValidFor)) {
				t.Fatalf("green %s after the check", age)
			}
			if v.Level == status.Unknown && age+fresh.AgeCap <= fresh.ValidFor {
				t.Fatalf("unknown %s after the check, sooner than valid_for - age_cap", age)
			}
		}
	}
}

func TestShownStaysOnTheGrid(t *testing.T) {
	changed := noon.Add(-10 * time.Hour)
	seen := map[time.Time]bool{}
	for m := range 600 {
		seen[fresh.Shown(changed.Add(time.Duration(m)*time.Minute), changed)] = true
	}
	if len(seen) != 10 {
		t.Errorf("600 checks in ten hours show %d times, want one an hour", len(seen))
	}
}

func TestFreshnessOf(t *testing.T) {
	for _, c := range []struct {
		name                    string
		every, validFor, ageCap time.Duration
		wantValid, wantCap      time.Duration
	}{
		{"defaults", 6 * time.Hour, 0, 0, 12 * time.Hour, 6 * time.Hour},
		{"never under half an hour", 5 * time.Minute, 0, 0, 30 * time.Minute, 15 * time.Minute},
		{"a wish", time.Hour, 3 * time.Hour, time.Hour, 3 * time.Hour, time.Hour},
		{"a cap over half is cut", time.Hour, time.Hour, time.Hour, time.Hour, 30 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := FreshnessOf(c.every, c.validFor, c.ageCap)
			if got.ValidFor != c.wantValid || got.AgeCap != c.wantCap {
				t.Errorf("FreshnessOf = %v, want %v, %v", got, c.wantValid, c.wantCap)
			}
		})
	}
}
