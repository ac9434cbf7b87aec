package links

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/fetch"
)

// web answers for every host: an address has the status or the HTML that stands
// for it, "moved ADDRESS" or "down"; any other is there.
type web struct {
	pages map[string]string

	mu    sync.Mutex
	asked []string // as METHOD ADDRESS
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	address := r.URL.String()
	w.mu.Lock()
	w.asked = append(w.asked, r.Method+" "+address)
	w.mu.Unlock()
	response := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: http.NoBody, Request: r}
	says := w.pages[address]
	if all, ok := w.pages["*"]; ok {
		says = all
	}
	to, moved := strings.CutPrefix(says, "moved ")
	switch {
	case says == "down":
		return nil, syscall.ECONNREFUSED
	case moved:
		response.StatusCode = 301
		response.Header.Set("Location", to)
	case strings.HasPrefix(says, "<"):
		response.Body = io.NopCloser(strings.NewReader(says))
	case says != "":
		fmt.Sscan(says, &response.StatusCode)
	}
	return response, nil
}

const site = `title = "Errors"
tagline = "t"
description = "d"
base = "https://errors.example"
repository = "https://git.example.org/errors"
license_url = "https://license.example/by"
contact = "mailto:a@errors.example"
`

const provider = `+++
name = "Acme API"
vendor = "Acme"
summary = "See [the terms](https://acme.example/terms)."
homepage = "https://acme.example"
docs = "https://docs.acme.example/"
keys = "https://console.acme.example/keys"
hosts = ["api.acme.example"]
alternatives = []

[status]
platform = "statuspage"
url = "https://status.acme.example"
+++
`

const entry = `+++
title    = 'Acme API "quota": causes and fixes'
name     = "quota"
kind     = "billing"
outage   = "never"
meaning  = "The [quota](https://docs.acme.example/quota#limits) is used up."
causes   = ["Too much."]
fixes    = ["Pay at [the console](https://console.acme.example/pay)."]
sources  = ["https://docs.acme.example/quota", "https://forum.example/t/1"]
added    = 2026-11-01
verified = 2026-11-01

[waiting]
helps = "no"
+++

More in [the forum](https://forum.example/t/2), or [here](/acme/).
`

func load(t *testing.T, files map[string]string) *book.Book {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, findings, err := book.Load(tree, cache.New(&cache.Memory{}))
	if err != nil || diag.Failed(findings) {
		t.Fatal(findings, err)
	}
	return b
}

func acme(t *testing.T) *book.Book {
	return load(t, map[string]string{"site.toml": site, "acme/_index.md": provider, "acme/quota.md": entry})
}

// run checks the book inside a synctest bubble and gives its findings as text.
func run(t *testing.T, b *book.Book, w *web, memory Memory) (Result, string) {
	t.Helper()
	r, err := Check(t.Context(), fetch.Config{Transport: w}, b, memory, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := diag.Text(&out, r.Findings); err != nil {
		t.Fatal(err)
	}
	return r, out.String()
}

func TestCheck(t *testing.T) {
	const quota, pay = "https://docs.acme.example/quota", "https://console.acme.example/pay"
	tests := []struct {
		name  string
		pages map[string]string
		want  string
	}{
		{"all is well", map[string]string{quota: `<h2 id="limits">`}, ""},
		{"gone", map[string]string{"https://forum.example/t/1": "404", "https://acme.example/terms": "410", "https://license.example/by": "404"}, `
acme/_index.md:4:16: error: there is nothing at https://acme.example/terms any more: it answers 410 Gone [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
acme/quota.md:9:48: error: there is nothing at https://forum.example/t/1 any more: it answers 404 Not Found [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
site.toml:6:15: error: there is nothing at https://license.example/by any more: it answers 404 Not Found [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
`},
		{"gone, from two places", map[string]string{quota: "404"}, `
acme/quota.md:6:17: error: there is nothing at https://docs.acme.example/quota any more: it answers 404 Not Found [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
acme/quota.md:9:13: error: there is nothing at https://docs.acme.example/quota any more: it answers 404 Not Found [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
`},
		{"moved", map[string]string{pay: "moved https://acme.example/billing", quota: "moved https://new.example/quota", "https://new.example/quota": `<h3 id=limits>`}, `
acme/quota.md:6:17: warning: https://docs.acme.example/quota has moved to https://new.example/quota [outside-moved]
  hint: write https://new.example/quota#limits
acme/quota.md:8:21: warning: https://console.acme.example/pay has moved to https://acme.example/billing [outside-moved]
  hint: write https://acme.example/billing
acme/quota.md:9:13: warning: https://docs.acme.example/quota has moved to https://new.example/quota [outside-moved]
  hint: write https://new.example/quota
`},
		{"moved to the front page", map[string]string{pay: "moved https://acme.example/"}, `
acme/quota.md:8:21: warning: https://console.acme.example/pay has moved to https://acme.example/ [outside-moved]
  hint: that is the front page; see whether it still says what it is named for
`},
		{"moved, and gone there", map[string]string{pay: "moved https://acme.example/billing", "https://acme.example/billing": "404"}, `
acme/quota.md:8:21: error: there is nothing at https://acme.example/billing any more, which https://console.acme.example/pay has moved to: it answers 404 Not Found [outside-gone]
  hint: name the page that says it now, or an archived copy; take the address away where neither exists
`},
		{"moved to somebody's session", map[string]string{pay: "moved https://acme.example/?s=" + strings.Repeat("x", 300)}, ""},
		{"no such part", map[string]string{quota: `<h2 id="limit">`}, `
acme/quota.md:6:17: warning: https://docs.acme.example/quota has no part "#limits" [outside-part]
  hint: see how that section is called now, or leave #limits out
`},
		{"parts that a script makes", map[string]string{quota: `<div id="root"></div>`}, ""},
		{"no robots", map[string]string{quota: "403", pay: "999", "https://forum.example/t/2": "429"}, `
acme/quota.md:8:21: notice: https://console.acme.example/pay shows a program nothing: 999 [outside-shut]
  hint: it may well be there for people; open it in a browser
acme/quota.md:9:13: notice: https://docs.acme.example/quota shows a program nothing: 403 Forbidden [outside-shut]
  hint: it may well be there for people; open it in a browser
acme/quota.md:17:9: notice: https://forum.example/t/2 shows a program nothing: 429 Too Many Requests [outside-shut]
  hint: it may well be there for people; open it in a browser
`},
		{"silence", map[string]string{"https://forum.example/t/1": "down", "https://forum.example/t/2": "500"}, `
acme/quota.md:9:48: notice: nobody answers at https://forum.example/t/1: forum.example:443 accepts no connection [outside-silent]
  hint: it may pass; it becomes an error when it lasts
acme/quota.md:17:9: notice: nobody answers at https://forum.example/t/2: 500 Internal Server Error [outside-silent]
  hint: it may pass; it becomes an error when it lasts
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, got := run(t, acme(t), &web{pages: test.pages}, nil)
				if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if r.Pages != 11 || r.Asked != 11 || len(r.Memory) != 11 || len(r.Unasked) > 0 {
					t.Errorf("%d pages, %d asked, %d remembered, unasked %v; want 11 of each", r.Pages, r.Asked, len(r.Memory), r.Unasked)
				}
			})
		})
	}
}

// TestBelieves runs again after a while.
func TestBelieves(t *testing.T) {
	const page = "https://forum.example/t/1"
	tests := []struct {
		name  string
		first string
		after time.Duration
		then  string
		asked bool
		want  string // the rule; empty: nothing is found
	}{
		{"what is there", "", 5 * 24 * time.Hour, "404", false, ""},
		{"what was there", "", 7 * 24 * time.Hour, "404", true, "outside-gone"},
		{"what has moved", "moved https://forum.example/new", 24 * time.Hour, "", false, "outside-moved"},
		{"what is shut", "403", 24 * time.Hour, "", false, "outside-shut"},
		{"what is gone", "404", time.Minute, "", false, "outside-gone"},
		{"what was gone", "404", 2 * time.Hour, "", true, ""},
		{"what was silent", "down", 2 * time.Hour, "", true, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &web{pages: map[string]string{page: test.first}}
				b := acme(t)
				first, _ := run(t, b, w, nil)
				memory, err := Decode(Encode(first.Memory), time.Now())
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(test.after)
				w.pages[page], w.asked = test.then, nil
				second, _ := run(t, b, w, memory)
				if got := strings.Contains(strings.Join(w.asked, "\n")+"\n", " "+page+"\n"); got != test.asked {
					t.Errorf("it was asked again: %v, want %v", got, test.asked)
				}
				rule := ""
				for _, f := range second.Findings {
					rule = f.Rule
				}
				if rule != test.want {
					t.Errorf("found %q, want %q", rule, test.want)
				}
			})
		})
	}
}

// TestAPartThatIsNew asks for a page again that is known without its part.
func TestAPartThatIsNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{pages: map[string]string{"https://docs.acme.example/quota": `<h2 id="limits">`}}
		plain := strings.Replace(entry, "#limits", "", 1)
		r, _ := run(t, load(t, map[string]string{"site.toml": site, "acme/_index.md": provider, "acme/quota.md": plain}), w, nil)
		w.asked = nil
		run(t, acme(t), w, r.Memory)
		if !slices.Contains(w.asked, "GET https://docs.acme.example/quota") {
			t.Errorf("asked %v", w.asked)
		}
	})
}

// TestSilenceThatLasts runs while a page is down, and once while everything is.
func TestSilenceThatLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const page = "https://forum.example/t/1"
		b := acme(t)
		w := &web{pages: map[string]string{page: ""}}
		memory := Memory{}
		steps := []struct {
			after time.Duration
			page  string
			want  string
		}{
			{0, "", ""},
			{time.Hour, "down", ""}, // not asked: it was there an hour ago
			{7 * 24 * time.Hour, "down", "notice"},
			{2 * time.Hour, "503", "notice"},
			{2 * time.Hour, "down", "notice"}, // of the same day
			{24 * time.Hour, "down", "notice"},
			{24 * time.Hour, "down", "notice"}, // three runs, not three days
			{24 * time.Hour, "down", "error"},
			{7 * 24 * time.Hour, "down", "error"},
			{24 * time.Hour, "", ""},
			{7 * 24 * time.Hour, "down", "notice"}, // it begins anew
		}
		for n, step := range steps {
			time.Sleep(step.after)
			w.pages[page] = step.page
			r, told := run(t, b, w, memory)
			got := ""
			for _, f := range r.Findings {
				got = f.Severity.String()
			}
			if got != step.want {
				t.Errorf("step %d: %q, want %q:\n%s", n, got, step.want, told)
			}
			memory = r.Memory
		}
		time.Sleep(24 * time.Hour)
		w.pages["*"] = "down"
		_, err := Check(t.Context(), fetch.Config{Transport: w}, b, memory, time.Now())
		if !errors.Is(err, ErrOffline) {
			t.Errorf("everything is down: %v, want %v", err, ErrOffline)
		}
	})
}

// TestHostThatWantsPeace holds that what was not asked is neither found nor
// forgotten, and comes first the next time.
func TestHostThatWantsPeace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := acme(t)
		w := &web{pages: map[string]string{"https://forum.example/t/1": "429", "https://forum.example/t/2": "404"}}
		r, told := run(t, b, w, nil)
		if r.Unasked["forum.example:443 asks to wait 10s"] != 1 || strings.Contains(told, "t/2") {
			t.Errorf("unasked %v:\n%s", r.Unasked, told)
		}
		time.Sleep(7 * 24 * time.Hour)
		w.asked = nil
		_, told = run(t, b, w, r.Memory)
		if !strings.Contains(told, "nothing at https://forum.example/t/2") {
			t.Errorf("asked %v:\n%s", w.asked, told)
		}
	})
}
