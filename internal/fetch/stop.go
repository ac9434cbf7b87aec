package fetch

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// stop is one host on a walk: whose turn it is, when it may be asked next, and
// whether it is asked at all any more.
type stop struct {
	host   string
	client *http.Client

	mu     sync.Mutex
	since  time.Time // its first request
	next   time.Time // not before
	silent int       // addresses in a row of which nobody answered
	ended  *Reached  // what becomes of all further addresses; nil: they are asked
}

// enter waits for the next turn at this host. Without a place it tells what
// becomes of the address instead.
func (s *stop) enter(ctx context.Context, r *run) (*place, Reached) {
	p := r.gate.place(s.host)
	if !p.enter(ctx) {
		return nil, Reached{Reason: outOfTime}
	}
	for {
		wait, ended := s.ready()
		switch {
		case ended != nil:
			p.leave()
			return nil, *ended
		case wait <= 0:
			return p, Reached{}
		case !p.pause(ctx, wait):
			return nil, Reached{Reason: outOfTime}
		}
	}
}

// ready is how long to wait for the host, or why it is not asked any more.
func (s *stop) ready() (wait time.Duration, ended *Reached) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.since.IsZero() {
		s.since = now
	}
	if s.ended == nil && now.Sub(s.since) >= hostTime {
		s.ended = &Reached{Reason: "the time for " + s.host + " was over"}
	}
	return s.next.Sub(now), s.ended
}

// leave makes room for the next one, after a pause.
func (s *stop) leave(p *place, pause time.Duration) {
	s.mu.Lock()
	s.next = time.Now().Add(pause)
	s.mu.Unlock()
	p.leave()
}

// shut ends the asking of this host.
func (s *stop) shut(r Reached) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = &r
}

// note counts in how many addresses in a row nobody has answered. A host that is
// down is not asked for a hundred pages, ten seconds each: they are as silent.
func (s *stop) note(r Reached) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r.Outcome {
	case Answered:
		s.silent = 0
	case Silent:
		s.silent++
	}
	if s.silent == maxSilent {
		s.ended = &Reached{Outcome: Silent, Reason: r.Reason}
	}
}
