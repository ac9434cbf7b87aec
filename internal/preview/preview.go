// Package preview shows the site on this machine while people write it: it
// makes the site anew when a file changes, tells browsers to reload, and shows
// in the page what is wrong.
//
// It owns the local server, the watch over files, the moment of a rebuild, and
// what is served while something is broken. It must not know books, templates
// or snapshots: it is handed a function that makes a site.
package preview

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"faultbook/internal/diag"
)

// Config is what a preview is made of.
type Config struct {
	// Build makes the site of the files as they are. It is given the files that
	// changed since the last time; nil: any may have. It is never called twice at
	// the same time.
	Build  func(changed []string) Outcome
	Watch  []string    // files and folders that Build reads; each may come and go
	Report func(Round) // told after each rebuild
}

// Outcome is what became of a rebuild. It is broken when there is an Err or a
// finding of severity error; even then there may be a Site of what is whole.
type Outcome struct {
	Site     *Site
	Findings []diag.Finding
	Err      error // the world or the theme refused
}

func (o Outcome) broken() bool { return o.Err != nil || diag.Failed(o.Findings) }

// Site is a site that makes each file when it is asked for. Its functions may
// be called by several goroutines.
type Site struct {
	At       func(address string) (File, bool, error) // the file that an address of the site means
	Redirect func(address string) (string, bool)      // the address that an old one leads to
	Headers  []byte                                   // the _headers file for the host
}

// File is one file of the site.
type File struct {
	Path string // slash path inside the site; its ending says what it holds
	Data []byte
}

// Round is one rebuild.
type Round struct {
	Changed []string // files and folders that called for it, sorted; none for the first
	Began   time.Time
	Took    time.Duration
	Blind   error // a folder that cannot be watched, so that its changes go unnoticed
	Outcome
}

// attempts is how many ports Listen tries: enough for every preview that one
// person has open.
const attempts = 20

// Listen opens a port of this machine that no other can reach. Where it is
// taken, it is the next free one; 0 means any.
func Listen(port int) (net.Listener, error) {
	l, first := listen(port)
	for next := port + 1; first != nil && port > 0 && next < port+attempts; next++ {
		if l, err := listen(next); err == nil {
			return l, nil
		}
	}
	return l, first
}

func listen(port int) (net.Listener, error) {
	return net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

// patience is how long the end of a preview waits for what is going on, so that
// all is over within the second that a person at the keyboard takes for "at
// once".
const patience = 300 * time.Millisecond

// Serve shows the site to whoever asks l, until ctx ends.
func Serve(ctx context.Context, l net.Listener, c Config) error {
	w, err := newWatcher(c.Watch)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := newServer(c, w)
	// With ctx as their base, requests that wait and streams that never end give
	// up when it ends.
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	var work sync.WaitGroup
	work.Go(func() { w.run(s.note) })
	work.Go(func() { s.run(ctx) })
	done := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(done)
		_ = w.Close()
		rest, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if web.Shutdown(rest) != nil {
			_ = web.Close()
		}
		idle(rest, &work)
	})
	err = web.Serve(l)
	cancel()
	<-done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// idle waits for the work to be done, but not longer than ctx lasts: a build
// cannot be called off, and whoever ends a preview is about to end the program.
func idle(ctx context.Context, work *sync.WaitGroup) {
	done := make(chan struct{})
	go func() {
		work.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}
