package status

import (
	"fmt"
	"slices"
	"time"
)

// The limits beyond which a source that can be read is worth a look.
const (
	fewerFor   = 14 * 24 * time.Hour // after so long a page with fewer parts is simply smaller
	frozenAge  = 90 * 24 * time.Hour // a page says that it was last changed so long ago …
	movingAge  = 7 * 24 * time.Hour  // … while another says so of a time within this
	warningMax = 20                  // warnings of one record
)

// mostOf carries on how many components a page was seen with. A new address or
// platform is a new page.
func mostOf(before Record, next Record, samePage bool, at time.Time) Most {
	parts := len(next.Components)
	most := before.Most
	switch {
	case !samePage || parts >= most.Parts:
		return Most{Parts: parts}
	case parts*2 > most.Parts:
		return Most{Parts: most.Parts}
	case most.Since.IsZero():
		return Most{Parts: most.Parts, Since: at}
	case at.Sub(most.Since) > fewerFor:
		return Most{Parts: parts}
	}
	return most
}

// warnings are what looks wrong with a source that was read.
func warnings(source Source, r Record) []string {
	if r.CheckedAt.IsZero() {
		return nil // nothing was ever read
	}
	var list []string
	for _, want := range source.Components {
		if len(matching(r.Components, want)) == 0 {
			list = append(list, fmt.Sprintf("component %q is not on the page any more", Clip(want, NameMax)))
		}
	}
	if !r.Most.Since.IsZero() {
		list = append(list, fmt.Sprintf("the page shows %d components; it had %d until %s", len(r.Components), r.Most.Parts, r.Most.Since.UTC().Format(time.DateOnly)))
	}
	return list
}

// warnFrozen adds a warning to each provider whose page has not changed for
// long while others did: the address may be that of a page left behind.
func warnFrozen(s Snapshot) {
	newest := time.Time{}
	for _, r := range s.Providers {
		if r.PageUpdated.After(newest) {
			newest = r.PageUpdated
		}
	}
	if s.WrittenAt.Sub(newest) > movingAge {
		return
	}
	for slug, r := range s.Providers {
		if r.PageUpdated.IsZero() || s.WrittenAt.Sub(r.PageUpdated) <= frozenAge {
			continue
		}
		r.Warnings = append(slices.Clip(r.Warnings), fmt.Sprintf("the page says that it was last changed on %s; it may have been left behind", r.PageUpdated.UTC().Format(time.DateOnly)))
		s.Providers[slug] = r
	}
}
