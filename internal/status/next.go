package status

import (
	"cmp"
	"slices"
	"time"
)

// Reading is what one attempt to read a provider's source gave.
type Reading struct {
	Source Source    // as the content names it
	State  string    // one of the State constants
	Report Report    // judged; counts only with StateOK
	Reason string    // why it failed, or why there is no source
	Hint   string    // with StateFailed: what the source answers like now
	At     time.Time // when the answer came, or the attempt was given up
	Probe  Probe     // zero: the API was not asked

	Validators *Validators // of this reading; nil: none, or StateNotModified, which keeps them
}

// Next is the snapshot after one round of readings, of which there is one for
// every provider of the content; who has none is no longer in it. A failed
// reading keeps the last good report with the time of its check: how long that
// may be believed is not decided here.
func (s Snapshot) Next(readings map[string]Reading, now time.Time) Snapshot {
	next := Snapshot{Sequence: s.Sequence + 1, WrittenAt: now, Published: s.Published, Providers: map[string]Record{}}
	for slug, reading := range readings {
		next.Providers[slug] = s.Providers[slug].next(reading)
	}
	warnFrozen(next)
	return tidy(next)
}

func (r Record) next(reading Reading) Record {
	next := r
	next.URL, next.Platform = reading.Source.URL, reading.Source.Platform
	next.Fetch = Outcome{State: reading.State, Reason: reading.Reason, At: reading.At, Validators: r.Fetch.Validators}
	next.Probe = reading.Probe
	samePage := next.URL == r.URL && next.Platform == r.Platform
	switch reading.State {
	case StateOK:
		next.Report = usable(past(reading.Report, reading.At), reading.At)
		next.CheckedAt = reading.At
		next.Past = remember(r, next.Report, next.URL == r.URL, reading.At)
		next.Most = mostOf(r, next, samePage, reading.At)
		next.Warnings = warnings(reading.Source, next)
		next.Fetch.Validators = reading.Validators
	case StateNotModified:
		next.CheckedAt = reading.At
		next.Warnings = warnings(reading.Source, next)
	case StateNone:
		next.Report, next.CheckedAt, next.Warnings, next.Most = Report{Reason: reading.Reason}, time.Time{}, nil, Most{}
		next.Fetch.Validators = nil
	default:
		next.Fetch.Since, next.Fetch.Hint = reading.At, reading.Hint
		if r.Fetch.State == StateFailed && !r.Fetch.Since.IsZero() {
			next.Fetch.Since = r.Fetch.Since
		}
		next.Warnings = warnings(reading.Source, next)
	}
	if reading.State != StateNone {
		next.Days = addDay(r.Days, next.Level, reading.State != StateFailed, reading.At)
	}
	return next.noteChange(r, reading.At)
}

// usable is the report, unless its source wants it not to be used any more: a
// copy kept somewhere on the way, or a page that has stopped.
func usable(r Report, now time.Time) Report {
	if r.StaleAfter.IsZero() || now.Before(r.StaleAfter.Add(skew)) {
		return r
	}
	r.Level, r.Reason = Unknown, "the source says that its answer was good until "+r.StaleAfter.UTC().Format(time.RFC3339)+" only"
	return r
}

// noteChange compares with the record before and dates the change, if any.
func (r Record) noteChange(before Record, at time.Time) Record {
	if r.Level != before.Level {
		r.Changes = slices.Insert(slices.Clone(r.Changes), 0, Change{At: at, From: before.Level, To: r.Level})
		r.ChangedAt = at
	}
	if r.ChangedAt.IsZero() {
		r.ChangedAt = r.CheckedAt // the first reading begins what we know
	}
	return r
}

// remember is the past of a record: what the source told, what was known
// before, and the open incidents that are gone. These ended, as far as anybody
// can tell, at this check; on a page that moved (samePage is false) their
// absence says nothing.
func remember(before Record, now Report, samePage bool, at time.Time) []Incident {
	known := map[string]bool{}
	for _, open := range now.Incidents {
		known[open.key()] = true
	}
	var kept []Incident
	keep := func(incidents []Incident) {
		for _, i := range incidents {
			if !known[i.key()] {
				known[i.key()] = true
				kept = append(kept, i)
			}
		}
	}
	keep(now.Past)
	keep(before.Past)
	if samePage {
		gone := slices.Clone(before.Incidents)
		for n := range gone {
			gone[n].Ended = at
		}
		keep(gone)
	}
	slices.SortStableFunc(kept, func(a, b Incident) int { return b.when().Compare(a.when()) })
	return kept[:min(PastMax, len(kept))]
}

// key tells incidents of one provider apart; not every source gives them ids.
func (i Incident) key() string {
	if i.ID != "" {
		return i.ID
	}
	return i.Title + "\x00" + i.Started.UTC().Format(time.RFC3339)
}

// when is the time an incident is sorted by.
func (i Incident) when() time.Time {
	return cmp.Or(i.Started, i.Updated, i.Ended)
}

// past takes back what a report says of the future: nothing that is over or
// going on can be dated later than the moment it was read. A provider's clock
// may run a little ahead; beyond that the time is no statement.
func past(r Report, now time.Time) Report {
	r.PageUpdated = notAfter(r.PageUpdated, now)
	r.Incidents = pastTimes(r.Incidents, now)
	r.Past = pastTimes(r.Past, now)
	windows := slices.Clone(r.Maintenance)
	for n, window := range windows {
		windows[n] = pastTimes([]Incident{window}, now)[0]
		windows[n].Started, windows[n].Ended = window.Started, window.Ended
	}
	r.Maintenance = windows
	return r
}

func pastTimes(incidents []Incident, now time.Time) []Incident {
	incidents = slices.Clone(incidents)
	for n := range incidents {
		i := &incidents[n]
		i.Started, i.Updated, i.Ended = notAfter(i.Started, now), notAfter(i.Updated, now), notAfter(i.Ended, now)
		i.Updates = slices.Clone(i.Updates)
		for u := range i.Updates {
			i.Updates[u].At = notAfter(i.Updates[u].At, now)
		}
	}
	return incidents
}

func notAfter(t, now time.Time) time.Time {
	switch {
	case !t.After(now):
		return t
	case t.After(now.Add(skew)):
		return time.Time{}
	default:
		return now
	}
}
