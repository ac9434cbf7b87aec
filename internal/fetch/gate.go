package fetch

import (
	"context"
	"sync"
	"time"
)

// gate lets in atOnce sources at a time, and one of each host. A source keeps
// its place from its first request until its answers are read, so that no more
// than atOnce of them hold answers in memory.
type gate struct {
	all   chan struct{}
	mu    sync.Mutex
	hosts map[string]chan struct{}
}

func newGate() *gate {
	return &gate{all: make(chan struct{}, atOnce), hosts: map[string]chan struct{}{}}
}

// place is one source's place at the gate, to begin with outside.
func (g *gate) place(host string) *place {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.hosts[host] == nil {
		g.hosts[host] = make(chan struct{}, 1)
	}
	return &place{all: g.all, host: g.hosts[host]}
}

type place struct {
	all, host chan struct{}
	inside    bool
}

// enter waits for its turn; false: ctx ended before.
func (p *place) enter(ctx context.Context) bool {
	select {
	case p.host <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	select {
	case p.all <- struct{}{}:
		p.inside = true
		return true
	case <-ctx.Done():
		<-p.host
		return false
	}
}

func (p *place) leave() {
	if p.inside {
		p.inside = false
		<-p.all
		<-p.host
	}
}

// pause lets others in for so long and comes back; false: ctx ended before.
func (p *place) pause(ctx context.Context, d time.Duration) bool {
	p.leave()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return p.enter(ctx)
	case <-ctx.Done():
		return false
	}
}
