package fetch

import (
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/status"
)

const api = "api.example.com:443"

// answering answers with that status after some time.
func answering(code int, after time.Duration) host {
	return serving(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(after):
			w.Header().Set("Location", "https://login.example.com/")
			w.WriteHeader(code)
		case <-r.Context().Done():
		}
	})
}

func TestProbe(t *testing.T) {
	tests := []struct {
		name   string
		host   host
		expect []int
		want   status.Probe
		tries  int
	}{
		{"as it should", answering(401, 210*time.Millisecond), []int{401}, status.Probe{OK: true, Status: 401, Took: 210}, 1},
		{"one of several", answering(403, 0), []int{401, 403}, status.Probe{OK: true, Status: 403}, 1},
		{"another status", answering(404, 0), []int{401, 403}, status.Probe{Status: 404, Reason: "answered 404 Not Found, not 401 or 403"}, 1},
		{"success where none is due", answering(200, 0), []int{401}, status.Probe{Status: 200, Reason: "answered 200 OK, not 401"}, 1},
		{"a redirect is a status", answering(302, 0), []int{302}, status.Probe{OK: true, Status: 302}, 1},
		{"a redirect is not followed", answering(301, 0), []int{401}, status.Probe{Status: 301, Reason: "answered 301 Moved Permanently, not 401"}, 1},
		{"500", answering(500, 0), []int{401}, status.Probe{Status: 500, Reason: "answered 500 Internal Server Error, not 401"}, 2},
		{"429", answering(429, 0), []int{401}, status.Probe{Status: 429, Reason: "answered 429 Too Many Requests, not 401"}, 2},
		{"429 where it is due", answering(429, 0), []int{401, 429}, status.Probe{OK: true, Status: 429}, 1},
		{"silence", serving(silence), []int{401}, status.Probe{Took: 10000, Reason: "no answer within 10 s"}, 2},
		{"a body without end", serving(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(401)
			w.(http.Flusher).Flush()
			silence(w, r)
		}), []int{401}, status.Probe{OK: true, Status: 401}, 1},
		{"no connection", failing(syscall.ECONNREFUSED), []int{401}, status.Probe{Reason: "api.example.com:443 accepts no connection"}, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{hosts: map[string]http.Handler{here: page(nil)}, others: map[string]host{api: test.host}}
				target := example(func(t *Target) { t.Probe = Probe{URL: "https://api.example.com/v1/models?x=1", Expect: test.expect} })
				r := runAll(t, Config{Targets: []Target{target}, Transport: net.transport(t)})
				got := r.snapshot.Providers["example"]
				if got.Probe.At.IsZero() {
					t.Error("it says not when")
				}
				test.want.URL, test.want.At = target.Probe.URL, got.Probe.At
				if diff := cmp.Diff(test.want, got.Probe); diff != "" {
					t.Errorf("probe (-want +got):\n%s", diff)
				}
				if n := r.asked("/v1/models?x=1"); n != test.tries {
					t.Errorf("asked %d times, want %d", n, test.tries)
				}
				if got.Level != status.Operational || got.Fetch.State != status.StateOK {
					t.Errorf("the page is %v: %s", got.Level, got.Fetch.Reason)
				}
			})
		})
	}
}

func TestProbeNotAskedAtAll(t *testing.T) {
	for address, want := range map[string]string{
		"http://api.example.com":     "plain http is not read; want https://api.example.com",
		"https://me@api.example.com": `"https://me@api.example.com" is not the address of an API`,
		"/v1":                        `"/v1" is not the address of an API`,
	} {
		target := example(func(t *Target) { t.Source.Platform, t.Probe = "none", Probe{URL: address, Expect: []int{401}} })
		r := runAll(t, Config{Targets: []Target{target}, Transport: (&inet{}).transport(t)})
		if got := r.events[0].Reading; got.Probe.OK || got.Probe.Reason != want || got.State != status.StateNone || len(r.requests) > 0 {
			t.Errorf("%s: %+v, %s, want %q", address, got.Probe, got.State, want)
		}
	}
}

// TestProbeKeepsTheLimits has a page and an API on one host: it is asked one
// thing at a time, and without the network nothing private is reached.
func TestProbeKeepsTheLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &busy{}
		target := example(func(t *Target) { t.Probe = Probe{URL: "https://status.example.com/v1", Expect: []int{200}} })
		if r := runAll(t, Config{Targets: []Target{target}, Transport: b}); !r.snapshot.Providers["example"].Probe.OK || b.most.Load() != 1 {
			t.Errorf("%+v, %d at once", r.snapshot.Providers["example"].Probe, b.most.Load())
		}
	})
	target := example(func(t *Target) {
		t.Source.Platform, t.Probe = "none", Probe{URL: "https://127.0.0.1:1/v1", Expect: []int{401}}
	})
	r := runAll(t, Config{Targets: []Target{target}})
	if got := r.snapshot.Providers["example"].Probe.Reason; !strings.Contains(got, "leads to the private address 127.0.0.1") {
		t.Errorf("reason %q", got)
	}
}
