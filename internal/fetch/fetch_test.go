package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/status"
)

const (
	here  = "status.example.com:443"
	there = "other.example:443"
)

// code answers with that status.
func code(n int) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(n); return false })
}

// body answers with that text.
func body(text string) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool { io.WriteString(w, text); return false })
}

// raw answers with bytes that need not be HTTP, then hangs up.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		io.WriteString(conn, text)
		conn.Close()
	}
}

// redirect leads to that address.
func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusMovedPermanently) }
}

func silence(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func gzipped(data []byte) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(data)
		return false
	})
}

// bomb is n MiB of blanks, compressed.
func bomb(n int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range n {
		z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	return b.Bytes()
}

// TestReasons holds what the operator is told when a source cannot be read,
// and how often it was asked.
func TestReasons(t *testing.T) {
	tests := []struct {
		name  string
		net   *inet
		want  string // the reason
		tries int
	}{
		{"401", &inet{hosts: map[string]http.Handler{here: code(401)}}, "401 Unauthorized from status.example.com", 1},
		{"403", &inet{hosts: map[string]http.Handler{here: code(403)}}, "403 Forbidden from status.example.com", 1},
		{"404", &inet{hosts: map[string]http.Handler{here: code(404)}}, "404 Not Found from status.example.com", 1},
		{"410", &inet{hosts: map[string]http.Handler{here: code(410)}}, "410 Gone from status.example.com", 1},
		{"204", &inet{hosts: map[string]http.Handler{here: code(204)}}, "204 No Content from status.example.com", 1},
		{"304 that nobody asked for", &inet{hosts: map[string]http.Handler{here: code(304)}}, "304 Not Modified from status.example.com", 1},
		{"429", &inet{hosts: map[string]http.Handler{here: code(429)}}, "429 Too Many Requests from status.example.com", 3},
		{"500", &inet{hosts: map[string]http.Handler{here: code(500)}}, "500 Internal Server Error from status.example.com", 3},
		{"503", &inet{hosts: map[string]http.Handler{here: code(503)}}, "503 Service Unavailable from status.example.com", 3},
		{"520, which has no words", &inet{hosts: map[string]http.Handler{here: code(520)}}, "520 from status.example.com", 3},
		{"503 for an hour", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(503)
			return false
		})}}, "503 Service Unavailable from status.example.com, which asks to wait 1h0m0s", 1},

		{"HTML", &inet{hosts: map[string]http.Handler{here: body("<!doctype html>")}}, "answered HTML, not JSON", 1},
		{"HTML that claims to be JSON", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, "<html>")
			return false
		})}}, "answered HTML, not JSON", 1},
		{"nothing", &inet{hosts: map[string]http.Handler{here: body("")}}, "the answer is empty", 1},
		{"empty components", &inet{hosts: map[string]http.Handler{here: body(`{"page":{"id":"a"},"components":[]}`)}}, "the component list is empty", 1},
		{"JSON cut in the middle", &inet{hosts: map[string]http.Handler{here: body(good[:100])}}, "the JSON ends in the middle, after 7 values", 1},
		{"another platform", &inet{hosts: map[string]http.Handler{here: body(`{"page":{"id":"01JMDK9XYNY6RXSED6SDWW50WY"},"components":[]}`)}},
			`answers like incident.io; set platform = "incident.io"`, 1},

		{"silence", &inet{hosts: map[string]http.Handler{here: http.HandlerFunc(silence)}}, "no answer within 10 s", 3},
		{"a body that never ends", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, good[:50])
			w.(http.Flusher).Flush()
			silence(w, r)
			return false
		})}}, "the answer did not end within 10 s", 3},
		{"a body that drips", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, r *http.Request) bool {
			for r.Context().Err() == nil {
				io.WriteString(w, " ")
				w.(http.Flusher).Flush()
				select {
				case <-time.After(time.Second):
				case <-r.Context().Done():
				}
			}
			return false
		})}}, "the answer did not end within 10 s", 3},
		{"an endless body", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, r *http.Request) bool {
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<16)); err != nil {
					break
				}
			}
			return false
		})}}, "the answer is larger than 4 MiB", 1},
		{"a body that says how large it is", &inet{hosts: map[string]http.Handler{here: raw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n{")}}, "the answer is larger than 4 MiB", 1},
		{"a gzip bomb", &inet{hosts: map[string]http.Handler{here: gzipped(bomb(64))}}, "the answer is larger than 4 MiB", 1},
		{"what is no gzip", &inet{hosts: map[string]http.Handler{here: gzipped([]byte("not compressed at all"))}}, "the compressed answer cannot be unpacked", 1},
		{"gzip cut in the middle", &inet{hosts: map[string]http.Handler{here: gzipped(bomb(1)[:200])}}, "the answer broke off", 3},
		{"a body that breaks off", &inet{hosts: map[string]http.Handler{here: raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")}}, "the answer broke off", 3},
		{"no HTTP", &inet{hosts: map[string]http.Handler{here: raw("SSH-2.0-x\x1b[2J\r\n\r\n")}}, `could not ask status.example.com:443: malformed HTTP response "SSH-2.0-x\x1b[2J"`, 3},
		{"headers without end", &inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
			return true
		})}}, "could not ask status.example.com:443: net/http: server response headers exceeded 65536 bytes; aborted", 3},

		{"no such host", &inet{}, "no such host: status.example.com", 1},
		{"a name server that does not answer", &inet{broken: map[string]error{here: &net.DNSError{Err: "i/o timeout", IsTimeout: true}}}, "the name status.example.com could not be looked up", 3},
		{"connection refused", &inet{broken: map[string]error{here: syscall.ECONNREFUSED}}, "status.example.com:443 accepts no connection", 3},
		{"connection reset", &inet{broken: map[string]error{here: syscall.ECONNRESET}}, "the connection to status.example.com:443 broke off", 3},
		{"no network", &inet{broken: map[string]error{here: syscall.ENETUNREACH}}, "status.example.com:443 cannot be reached from here", 3},
		{"hung up without a word", &inet{hosts: map[string]http.Handler{here: raw("")}}, "the connection to status.example.com:443 broke off", 3},

		{"moved", &inet{hosts: map[string]http.Handler{here: redirect("https://other.example/"), there: page(nil)}}, "moved to other.example", 1},
		{"moved to another port", &inet{hosts: map[string]http.Handler{here: redirect("https://status.example.com:8443/")}}, "moved to status.example.com:8443", 1},
		{"moved to plain http", &inet{hosts: map[string]http.Handler{here: redirect("http://status.example.com/api/v2/summary.json")}}, "redirects to plain http on status.example.com", 1},
		{"moved to this machine", &inet{hosts: map[string]http.Handler{here: redirect("http://127.0.0.1:8080/")}}, "moved to 127.0.0.1:8080", 1},
		{"moved to a machine's credentials", &inet{hosts: map[string]http.Handler{here: redirect("http://169.254.169.254/latest/meta-data/")}}, "moved to 169.254.169.254", 1},
		{"moved to a file", &inet{hosts: map[string]http.Handler{here: redirect("file:///etc/passwd")}}, "moved to ", 1},
		{"a redirect loop", &inet{hosts: map[string]http.Handler{here: redirect("/api/v2/summary.json")}}, "more than 5 redirects", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: test.net.transport(t)})
				got := r.snapshot.Providers["example"]
				if got.Fetch.State != status.StateFailed || got.Fetch.Reason != test.want {
					t.Errorf("state %q, reason %q, want %q", got.Fetch.State, got.Fetch.Reason, test.want)
				}
				if got.Level != status.Unknown || !got.CheckedAt.IsZero() {
					t.Errorf("level %v, checked %v", got.Level, got.CheckedAt)
				}
				if n := r.asked("/summary.json"); n != test.tries {
					t.Errorf("asked %d times, want %d", n, test.tries)
				}
				if want := (Summary{Failed: 1}); r.summary != want {
					t.Errorf("summary %+v, want %+v", r.summary, want)
				}
				if r.took > 40*time.Second {
					t.Errorf("it took %v", r.took)
				}
			})
		})
	}
}

func TestNotAskedAtAll(t *testing.T) {
	tests := []struct {
		name   string
		source status.Source
		state  string
		reason string
	}{
		{"no source", status.Source{Platform: "none", URL: "https://x.example"}, status.StateNone, "there is no source that a program may read"},
		{"no platform", status.Source{URL: "https://x.example"}, status.StateFailed, `unknown platform ""; want one of incident.io, statuspage`},
		{"unknown platform", status.Source{Platform: "pager", URL: "https://x.example"}, status.StateFailed, `unknown platform "pager"; want one of incident.io, statuspage`},
		{"no address", status.Source{Platform: "statuspage"}, status.StateFailed, `"" is not the address of a status page`},
		{"a path only", status.Source{Platform: "statuspage", URL: "/status"}, status.StateFailed, `"/status" is not the address of a status page`},
		{"a user in the address", status.Source{Platform: "statuspage", URL: "https://me@x.example"}, status.StateFailed, `"https://me@x.example" is not the address of a status page`},
		{"plain http", status.Source{Platform: "statuspage", URL: "http://x.example"}, status.StateFailed, "plain http is not read; want https://x.example"},
		{"another scheme", status.Source{Platform: "statuspage", URL: "ftp://x.example"}, status.StateFailed, "ftp addresses are not read; want https"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := runAll(t, Config{Targets: []Target{example(func(t *Target) { t.Source = test.source })}, Transport: (&inet{}).transport(t)})
			got := r.snapshot.Providers["example"].Fetch
			if got.State != test.state || got.Reason != test.reason || len(r.requests) > 0 {
				t.Errorf("state %q, reason %q after %d requests, want %q, %q", got.State, got.Reason, len(r.requests), test.state, test.reason)
			}
		})
	}
}

func TestReadsAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var agent, accept string
		net := inet{hosts: map[string]http.Handler{here: page(func(_ http.ResponseWriter, r *http.Request) bool {
			agent, accept = r.UserAgent(), r.Header.Get("Accept-Encoding")
			return true
		})}}
		r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
		got := r.snapshot.Providers["example"]
		if got.Level != status.Operational || got.Fetch.State != status.StateOK || got.Page != "Example" || got.URL != "https://status.example.com" {
			t.Errorf("record %+v", got)
		}
		if agent != "faultbook/test (+https://faultbook.example)" || accept != "gzip" {
			t.Errorf("asked as %q, accepting %q", agent, accept)
		}
		if want := (Summary{Read: 1}); r.summary != want || r.snapshot.Sequence != 1 {
			t.Errorf("summary %+v, sequence %d", r.summary, r.snapshot.Sequence)
		}
		if len(r.events) != 1 || r.events[0].Done != 1 || r.events[0].Total != 1 || r.events[0].Reading.Report.Level != status.Operational {
			t.Errorf("events %+v", r.events)
		}
		want := []Request{
			{Slug: "example", URL: "https://status.example.com/api/v2/summary.json", Try: 1, Status: 200, Bytes: len(good)},
			{Slug: "example", URL: "https://status.example.com/api/v2/incidents.json", Try: 1, Status: 404, Reason: "404 Not Found from status.example.com"},
		}
		if fmt.Sprint(r.requests) != fmt.Sprint(want) {
			t.Errorf("requests %v, want %v", r.requests, want)
		}
	})
}

func TestFollowsListedHosts(t *testing.T) {
	for _, hosts := range [][]string{{"other.example"}, {"OTHER.example:443"}} {
		synctest.Test(t, func(t *testing.T) {
			net := inet{hosts: map[string]http.Handler{
				here:  redirect("https://other.example/api/v2/summary.json"),
				there: page(nil),
			}}
			target := example(func(t *Target) { t.Source.Hosts = hosts })
			r := runAll(t, Config{Targets: []Target{target}, Transport: net.transport(t)})
			if got := r.snapshot.Providers["example"]; got.Level != status.Operational {
				t.Errorf("hosts %v: %v, %q", hosts, got.Level, got.Fetch.Reason)
			}
		})
	}
}

func TestTriesAgain(t *testing.T) {
	tests := []struct {
		name       string
		failures   int
		retryAfter string
		least      time.Duration // of waiting
	}{
		{"once", 1, "", time.Second},
		{"twice", 2, "", 3 * time.Second},
		{"as the server asks", 1, "15", 15 * time.Second},
		{"at the time the server names", 1, "date", 14 * time.Second},
		{"a number that is none", 1, "-5", time.Second},
		{"a time in the past", 1, "Mon, 02 Jan 1999 15:04:05 GMT", time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				failures := test.failures
				net := inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, _ *http.Request) bool {
					if failures == 0 {
						return true
					}
					failures--
					after := test.retryAfter
					if after == "date" {
						after = time.Now().Add(15 * time.Second).UTC().Format(http.TimeFormat)
					}
					w.Header().Set("Retry-After", after)
					w.WriteHeader(http.StatusTooManyRequests)
					return false
				})}}
				r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
				if got := r.snapshot.Providers["example"]; got.Level != status.Operational {
					t.Errorf("%v, %q", got.Level, got.Fetch.Reason)
				}
				if most := test.least + time.Duration(test.failures)*2*time.Second; r.took < test.least || r.took > most {
					t.Errorf("it took %v, want %v to %v", r.took, test.least, most)
				}
			})
		})
	}
}

func TestOthersAreUnharmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{
			"slow.example:443":  http.HandlerFunc(silence),
			"html.example:443":  body("<html>"),
			"panic.example:443": raw(""),
			"good.example:443":  page(nil),
			"wide.example:443":  gzipped(bomb(20)),
		}}
		var targets []Target
		for _, name := range []string{"slow", "html", "panic", "good", "wide", "none"} {
			targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = name, "https://"+name+".example" }))
		}
		targets[5].Source.Platform = "none"
		r := runAll(t, Config{Targets: targets, Transport: net.transport(t)})
		if want := (Summary{Read: 1, Failed: 4, Skipped: 1}); r.summary != want {
			t.Errorf("summary %+v, want %+v", r.summary, want)
		}
		if got := r.snapshot.Providers["good"]; got.Level != status.Operational {
			t.Errorf("good is %v: %s", got.Level, got.Fetch.Reason)
		}
		if len(r.events) != len(targets) || r.events[0].Target.Slug != "none" || r.events[5].Done != 6 || r.events[5].Target.Slug != "slow" {
			t.Errorf("events %+v", r.events)
		}
	})
}

func TestKeepsTheLastGoodReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		well := true
		net := inet{hosts: map[string]http.Handler{here: page(func(w http.ResponseWriter, _ *http.Request) bool {
			if !well {
				w.WriteHeader(404)
			}
			return well
		})}}
		tr := net.transport(t)
		start := time.Now()
		first := runAll(t, Config{Targets: []Target{example(nil)}, Transport: tr})
		time.Sleep(time.Hour)
		well = false
		second := runAll(t, Config{Targets: []Target{example(nil)}, Transport: tr, Previous: first.snapshot})
		got := second.snapshot.Providers["example"]
		if got.Level != status.Operational || got.CheckedAt.Sub(start) > time.Minute || got.Fetch.Reason != "404 Not Found from status.example.com" {
			t.Errorf("%v, checked %v, %q", got.Level, got.CheckedAt, got.Fetch.Reason)
		}
		if second.snapshot.Sequence != 2 {
			t.Errorf("sequence %d, want 2", second.snapshot.Sequence)
		}
	})
}

func TestSaysWhatWasMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{here: page(nil)}}
		target := example(func(t *Target) { t.Source.Components = []string{"Batch"}; t.Source.Platform = "incident.io" })
		net.hosts[here] = body(strings.Replace(good, `"abc"`, `"01JMDK9XYNY6RXSED6SDWW50WY"`, 1))
		r := runAll(t, Config{Targets: []Target{target}, Transport: net.transport(t)})
		want := `component "Batch" is not on the page; /api/v2/components.json: 404 Not Found from status.example.com; /api/v2/incidents.json: 404 Not Found from status.example.com`
		if got := r.snapshot.Providers["example"]; got.Reason != want || got.Fetch.State != status.StateOK {
			t.Errorf("%s, reason %q, want %q", got.Fetch.State, got.Reason, want)
		}
	})
}

func TestFilesOfOneSourceShareTheirLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{here: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, good+strings.Repeat(" ", 3<<20))
		})}}
		r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
		if got := r.snapshot.Providers["example"]; got.Level != status.Operational {
			t.Errorf("%v, %q", got.Level, got.Fetch.Reason)
		}
		if want := "the answer is larger than 4 MiB with what came before"; len(r.requests) != 2 || r.requests[1].Reason != want {
			t.Errorf("requests %v, want the second refused: %s", r.requests, want)
		}
	})
}

// busy is a transport that takes a second for each request and notes how many
// were under way at once.
type busy struct{ now, most, all atomic.Int64 }

func (b *busy) RoundTrip(r *http.Request) (*http.Response, error) {
	b.all.Add(1)
	b.most.Store(max(b.most.Load(), b.now.Add(1)))
	defer b.now.Add(-1)
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(good)), Request: r}, nil
}

func TestAsksSideBySide(t *testing.T) {
	tests := []struct {
		name string
		url  func(i int) string
		most int64
		took time.Duration
	}{
		{"100 hosts", func(i int) string { return fmt.Sprintf("https://status-%d.example", i) }, 8, 26 * time.Second},
		{"100 ports", func(i int) string { return fmt.Sprintf("https://status.example:%d", 8000+i) }, 8, 26 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &busy{}
				var targets []Target
				for i := range 100 {
					targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = fmt.Sprintf("p-%d", i), test.url(i) }))
				}
				r := runAll(t, Config{Targets: targets, Transport: b})
				if r.summary.Read != 100 || b.most.Load() != test.most || r.took != test.took || b.all.Load() != 200 {
					t.Errorf("%d read with %d requests, %d at once, in %v; want %d at once, in %v", r.summary.Read, b.all.Load(), b.most.Load(), r.took, test.most, test.took)
				}
			})
		})
	}
}

func TestAsksAHostOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &busy{}
		var targets []Target
		for i := range 10 {
			targets = append(targets, example(func(t *Target) {
				t.Slug, t.Source.URL = fmt.Sprintf("p-%d", i), fmt.Sprintf("https://Status.example.com/%d", i)
			}))
		}
		if r := runAll(t, Config{Targets: targets, Transport: b}); r.summary.Read != 10 || b.most.Load() != 1 || r.took != 20*time.Second {
			t.Errorf("%d read, %d at once, in %v", r.summary.Read, b.most.Load(), r.took)
		}
	})
}

func TestEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{}}
		var targets []Target
		for i := range 200 {
			net.hosts[fmt.Sprintf("s%d.example:443", i)] = http.HandlerFunc(silence)
			targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = fmt.Sprintf("s%d", i), fmt.Sprintf("https://s%d.example", i) }))
		}
		r := runAll(t, Config{Targets: targets, Transport: net.transport(t)})
		if r.took != runTime || r.summary.Failed != 200 {
			t.Errorf("%d failed, in %v; want all, in %v", r.summary.Failed, r.took, runTime)
		}
		reasons := map[string]int{}
		for _, record := range r.snapshot.Providers {
			reasons[record.Fetch.Reason]++
		}
		if len(reasons) > 3 || reasons["not asked: the time for the whole run was over"] == 0 || reasons["no answer within 10 s"] == 0 {
			t.Errorf("reasons %v", reasons)
		}
	})
}

func TestEndsWhenTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{here: http.HandlerFunc(silence)}}
		stop := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(3*time.Second, func() { cancel(stop) })
		start := time.Now()
		s, _, err := Run(ctx, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
		if !errors.Is(err, stop) || s.Sequence != 0 || time.Since(start) != 3*time.Second {
			t.Errorf("Run = sequence %d, %v, after %v", s.Sequence, err, time.Since(start))
		}
	})
}
