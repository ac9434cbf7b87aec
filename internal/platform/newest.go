package platform

import "time"

// newest is the check that tells how something is now: the last of the list,
// unless another says that it came later. The list has at least one. Monitors
// send the oldest first; some checks have no time, and then their order counts.
func newest[T any](checks []T, at func(T) time.Time) T {
	last := checks[len(checks)-1]
	if at(last).IsZero() {
		return last
	}
	for _, c := range checks {
		if at(c).After(at(last)) {
			last = c
		}
	}
	return last
}
