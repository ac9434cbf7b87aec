package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"faultbook/internal/build"
	"faultbook/internal/cache"
	"faultbook/internal/fetch"
	"faultbook/internal/plan"
	"faultbook/internal/status"
)

// The exit codes of plan beside those of every command.
const (
	exitNothing = exitCode(3) // nothing changed that matters
	exitBudget  = exitCode(4) // it matters, but the budget has to last, or is spent
)

func planCommand(w *world, args []string) error {
	f := newFlags(w, "plan", "compare what a build would publish with what is live: exit 0 publish, 3 nothing that matters, 4 not within the budget")
	content := f.String("content", "content", "`DIR` of the content")
	theme := f.String("theme", defaultTheme, "`DIR` of the site's own theme")
	snapshot := f.String("snapshot", filepath.Join(".faultbook", "snapshot.json"), "`FILE` that fetch wrote")
	base := f.String("base", "", "`URL` that the site is published under")
	live := f.String("live", "", "`FILE` that holds the state of the live site; not given: that site is asked for "+statePath)
	now := f.String("now", "", "decide as if it were this `TIME`, as 2026-11-22T12:00:00Z")
	note := f.Bool("note", false, "when it is to be published, note in the snapshot that it was asked for")
	came := f.Bool("came", false, "only say whether the deploy that was asked for has come: exit 0 yes, 1 no")
	if err := f.parse(args); err != nil {
		return err
	}
	edition, next, err := w.planned(inputFlags{*content, *theme, *snapshot, *base, *now})
	if err != nil {
		return err
	}
	at, err := w.moment(*now)
	if err != nil {
		return err
	}
	before, err := w.liveState(edition, *base, *live, at)
	if err != nil {
		return fmt.Errorf("the live site cannot be compared with: %w", err)
	}
	known, _ := status.Newest([]status.Carried{{Snapshot: before}, {Snapshot: next}})
	if *came {
		return w.came(before, next)
	}
	p := plan.Make(plan.State{Snapshot: before, Content: before.Published.Content}, plan.State{Snapshot: next, Content: edition.Content()}, known.Snapshot.Published.Times(), edition.Rules(), at)
	w.tell(p, edition.Rules().Budget, at)
	return w.answer(p, *note, *snapshot, next, at)
}

// planned is what a build would publish now. Nothing is rendered.
func (w *world) planned(flags inputFlags) (*build.Edition, status.Snapshot, error) {
	input, err := w.input(flags)
	if err != nil {
		return nil, status.Snapshot{}, err
	}
	if input.Snapshot.Version == 0 {
		return nil, status.Snapshot{}, fmt.Errorf("there is no snapshot %s; faultbook fetch makes one", flags.snapshot)
	}
	input.Cache = cache.New(&cache.Memory{})
	edition, findings, err := build.Prepare(input)
	if err != nil {
		return nil, status.Snapshot{}, err
	}
	if edition == nil {
		if err := w.report(located(findings, flags.content), "text"); err != nil {
			return nil, status.Snapshot{}, err
		}
		return nil, status.Snapshot{}, errFindings
	}
	return edition, input.Snapshot, nil
}

// liveState is the snapshot that the live site carries; the zero value when there
// is no site yet. That is known only when the host says so: a site that cannot be
// read is no reason to publish over and over.
func (w *world) liveState(e *build.Edition, typed, file string, now time.Time) (status.Snapshot, error) {
	if file != "" {
		if _, err := os.Stat(file); err != nil {
			return status.Snapshot{}, err
		}
		return readSnapshot(file, now)
	}
	defer amongStrangers()()
	base := w.liveBase(typed, e.Book)
	s, err := w.readLive(w.asking(e.Book, nil), base+statePath, base)
	if errors.Is(err, fetch.ErrMissing) {
		return status.Snapshot{}, nil
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w", base+statePath, err)
	}
	return s, nil
}

// came tells whether a deploy is live that was built since it was asked for, of
// states that are no older than ours.
func (w *world) came(live, next status.Snapshot) error {
	built := "never"
	if builds := live.Published.Builds; len(builds) > 0 {
		built = builds[0].Format(time.RFC3339)
		asked := next.Published.Asked
		if (len(asked) == 0 || !builds[0].Before(asked[0])) && !live.WrittenAt.Before(next.WrittenAt) {
			fmt.Fprintf(w.stdout, "it came: the live site was built at %s, of snapshot %d\n", built, live.Sequence)
			return nil
		}
	}
	return fmt.Errorf("the live site is an old one: built %s, of states of %s; want those of %s", built, live.WrittenAt.Format(time.RFC3339), next.WrittenAt.Format(time.RFC3339))
}

// tell says what changed, and on one line what to do and why.
func (w *world) tell(p plan.Plan, budget plan.Budget, now time.Time) {
	for _, c := range p.Changes {
		fmt.Fprintf(w.stdout, "  %s\n", c)
	}
	for _, line := range p.Minor {
		fmt.Fprintf(w.stdout, "  %s, which does not matter\n", line)
	}
	matter := count(len(p.Changes), "change that matters", "changes that matter")
	left := fmt.Sprintf("%d of %d deploys used in 31 days", p.Used, budget.Deploys)
	if budget.Deploys == 0 {
		left = fmt.Sprintf("%d deploys in 31 days, and no budget", p.Used)
	}
	by := p.By.UTC().Format(time.RFC3339)
	switch p.Answer {
	case plan.Nothing:
		fmt.Fprintf(w.stdout, "nothing to publish: no change that matters; %s\n", left)
	case plan.Publish:
		fmt.Fprintf(w.stdout, "publish: %s; %s, this is one more\n", matter, left)
	case plan.Later:
		fmt.Fprintf(w.stdout, "not yet: %s, but the budget has to last: %s by %s; %s\n", matter, rest(p.By.Sub(now)), by, left)
	case plan.Spent:
		fmt.Fprintf(w.stdout, "not published: %s, but the budget is spent until %s; %s\n", matter, by, left)
	}
}

// answer is the exit code of a plan.
func (w *world) answer(p plan.Plan, note bool, file string, next status.Snapshot, now time.Time) error {
	switch p.Answer {
	case plan.Nothing:
		return exitNothing
	case plan.Later, plan.Spent:
		return exitBudget
	}
	if !note {
		return nil
	}
	if err := writeFile(file, status.Encode(next.AskedFor(now))); err != nil {
		return fmt.Errorf("note the deploy: %w", err)
	}
	return nil
}

// rest is a time to wait, in words.
func rest(d time.Duration) string {
	return "in " + strings.TrimSuffix(d.Round(time.Minute).String(), "0s")
}
