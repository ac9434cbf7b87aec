//go:build unix

package bench

import (
	"context"
	"fmt"
	"time"
)

// Cold measures a clean build of so many entries against the floor, in turn.
func (l *Lab) Cold(ctx context.Context, entries int) (*Table, error) {
	if err := l.grow(ctx, entries); err != nil {
		return nil, err
	}
	var builds []Usage
	var floors []Work
	for n := range l.Runs {
		fmt.Fprintf(l.Log, "cold: run %d of %d\n", n+1, l.Runs)
		usage, err := l.cold(ctx)
		if err != nil {
			return nil, err
		}
		work, err := l.floor(ctx)
		if err != nil {
			return nil, err
		}
		builds, floors = append(builds, usage), append(floors, work)
	}
	build, floor := median(builds), floors[0]
	floor.CPU = middle(floors, func(w Work) time.Duration { return w.CPU })
	ratio := float64(build.CPU) / float64(floor.CPU)
	t := l.table("cold build of "+thousands(entries)+" entries", "", "measured", "bar", "")
	t.add("CPU, build ÷ floor", times(ratio), "<= 7 ×", verdict(ratio <= 7))
	t.add("peak memory", megabytes(build.Peak), "<= 180 MB", verdict(build.Peak <= 180e6))
	t.add("CPU of the build", seconds(build.CPU))
	t.add("CPU of the floor", seconds(floor.CPU))
	t.add("time on the clock", seconds(build.Wall))
	t.add("read", thousands(floor.Sources)+" files, "+megabytes(floor.SourceBytes))
	t.add("written", thousands(floor.Files)+" files, "+megabytes(floor.Bytes))
	return t, nil
}

// rebuild is a build over a finished site, with what it took in each run.
type rebuild struct {
	name    string // what changed
	variant Variant
	bar     float64 // times the floor; 0: none
	usages  []Usage
}

// rebuilds are in the order in which they run. Each starts at the site and the
// cache of a build with the snapshot Calm, or of one that differs little from
// it: one more Calm, which has no name, comes before the worst case.
func rebuilds() []rebuild {
	return []rebuild{
		{name: "nothing at all", variant: Calm},
		{name: "all were checked again", variant: Rechecked},
		{name: "one provider has an outage", variant: OneDown, bar: 3.5},
		{variant: Calm},
		{name: "every provider's level", variant: AllDown, bar: 3.5},
	}
}

// Snapshot measures builds over a finished site when only the snapshot changed,
// against the floor of the cold build.
func (l *Lab) Snapshot(ctx context.Context, entries int) (*Table, error) {
	if err := l.grow(ctx, entries); err != nil {
		return nil, err
	}
	steps := rebuilds()
	var floors []Work
	for n := range l.Runs {
		fmt.Fprintf(l.Log, "snapshot: run %d of %d\n", n+1, l.Runs)
		if _, err := l.cold(ctx); err != nil {
			return nil, err
		}
		work, err := l.floor(ctx)
		if err != nil {
			return nil, err
		}
		floors = append(floors, work)
		for i := range steps {
			usage, err := l.build(ctx, steps[i].variant)
			if err != nil {
				return nil, err
			}
			steps[i].usages = append(steps[i].usages, usage)
		}
	}
	t := l.table("build of "+thousands(entries)+" entries over a finished site", "what changed", "CPU ÷ floor", "bar", "", "CPU", "clock", "peak memory")
	floor := middle(floors, func(w Work) time.Duration { return w.CPU })
	for _, step := range steps {
		step.show(t, floor)
	}
	t.add("(the floor)", times(1), "", "", seconds(floor))
	return t, nil
}

// show adds the row of a rebuild.
func (r rebuild) show(t *Table, floor time.Duration) {
	if r.name == "" {
		return
	}
	u := median(r.usages)
	ratio, bar, met := float64(u.CPU)/float64(floor), "", ""
	if r.bar > 0 {
		bar, met = fmt.Sprintf("<= %v ×", r.bar), verdict(ratio <= r.bar)
	}
	t.add(r.name, times(ratio), bar, met, seconds(u.CPU), seconds(u.Wall), megabytes(u.Peak))
}

// Growth measures clean builds of growing corpora. An entry must not cost more
// in a large one.
func (l *Lab) Growth(ctx context.Context, sizes []int) (*Table, error) {
	t := l.table("growth, clean builds", "entries", "CPU an entry", "÷ smallest", "bar", "", "peak an entry", "÷ smallest", "bar", "", "CPU", "peak memory")
	var cpu0, peak0 float64
	for _, entries := range sizes {
		if err := l.grow(ctx, entries); err != nil {
			return nil, err
		}
		var builds []Usage
		for n := range l.Runs {
			fmt.Fprintf(l.Log, "growth: %s entries, run %d of %d\n", thousands(entries), n+1, l.Runs)
			usage, err := l.cold(ctx)
			if err != nil {
				return nil, err
			}
			builds = append(builds, usage)
		}
		build := median(builds)
		cpu, peak := float64(build.CPU)/float64(entries), float64(build.Peak)/float64(entries)
		if cpu0 == 0 {
			cpu0, peak0 = cpu, peak
		}
		t.add(thousands(entries),
			fmt.Sprintf("%.0f µs", cpu/1e3), times(cpu/cpu0), "<= 1.2 ×", verdict(cpu <= 1.2*cpu0),
			fmt.Sprintf("%.1f KB", peak/1e3), times(peak/peak0), "<= 1.2 ×", verdict(peak <= 1.2*peak0),
			seconds(build.CPU), megabytes(build.Peak))
	}
	return t, nil
}

func (l *Lab) table(title string, head ...string) *Table {
	return &Table{Title: fmt.Sprintf("%s (median of %d)", title, l.Runs), head: head}
}
