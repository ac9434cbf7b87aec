package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reached is everything that a walk told.
type reached struct {
	all  []Reached
	took time.Duration
	told []Request
}

func (r reached) requests() int { return len(r.told) }

func reachAll(t *testing.T, transport http.RoundTripper, list ...Address) reached {
	t.Helper()
	r := reached{all: make([]Reached, len(list))}
	start := time.Now()
	c := Config{UserAgent: "faultbook/test", Transport: transport, Log: func(q Request) { r.told = append(r.told, q) }}
	if err := Reach(t.Context(), c, list, func(i int, one Reached) { r.all[i] = one }); err != nil {
		t.Fatal(err)
	}
	r.took = time.Since(start)
	return r
}

// rude answers HEAD with one status and GET with another.
func rude(head, get int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(map[string]int{"HEAD": head, "GET": get}[r.Method])
	}
}

// says answers with that status and header.
func says(code int, header, value string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(header, value)
		w.WriteHeader(code)
	}
}

// inTurn answers each request with the next handler, and then the last.
func inTurn(all ...http.HandlerFunc) http.HandlerFunc {
	var n atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		all[min(int(n.Add(1)), len(all))-1](w, r)
	}
}

// TestReach asks one address of each rude server.
func TestReach(t *testing.T) {
	const far = "https://other.example/new"
	ok := rude(200, 200)
	hung := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			raw("")(w, r)
		}
	}
	tests := []struct {
		name string
		host host
		want Reached
		asks int
		took time.Duration // at least
	}{
		{"there", serving(ok), Reached{Outcome: Answered, Status: 200}, 1, 0},
		{"HEAD is not allowed", serving(rude(405, 200)), Reached{Outcome: Answered, Status: 200}, 2, 0},
		{"HEAD is not implemented", serving(rude(501, 200)), Reached{Outcome: Answered, Status: 200}, 2, gap},
		{"HEAD is forbidden", serving(rude(403, 200)), Reached{Outcome: Answered, Status: 200}, 2, 0},
		{"HEAD finds nothing", serving(rude(404, 200)), Reached{Outcome: Answered, Status: 200}, 2, 0},
		{"HEAD is hung up on", serving(hung), Reached{Outcome: Answered, Status: 200}, 2, gap},
		{"gone", serving(rude(404, 404)), Reached{Outcome: Answered, Status: 404}, 2, 0},
		{"gone for good", serving(rude(410, 410)), Reached{Outcome: Answered, Status: 410}, 2, 0},
		{"no robots", serving(rude(403, 403)), Reached{Outcome: Answered, Status: 403}, 2, 0},
		{"no robots, in its own words", serving(rude(999, 999)), Reached{Outcome: Answered, Status: 999}, 2, gap},
		{"in trouble", serving(rude(500, 500)), Reached{Outcome: Answered, Status: 500}, 2, gap},
		{"in trouble once", serving(inTurn(rude(502, 502), ok)), Reached{Outcome: Answered, Status: 200}, 2, gap},

		{"moved", serving(redirect(far)), Reached{Outcome: Answered, Status: 200, Moved: far}, 1, 0},
		{"moved within", serving(only("/old", "", ok)), Reached{Outcome: Answered, Status: 200}, 1, 0},
		{"found elsewhere today", serving(says(302, "Location", far)), Reached{Outcome: Answered, Status: 200}, 1, 0},
		{"moved, then elsewhere today", serving(inTurn(redirect("/next"), says(307, "Location", far))), Reached{Outcome: Answered, Status: 200, Moved: "https://status.example.com/next"}, 2, 0},
		{"elsewhere today, then moved", serving(inTurn(says(302, "Location", "/next"), redirect(far))), Reached{Outcome: Answered, Status: 200}, 2, 0},
		{"moved to what is gone", serving(redirect("https://other.example/gone")), Reached{Outcome: Answered, Status: 404, Moved: "https://other.example/gone"}, 1, 0},
		{"moved to nobody", serving(redirect("https://nobody.example/")), Reached{Outcome: Silent, Moved: "https://nobody.example/", Reason: "no such host: nobody.example"}, 1, gap},
		{"moved to nowhere", serving(rude(301, 301)), Reached{Outcome: Answered, Status: 301}, 1, 0},
		{"in circles", serving(redirect("https://HOST/a")), Reached{Outcome: Barred, Status: 301, Reason: "more than 5 redirects"}, 6, 0},
		{"moved to plain http", serving(redirect("http://other.example/new")), Reached{Outcome: Barred, Reason: "leads to plain http on other.example"}, 1, 0},
		{"moved to a file", serving(redirect("file:///etc/passwd")), Reached{Outcome: Barred, Reason: "leads to file:///etc/passwd, which is no address of a page"}, 1, 0},
		{"moved with a name", serving(redirect("https://me:secret@other.example/")), Reached{Outcome: Barred, Reason: "leads to https://me:secret@other.example/, which is no address of a page"}, 1, 0},

		{"wait three seconds", serving(inTurn(says(429, "Retry-After", "3"), ok)), Reached{Outcome: Answered, Status: 200}, 2, 3 * time.Second},
		{"wait, without a time", serving(inTurn(rude(429, 429), ok)), Reached{Outcome: Answered, Status: 200}, 2, someRest},
		{"wait until then", serving(inTurn(says(503, "Retry-After", "Sat, 01 Jan 2000 00:00:20 GMT"), ok)), Reached{Outcome: Answered, Status: 200}, 2, 19 * time.Second},
		{"wait, always", serving(says(429, "Retry-After", "5")), Reached{Outcome: Answered, Status: 429}, 3, 10 * time.Second},
		{"wait an hour", serving(says(429, "Retry-After", "3600")), Reached{Outcome: Answered, Status: 429}, 1, 0},
		{"wait for ages", serving(says(503, "Retry-After", "99999999999")), Reached{Outcome: Answered, Status: 503}, 1, 0},

		{"silence", serving(silence), Reached{Outcome: Silent, Reason: "no answer within 10 s"}, 2, 20 * time.Second},
		{"no connection", failing(syscall.ECONNREFUSED), Reached{Outcome: Silent, Reason: "status.example.com:443 accepts no connection"}, 2, gap},
		{"no such host", failing(&net.DNSError{IsNotFound: true}), Reached{Outcome: Silent, Reason: "no such host: status.example.com"}, 2, gap},
		{"no name server", host{dial: deaf}, Reached{Outcome: Silent, Reason: "the name status.example.com could not be looked up"}, 2, 20 * time.Second},
		{"no HTTP", serving(raw("SSH-2.0-x\r\n\r\n")), Reached{Outcome: Silent, Reason: `could not ask status.example.com:443: malformed HTTP response "SSH-2.0-x"`}, 2, gap},
		{"private", failing(guard("10.0.0.1:443", false)), Reached{Outcome: Barred, Reason: "leads to the private address 10.0.0.1"}, 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: test.host}, hosts: map[string]http.Handler{there: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path != "/new" {
						http.NotFound(w, r)
					}
				})}}
				r := reachAll(t, net.transport(t), Address{URL: "https://status.example.com/old"})
				if test.want.Status >= 400 {
					test.want.Reason = statusText(test.want.Status)
				}
				if diff := cmp.Diff(test.want, r.all[0]); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				asks := 0
				for _, q := range r.told {
					if strings.HasPrefix(q.URL, "https://status.example.com/") {
						asks++
					}
				}
				if asks != test.asks || r.took < test.took || r.took > test.took+5*time.Second {
					t.Errorf("%d requests in %v, want %d in %v:\n%v", asks, r.took, test.asks, test.took, r.told)
				}
			})
		})
	}
}

func TestReachReadsPages(t *testing.T) {
	const page = "<!doctype html><h2 id=a>A"
	tests := []struct {
		name string
		text http.HandlerFunc
		want string
	}{
		{"HTML", ofText("text/html; charset=utf-8", page), page},
		{"XHTML", ofText("application/xhtml+xml", page), page},
		{"plain text", ofText("text/plain", page), ""},
		{"a document", ofText("application/pdf", page), ""},
		{"large, and says so", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000000\r\n\r\n<"), ""},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
					return
				}
			}
		}, ""},
		{"cut off", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n" + page), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{hosts: map[string]http.Handler{here: test.text}}
				r := reachAll(t, net.transport(t), Address{URL: "https://status.example.com/a", Text: true})
				if got := r.all[0]; string(got.Text) != test.want || got.Status != 200 || r.requests() != 1 {
					t.Errorf("%d %q after %d requests, want %q", got.Status, got.Text, r.requests(), test.want)
				}
			})
		})
	}
}

func ofText(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		io.WriteString(w, text)
	}
}

// TestReachHasManners asks many addresses of few hosts, some of which lead to
// each other, and looks how many are asked at once.
func TestReachHasManners(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most [20]atomic.Int64
		var all, together atomic.Int64
		net := &inet{hosts: map[string]http.Handler{}}
		var list []Address
		for h := range now {
			net.hosts[fmt.Sprintf("h%d.example:443", h)] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				most[h].Store(max(most[h].Load(), now[h].Add(1)))
				together.Store(max(together.Load(), all.Add(1)))
				defer now[h].Add(-1)
				defer all.Add(-1)
				time.Sleep(time.Second)
				if r.URL.Path == "/5" {
					http.Redirect(w, r, fmt.Sprintf("https://h%d.example/6", (h+1)%len(now)), http.StatusFound)
				}
			})
			for n := range 10 {
				list = append(list, Address{URL: fmt.Sprintf("https://h%d.example/%d", h, n)})
			}
		}
		r := reachAll(t, net.transport(t), list...)
		for h := range most {
			if most[h].Load() != 1 {
				t.Errorf("host %d: %d at once", h, most[h].Load())
			}
		}
		if together.Load() != atOnce || r.requests() != 220 {
			t.Errorf("%d at once, %d requests; want %d and 220", together.Load(), r.requests(), atOnce)
		}
		for i, one := range r.all {
			if one.Status != 200 {
				t.Errorf("%s: %+v", list[i].URL, one)
			}
		}
	})
}

func on(host string, n int) []Address {
	var list []Address
	for i := range n {
		list = append(list, Address{URL: fmt.Sprintf("https://%s/%d", host, i)})
	}
	return list
}

// count is how many outcomes are like that.
func (r reached) count(outcome Outcome, reason string) int {
	n := 0
	for _, one := range r.all {
		if one.Outcome == outcome && one.Reason == reason {
			n++
		}
	}
	return n
}

func TestReachLeavesHostsAlone(t *testing.T) {
	const name = "status.example.com"
	tests := []struct {
		name     string
		host     host
		n        int
		outcome  Outcome
		reason   string
		count    int // addresses that end so
		requests int
	}{
		{"one that is down", failing(syscall.ECONNREFUSED), 50, Silent, here + " accepts no connection", 50, 6},
		{"one that asks for an hour", serving(says(429, "Retry-After", "3600")), 50, Unasked, here + " asks to wait 1h0m0s", 49, 1},
		{"one that never has enough", serving(says(429, "Retry-After", "1")), 50, Unasked, here + " asks to wait 1s", 49, 3},
		{"one with too many pages", serving(rude(200, 200)), 1000, Unasked, "the time for " + here + " was over", 100, 900},
		{"one that is down for some pages", serving(func(w http.ResponseWriter, r *http.Request) {
			if strings.ContainsAny(r.URL.Path, "13579") {
				raw("")(w, r)
			}
		}), 10, Silent, "the connection to " + here + " broke off", 5, 15},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: test.host}}
				r := reachAll(t, net.transport(t), on(name, test.n)...)
				if got := r.count(test.outcome, test.reason); got != test.count || r.requests() != test.requests {
					t.Errorf("%d of %d end with %q after %d requests, want %d after %d; the last: %+v", got, test.n, test.reason, r.requests(), test.count, test.requests, r.all[test.n-1])
				}
			})
		})
	}
}

func TestReachEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &inet{hosts: map[string]http.Handler{}}
		var list []Address
		for h := range 300 {
			name := fmt.Sprintf("h%d.example", h)
			net.hosts[name+":443"] = http.HandlerFunc(silence)
			list = append(list, on(name, 20)...)
		}
		r := reachAll(t, net.transport(t), list...)
		if r.took != reachTime || r.count(Unasked, outOfTime) == 0 || r.count(Silent, "no answer within 10 s") == 0 {
			t.Errorf("it took %v; %d out of time", r.took, r.count(Unasked, outOfTime))
		}
	})
}

func TestReachEndsWhenTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &inet{hosts: map[string]http.Handler{here: http.HandlerFunc(silence)}}
		stop := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(3*time.Second, func() { cancel(stop) })
		err := Reach(ctx, Config{Transport: net.transport(t)}, on("status.example.com", 3), func(_ int, r Reached) {
			if r.Outcome != Unasked {
				t.Errorf("%+v", r)
			}
		})
		if !errors.Is(err, stop) {
			t.Errorf("Reach = %v, want %v", err, stop)
		}
	})
}

// TestReachStaysOutside uses the real network of this machine, and asks nobody
// but the loopback.
func TestReachStaysOutside(t *testing.T) {
	secure := serve(t, (*httptest.Server).StartTLS, rude(200, 200))
	status := example(func(t *Target) { t.Source.URL = secure.URL })
	tests := []struct {
		name    string
		address string
		allow   bool
		want    Reached
	}{
		{"the loopback", secure.URL, false, Reached{Outcome: Barred, Reason: "leads to the private address 127.0.0.1"}},
		{"a machine's credentials", "https://169.254.169.254/latest", true, Reached{Outcome: Barred, Reason: "leads to 169.254.169.254, which is never asked"}},
		{"another private host", "https://10.1.2.3/", true, Reached{Outcome: Barred, Reason: "leads to the private address 10.1.2.3"}},
		{"the status page where allowed", secure.URL, true, Reached{Outcome: Silent, Reason: "the TLS certificate of 127.0.0.1 is not trusted"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := Config{Targets: []Target{status}, AllowPrivate: test.allow}
			err := Reach(t.Context(), c, []Address{{URL: test.address}}, func(_ int, got Reached) {
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}
