// Package plan decides whether a site is worth publishing now: it compares what
// is live with what a build would publish, and both with a budget.
//
// It owns what counts as a change that matters, and how a month's budget is
// spread over the month. It must not know books, pages, networks or clocks: it is
// handed two states and the moment.
package plan

import (
	"time"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// State is one of the two sites that are compared.
type State struct {
	Snapshot status.Snapshot // of the zero Version: there is no site yet
	Content  string          // names what it is made of beside the states
}

// Rules are what the operator has set.
type Rules struct {
	Budget    Budget
	Freshness verdict.Freshness
}

// Answer is what to do.
type Answer int

// The answers.
const (
	Nothing Answer = iota // nothing changed that matters
	Publish               // now
	Later                 // it matters, but the budget has to last
	Spent                 // it matters, but there is no budget left
)

// Plan is an answer and what it rests on.
type Plan struct {
	Answer  Answer
	Changes []Change  // that matter, in the order of the providers
	Minor   []string  // what else changed, for people
	By      time.Time // with Later and Spent: when it will be published at the latest
	Used    int       // of the budget, within a month
}

// Make decides. builds are the times at which the site was built for its readers,
// or was asked to be, newest first.
func Make(live, next State, builds []time.Time, rules Rules, now time.Time) Plan {
	p := Plan{Used: rules.Budget.used(builds, now)}
	p.Changes, p.Minor = compare(live, next, rules, now)
	if len(p.Changes) == 0 {
		return p
	}
	if until, spent := rules.Budget.spent(builds, now); spent {
		p.Answer, p.By = Spent, until
		return p
	}
	if p.By = rules.Budget.turn(builds, p.urgent()); p.By.After(now) {
		p.Answer = Later
		return p
	}
	p.Answer, p.By = Publish, time.Time{}
	return p
}

// urgent tells whether an outage began or ended. The last drop of the bucket is
// kept for that.
func (p Plan) urgent() bool {
	for _, c := range p.Changes {
		if c.Urgent {
			return true
		}
	}
	return false
}

// turn is when something that matters is published: when the bucket has enough,
// but no later than Wait after the last time.
func (b Budget) turn(builds []time.Time, urgent bool) time.Time {
	if b.Deploys == 0 || len(builds) == 0 {
		return time.Time{}
	}
	drops := 2
	if urgent {
		drops = 1
	}
	at, atLatest := b.has(drops, builds), builds[0].Add(b.Wait())
	if at.Before(atLatest) {
		return at
	}
	return atLatest
}

// age is how old the checks that a site shows may get before it is published for
// that alone: as the pages want it, unless the budget cannot pay for so much.
func (r Rules) age() time.Duration { return max(r.Freshness.AgeCap, r.Budget.Wait()) }

// Due is the moment by which a site with these builds is published again even if
// nothing happens, for its age alone.
func (r Rules) Due(builds []time.Time) time.Time {
	if len(builds) == 0 {
		return time.Time{}
	}
	due := builds[0].Add(r.age())
	until, _ := r.Budget.spent(builds, due)
	return latest(due, until)
}
