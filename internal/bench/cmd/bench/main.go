//go:build unix

// Command bench builds faultbook, generates a large content tree and prints how
// fast the program is, as ratios against a floor, beside the bars.
//
//	go run ./internal/bench/cmd/bench
//	go run ./internal/bench/cmd/bench -runs 3 cold snapshot
//	go run ./internal/bench/cmd/bench fetch
//	go run ./internal/bench/cmd/bench corpus -out /dev/shm/content
//
// It exits 1 when a bar is missed. It must not know how anything is measured:
// that is package bench.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"faultbook/internal/bench"
)

const usage = `usage: bench [flags] [cold] [snapshot] [growth] [preview] [fetch]
       bench corpus -out DIR [-entries N] [-providers N] [-seed N]
       bench floor -sources DIR -site DIR -out DIR

Without a name all five are measured.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// config is what the command line asks for.
type config struct {
	entries, providers, runs int
	tmp, program             string
	what                     []string
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if asked, err := bench.Helper(args, stdout, stderr); asked {
		return exit(err, stderr)
	}
	cfg, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	passed, err := measure(ctx, cfg, stdout, stderr)
	if code := exit(err, stderr); code > 0 || passed {
		return code
	}
	return 1
}

func exit(err error, stderr io.Writer) int {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintln(stderr, "bench:", err)
	return 1
}

func parse(args []string, stderr io.Writer) (config, error) {
	var cfg config
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	flags.IntVar(&cfg.entries, "entries", 10_000, "`number` of entries for cold, snapshot and preview")
	flags.IntVar(&cfg.providers, "providers", 50, "`number` of providers")
	flags.IntVar(&cfg.runs, "runs", 5, "`number` of runs of which the median counts")
	flags.StringVar(&cfg.tmp, "tmp", tmpfs(), "`folder` to work in; a new one is made inside and removed at the end")
	flags.StringVar(&cfg.program, "program", "", "`file` of a built faultbook; default: go build")
	if err := flags.Parse(args); err != nil {
		return cfg, err
	}
	cfg.what = flags.Args()
	if len(cfg.what) == 0 {
		cfg.what = []string{"cold", "snapshot", "growth", "preview", "fetch"}
	}
	if cfg.entries < cfg.providers || cfg.providers < 1 || cfg.runs < 1 {
		fmt.Fprintln(stderr, "bench: want at least one run, one provider, and one entry for each provider")
		return cfg, errors.New("numbers")
	}
	for _, name := range cfg.what {
		if _, known := measurements[name]; !known {
			fmt.Fprintf(stderr, "bench: unknown measurement %q; want cold, snapshot, growth, preview or fetch\n", name)
			return cfg, errors.New("name")
		}
	}
	return cfg, nil
}

// tmpfs is a folder in memory where there is one: on disks the figures say more
// about the disk.
func tmpfs() string {
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err == nil && info.IsDir() {
		return memory
	}
	return os.TempDir()
}

var measurements = map[string]func(ctx context.Context, lab *bench.Lab, entries int) (*bench.Table, error){
	"cold": func(ctx context.Context, lab *bench.Lab, entries int) (*bench.Table, error) {
		return lab.Cold(ctx, entries)
	},
	"snapshot": func(ctx context.Context, lab *bench.Lab, entries int) (*bench.Table, error) {
		return lab.Snapshot(ctx, entries)
	},
	"growth": func(ctx context.Context, lab *bench.Lab, entries int) (*bench.Table, error) {
		return lab.Growth(ctx, []int{entries / 10, entries, entries * 5})
	},
	"preview": func(ctx context.Context, lab *bench.Lab, entries int) (*bench.Table, error) {
		return lab.Preview(ctx, entries)
	},
	"fetch": func(ctx context.Context, lab *bench.Lab, _ int) (*bench.Table, error) {
		return lab.Fetch(ctx, 100, time.Second)
	},
}

// measure prints a table for each thing to measure, as soon as it is known, and
// tells whether all bars were met.
func measure(ctx context.Context, cfg config, stdout, stderr io.Writer) (passed bool, err error) {
	dir, err := os.MkdirTemp(cfg.tmp, "faultbook-bench-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return false, err
	}
	program, err := program(ctx, cfg, dir)
	if err != nil {
		return false, err
	}
	lab := &bench.Lab{Dir: dir, Program: program, Self: self, Providers: cfg.providers, Runs: cfg.runs, Log: stderr}
	passed = true
	for _, name := range cfg.what {
		table, err := measurements[name](ctx, lab, cfg.entries)
		if err != nil {
			return false, fmt.Errorf("%s: %w", name, err)
		}
		if err := table.Print(stdout); err != nil {
			return false, err
		}
		fmt.Fprintln(stdout)
		passed = passed && table.Passed()
	}
	return passed, nil
}

// program is the faultbook to measure: the one named, or one built now.
func program(ctx context.Context, cfg config, dir string) (string, error) {
	if cfg.program != "" {
		return filepath.Abs(cfg.program)
	}
	name := filepath.Join(dir, "faultbook")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", name, "faultbook/cmd/faultbook").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return name, nil
}
