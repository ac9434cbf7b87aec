package build

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"faultbook/internal/cache"
	"faultbook/internal/plan"
	"faultbook/internal/status"
)

// Health is health.json: what a monitor has to know to tell that the schedule has
// died, and the operator that sources have.
type Health struct {
	Sequence int       `json:"sequence"`         // of the snapshot; it grows with every fetch
	BuiltAt  time.Time `json:"built_at"`         // UTC
	Expected time.Time `json:"next_expected_by"` // when nothing newer is here then, something is wrong
	Failing  []Failing `json:"failing"`          // by provider; empty: every source could be read
}

// Failing is a source that could not be read at the last attempt.
type Failing struct {
	Provider string    `json:"provider"`
	Since    time.Time `json:"since"`
	Reason   string    `json:"reason"`
}

// health of a site that was built now. expected is when the next one is due; as
// long as its checks may be believed, it may be late.
func (e *Edition) health(due time.Time) Health {
	h := Health{Sequence: e.snapshot.Sequence, BuiltAt: e.now, Expected: due.Add(e.rules.Freshness.ValidFor).Truncate(time.Second), Failing: []Failing{}}
	for slug, r := range e.snapshot.Providers {
		if r.Fetch.State == status.StateFailed {
			h.Failing = append(h.Failing, Failing{slug, r.Fetch.Since, r.Fetch.Reason})
		}
	}
	slices.SortFunc(h.Failing, func(a, b Failing) int { return cmp.Compare(a.Provider, b.Provider) })
	return h
}

// published is the snapshot as the site carries it. A preview tells of the site
// that readers know.
func (e *Edition) published() status.Snapshot {
	if e.preview {
		return e.snapshot
	}
	return e.snapshot.PublishedAs(e.site.Base, e.Content(), e.Pages(), e.now)
}

// due is when the site is published again at the latest.
func (e *Edition) due() time.Time {
	return e.rules.Due(append([]time.Time{e.now}, e.published().Published.Times()...))
}

// Pages is how many pages the site has.
func (e *Edition) Pages() int { return len(e.site.Makers()) }

// PagesBefore is how many pages it had when it was last published, as far as the
// snapshot knows; 0: it does not.
func (e *Edition) PagesBefore() int {
	if e.snapshot.Published.Base != e.site.Base {
		return 0
	}
	return e.snapshot.Published.Pages
}

// Content names what the site is made of beside the states: content and theme.
// The program itself is not in it, so that one schedule and one host with two
// versions of it do not publish against each other for ever.
func (e *Edition) Content() string { return e.content }

// Rules are what site.toml says of publishing.
func (e *Edition) Rules() plan.Rules { return e.rules }

// Base is the address that the site is published under.
func (e *Edition) Base() string { return e.site.Base }

// digest names what all files of a theme hold.
func digest(theme fs.FS, book cache.Key) (string, error) {
	parts := [][]byte{book[:]}
	for _, root := range []string{"templates", "static"} {
		err := fs.WalkDir(theme, root, func(name string, item fs.DirEntry, err error) error {
			if err != nil || item.IsDir() {
				return err
			}
			data, err := fs.ReadFile(theme, name)
			parts = append(parts, []byte(name), data)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("read the theme: %w", err)
		}
	}
	key := cache.KeyOf(parts...)
	return hex.EncodeToString(key[:]), nil
}
