package verdict

import "time"

// Freshness says how long a check may be believed and how often a page's time
// may move.
type Freshness struct {
	ValidFor time.Duration // a check is believed this long; at least 30 minutes
	AgeCap   time.Duration // the grid of the shown check time; at most half of ValidFor
}

// shortest is the least time a check is believed: status pages are read every
// few minutes at most, and a page that expires between two builds is no help.
const shortest = 30 * time.Minute

// FreshnessOf fills in what settings leave open. every is how often the site is
// rebuilt; validFor and ageCap are the operator's wishes or zero.
func FreshnessOf(every, validFor, ageCap time.Duration) Freshness {
	if validFor == 0 {
		validFor = 2 * every
	}
	validFor = max(validFor, shortest)
	if ageCap <= 0 || ageCap > validFor/2 {
		ageCap = validFor / 2
	}
	return Freshness{ValidFor: validFor, AgeCap: ageCap}
}

// Shown is the check time that a page shows: checked, rounded down on a grid of
// AgeCap counted from changed. So the bytes of a page stay as they are while
// nothing changes, and it never claims a check later than the real one.
func (f Freshness) Shown(checked, changed time.Time) time.Time {
	if changed.IsZero() || checked.Before(changed) {
		return checked.UTC().Truncate(f.AgeCap)
	}
	return changed.Add(checked.Sub(changed) / f.AgeCap * f.AgeCap).UTC()
}
