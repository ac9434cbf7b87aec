package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts in testdata/script are what people type. Each begins with what its
// user wants. They run the program itself, in folders of their own, on a clock
// that stands still: CLOCK says when it is, TERMINAL how many columns the
// terminal has (none is no terminal). The folder live is what readers find at the
// address of the operator's site, unless SITE is network. Beside testscript's own,
// the commands are:
//
//	book                    put the small book of testdata/book into content/
//	copy FROM TO            copy a tree
//	shuffle FROM TO         the same, files in another order and with other times
//	edit FILE OLD NEW       replace the first OLD of a file; \n is a line end
//	flip FILE PERCENT       turn one bit over, so far into the file
//	exit CODE PROGRAM …     run a program that has to end with that code, and not in a panic
//	fits LINES COLUMNS      the last output fits on such a screen
//	[!] says FILE TEXT      a page says TEXT to its reader, white space aside
//	remember TREE           note the bytes and times of all files …
//	untouched TREE          … and hold that they are as noted
//	same A B [EXCEPT …]     two trees are the same, but for these files, which all differ; **/ is any folder
//	sound TREE BASE         a built site keeps all that every site has to keep; see sound_test.go
//	hold FILE               lock FILE as a running build does, until release FILE
//	internet FILE           from here on FILE says what every other host answers; see internet_test.go
//	statuspage NAME FILE    serve FILE as the summary of a status page, whose address is $NAME
//
// UPDATE=1 rewrites the outputs that scripts compare with.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", Cmds: commandsOfScripts(), Setup: setup,
		UpdateScripts: os.Getenv("UPDATE") != "", RequireExplicitExec: true, RequireUniqueNames: true,
	})
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"faultbook": program})
}

// program is the program as scripts run it.
func program() {
	w := realWorld()
	now, err := time.Parse(time.RFC3339, os.Getenv("CLOCK"))
	if err != nil {
		panic(fmt.Sprintf("the script's CLOCK: %v", err))
	}
	w.now = func() time.Time { return now }
	if address := os.Getenv("INTERNET"); address != "" {
		w.network = through(address)
	}
	if os.Getenv("SITE") != "network" {
		w.own = http.NewFileTransport(http.Dir(filepath.Join(os.Getenv("WORK"), "live")))
	}
	if columns := os.Getenv("TERMINAL"); columns != "" {
		w.terminal, w.asks = true, true
		if w.width, err = strconv.Atoi(columns); err != nil {
			panic(fmt.Sprintf("the script's TERMINAL: %v", err))
		}
	}
	os.Exit(run(w, os.Args[1:]))
}

// What scripts note: the files of remembered trees, and locks, by name.
const (
	traceKey = "traces"
	lockKey  = "locks"
)

func remembered(ts *testscript.TestScript) map[string]map[string]trace {
	return ts.Value(traceKey).(map[string]map[string]trace)
}

func setup(env *testscript.Env) error {
	data, err := filepath.Abs("testdata")
	if err != nil {
		return err
	}
	env.Setenv("DATA", data)
	env.Setenv("CLOCK", "2026-11-22T12:00:00Z")
	env.Values[traceKey] = map[string]map[string]trace{}
	env.Values[lockKey] = map[string]*flock.Flock{}
	return nil
}

func commandsOfScripts() map[string]func(*testscript.TestScript, bool, []string) {
	commands := map[string]func(*testscript.TestScript, bool, []string){"says": says}
	for name, command := range map[string]struct {
		least int // arguments
		run   func(*testscript.TestScript, []string)
	}{
		"book": {0, func(ts *testscript.TestScript, _ []string) {
			ts.Check(copyTree(filepath.Join(ts.Getenv("DATA"), "book"), ts.MkAbs("content"), inOrder))
		}},
		"copy": {2, func(ts *testscript.TestScript, a []string) {
			ts.Check(copyTree(ts.MkAbs(a[0]), ts.MkAbs(a[1]), inOrder))
		}},
		"shuffle": {2, func(ts *testscript.TestScript, a []string) {
			ts.Check(copyTree(ts.MkAbs(a[0]), ts.MkAbs(a[1]), shuffled))
		}},
		"edit":       {3, edit},
		"flip":       {2, flip},
		"exit":       {2, exit},
		"fits":       {2, fits},
		"remember":   {1, func(ts *testscript.TestScript, a []string) { remembered(ts)[a[0]] = tracesOf(ts, a[0]) }},
		"untouched":  {1, untouched},
		"same":       {2, same},
		"sound":      {2, sound},
		"hold":       {1, hold},
		"release":    {1, func(ts *testscript.TestScript, a []string) { ts.Check(locks(ts)[a[0]].Unlock()) }},
		"internet":   {1, internet},
		"statuspage": {2, statuspage},
	} {
		commands[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) < command.least {
				ts.Fatalf("%s takes no ! and at least %d arguments", name, command.least)
			}
			command.run(ts, args)
		}
	}
	return commands
}
