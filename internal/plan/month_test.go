package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// weather is how much happens to one provider in a month.
type weather struct {
	incidents, failures, windows int
	merges                       int // of the whole site: others publish it too
}

// TestMonth lives through thirty days of checks, every five minutes, and looks at
// what was published with eyes of its own: the plan never goes over the budget,
// nothing waits longer than stated, and nothing is published for a check time.
func TestMonth(t *testing.T) {
	for _, c := range []struct {
		name        string
		weather     weather
		providers   int
		deploys     int
		least, most int // builds that are to be expected
	}{
		{"quiet", weather{}, 2, 20, 14, 16},
		{"ordinary", weather{incidents: 5, failures: 2, windows: 1}, 18, 20, 18, 20},
		{"a storm", weather{incidents: 150, failures: 40, windows: 5}, 6, 20, 18, 20},
		{"with merges", weather{incidents: 40, failures: 8, merges: 9}, 2, 20, 18, 29}, // those that come when all is spent are over it
		{"merges have it all", weather{incidents: 40, merges: 60}, 2, 20, 60, 79},
		{"a large budget", weather{incidents: 40, failures: 8}, 2, 333, 100, 333},
		{"a single deploy", weather{incidents: 40}, 2, 1, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := newSimulation(t, c.providers, c.weather, Rules{Budget{c.deploys}, verdict.FreshnessOf(time.Hour, 0, 0)})
			for check := range 30 * 24 * 12 {
				m.check(epoch.Add(time.Duration(check) * 5 * time.Minute))
			}
			t.Logf("%d builds, %d of them by others; %d verdicts changed, the longest wait was %s of %s",
				len(m.all), len(m.all)-m.own, m.verdicts, m.longest, m.rules.Budget.Wait())
			if n := len(m.all); n < c.least || n > c.most {
				t.Errorf("built %d times, want %d to %d", n, c.least, c.most)
			}
		})
	}
}

var epoch = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// simulation is a month as it may be: the providers as they are, and the site that
// shows them.
type simulation struct {
	t         *testing.T
	rules     Rules
	providers []*provider
	merges    []time.Time

	next, live status.Snapshot
	content    int         // commits so far
	all        []time.Time // all builds, oldest first
	own        int

	waiting  map[string]time.Time // since when a provider's verdict is not the published one
	before   map[string]string    // verdicts at the last check
	verdicts int
	longest  time.Duration
}

func newSimulation(t *testing.T, providers int, w weather, rules Rules) *simulation {
	r := rand.New(rand.NewPCG(2026, 11))
	m := &simulation{t: t, rules: rules, waiting: map[string]time.Time{}, before: map[string]string{}}
	for n := range providers {
		m.providers = append(m.providers, newProvider(fmt.Sprintf("p%02d", n), w, r))
	}
	for range w.merges {
		m.merges = append(m.merges, epoch.Add(time.Duration(r.Int64N(int64(30*24*time.Hour)))))
	}
	slices.SortFunc(m.merges, time.Time.Compare)
	return m
}

// check is one run of the schedule.
func (m *simulation) check(now time.Time) {
	readings := map[string]status.Reading{}
	for _, p := range m.providers {
		readings[p.slug] = p.read(now)
	}
	m.next.Published = m.live.Published
	m.next = m.next.Next(readings, now)
	m.merge(now)
	builds := m.live.Published.Builds
	left := m.rules.Budget.Deploys - within(m.all, now)
	p := Make(State{m.live, m.live.Published.Content}, State{m.next, fmt.Sprint(m.content)}, builds, m.rules, now)
	if p.Answer == Publish {
		if left <= 0 {
			m.t.Fatalf("%s: published with %d builds within a month; changes: %v", now, within(m.all, now), p.Changes)
		}
		m.reasoned(p, now)
		m.own++
		m.publish(now)
	}
	m.wait(now, left)
}

// merge is what others do, whom nobody asks about a budget.
func (m *simulation) merge(now time.Time) {
	for len(m.merges) > 0 && !m.merges[0].After(now) {
		m.merges = m.merges[1:]
		m.content++
		m.publish(now)
	}
}

func (m *simulation) publish(now time.Time) {
	m.live = m.next.PublishedAs("https://errors.example.com", fmt.Sprint(m.content), 18, now)
	m.all = append(m.all, now)
}

func within(builds []time.Time, now time.Time) (n int) {
	for _, at := range builds {
		if now.Sub(at) < 31*24*time.Hour {
			n++
		}
	}
	return n
}

// told is what readers read of a provider, beside times and messages.
func (m *simulation) told(s status.Snapshot, slug string, at time.Time) (verdictIs, all string) {
	r := s.Providers[slug]
	v := verdict.For(verdict.Provider, r, m.rules.Freshness, at)
	verdictIs = fmt.Sprint(v.State, v.Signal)
	for _, i := range r.Incidents {
		if !i.Elsewhere {
			all += fmt.Sprint(i.ID, i.Title, i.Level)
		}
	}
	return verdictIs, verdictIs + all
}

// reasoned holds that a site is never published for a mere check time.
func (m *simulation) reasoned(p Plan, now time.Time) {
	if len(m.all) == 0 {
		return
	}
	for _, provider := range m.providers {
		_, was := m.told(m.live, provider.slug, m.live.WrittenAt)
		_, is := m.told(m.next, provider.slug, now)
		if was != is {
			return
		}
	}
	if m.live.Published.Content != fmt.Sprint(m.content) || now.Sub(m.live.WrittenAt) >= m.rules.Budget.Wait() {
		return
	}
	m.t.Errorf("%s: published for nothing; it says %v", now, p.Changes)
}

// wait holds that no change of a verdict waits longer than stated.
func (m *simulation) wait(now time.Time, left int) {
	for _, provider := range m.providers {
		is, _ := m.told(m.next, provider.slug, now)
		if m.before[provider.slug] != is {
			m.before[provider.slug] = is
			m.verdicts++
		}
		published, _ := m.told(m.live, provider.slug, m.live.WrittenAt)
		since, waits := m.waiting[provider.slug]
		switch {
		case published == is:
			delete(m.waiting, provider.slug)
			continue
		case !waits:
			since = now
			m.waiting[provider.slug] = now
		}
		if left <= 0 {
			continue
		}
		m.longest = max(m.longest, now.Sub(since))
		if now.Sub(since) > m.rules.Budget.Wait() {
			m.t.Fatalf("%s: the verdict of %s waits for %s with %d of the budget left", now, provider.slug, now.Sub(since), left)
		}
	}
}
