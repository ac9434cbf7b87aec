package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"
)

// world is everything outside the program that a command may touch, beside
// files: one value, so that a whole command can run in a test.
type world struct {
	ctx      context.Context
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer
	getenv   func(string) string
	now      func() time.Time
	network  http.RoundTripper // nil: the real one, guarded
	own      http.RoundTripper // leads to the operator's own site; nil: the real network, guarded
	terminal bool              // stderr and stdout are a person's terminal
	width    int               // of that terminal, in columns
	asks     bool              // there is a person at stdin too, who can be asked
}

func realWorld() *world {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who interrupts twice ends the program at once
	w := &world{ctx: ctx, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now}
	w.terminal = term.IsTerminal(int(os.Stderr.Fd())) && term.IsTerminal(int(os.Stdout.Fd()))
	w.asks = w.terminal && term.IsTerminal(int(os.Stdin.Fd()))
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		w.width = width
	}
	return w
}

// colour tells whether the output may be coloured; see https://no-color.org.
func (w *world) colour() bool { return w.terminal && w.getenv("NO_COLOR") == "" }
