// Package fetch asks the providers' sources and makes the next snapshot of what
// they answer. It is the only HTTP client.
//
// It owns manners and mistrust: how often, how long and how much is asked, and
// which addresses are never asked. It must not know what an answer means
// (platform), what a report amounts to (status) or what readers are told.
package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"faultbook/internal/status"
)

// Target is one provider to ask.
type Target struct {
	Slug, Name string
	Source     status.Source
	Probe      Probe // the zero value: the API itself is not asked
}

// Config is what a run needs to know.
type Config struct {
	Targets      []Target        // their slugs differ
	Previous     status.Snapshot // the zero value when there is none
	UserAgent    string          // names the program, its version and the site's address
	AllowPrivate bool            // plain http and private addresses, but only the host:port that a target's own addresses name

	Progress func(Event)   // told each target when it is through; may be nil; never called twice at once
	Log      func(Request) // told each request; may be nil; never called twice at once

	Now       func() time.Time  // nil: time.Now
	Transport http.RoundTripper // nil: the network, guarded; tests give their own

	resolver *net.Resolver // nil: the machine's own
}

// Event tells how the reading of one target went.
type Event struct {
	Target      Target
	Reading     status.Reading
	Took        time.Duration // waiting for its turn included
	Done, Total int           // targets that are through, this one included, and all
}

// Request tells how one request went.
type Request struct {
	Slug   string
	URL    string
	Try    int // from 1
	Status int // 0: no answer came
	Bytes  int // of the body, decompressed
	Took   time.Duration
	Reason string // why the answer is no use; empty: it is what was hoped for
}

// Summary counts the targets of a run.
type Summary struct {
	Read        int // their source was read
	NotModified int // of these: it said that nothing has changed
	Failed      int // it could not be read; the snapshot says why
	Skipped     int // they have no source that a program may read
}

// The limits of a run. The public read interfaces of status pages ask for no
// more than one request a minute; three tries of three files stay friendly.
const (
	atOnce    = 8                // sources at a time, and one of each host:port
	runTime   = 2 * time.Minute  // for all targets together
	tryTime   = 10 * time.Second // from asking to the last byte
	maxTries  = 3                // for a required file; optional ones are asked once
	maxBody   = 4 << 20          // bytes of one source's files together, decompressed
	maxHeader = 64 << 10         // bytes
	maxWait   = 20 * time.Second // who asks to wait longer is left alone
	maxHops   = 5                // redirects
)

// Run reads all targets side by side and gives the snapshot that follows the
// previous one. A source that cannot be read is a fact in that snapshot; the
// only error is that ctx ended before the run did.
func Run(ctx context.Context, c Config) (status.Snapshot, Summary, error) {
	r := newRun(c)
	limited, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	all := make([]status.Reading, len(c.Targets))
	var wg sync.WaitGroup
	for i, target := range c.Targets {
		wg.Go(func() {
			start := r.Now()
			all[i] = r.read(limited, target)
			r.progress(Event{Target: target, Reading: all[i], Took: r.Now().Sub(start), Total: len(c.Targets)})
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return status.Snapshot{}, Summary{}, fmt.Errorf("fetch: %w", context.Cause(ctx))
	}
	var summary Summary
	readings := make(map[string]status.Reading, len(all))
	for i, reading := range all {
		readings[c.Targets[i].Slug] = reading
		summary.add(reading.State)
	}
	return c.Previous.Next(readings, r.Now()), summary, nil
}

func (s *Summary) add(state string) {
	switch state {
	case status.StateOK:
		s.Read++
	case status.StateNotModified:
		s.Read++
		s.NotModified++
	case status.StateNone:
		s.Skipped++
	default:
		s.Failed++
	}
}

// run is one run in progress.
type run struct {
	Config
	gate    *gate
	stock   stock
	telling sync.Mutex // Progress, Log and done
	done    int
	parsing sync.Mutex // one body is decoded at a time, which bounds memory
}

func newRun(c Config) *run {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &run{Config: c, gate: newGate(), stock: newStock()}
}

func (r *run) progress(e Event) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.done++
	e.Done = r.done
	if r.Progress != nil {
		r.Progress(e)
	}
}

func (r *run) log(q Request) {
	r.telling.Lock()
	defer r.telling.Unlock()
	if r.Log != nil {
		r.Log(q)
	}
}

// read is the reading of one target, and what its API said meanwhile.
func (r *run) read(ctx context.Context, t Target) status.Reading {
	var probed status.Probe
	var wg sync.WaitGroup
	if t.Probe.URL != "" {
		wg.Go(func() { probed = r.probe(ctx, t) })
	}
	reading := r.readSource(ctx, t)
	wg.Wait()
	reading.Probe = probed
	return reading
}

func (r *run) readSource(ctx context.Context, t Target) status.Reading {
	reading := status.Reading{Source: t.Source, State: status.StateFailed, At: r.Now()}
	if t.Source.Platform == "none" {
		reading.State, reading.Reason = status.StateNone, cmp.Or(t.Source.Why, "there is no source that a program may read")
		return reading
	}
	got, err := r.visit(ctx, t)
	reading.At = r.Now()
	switch {
	case err != nil:
		reading.Reason, reading.Hint = err.Error(), r.hint(ctx, t, err)
	case got.unchanged:
		reading.State = status.StateNotModified
	default:
		reading.State, reading.Report, reading.Validators = status.StateOK, got.report, got.validators
	}
	return reading
}
