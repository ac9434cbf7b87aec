package fetch

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/status"
)

// shop is a page whose files have validators. It keeps what it was asked.
type shop struct {
	files map[string]string      // by path
	heads map[string]http.Header // what goes with them
	asked []string               // "200 /path", or with the validators that were sent along
}

// newShop is a Statuspage that is well.
func newShop() *shop {
	return &shop{
		files: map[string]string{"/api/v2/summary.json": good, "/api/v2/incidents.json": `{"page":{"id":"abc"},"incidents":[]}`},
		heads: map[string]http.Header{
			"/api/v2/summary.json":   {"Etag": {`W/"one"`}},
			"/api/v2/incidents.json": {"Last-Modified": {"Fri, 31 Dec 1999 10:00:00 GMT"}},
		},
	}
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head, code := s.heads[r.URL.Path], http.StatusOK
	match, since := r.Header.Get("If-None-Match"), r.Header.Get("If-Modified-Since")
	switch {
	case s.files[r.URL.Path] == "":
		code = http.StatusNotFound
	case match != "" && match == head.Get("Etag"), match == "" && since != "" && since == head.Get("Last-Modified"):
		code = http.StatusNotModified
	}
	s.asked = append(s.asked, strings.TrimSpace(fmt.Sprintln(code, r.URL.Path, match, since)))
	for name, values := range head {
		w.Header()[name] = values
	}
	w.WriteHeader(code)
	if code == http.StatusOK {
		io.WriteString(w, s.files[r.URL.Path])
	}
}

// visit runs a fetch against the shop and gives what it was asked.
func (s *shop) visit(t *testing.T, c Config) (results, []string) {
	t.Helper()
	s.asked = nil
	if c.Targets == nil {
		c.Targets = []Target{example(nil)}
	}
	c.Transport = (&inet{hosts: map[string]http.Handler{here: s}}).transport(t)
	r := runAll(t, c)
	return r, s.asked
}

const (
	summaryInFull   = "200 /api/v2/summary.json"
	incidentsInFull = "200 /api/v2/incidents.json"
	summarySame     = `304 /api/v2/summary.json W/"one"`
	incidentsSame   = "304 /api/v2/incidents.json  Fri, 31 Dec 1999 10:00:00 GMT"
)

func TestNotModified(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop()
		first, asked := s.visit(t, Config{})
		if want := []string{summaryInFull, incidentsInFull}; !slices.Equal(asked, want) {
			t.Errorf("first asked %q, want %q", asked, want)
		}
		time.Sleep(time.Hour)
		second, asked := s.visit(t, Config{Previous: first.snapshot})
		if want := []string{summarySame, incidentsSame}; !slices.Equal(asked, want) {
			t.Errorf("then asked %q, want %q", asked, want)
		}
		before, now := first.snapshot.Providers["example"], second.snapshot.Providers["example"]
		if now.Level != status.Operational || now.Fetch.State != status.StateNotModified || now.CheckedAt.Sub(before.CheckedAt) != time.Hour || now.ChangedAt != before.ChangedAt {
			t.Errorf("%v, %s, checked %v, changed %v; before %v, %v", now.Level, now.Fetch.State, now.CheckedAt, now.ChangedAt, before.CheckedAt, before.ChangedAt)
		}
		if want := (Summary{Read: 1, NotModified: 1}); second.summary != want {
			t.Errorf("summary %+v, want %+v", second.summary, want)
		}
		if got := fmt.Sprint(second.requests[0]); !strings.Contains(got, " 304 0 ") || second.requests[0].Reason != "" {
			t.Errorf("told %s", got)
		}
		if len(now.Fetch.Validators.Files) != 2 || now.Fetch.Validators.FullAt != before.Fetch.Validators.FullAt {
			t.Errorf("validators %+v, before %+v", now.Fetch.Validators, before.Fetch.Validators)
		}
	})
}

// TestAskedInFull changes something after a first reading that has validators.
func TestAskedInFull(t *testing.T) {
	inFull := []string{summaryInFull, incidentsInFull}
	tests := []struct {
		name   string
		change func(s *shop, c *Config)
		want   []string
	}{
		{"nothing has changed", func(*shop, *Config) {}, []string{summarySame, incidentsSame}},
		{"the first has", func(s *shop, _ *Config) { s.heads["/api/v2/summary.json"].Set("ETag", `"two"`) },
			[]string{summaryInFull + ` W/"one"`, incidentsInFull}},
		{"the second has", func(s *shop, _ *Config) { s.heads["/api/v2/incidents.json"].Del("Last-Modified") },
			[]string{summarySame, incidentsInFull + "  Fri, 31 Dec 1999 10:00:00 GMT", summaryInFull}},
		{"the second is gone", func(s *shop, _ *Config) { delete(s.files, "/api/v2/incidents.json") },
			[]string{summarySame, "404 /api/v2/incidents.json  Fri, 31 Dec 1999 10:00:00 GMT", summaryInFull}},
		{"a day has passed", func(*shop, *Config) { time.Sleep(24 * time.Hour) }, inFull},
		{"less than a day", func(*shop, *Config) { time.Sleep(22 * time.Hour) }, []string{summarySame, incidentsSame}},
		{"another address", func(_ *shop, c *Config) {
			c.Targets = []Target{example(func(t *Target) { t.Source.URL += "/"; t.Source.API = "https://status.example.com" })}
		}, inFull},
		{"other components", func(_ *shop, c *Config) {
			c.Targets = []Target{example(func(t *Target) { t.Source.Components = []string{"API"} })}
		}, inFull},
		{"another filter", func(_ *shop, c *Config) {
			c.Targets = []Target{example(func(t *Target) { t.Source.Filter = map[string]string{"region": "eu"} })}
		}, inFull},
		{"no validators of one file", func(_ *shop, c *Config) { edit(c, func(v *status.Validators) { v.Files = v.Files[:1] }) }, inFull},
		{"validators that nobody gave", func(_ *shop, c *Config) { edit(c, func(v *status.Validators) { v.Files[0].ETag = "*" }) }, inFull},
		{"validators with a line break", func(_ *shop, c *Config) { edit(c, func(v *status.Validators) { v.Files[0].ETag = "\"a\r\nX: y\"" }) }, inFull},
		{"a date that is none", func(_ *shop, c *Config) { edit(c, func(v *status.Validators) { v.Files[1].Modified = "yesterday" }) }, inFull},
		{"a reading from the future", func(_ *shop, c *Config) {
			edit(c, func(v *status.Validators) { v.FullAt = v.FullAt.Add(2 * time.Hour) })
		}, inFull},
		{"validators of another source", func(_ *shop, c *Config) { edit(c, func(v *status.Validators) { v.Of = "0" }) }, inFull},
		{"a report of another page", func(_ *shop, c *Config) {
			record := c.Previous.Providers["example"]
			record.URL = "https://old.example.com"
			c.Previous.Providers["example"] = record
		}, inFull},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShop()
				first, _ := s.visit(t, Config{})
				time.Sleep(time.Hour)
				c := Config{Previous: first.snapshot}
				test.change(s, &c)
				second, asked := s.visit(t, c)
				if !slices.Equal(asked, test.want) {
					t.Errorf("asked %q, want %q", asked, test.want)
				}
				if got := second.snapshot.Providers["example"]; got.Level != status.Operational || got.Fetch.State == status.StateFailed {
					t.Errorf("%v: %s", got.Level, got.Fetch.Reason)
				}
			})
		})
	}
}

// edit changes what the snapshot before remembers.
func edit(c *Config, change func(*status.Validators)) {
	change(c.Previous.Providers["example"].Fetch.Validators)
}

// TestValidatorsKept looks at what is remembered of a first reading.
func TestValidatorsKept(t *testing.T) {
	long := `"` + strings.Repeat("x", 151) + `"`
	tests := []struct {
		name   string
		change func(*shop)
		kept   bool
	}{
		{"both files have one", func(*shop) {}, true},
		{"both kinds", func(s *shop) {
			s.heads["/api/v2/summary.json"].Set("Last-Modified", "Fri, 31 Dec 1999 10:00:00 GMT")
		}, true},
		{"a word without quotes", func(s *shop) { s.heads["/api/v2/summary.json"].Set("ETag", "5f3a-1") }, true},
		{"none", func(s *shop) { s.heads["/api/v2/summary.json"].Del("ETag") }, false},
		{"any", func(s *shop) { s.heads["/api/v2/summary.json"].Set("ETag", "*") }, false},
		{"a list", func(s *shop) { s.heads["/api/v2/summary.json"].Set("ETag", `"a", "b"`) }, false},
		{"longer than is kept", func(s *shop) { s.heads["/api/v2/summary.json"].Set("ETag", long) }, false},
		{"not ASCII", func(s *shop) { s.heads["/api/v2/summary.json"].Set("ETag", `"ä"`) }, false},
		{"a date that is none", func(s *shop) { s.heads["/api/v2/incidents.json"].Set("Last-Modified", "yesterday") }, false},
		{"changed in this very second", func(s *shop) {
			s.heads["/api/v2/incidents.json"].Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		}, false},
		{"an optional file is missing", func(s *shop) { delete(s.files, "/api/v2/incidents.json") }, false},
		{"the level is unknown", func(s *shop) {
			s.files["/api/v2/summary.json"] = strings.Replace(good, "operational", "fine", 1)
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShop()
				test.change(s)
				r, _ := s.visit(t, Config{})
				got := r.snapshot.Providers["example"].Fetch
				if got.State != status.StateOK || (got.Validators != nil) != test.kept {
					t.Errorf("%s, validators %+v, want any: %v", got.State, got.Validators, test.kept)
				}
			})
		})
	}
}

// TestAfterAFailure holds that a failure between two readings changes nothing:
// the last good report is still the one that the validators are of.
func TestAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop()
		first, _ := s.visit(t, Config{})
		s.files["/api/v2/summary.json"] = ""
		second, _ := s.visit(t, Config{Previous: first.snapshot})
		if got := second.snapshot.Providers["example"]; got.Fetch.State != status.StateFailed || got.Level != status.Operational {
			t.Fatalf("%s, %v", got.Fetch.State, got.Level)
		}
		s.files["/api/v2/summary.json"] = good
		third, asked := s.visit(t, Config{Previous: second.snapshot})
		if want := []string{summarySame, incidentsSame}; !slices.Equal(asked, want) {
			t.Errorf("asked %q, want %q", asked, want)
		}
		if got := third.snapshot.Providers["example"]; got.Fetch.State != status.StateNotModified || !got.Fetch.Since.IsZero() {
			t.Errorf("%+v", got.Fetch)
		}
	})
}

// TestGoodForAWhile reads a page that says how long its answer may be used. To
// ask whether it has changed would make it last.
func TestGoodForAWhile(t *testing.T) {
	r := (&run{Config: Config{Now: time.Now}})
	report := status.Report{Level: status.Operational}
	got := answers{validators: map[string]status.Validator{}}
	if r.validatorsOf(example(nil), report, nil, got) == nil {
		t.Error("no validators of a report without an end")
	}
	report.StaleAfter = time.Now()
	if kept := r.validatorsOf(example(nil), report, nil, got); kept != nil {
		t.Errorf("validators %+v of a report with an end", kept)
	}
}
