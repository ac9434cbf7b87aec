package links

import (
	"time"

	"faultbook/internal/fetch"
)

// State is what is known of a page.
type State string

// The states.
const (
	There  State = "there"
	Gone   State = "gone"
	Shut   State = "shut"   // something answers, but not what people see
	Silent State = "silent" // nothing does
)

// Part is what is known of a part of a page.
type Part string

// What is known of a part.
const (
	Found   Part = "found"
	Missing Part = "missing"
	Unclear Part = "unclear" // the page could not be read, or makes its parts with a script
)

// Record is what is remembered of a page.
type Record struct {
	State   State           `json:"state"`
	Why     string          `json:"why,omitempty"`      // unless it is there
	MovedTo string          `json:"moved_to,omitempty"` // for good
	Parts   map[string]Part `json:"parts,omitempty"`    // those that were looked for
	Runs    int             `json:"runs"`               // that found it in this state, those of one day counted once
	Since   time.Time       `json:"since"`              // the first of them
	At      time.Time       `json:"at"`                 // the last of them
}

// How long an answer is believed. A job that runs once a week, somewhat early
// or late, asks each time.
const (
	settledFor   = 6 * 24 * time.Hour
	unsettledFor = time.Hour // for who has mended something and tries again
)

// When silence has lasted: a provider may be down for a day, and the network of
// one run is no evidence at all.
const (
	lastingRuns = 3
	lastingTime = 3 * 24 * time.Hour
)

// lasts tells whether nobody has answered for so long that nobody will.
func (r Record) lasts() bool {
	return r.State == Silent && r.Runs >= lastingRuns && r.At.Sub(r.Since) >= lastingTime
}

// due tells whether the page has to be asked for at now, for these parts. The
// zero Record always is.
func (r Record) due(parts []string, now time.Time) bool {
	age := now.Sub(r.At)
	if age < 0 || age >= settledFor || age >= unsettledFor && (r.State == Gone || r.State == Silent) {
		return true
	}
	if r.State == There {
		for _, part := range parts {
			if _, ok := r.Parts[part]; !ok {
				return true
			}
		}
	}
	return false
}

// next is the record after another answer. It was not Unasked.
func (r Record) next(got fetch.Reached, parts []string, now time.Time) Record {
	n := Record{State: stateOf(got), Why: got.Reason, MovedTo: nameable(got.Moved), At: now, Since: now, Runs: 1}
	if n.State == There {
		n.Parts = look(got.Text, parts)
	}
	if n.State == r.State && !now.Before(r.At) {
		n.Since, n.Runs = r.Since, r.Runs
		if day(now) != day(r.At) {
			n.Runs++
		}
	}
	return n
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// stateOf is what an answer means. A server in trouble is as good as silent: it
// may be well tomorrow. Only 404 and 410 say that something is gone; all other
// refusals are about who asks.
func stateOf(got fetch.Reached) State {
	switch {
	case got.Outcome == fetch.Silent || got.Status >= 500 && got.Status < 600:
		return Silent
	case got.Outcome == fetch.Barred:
		return Shut
	case got.Status == 404 || got.Status == 410:
		return Gone
	case got.Status >= 400:
		return Shut
	}
	return There
}

// maxAddress is the longest address that a contributor is asked to write. Longer
// ones carry somebody's session.
const maxAddress = 300

func nameable(address string) string {
	if len(address) > maxAddress {
		return ""
	}
	return address
}
