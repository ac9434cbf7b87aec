package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// The commands that scripts have beside testscript's own; script_test.go lists
// them.

func exit(ts *testscript.TestScript, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Check(err)
		}
		code = ended.ExitCode()
	}
	if code != want {
		ts.Fatalf("%s ended with %d, want %d", strings.Join(args[1:], " "), code, want)
	}
	// A panic ends with 2 too.
	if told := ts.ReadFile("stderr"); strings.Contains(told, "panic:") || strings.Contains(told, "goroutine ") {
		ts.Fatalf("%s ended in a panic", strings.Join(args[1:], " "))
	}
}

func edit(ts *testscript.TestScript, args []string) {
	said := strings.NewReplacer(`\n`, "\n")
	text, old := ts.ReadFile(args[0]), said.Replace(args[1])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, said.Replace(args[2]), 1)), 0o644))
}

func flip(ts *testscript.TestScript, args []string) {
	percent, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := []byte(ts.ReadFile(args[0]))
	data[len(data)*percent/100] ^= 4
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

func locks(ts *testscript.TestScript) map[string]*flock.Flock {
	return ts.Value(lockKey).(map[string]*flock.Flock)
}

func hold(ts *testscript.TestScript, args []string) {
	lock := flock.New(ts.MkAbs(args[0]))
	locked, err := lock.TryLock()
	ts.Check(err)
	if !locked {
		ts.Fatalf("%s is locked", args[0])
	}
	ts.Defer(func() { lock.Unlock() })
	locks(ts)[args[0]] = lock
}

func fits(ts *testscript.TestScript, args []string) {
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	if most, err := strconv.Atoi(args[0]); err != nil || len(lines) > most {
		ts.Fatalf("%d lines, want at most %s", len(lines), args[0])
	}
	for _, line := range lines {
		if most, err := strconv.Atoi(args[1]); err != nil || utf8.RuneCountInString(line) > most {
			ts.Fatalf("%d columns, want at most %s: %s", utf8.RuneCountInString(line), args[1], line)
		}
	}
}

func says(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("says takes a file and a text")
	}
	text := readPage(args[0], []byte(ts.ReadFile(args[0]))).text
	if strings.Contains(text, args[1]) == neg {
		ts.Logf("[page]\n%s", text)
		ts.Fatalf("%s: %q is there: %v", args[0], args[1], neg)
	}
}

func untouched(ts *testscript.TestScript, args []string) {
	before, ok := remembered(ts)[args[0]]
	if !ok {
		ts.Fatalf("%s was not remembered", args[0])
	}
	now := tracesOf(ts, args[0])
	for _, name := range namesOf(before, now) {
		if before[name] != now[name] {
			ts.Fatalf("%s was touched: %v before, %v now", filepath.Join(args[0], name), before[name], now[name])
		}
	}
}

// trace is what a write leaves of a file.
type trace struct{ bytes, time string }

func tracesOf(ts *testscript.TestScript, tree string) map[string]trace {
	files, err := readTree(ts.MkAbs(tree))
	ts.Check(err)
	traces := map[string]trace{}
	for name, data := range files {
		info, err := os.Lstat(filepath.Join(ts.MkAbs(tree), name))
		ts.Check(err)
		traces[name] = trace{fmt.Sprintf("%x", sum(data)), info.ModTime().Format(time.RFC3339Nano)}
	}
	if len(traces) == 0 {
		ts.Fatalf("%s is empty", tree)
	}
	return traces
}

func same(ts *testscript.TestScript, args []string) {
	a, err := readTree(ts.MkAbs(args[0]))
	ts.Check(err)
	b, err := readTree(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(a) == 0 {
		ts.Fatalf("%s is empty", args[0])
	}
	met := map[string]bool{}
	for _, name := range namesOf(a, b) {
		i := slices.IndexFunc(args[2:], func(pattern string) bool { return matches(pattern, name) })
		if differ := string(a[name]) != string(b[name]); differ != (i >= 0) {
			ts.Fatalf("%s differs: %v", name, differ)
		}
		if i >= 0 {
			met[args[2+i]] = true
		}
	}
	for _, pattern := range args[2:] {
		if !met[pattern] {
			ts.Fatalf("no file is called %s", pattern)
		}
	}
}

// matches tells whether a file is meant. A pattern is that of its whole path;
// after **/ that of its name, in whatever folder.
func matches(pattern, name string) bool {
	if rest, ok := strings.CutPrefix(pattern, "**/"); ok {
		pattern, name = rest, path.Base(name)
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func sound(ts *testscript.TestScript, args []string) {
	files, err := readTree(ts.MkAbs(args[0]))
	ts.Check(err)
	if problems := problemsOf(site{files, args[1]}); len(problems) > 0 {
		ts.Fatalf("%s:\n%s", args[0], strings.Join(problems, "\n"))
	}
}
