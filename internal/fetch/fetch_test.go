package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

const (
	here  = "status.example.com:443"
	there = "other.example:443"
)

func TestNotAskedAtAll(t *testing.T) {
	names := strings.Join(platform.Names(), ", ")
	tests := []struct {
		name   string
		source status.Source
		state  string
		reason string
	}{
		{"no source", status.Source{Platform: "none", URL: "https://x.example"}, status.StateNone, "there is no source that a program may read"},
		{"no platform", status.Source{URL: "https://x.example"}, status.StateFailed, `unknown platform ""; want one of ` + names},
		{"unknown platform", status.Source{Platform: "pager", URL: "https://x.example"}, status.StateFailed, `unknown platform "pager"; want one of ` + names},
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
			"wide.example:443":  gzipped(bomb(20), 1),
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
		got := r.snapshot.Providers["example"]
		for _, want := range []string{`component "Batch" is not on the page; /`, "; /api/v2/components.json: 404 Not Found from status.example.com; /"} {
			if !strings.Contains(got.Reason, want) || got.Fetch.State != status.StateOK {
				t.Errorf("%s, reason %q, want %q in it", got.Fetch.State, got.Reason, want)
			}
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

// busy is a transport that takes a second for each answer and notes how many
// were under way at once. What it has not is answered at once.
type busy struct {
	now, most, all atomic.Int64
	only           string // the path that it has; empty: all
	text           string // what stands there; empty: good
}

func (b *busy) RoundTrip(r *http.Request) (*http.Response, error) {
	b.all.Add(1)
	if b.only != "" && r.URL.Path != b.only {
		return &http.Response{StatusCode: 404, Body: http.NoBody, Request: r}, nil
	}
	b.most.Store(max(b.most.Load(), b.now.Add(1)))
	defer b.now.Add(-1)
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(cmp.Or(b.text, good))), Request: r}, nil
}

func TestAsksSideBySide(t *testing.T) {
	hosts := func(i int) string { return fmt.Sprintf("https://status-%d.example", i) }
	ports := func(i int) string { return fmt.Sprintf("https://status.example:%d", 8000+i) }
	const summary = "/api/v2/summary.json"
	tests := []struct {
		name     string
		url      func(i int) string
		only     string
		platform string
		text     string
		took     time.Duration // 100 sources in 13 rounds of 8, a second for each file
	}{
		{"100 hosts with one file", hosts, summary, "statuspage", good, 13 * time.Second},
		{"100 ports with one file", ports, summary, "statuspage", good, 13 * time.Second},
		{"100 ports with one file of four", ports, summary, "incident.io", likeIncidentIO, 13 * time.Second},
		{"100 hosts with two files", hosts, "", "statuspage", good, 26 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &busy{only: test.only, text: test.text}
				var targets []Target
				for i := range 100 {
					targets = append(targets, example(func(t *Target) {
						t.Slug, t.Source.Platform, t.Source.URL = fmt.Sprintf("p-%d", i), test.platform, test.url(i)
					}))
				}
				r := runAll(t, Config{Targets: targets, Transport: b})
				if r.summary.Read != 100 || b.most.Load() != atOnce || r.took != test.took {
					t.Errorf("%d read with %d requests, %d at once, in %v; want %d at once, in %v", r.summary.Read, b.all.Load(), b.most.Load(), r.took, atOnce, test.took)
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
