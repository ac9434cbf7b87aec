package status

import (
	"fmt"
	"slices"
	"time"
)

// Published is what a site tells of itself in the snapshot that it carries, so
// that whoever goes on from it knows what is out there.
type Published struct {
	Base    string      `json:"base"`            // the address that it is published under
	Content string      `json:"content"`         // names what it was made of beside the states
	Pages   int         `json:"pages"`           // how many it has
	Builds  []time.Time `json:"builds"`          // when it was built for its readers, newest first: those of BuildsFor, at most BuildsMax
	Asked   []time.Time `json:"asked,omitempty"` // when builds were asked for that have not come yet, likewise
}

// BuildsFor is how long a build is remembered: no month of a bill is longer.
const BuildsFor = 31 * 24 * time.Hour

// PublishedAs is the snapshot as a site carries it: with what that site is, and
// one build more. Earlier builds of the same site are carried on; what was asked
// for has come.
func (s Snapshot) PublishedAs(base, content string, pages int, at time.Time) Snapshot {
	builds := append([]time.Time{at}, s.Published.Builds...)
	if s.Published.Base != base {
		builds = builds[:1]
	}
	s.Published = tidyPublished(Published{Base: base, Content: content, Pages: pages, Builds: builds})
	return s
}

// Carried is a snapshot that another may go on from, and where it was found.
type Carried struct {
	From     string
	Snapshot Snapshot
}

// Newest is the newest of what was found, the first of equal ones; false when
// nothing was. What the site tells of itself is taken from the one that knows of
// the newest build: states may have been read since, on a machine that published
// none of them. Builds that anyone has asked for since then are still to come.
func Newest(found []Carried) (Carried, bool) {
	if len(found) == 0 {
		return Carried{}, false
	}
	best, told := found[0], found[0].Snapshot.Published
	var asked []time.Time
	for _, c := range found {
		if c.Snapshot.WrittenAt.After(best.Snapshot.WrittenAt) {
			best = c
		}
		if c.Snapshot.Published.last().After(told.last()) {
			told = c.Snapshot.Published
		}
		asked = append(asked, c.Snapshot.Published.Asked...)
	}
	asked = slices.DeleteFunc(asked, func(at time.Time) bool { return !at.After(told.last()) })
	told.Asked = tidyTimes(asked)
	best.Snapshot.Published = told
	return best, true
}

// last is the newest build that has come.
func (p Published) last() time.Time {
	if len(p.Builds) == 0 {
		return time.Time{}
	}
	return p.Builds[0]
}

// AskedFor is the snapshot after one more build was asked for. Until one comes, it
// counts as if it had: a host may do the work, and send the bill, without
// publishing anything.
func (s Snapshot) AskedFor(at time.Time) Snapshot {
	s.Published.Asked = tidyTimes(append([]time.Time{at}, s.Published.Asked...))
	return s
}

// Times are all builds, come or asked for, newest first.
func (p Published) Times() []time.Time { return tidyTimes(slices.Concat(p.Builds, p.Asked)) }

func tidyPublished(p Published) Published {
	p.Base, p.Content = Clip(p.Base, NameMax), Clip(p.Content, NameMax)
	p.Builds, p.Asked = tidyTimes(p.Builds), tidyTimes(p.Asked)
	return p
}

// tidyTimes are times as builds are kept: each once, newest first.
func tidyTimes(times []time.Time) []time.Time {
	var kept []time.Time
	for _, at := range times {
		if at = tidyTime(at); !at.IsZero() {
			kept = append(kept, at)
		}
	}
	slices.SortFunc(kept, func(a, b time.Time) int { return b.Compare(a) })
	kept = slices.Compact(kept)
	n := min(len(kept), BuildsMax)
	for n > 1 && kept[0].Sub(kept[n-1]) >= BuildsFor {
		n--
	}
	return kept[:n:n]
}

func validatePublished(p Published, now time.Time) error {
	if p.Pages < 0 {
		return fmt.Errorf("published: %d pages", p.Pages)
	}
	for _, at := range p.Times() {
		if err := notFuture("a build", at, now); err != nil {
			return err
		}
	}
	return nil
}
