// Package verdict decides what readers are told about a provider right now:
// which rule of one table applies, what it rests on, and until when it may be
// believed.
//
// It owns every such decision: pages, JSON, feeds and the browser use its
// result. It must not know words, pages or where a snapshot comes from.
package verdict

import (
	"time"

	"faultbook/internal/status"
)

// Nature is how an error relates to outages.
type Nature string

// The natures of an entry, and Provider for pages that are about no error.
const (
	Never    Nature = "never"    // an outage does not cause it
	Possible Nature = "possible" // an outage can cause it, and so can the reader's side
	Typical  Nature = "typical"  // it is what an outage looks like
	Provider Nature = "provider" // no error: the provider as a whole
)

// Natures are the natures an entry may have, in order.
func Natures() []Nature { return []Nature{Never, Possible, Typical} }

// State is what is known of a provider's level at a moment: a level that may be
// believed, or why there is none.
type State string

// The states. The first five are levels that may be believed.
const (
	Operational   State = "operational"
	Maintenance   State = "maintenance"
	Degraded      State = "degraded"
	PartialOutage State = "partial_outage"
	MajorOutage   State = "major_outage"
	Expired       State = "expired"  // there was a level, but it is too old to be believed
	Unclear       State = "unclear"  // the source answered, but a level cannot be told from it
	Unread        State = "unread"   // the source has never been read
	NoSource      State = "nosource" // the provider offers no source that a program may read
)

// States are all states, in the order of the table.
func States() []State {
	return []State{Operational, Maintenance, Degraded, PartialOutage, MajorOutage, Expired, Unclear, Unread, NoSource}
}

// Level is the level that a state stands for; false for the states that are
// none.
func (s State) Level() (status.Level, bool) {
	for _, level := range status.Levels() {
		if level != status.Unknown && s == state(level) {
			return level, true
		}
	}
	return status.Unknown, false
}

// Signal is what a call to the API itself says beside its official page.
type Signal string

// The signals. None of them changes a state: the official page and the call
// are told side by side.
const (
	Failing   Signal = "failing"   // the call is not answered as ever, and the page does not report an outage
	Answering Signal = "answering" // the call is answered as ever, and the page does not say that all is well
)

// Signals are all signals.
func Signals() []Signal { return []Signal{Failing, Answering} }

// Verdict is what readers are told, and what it rests on. Times are UTC.
type Verdict struct {
	Nature     Nature
	State      State
	Level      status.Level // the level to show; Unknown unless State is a level
	Last       status.Level // the last level that was read, however old
	CheckedAt  time.Time    // the check it speaks of, on the grid; zero: never checked
	ChangedAt  time.Time    // when the level last changed; zero: never checked
	ValidUntil time.Time    // after this moment it must not be believed; zero: nothing to expire
	Reason     string       // why there is no level, for operators

	Signal   Signal    // empty: nothing to tell
	ProbedAt time.Time // the call that Signal speaks of, on the grid; zero without a signal
}

// Rule is the name of the row of the table that applies, such as
// "never.operational".
func (v Verdict) Rule() string { return Rule(v.Nature, v.State) }

// Rule names the row for a nature and a state.
func Rule(nature Nature, state State) string { return string(nature) + "." + string(state) }

// For decides for one error's nature and one provider's record.
func For(nature Nature, record status.Record, f Freshness, now time.Time) Verdict {
	v := Verdict{Nature: nature, Last: record.Level, ChangedAt: record.ChangedAt, Reason: reason(record)}
	if record.CheckedAt.IsZero() {
		v.State = Unread
		if record.Fetch.State == "none" {
			v.State = NoSource
		}
		return v.heard(record, f, now)
	}
	v.CheckedAt = f.Shown(record.CheckedAt, record.ChangedAt)
	v.ValidUntil = v.CheckedAt.Add(f.ValidFor)
	v.State, v.Level = state(record.Level), record.Level
	if now.After(v.ValidUntil) {
		v.State, v.Level = Expired, status.Unknown
	}
	return v.heard(record, f, now)
}

// Note names the sentence that a signal adds to a state: it speaks against a
// level, or is all that is known.
func Note(state State, signal Signal) string {
	if _, ok := state.Level(); ok || signal == "" {
		return string(signal)
	}
	return "only-" + string(signal)
}

// heard adds what the API itself said, as long as that may be believed and
// where the two do not say the same.
func (v Verdict) heard(record status.Record, f Freshness, now time.Time) Verdict {
	p := record.Probe
	if p.At.IsZero() || now.After(f.Shown(p.At, record.ChangedAt).Add(f.ValidFor)) {
		return v
	}
	switch v.State {
	case Operational, Maintenance:
		if !p.OK {
			v.Signal = Failing
		}
	case PartialOutage, MajorOutage:
		if p.OK {
			v.Signal = Answering
		}
	case NoSource, Unclear, Unread:
		v.Signal = map[bool]Signal{true: Answering, false: Failing}[p.OK]
	}
	if v.Signal != "" {
		v.ProbedAt = f.Shown(p.At, record.ChangedAt)
	}
	return v
}

// As is the verdict that the same record gives an error of another nature.
func (v Verdict) As(nature Nature) Verdict {
	v.Nature = nature
	return v
}

func state(level status.Level) State {
	switch level {
	case status.Operational:
		return Operational
	case status.Maintenance:
		return Maintenance
	case status.Degraded:
		return Degraded
	case status.PartialOutage:
		return PartialOutage
	case status.MajorOutage:
		return MajorOutage
	}
	return Unclear
}

func reason(record status.Record) string {
	if record.Fetch.Reason != "" {
		return record.Fetch.Reason
	}
	return record.Reason
}
