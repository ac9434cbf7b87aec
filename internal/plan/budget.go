package plan

import (
	"time"

	"faultbook/internal/status"
)

// Budget is how many builds may be published in a month; the zero value is no
// limit.
//
// It is spent like water from a bucket: a quarter of it at once when much
// happens, and what is left drop by drop. So it lasts the month, whatever
// happens in it, and whoever else publishes, such as a merge, takes from the same
// bucket.
type Budget struct{ Deploys int }

// month is the time that a budget is for, counted back from any moment: whenever
// a bill begins, none has more in it.
const month = status.BuildsFor

// burst is how much the bucket holds.
func (b Budget) burst() int { return max(1, b.Deploys/4) }

// Wait is how long something that matters waits at most, as long as there is
// budget left: the time in which the bucket gets one drop.
func (b Budget) Wait() time.Duration {
	if b.Deploys == 0 {
		return 0
	}
	return month / time.Duration(max(1, b.Deploys-b.burst()))
}

// used is how much of the budget is spent. builds are newest first.
func (b Budget) used(builds []time.Time, now time.Time) int {
	n := 0
	for n < len(builds) && now.Sub(builds[n]) < month {
		n++
	}
	return n
}

// spent tells until when nothing is left, if that is so.
func (b Budget) spent(builds []time.Time, now time.Time) (until time.Time, yes bool) {
	if b.Deploys == 0 || b.used(builds, now) < b.Deploys {
		return time.Time{}, false
	}
	return builds[b.Deploys-1].Add(month), true
}

// has is the moment from which so many drops are in the bucket. Its height is
// kept as the moment at which it is full again.
func (b Budget) has(drops int, builds []time.Time) time.Time {
	var full time.Time
	for i := len(builds) - 1; i >= 0; i-- {
		full = latest(full, builds[i]).Add(b.Wait())
	}
	missing := b.burst() - min(drops, b.burst())
	return full.Add(-time.Duration(missing) * b.Wait())
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
