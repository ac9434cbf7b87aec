package verdict

import (
	"testing"
	"time"

	"faultbook/internal/status"
)

func TestSignal(t *testing.T) {
	at := func(level status.Level, ok bool) status.Record {
		r := record(level, noon, noon.Add(-9*time.Hour))
		r.Probe = status.Probe{URL: "https://api.example.com", OK: ok, At: noon}
		return r
	}
	none := status.Record{Fetch: status.Outcome{State: status.StateNone}, Probe: status.Probe{OK: true, At: noon}}
	old := at(status.Operational, false)
	old.Probe.At = noon.Add(-4 * time.Hour)
	expired := at(status.Operational, true)
	expired.CheckedAt = noon.Add(-5 * time.Hour)
	for _, c := range []struct {
		name   string
		record status.Record
		want   Signal
	}{
		{"not asked", record(status.Operational, noon, noon), ""},
		{"both are well", at(status.Operational, true), ""},
		{"the page is green, the call fails", at(status.Operational, false), Failing},
		{"maintenance, and the call fails", at(status.Maintenance, false), Failing},
		{"degraded, and the call fails", at(status.Degraded, false), ""},
		{"both report an outage", at(status.MajorOutage, false), ""},
		{"a major outage, and the call is answered", at(status.MajorOutage, true), Answering},
		{"a partial outage, and the call is answered", at(status.PartialOutage, true), Answering},
		{"the call is too long ago", old, ""},
		{"the page could not be read since, the call is answered", expired, ""},
		{"the page says nothing, the call fails", at(status.Unknown, false), Failing},
		{"no source, the call is answered", none, Answering},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := For(Possible, c.record, fresh, noon)
			if v.Signal != c.want || v.ProbedAt.IsZero() != (c.want == "") || v.ProbedAt.After(noon) {
				t.Errorf("signal %q of %v; want %q", v.Signal, v.ProbedAt, c.want)
			}
			if without := For(Possible, status.Record{Report: c.record.Report, CheckedAt: c.record.CheckedAt, ChangedAt: c.record.ChangedAt, Fetch: c.record.Fetch}, fresh, noon); without.State != v.State {
				t.Errorf("the call changes the state from %s to %s", without.State, v.State)
			}
		})
	}
}
