package bench

import (
	"fmt"
	"path/filepath"
	"time"

	"faultbook/internal/status"
)

// Variant is what a generated snapshot says, compared with the first one.
type Variant int

// The variants.
const (
	Calm      Variant = iota // all providers are operational: the snapshot of the first build
	Rechecked                // all were checked again half an hour later, nothing else is new
	OneDown                  // like Rechecked, and one provider has an outage
	AllDown                  // like Rechecked, and every provider has another level: the worst case
)

// start is the time of the first build. The snapshot Calm was made ten minutes
// before.
var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// Now is the time at which a build with this snapshot runs.
func (v Variant) Now() time.Time {
	if v == Calm {
		return start
	}
	return start.Add(30 * time.Minute)
}

// Snapshot writes dir/.faultbook/snapshot.json for so many providers of a
// Corpus.
func Snapshot(dir string, providers int, v Variant) error {
	return write(filepath.Join(dir, ".faultbook", "snapshot.json"), status.Encode(snapshot(providers, v)))
}

func snapshot(providers int, v Variant) status.Snapshot {
	checked := v.Now().Add(-10 * time.Minute)
	s := status.Snapshot{Sequence: 40 + int(v), WrittenAt: checked, Providers: map[string]status.Record{}}
	for n := range providers {
		r := calm(n, checked)
		if v == AllDown || v == OneDown && n == providers/2 {
			level := status.Maintenance + status.Level(n%4)
			r = broken(r, level, checked)
		}
		s.Providers[vendorSlug(n)] = r
	}
	return s
}

// calm is the record of a provider that is well, with the past that a real page
// tells of.
func calm(n int, checked time.Time) status.Record {
	page := "https://status." + vendorSlug(n) + ".example"
	since := start.Add(-time.Duration(7+n) * time.Hour)
	r := status.Record{
		URL: page, Platform: "statuspage", CheckedAt: checked, ChangedAt: since,
		Fetch: status.Outcome{State: status.StateOK, At: checked},
		Report: status.Report{
			Level: status.Operational, Page: vendorName(n), PageUpdated: since,
			Indicator: status.Indicator{Word: "none", Level: status.Operational},
		},
	}
	for i, name := range components {
		r.Components = append(r.Components, status.Component{ID: fmt.Sprintf("part%d", i), Name: name, Word: "operational", Level: status.Operational})
	}
	for i := range status.PastMax {
		begun := since.Add(-time.Duration(i*61) * time.Hour)
		past := incident(page, fmt.Sprintf("%d-%d", n, i), components[(n+i)%len(components)], status.Degraded, begun)
		past.Phase, past.Ended = "resolved", begun.Add(50*time.Minute)
		r.Past = append(r.Past, past)
		r.Changes = append(r.Changes, status.Change{At: past.Ended, From: status.Degraded, To: status.Operational}, status.Change{At: begun, From: status.Operational, To: status.Degraded})
	}
	r.ChangedAt = r.Changes[0].At
	return r
}

// broken is the record after trouble began.
func broken(r status.Record, level status.Level, at time.Time) status.Record {
	r.Level, r.ChangedAt, r.PageUpdated = level, at, at.Add(-time.Minute)
	r.Indicator = status.Indicator{Word: "major", Level: level}
	r.Components[0].Word, r.Components[0].Level = level.String(), level
	trouble := incident(r.URL, "now", components[0], level, at.Add(-20*time.Minute))
	if level == status.Maintenance {
		trouble.Phase, trouble.Ended = "in_progress", at.Add(2*time.Hour)
		r.Maintenance = []status.Incident{trouble}
	} else {
		r.Incidents = []status.Incident{trouble}
	}
	r.Changes = append([]status.Change{{At: at, From: status.Operational, To: level}}, r.Changes...)
	return r
}

func incident(page, id, component string, level status.Level, begun time.Time) status.Incident {
	return status.Incident{
		ID: id, Title: "Elevated errors for " + component, Phase: "monitoring", Impact: level.String(), Level: level,
		Components: []string{component}, URL: page + "/incidents/" + id, Started: begun, Updated: begun.Add(15 * time.Minute),
		Updates: []status.Update{
			{Phase: "monitoring", Text: "A change was rolled back, and the number of failed calls is falling. We keep watching it.", At: begun.Add(15 * time.Minute)},
			{Phase: "investigating", Text: "We see more failed calls than usual and are looking for the cause.", At: begun},
		},
	}
}
