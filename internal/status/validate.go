package status

import (
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// validate tells the first thing that is wrong in a decoded snapshot. Lengths
// and forms that Encode would change need no rule here: Decode compares.
func validate(s Snapshot, now time.Time) error {
	if s.Sequence < 0 {
		return fmt.Errorf("sequence %d is negative", s.Sequence)
	}
	if err := notFuture("written_at", s.WrittenAt, now); err != nil {
		return err
	}
	if err := validatePublished(s.Published, now); err != nil {
		return err
	}
	for _, slug := range slices.Sorted(maps.Keys(s.Providers)) {
		if len(slug) > slugMax || !slugForm.MatchString(slug) {
			return fmt.Errorf("provider %.80q: not a slug; want words of a-z and 0-9 joined by -", slug)
		}
		if err := validateRecord(s.Providers[slug], now); err != nil {
			return fmt.Errorf("provider %q: %w", slug, err)
		}
	}
	return nil
}

func validateRecord(r Record, now time.Time) error {
	if err := pageAddress(r.URL); err != nil && r.URL != "" {
		return err
	}
	if err := validateOutcome(r.Fetch, now); err != nil {
		return err
	}
	if err := validateTimes(now, map[string]time.Time{"checked_at": r.CheckedAt, "changed_at": r.ChangedAt, "page_updated": r.PageUpdated}); err != nil {
		return err
	}
	if len(r.Components) > ListMax {
		return fmt.Errorf("%d components; at most %d", len(r.Components), ListMax)
	}
	if err := validateDays(r.Days, now); err != nil {
		return err
	}
	if err := validateTimes(now, map[string]time.Time{"most.since": r.Most.Since, "probe.at": r.Probe.At}); err != nil {
		return err
	}
	for _, change := range r.Changes {
		if err := notFuture("a change", change.At, now); err != nil {
			return err
		}
	}
	for _, i := range slices.Concat(r.Incidents, r.Past) {
		if err := validateIncident(i, now); err != nil {
			return fmt.Errorf("incident %.80q: %w", i.Title, err)
		}
	}
	for _, i := range r.Maintenance {
		i.Started, i.Ended = time.Time{}, time.Time{} // a window may lie ahead
		if err := validateIncident(i, now); err != nil {
			return fmt.Errorf("maintenance %.80q: %w", i.Title, err)
		}
	}
	return nil
}

func validateOutcome(o Outcome, now time.Time) error {
	states := []string{StateOK, StateNotModified, StateFailed, StateNone}
	if !slices.Contains(states, o.State) {
		return fmt.Errorf("unknown fetch state %.40q; want one of %s", o.State, strings.Join(states, ", "))
	}
	return validateTimes(now, map[string]time.Time{"fetch.at": o.At, "fetch.since": o.Since})
}

func validateIncident(i Incident, now time.Time) error {
	if i.URL != "" && !IsLink(i.URL) {
		return fmt.Errorf("address %.80q; want https", i.URL)
	}
	for _, u := range i.Updates {
		if err := notFuture("an update", u.At, now); err != nil {
			return err
		}
	}
	return validateTimes(now, map[string]time.Time{"started": i.Started, "updated": i.Updated, "ended": i.Ended})
}

func validateTimes(now time.Time, times map[string]time.Time) error {
	for _, name := range slices.Sorted(maps.Keys(times)) {
		if err := notFuture(name, times[name], now); err != nil {
			return err
		}
	}
	return nil
}

func notFuture(name string, t, now time.Time) error {
	if t.After(now.Add(skew)) {
		return fmt.Errorf("%s is %s, in the future; it is %s now", name, t.Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	}
	return nil
}

// IsLink tells whether address may be linked from a page: absolute, https, a
// host, no user name, no blank or control character.
func IsLink(address string) bool {
	u, err := url.Parse(address)
	return err == nil && utf8.ValidString(address) && len(address) <= linkMax && u.Scheme == "https" && u.Hostname() != "" && u.User == nil &&
		!strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// pageAddress checks the address of a status page. Plain http is for pages of
// the operator's own network, so only where the host is plainly there.
func pageAddress(address string) error {
	if IsLink(address) {
		return nil
	}
	if rest, ok := strings.CutPrefix(address, "http://"); ok && IsLink("https://"+rest) {
		u, _ := url.Parse(address)
		ip, err := netip.ParseAddr(u.Hostname())
		if err == nil && (ip.IsLoopback() || ip.IsPrivate()) || err != nil && !strings.Contains(u.Hostname(), ".") {
			return nil
		}
	}
	return fmt.Errorf("address %.80q; want https", address)
}
