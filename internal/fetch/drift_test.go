package fetch

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

const (
	likeIncidentIO = `{"page":{"id":"01JMDK9XYNY6RXSED6SDWW50WY","name":"Example"},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`
	likeAWS        = `[{"date":"1795338000","arn":"arn:aws:health:us-east-1::event/S3/A/B","region_name":"N. Virginia","status":"3","service":"s3-us-east-1","service_name":"S3","summary":"Errors","event_log":[]}]`
	likeInstatus   = `{"page":{"name":"Example","url":"https://status.example.com","status":"UP"}}`
)

// only answers one path, with a text; everything else like the rest.
func only(path, text string, rest http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			rest(w, r)
			return
		}
		io.WriteString(w, text)
	}
}

// page200 is the page for people that some servers have at every address.
func page200(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<!doctype html><p>Hello") }

func TestHint(t *testing.T) {
	wait := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }
	fail := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }
	tests := []struct {
		name string
		host host
		want string
		more int // requests of the search; -1: as many as there are guesses
	}{
		{"the same file of another platform", serving(body(likeIncidentIO)), `answers like incident.io now; set platform = "incident.io"`, 0},
		{"another file of another platform", serving(only("/summary.json", likeInstatus, http.NotFound)), `answers like instatus now; set platform = "instatus"`, 1},
		{"beside pages for people", serving(only("/summary.json", likeInstatus, page200)), `answers like instatus now; set platform = "instatus"`, 1},
		{"beside faults", serving(only("/summary.json", likeInstatus, code(410))), `answers like instatus now; set platform = "instatus"`, 1},
		{"one that has to be told more", serving(only("/public/currentevents", likeAWS, http.NotFound)), `answers like aws-health now; set platform = "aws-health" and filter.region and filter.service`, -2},
		{"beside an answer that is too large for a search", serving(only("/public/currentevents", likeAWS, only("/summary.json", strings.Repeat(" ", 2<<20)+"{}", http.NotFound))),
			`answers like aws-health now; set platform = "aws-health" and filter.region and filter.service`, -2},
		{"nothing that is known", serving(http.NotFound), "", -1},
		{"pages for people alone", serving(page200), "", -1},
		{"moved", serving(redirect("https://status.example.org/")), "the page moved; see: faultbook source https://status.example.org", 0},
		{"moved to another port", serving(redirect("https://status.example.org:8443/")), "", maxMoved},
		{"moved to an address without a name", serving(redirect("https://10.0.0.1/")), "", maxMoved},
		{"moved to this machine", serving(redirect("https://localhost/")), "", maxMoved},
		{"a search that is told to wait", serving(only("/api/v2/summary.json", "<html>", wait)), "", 1},
		{"a search among faults", serving(only("/api/v2/summary.json", "<html>", fail)), "", -1},
		{"a server in trouble", serving(fail), "", 0},
		{"a server that wants to be left alone", serving(wait), "", 0},
		{"silence", serving(silence), "", 0},
		{"no connection", failing(syscall.ECONNREFUSED), "", 0},
		{"no entry", serving(code(403)), "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: test.host}}
				r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
				if got := r.snapshot.Providers["example"].Fetch; got.Hint != test.want || got.State != status.StateFailed {
					t.Errorf("%s, hint %q, want %q", got.State, got.Hint, test.want)
				}
				if test.more == -1 {
					test.more = guesses()
				}
				if more := searched(r); more != test.more && test.more >= 0 || more > maxGuesses {
					t.Errorf("%d further requests, want %d:\n%v", more, test.more, r.requests)
				}
				if r.took > runTime {
					t.Errorf("it took %v", r.took)
				}
			})
		})
	}
}

// searched counts the requests that are not for the two files of the page.
func searched(r results) int {
	const files = "https://status.example.com/api/v2/"
	return len(r.requests) - r.asked(files+"summary.json") - r.asked(files+"incidents.json")
}

// guesses are how many addresses a search asks that finds nothing: all but the
// one that was asked before, and those that go with another.
func guesses() int {
	n := -1
	for _, g := range platform.Guesses("https://status.example.com") {
		if g.After == "" && strings.HasPrefix(g.Address, "https://status.example.com") {
			n++
		}
	}
	return min(n, maxGuesses)
}

// TestHintIsSearchedOnceADay runs every few hours while a page is gone.
func TestHintIsSearchedOnceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answer := http.HandlerFunc(http.NotFound)
		net := &inet{hosts: map[string]http.Handler{here: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) })}}
		tr := net.transport(t)
		var previous status.Snapshot
		all := guesses()
		steps := []struct {
			after    time.Duration
			answer   http.HandlerFunc
			hint     string
			requests int
		}{
			{0, http.NotFound, "", all},
			{5 * time.Hour, http.NotFound, "", 0},
			{5 * time.Hour, page200, "", all}, // another reason
			{13 * time.Hour, page200, "", 0},
			{2 * time.Hour, page200, "", all}, // another day
			{time.Hour, only("/summary.json", likeInstatus, page200), "", 0},
			{23 * time.Hour, only("/summary.json", likeInstatus, page200), `answers like instatus now; set platform = "instatus"`, 1},
			{12 * time.Hour, http.NotFound, `answers like instatus now; set platform = "instatus"`, 0},
			{time.Hour, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400) }, `answers like instatus now; set platform = "instatus"`, 0},
			{12 * time.Hour, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400) }, "", 0}, // the day is over
			{time.Hour, page(nil), "", 0},
		}
		for n, step := range steps {
			time.Sleep(step.after)
			answer = step.answer
			r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: tr, Previous: previous})
			if got := r.snapshot.Providers["example"].Fetch; got.Hint != step.hint || searched(r) != step.requests {
				t.Errorf("step %d: hint %q after %d requests, want %q after %d (%s)", n, got.Hint, searched(r), step.hint, step.requests, got.Reason)
			}
			previous = r.snapshot
		}
	})
}

// TestHintIsOfThisSource holds that what was found for another address or
// platform is not told any more.
func TestHintIsOfThisSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &inet{hosts: map[string]http.Handler{here: body(likeIncidentIO), there: code(403)}}
		tr := net.transport(t)
		first := runAll(t, Config{Targets: []Target{example(nil)}, Transport: tr})
		if first.snapshot.Providers["example"].Fetch.Hint == "" {
			t.Fatal("no hint to begin with")
		}
		moved := example(func(t *Target) { t.Source.URL = "https://other.example" })
		second := runAll(t, Config{Targets: []Target{moved}, Transport: tr, Previous: first.snapshot})
		if got := second.snapshot.Providers["example"].Fetch; got.Hint != "" {
			t.Errorf("hint %q", got.Hint)
		}
	})
}

// TestHintForAnAddressOfItsOwn has a source whose api is no longer needed.
func TestHintForAnAddressOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &inet{hosts: map[string]http.Handler{here: page(nil), there: http.HandlerFunc(http.NotFound)}}
		target := example(func(t *Target) { t.Source.API = "https://other.example" })
		r := runAll(t, Config{Targets: []Target{target}, Transport: net.transport(t)})
		if got, want := r.snapshot.Providers["example"].Fetch.Hint, "answers like statuspage at https://status.example.com; leave out api"; got != want {
			t.Errorf("hint %q, want %q", got, want)
		}
	})
}

// TestSearchesAreBounded lets many pages go at once.
func TestSearchesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &busy{}
		gone := busyGone{b}
		var targets []Target
		for i := range 30 {
			targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = fmt.Sprintf("p-%d", i), fmt.Sprintf("https://p-%d.example", i) }))
		}
		r := runAll(t, Config{Targets: targets, Transport: gone})
		if r.summary.Failed != 30 || b.most.Load() > atOnce || r.took > runTime {
			t.Errorf("%+v, %d at once, in %v", r.summary, b.most.Load(), r.took)
		}
	})
}

// busyGone takes as long as busy to say that there is nothing.
type busyGone struct{ *busy }

func (b busyGone) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.busy.RoundTrip(r)
	if err == nil {
		response.StatusCode, response.Body = 404, http.NoBody
	}
	return response, err
}
