//go:build unix

package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Lab is a place to measure in: the program, a content tree and what is built
// of it. All paths are absolute.
type Lab struct {
	Dir       string    // an empty folder, best on tmpfs: disks make figures unlike each other
	Program   string    // the faultbook to measure
	Self      string    // a program whose first argument may be "corpus" or "floor": see Helper
	Providers int       // of the corpus
	Runs      int       // of which the median counts
	Log       io.Writer // what is going on
}

// Usage is what a child process took.
type Usage struct {
	CPU  time.Duration // user and system
	Wall time.Duration
	Peak int64 // bytes of resident memory
}

const seed = 1

func (l *Lab) content() string { return filepath.Join(l.Dir, "content") }
func (l *Lab) public() string  { return filepath.Join(l.Dir, "public") }

// grow makes the corpus, in place of the one before.
func (l *Lab) grow(ctx context.Context, entries int) error {
	fmt.Fprintf(l.Log, "generating %s entries\n", thousands(entries))
	if err := l.remove("content", "public", ".faultbook"); err != nil {
		return err
	}
	_, _, err := l.run(ctx, l.Self, "corpus", "-out", l.content(), "-entries", strconv.Itoa(entries), "-providers", strconv.Itoa(l.Providers), "-seed", strconv.Itoa(seed))
	return err
}

// cold builds from nothing: no cache, no site.
func (l *Lab) cold(ctx context.Context) (Usage, error) {
	if err := l.remove("public", ".faultbook"); err != nil {
		return Usage{}, err
	}
	return l.build(ctx, Calm)
}

// build builds over what is there.
func (l *Lab) build(ctx context.Context, v Variant) (Usage, error) {
	if err := Snapshot(l.Dir, l.Providers, v); err != nil {
		return Usage{}, err
	}
	_, usage, err := l.run(ctx, l.Program, "build", "-content", "content", "-out", "public", "-snapshot", ".faultbook/snapshot.json",
		"-now", v.Now().Format(time.RFC3339), "-base", "https://bench.example")
	return usage, err
}

// floor measures the floor of the site that stands there.
func (l *Lab) floor(ctx context.Context) (Work, error) {
	out := filepath.Join(l.Dir, "floor")
	defer os.RemoveAll(out)
	text, _, err := l.run(ctx, l.Self, "floor", "-sources", l.content(), "-site", l.public(), "-out", out)
	if err != nil {
		return Work{}, err
	}
	var work Work
	return work, json.Unmarshal(text, &work)
}

// run runs a child to its end. The kernel counts what a parent has resident
// towards the peak of its child until the child runs its own program, so this
// process stays small: corpora and sites are held by children only.
func (l *Lab) run(ctx context.Context, program string, args ...string) ([]byte, Usage, error) {
	var out, problems bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = l.Dir, &out, &problems
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, Usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(slices.Concat([]string{filepath.Base(program)}, args), " "), err, lastLines(problems.String(), 20))
	}
	usage := Usage{Wall: time.Since(begun)}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		usage.CPU, usage.Peak = processor(r), peak(r)
	}
	return out.Bytes(), usage, nil
}

// peak is the largest resident memory in bytes. Darwin tells bytes, the others
// kilobytes.
func peak(r *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(r.Maxrss)
	}
	return int64(r.Maxrss) << 10
}

func (l *Lab) remove(names ...string) error {
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(l.Dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// median is the middle of the usages, each figure for itself.
func median(all []Usage) Usage {
	return Usage{
		CPU:  middle(all, func(u Usage) time.Duration { return u.CPU }),
		Wall: middle(all, func(u Usage) time.Duration { return u.Wall }),
		Peak: middle(all, func(u Usage) int64 { return u.Peak }),
	}
}

// middle is the median of a figure; of an even number of them the upper one.
func middle[T any, N time.Duration | int64](all []T, figure func(T) N) N {
	figures := make([]N, len(all))
	for i, one := range all {
		figures[i] = figure(one)
	}
	slices.Sort(figures)
	return figures[len(figures)/2]
}
