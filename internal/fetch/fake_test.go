package fetch

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"faultbook/internal/status"
)

// inet is a network without wires: hosts answer over pipes, so that inside a
// synctest bubble ten seconds of silence take no time at all.
type inet struct {
	hosts  map[string]http.Handler // by host:port
	others map[string]host         // likewise, those that may do more than answer

	mu    sync.Mutex
	lines []*line
}

// line is the listener of one connection.
type line struct {
	conn chan net.Conn
	done chan struct{}
	once sync.Once
}

func (l *line) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.done:
		return nil, io.EOF
	}
}

func (l *line) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *line) Addr() net.Addr { return &net.TCPAddr{} }

// transport reaches the hosts of n. What would be TLS is plain underneath.
func (n *inet) transport(t *testing.T) *http.Transport {
	tr := &http.Transport{DialContext: n.dial, DialTLSContext: n.dial, MaxResponseHeaderBytes: maxHeader}
	t.Cleanup(func() {
		tr.CloseIdleConnections()
		n.mu.Lock()
		defer n.mu.Unlock()
		for _, l := range n.lines {
			l.Close()
		}
	})
	return tr
}

func (n *inet) dial(ctx context.Context, _, address string) (net.Conn, error) {
	handler, other := n.hosts[address], n.others[address]
	if other.dial != nil {
		name, _, _ := net.SplitHostPort(address)
		return other.dial(ctx, name)
	}
	if other.serve != nil {
		handler = other.serve
	}
	if handler == nil {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}}
	}
	near, far := net.Pipe()
	l := &line{conn: make(chan net.Conn, 1), done: make(chan struct{})}
	l.conn <- far
	n.mu.Lock()
	n.lines = append(n.lines, l)
	n.mu.Unlock()
	go http.Serve(l, handler)
	return near, nil
}

// good is the summary of a page that is well.
const good = `{"page":{"id":"abc","name":"Example","time_zone":"Etc/UTC"},"status":{"indicator":"none"},
"components":[{"id":"1","name":"API","status":"operational"}]}`

// page answers like a Statuspage that is well, as soon as prepare returns true
// for the summary. A nil prepare does nothing.
func page(prepare func(w http.ResponseWriter, r *http.Request) (goOn bool)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v2/summary.json" {
			http.NotFound(w, r)
			return
		}
		if prepare == nil || prepare(w, r) {
			io.WriteString(w, good)
		}
	}
}

// example is a target on status.example.com.
func example(change func(*Target)) Target {
	t := Target{Slug: "example", Name: "Example", Source: status.Source{Platform: "statuspage", URL: "https://status.example.com"}}
	if change != nil {
		change(&t)
	}
	return t
}

// results is everything that a run told.
type results struct {
	snapshot status.Snapshot
	summary  Summary
	events   []Event
	requests []Request
	took     time.Duration
}

// asked counts the requests for a path.
func (r results) asked(path string) int {
	n := 0
	for _, q := range r.requests {
		if len(q.URL) >= len(path) && q.URL[len(q.URL)-len(path):] == path {
			n++
		}
	}
	return n
}

func runAll(t *testing.T, c Config) results {
	t.Helper()
	var r results
	c.UserAgent = "faultbook/test (+https://faultbook.example)"
	c.Progress = func(e Event) { r.events = append(r.events, e) }
	c.Log = func(q Request) { r.requests = append(r.requests, q) }
	start := time.Now()
	var err error
	if r.snapshot, r.summary, err = Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	r.took = time.Since(start)
	return r
}
