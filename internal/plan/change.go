package plan

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// Change is one thing that readers are told otherwise.
type Change struct {
	Kind     Kind
	Provider string // slug; empty: about the whole site
	Text     string // what changed, for people, on one line
	Urgent   bool   // an outage began or ended
}

// Kind is what a change is about.
type Kind string

// The kinds of changes that matter. A newer check time, a new message of an
// incident and a part that does not count are none.
const (
	First    Kind = "first"    // there is no site yet
	Verdict  Kind = "verdict"  // what readers are told about a provider
	Incident Kind = "incident" // an open one came, went, or has another title or severity
	Content  Kind = "content"  // entries, settings or theme
	Age      Kind = "age"      // the checks that the pages show are too old
)

// String is the change on one line.
func (c Change) String() string {
	if c.Provider == "" {
		return c.Text
	}
	return c.Provider + ": " + c.Text
}

// compare gives what matters, and what else is different.
func compare(live, next State, rules Rules, now time.Time) (changes []Change, minor []string) {
	if live.Snapshot.Version == 0 {
		return []Change{{Kind: First, Text: "there is no site yet"}}, nil
	}
	if live.Content != next.Content {
		changes = append(changes, Change{Kind: Content, Text: "content or theme are not those of the live site"})
	}
	if !next.Snapshot.WrittenAt.After(live.Snapshot.WrittenAt) {
		return changes, nil // the live states are as new
	}
	var newer, told int
	for _, slug := range slices.Sorted(maps.Keys(next.Snapshot.Providers)) {
		before, after := live.Snapshot.Providers[slug], next.Snapshot.Providers[slug]
		was := verdict.For(verdict.Provider, before, rules.Freshness, live.Snapshot.WrittenAt)
		is := verdict.For(verdict.Provider, after, rules.Freshness, now)
		for _, c := range append(verdicts(was, is), incidents(before, after)...) {
			c.Provider = slug
			changes = append(changes, c)
		}
		if after.CheckedAt.After(before.CheckedAt) {
			newer++
		}
		told += updated(before, after)
	}
	if age := now.Sub(lastCheck(live.Snapshot)); newer > 0 && age >= rules.age() {
		changes = append(changes, Change{Kind: Age, Text: fmt.Sprintf("what the live site shows was checked %s ago; want at most %s", rounded(age), rounded(rules.age()))})
	}
	return changes, append(counted(newer, "newer check time"), counted(told, "incident with a new message")...)
}

// verdicts compares what readers are told.
func verdicts(was, is verdict.Verdict) []Change {
	var list []Change
	if was.State != is.State {
		list = append(list, Change{Kind: Verdict, Text: fmt.Sprintf("%s, now %s", was.State, is.State), Urgent: outage(was.State) || outage(is.State)})
	}
	if was.Signal != is.Signal {
		list = append(list, Change{Kind: Verdict, Text: fmt.Sprintf("the API itself is %s, was %s", signal(is.Signal), signal(was.Signal))})
	}
	return list
}

func outage(s verdict.State) bool { return s == verdict.PartialOutage || s == verdict.MajorOutage }

func signal(s verdict.Signal) string {
	if s == "" {
		return "not worth a word"
	}
	return string(s)
}

// incidents compares the open incidents that count.
func incidents(before, after status.Record) []Change {
	var list []Change
	add := func(form string, values ...any) {
		list = append(list, Change{Kind: Incident, Text: fmt.Sprintf("incident "+form, values...)})
	}
	was := counting(before)
	for _, now := range counting(after) {
		i := slices.IndexFunc(was, func(old status.Incident) bool { return key(old) == key(now) })
		if i < 0 {
			add("%q opened", now.Title)
			continue
		}
		if was[i].Title != now.Title {
			add("%q is called %q now", was[i].Title, now.Title)
		}
		if was[i].Level != now.Level {
			add("%q is %s now, was %s", now.Title, now.Level, was[i].Level)
		}
		was = slices.Delete(was, i, i+1)
	}
	for _, gone := range was {
		add("%q ended", gone.Title)
	}
	return list
}

// counting are the open incidents that the verdict rests on.
func counting(r status.Record) []status.Incident {
	return slices.DeleteFunc(slices.Clone(r.Incidents), func(i status.Incident) bool { return i.Elsewhere })
}

func key(i status.Incident) string {
	if i.ID != "" {
		return i.ID
	}
	return i.Title
}

// updated counts the open incidents that have only a new message.
func updated(before, after status.Record) int {
	n := 0
	for _, now := range counting(after) {
		for _, old := range counting(before) {
			if key(old) == key(now) && (old.Phase != now.Phase || len(old.Updates) != len(now.Updates)) {
				n++
			}
		}
	}
	return n
}

// lastCheck is the newest check that a snapshot tells of, or when it was written
// if there was none.
func lastCheck(s status.Snapshot) time.Time {
	var newest time.Time
	for _, r := range s.Providers {
		newest = latest(newest, r.CheckedAt)
	}
	if newest.IsZero() {
		return s.WrittenAt
	}
	return newest
}

func counted(n int, what string) []string {
	switch n {
	case 0:
		return nil
	case 1:
		return []string{"1 " + what}
	}
	return []string{strconv.Itoa(n) + " × " + what}
}

// rounded is a duration as people say it.
func rounded(d time.Duration) string {
	if d >= 48*time.Hour {
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	}
	return fmt.Sprintf("%d h", int(d.Hours()))
}
