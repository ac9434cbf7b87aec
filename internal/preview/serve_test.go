package preview

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/diag"
)

// served is a server after these rebuilds.
func served(outcomes ...Outcome) *server {
	s := newServer(Config{Report: func(Round) {}}, &watcher{})
	for i, o := range outcomes {
		s.Build = func([]string) Outcome { return o }
		s.build("test-" + string(rune('1'+i)))
	}
	return s
}

// ask gives the answer to a request for an address of the preview.
func ask(s *server, address string) *http.Response {
	return answer(s, httptest.NewRequest(http.MethodGet, "http://localhost:4000"+address, nil))
}

func answer(s *server, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(r *http.Response) string {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

const home = "<html><body><h1>Home</h1></body></html>"

var wholeSite = func() *Site {
	s := siteOf(map[string]string{
		"/": home, "/openai/x/": "<body>x</body>", "/404.html": "<body>nothing here</body>", "/feed.xml": "<feed/>", "/favicon.svg": "<svg/>",
		"/api/v1/state.json": "{}", "/openai/x/index.md": "# x", "/_redirects": "", "/llms.txt": "", "/strange.xyz": "",
	})
	s.Redirect = func(address string) (string, bool) { return "/openai/x/", address == "/openai/old/" }
	s.Headers = []byte("/*\n  Content-Security-Policy: default-src 'none'; style-src 'sha256-x'; script-src 'self' 'sha256-y'; connect-src 'self'; upgrade-insecure-requests\n" +
		"  Strict-Transport-Security: max-age=1\n  X-Frame-Options: DENY\n/*/index.md\n  X-Robots-Tag: noindex\n/api/*\n  Cache-Control: public, max-age=60\n")
	return s
}()

func TestAddresses(t *testing.T) {
	s := served(Outcome{Site: wholeSite})
	for name, c := range map[string]struct {
		address string
		status  int
		to      string // where it leads
	}{
		"a page":                       {"/openai/x/", 200, ""},
		"without the slash":            {"/openai/x", 301, "/openai/x/"},
		"with the name of its file":    {"/openai/x/index.html", 301, "/openai/x/"},
		"home by the name of its file": {"/index.html", 301, "/"},
		"with a query":                 {"/openai/x?a=1&b", 301, "/openai/x/?a=1&b"},
		"an old address":               {"/openai/old/", 301, "/openai/x/"},
		"a file":                       {"/feed.xml", 200, ""},
		"what hosts may keep":          {"/api/v1/state.json", 200, ""},
		"no page":                      {"/openai/y/", 404, ""},
		"no page, no slash":            {"/openai/y", 404, ""},
		"no folder above the site":     {"/../etc/passwd", 404, ""},
		"not another host":             {"//example.com", 404, ""},
		"nothing else of our own":      {"/.faultbook/cache", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := ask(s, c.address)
			if to := r.Header.Get("Location"); r.StatusCode != c.status || to != c.to {
				t.Errorf("%s: %d, leads to %q, want %d, %q", c.address, r.StatusCode, to, c.status, c.to)
			}
			if got := r.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s: Cache-Control %q, want no-store", c.address, got)
			}
		})
	}
	if text := body(ask(s, "/nope/")); !strings.Contains(text, "nothing here") {
		t.Errorf("/nope/ shows %q, want the site's own 404.html", text)
	}
}

func TestContentTypes(t *testing.T) {
	s := served(Outcome{Site: wholeSite})
	for address, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/feed.xml": "application/xml; charset=utf-8", "/favicon.svg": "image/svg+xml", "/api/v1/state.json": "application/json",
		"/openai/x/index.md": "text/markdown; charset=utf-8", "/_redirects": "text/plain; charset=utf-8", "/llms.txt": "text/plain; charset=utf-8",
		"/strange.xyz": "application/octet-stream", "/nope": "text/html; charset=utf-8",
		"/.faultbook/panel.css": "text/css; charset=utf-8", "/.faultbook/reload.js": "text/javascript; charset=utf-8",
	} {
		if got := ask(s, address).Header.Get("Content-Type"); got != want {
			t.Errorf("%s: Content-Type %q, want %q", address, got, want)
		}
	}
}

func TestHostsHeaders(t *testing.T) {
	s := served(Outcome{Site: wholeSite})
	page, twin := ask(s, "/").Header, ask(s, "/openai/x/index.md").Header
	want := "default-src 'none'; style-src 'sha256-x' 'self'; script-src 'self' 'sha256-y'; connect-src 'self'"
	if got := page.Get("Content-Security-Policy"); got != want {
		t.Errorf("Content-Security-Policy %q, want %q", got, want)
	}
	inPage := `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-+='; script-src 'self'">`
	own := `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-+=&#39; &#39;self&#39;; script-src &#39;self&#39;">`
	if got := string(allowOwnIn([]byte("<p>" + inPage + "</p>"))); got != "<p>"+own+"</p>" {
		t.Errorf("the policy in a page becomes %s, want %s", got, own)
	}
	if page.Get("X-Frame-Options") != "DENY" || page.Get("X-Robots-Tag") != "" || twin.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("headers %v and of the twin %v, want those of the rules that match", page, twin)
	}
	if got := page.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("Strict-Transport-Security %q, want none on localhost", got)
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	s := served(Outcome{Site: wholeSite})
	for name, c := range map[string]struct {
		method, host string
		status       int
	}{
		"localhost":                    {"GET", "localhost:4000", 200},
		"localhost without a port":     {"GET", "localhost", 200},
		"capitals":                     {"GET", "LocalHost:4000", 200},
		"by its number":                {"GET", "127.0.0.1:4000", 200},
		"by its other number":          {"GET", "[::1]:4000", 200},
		"that number without a port":   {"GET", "[::1]", 200},
		"the head alone":               {"HEAD", "localhost:4000", 200},
		"a foreign name":               {"GET", "evil.example:4000", 403},
		"a name that begins so":        {"GET", "localhost.evil.example", 403},
		"a name that ends so":          {"GET", "evil-localhost", 403},
		"no name":                      {"GET", "", 403},
		"another address":              {"GET", "192.168.1.2:4000", 403},
		"writing":                      {"POST", "localhost:4000", 405},
		"options":                      {"OPTIONS", "localhost:4000", 405},
		"foreign before what it wants": {"DELETE", "evil.example", 403},
	} {
		t.Run(name, func(t *testing.T) {
			for _, address := range []string{"/", eventsPath, scriptPath} {
				if address == eventsPath && c.status == 200 {
					continue // it goes on for ever: see TestReload
				}
				r := httptest.NewRequest(c.method, address, nil)
				r.Host = c.host
				if got := answer(s, r); got.StatusCode != c.status {
					t.Errorf("%s %s at %q: %d, want %d", c.method, address, c.host, got.StatusCode, c.status)
				}
			}
		})
	}
}

func TestInjected(t *testing.T) {
	s := served(Outcome{Site: wholeSite})
	want := `<html><body><h1>Home</h1><script src="/.faultbook/reload.js" data-edition="test-1"></script></body></html>`
	if diff := cmp.Diff(want, body(ask(s, "/"))); diff != "" {
		t.Errorf("home (-want +got):\n%s", diff)
	}
	if got := body(ask(s, "/openai/x/index.md")); got != "# x" {
		t.Errorf("the twin is %q, want it as it is", got)
	}
	if got := string(inject([]byte("no end"), panel{}, "1")); !strings.HasPrefix(got, "no end<script") {
		t.Errorf("a page without an end becomes %q", got)
	}
}

func findings(message string) []diag.Finding {
	return []diag.Finding{
		{Place: diag.Place{File: "content/a.md", Line: 3, Col: 1}, Severity: diag.Warning, Rule: "old", Message: "old"},
		{Place: diag.Place{File: "content/x.md", Line: 7, Col: 8}, Rule: "kind", Message: message, Hint: `did you mean "billing"?`, Source: `kind = "<b>"`},
	}
}

func TestPanel(t *testing.T) {
	s := served(Outcome{Site: wholeSite, Findings: findings("unknown kind <script>alert(1)</script>")})
	want := `<html><body><h1>Home</h1><link rel="stylesheet" href="/.faultbook/panel.css"><aside id="faultbook-panel" aria-label="What is wrong"><details open><summary>1 error, 1 warning in 2 files</summary>` +
		`<pre class="error">content/x.md:7:8: error: unknown kind &lt;script&gt;alert(1)&lt;/script&gt; [kind]
  7 | kind = &#34;&lt;b&gt;&#34;
    |        ^
  hint: did you mean &#34;billing&#34;?</pre><pre class="warning">content/a.md:3:1: warning: old [old]</pre></details></aside>` +
		`<script src="/.faultbook/reload.js" data-edition="test-1"></script></body></html>`
	if diff := cmp.Diff(want, body(ask(s, "/"))); diff != "" {
		t.Errorf("home (-want +got):\n%s", diff)
	}
}

func TestPanelOfMany(t *testing.T) {
	many := make([]diag.Finding, 1000)
	p := newPanel(Outcome{Findings: many})
	if len(p.notes) != notesShown+1 || !strings.Contains(p.html(), "and 950 more") {
		t.Errorf("%d notes of 1000 findings, the last %q", len(p.notes), p.notes[len(p.notes)-1].text)
	}
}

// TestWhatIsShown holds what a reader sees in each state of the content: which
// edition of a page, and whether the panel is there.
func TestWhatIsShown(t *testing.T) {
	v1 := Outcome{Site: siteOf(map[string]string{"/": "home 1", "/x/": "x 1", "/404.html": "none"})}
	v2 := Outcome{Site: siteOf(map[string]string{"/": "home 2", "/404.html": "none"})}
	withoutX := Outcome{Site: v2.Site, Findings: findings("x.md is broken")}
	refused := Outcome{Err: errors.New("the theme is broken")}
	unreadable := Outcome{Findings: findings("site.toml is broken")}
	for name, c := range map[string]struct {
		rounds         []Outcome
		home, x, panel string
	}{
		"all is well":                            {[]Outcome{v1}, "200 home 1", "200 x 1", ""},
		"warnings alone":                         {[]Outcome{{Site: v1.Site, Findings: findings("")[:1]}}, "200 home 1", "200 x 1", ""},
		"a page was deleted":                     {[]Outcome{v1, v2}, "200 home 2", "404 none", ""},
		"a page was broken":                      {[]Outcome{v1, withoutX}, "200 home 2", "200 x 1", "x.md is broken"},
		"a page was broken from the start":       {[]Outcome{withoutX}, "200 home 2", "404 none", "x.md is broken"},
		"the theme was broken":                   {[]Outcome{v1, refused}, "200 home 1", "200 x 1", "the theme is broken"},
		"first a page, then the theme":           {[]Outcome{v1, withoutX, refused}, "200 home 2", "200 x 1", "the theme is broken"},
		"twice":                                  {[]Outcome{v1, refused, refused}, "200 home 1", "200 x 1", "the theme is broken"},
		"mended":                                 {[]Outcome{v1, withoutX, refused, v1}, "200 home 1", "200 x 1", ""},
		"mended by deleting":                     {[]Outcome{v1, withoutX, v2}, "200 home 2", "404 none", ""},
		"broken again after a page went":         {[]Outcome{v1, v2, withoutX}, "200 home 2", "404 none", "x.md is broken"},
		"never a site":                           {[]Outcome{unreadable}, "500", "500", "site.toml is broken"},
		"never a site, then one with a mistake":  {[]Outcome{unreadable, withoutX}, "200 home 2", "404 none", "x.md is broken"},
		"never a site, and then another mistake": {[]Outcome{unreadable, refused}, "500", "500", "the theme is broken"},
	} {
		t.Run(name, func(t *testing.T) {
			s := served(c.rounds...)
			for address, want := range map[string]string{"/": c.home, "/x/": c.x} {
				r := ask(s, address)
				text := body(r)
				status, page, _ := strings.Cut(want, " ")
				if r.Status[:3] != status || !strings.Contains(text, page) {
					t.Errorf("%s: %s %q, want %s", address, r.Status, text, want)
				}
				if strings.Contains(text, panelID) != (c.panel != "") || !strings.Contains(text, c.panel) {
					t.Errorf("%s shows %q, want the panel to say %q", address, text, c.panel)
				}
			}
		})
	}
}

const panelID = `id="faultbook-panel"`

// TestPagesThatCannotBeMade holds that a template that fails only on some page
// is told there, over the page as it last was.
func TestPagesThatCannotBeMade(t *testing.T) {
	torn := siteOf(map[string]string{"/": "home 2"})
	at := torn.At
	torn.At = func(address string) (File, bool, error) {
		if address == "/x/" {
			return File{}, true, errors.New("templates/entry.html:3: no field Nope")
		}
		return at(address)
	}
	whole := Outcome{Site: siteOf(map[string]string{"/": "home 1", "/x/": "x 1"})}
	for name, c := range map[string]struct {
		rounds []Outcome
		want   string
	}{
		"there was a good one":         {[]Outcome{whole, {Site: torn}}, "200 x 1"},
		"and it is still the last one": {[]Outcome{whole, {Site: torn}, {Site: torn}}, "200 x 1"},
		"there never was one":          {[]Outcome{{Site: torn}}, "500"},
	} {
		t.Run(name, func(t *testing.T) {
			s := served()
			for i, o := range c.rounds {
				s.Build = func([]string) Outcome { return o }
				s.build(string(rune('1' + i)))
				ask(s, "/x/") // the browser reloads
			}
			r := ask(s, "/x/")
			text := body(r)
			status, page, _ := strings.Cut(c.want, " ")
			if r.Status[:3] != status || !strings.Contains(text, page) || !strings.Contains(text, "no field Nope") || !strings.Contains(text, panelID) {
				t.Errorf("/x/: %s %q, want %s and the mistake", r.Status, text, c.want)
			}
			if text := body(ask(s, "/")); !strings.Contains(text, "home 2") || strings.Contains(text, panelID) {
				t.Errorf("home shows %q, want the new one without a panel", text)
			}
		})
	}
}

func TestAllowOwn(t *testing.T) {
	for policy, want := range map[string]string{
		"default-src 'none'":                            "default-src 'none'",
		"style-src 'sha256-x'; img-src a;":              "style-src 'sha256-x' 'self'; img-src a",
		" script-src 'self' ;upgrade-insecure-requests": "script-src 'self'",
		"connect-src https://example.com":               "connect-src https://example.com 'self'",
	} {
		if got := allowOwn(policy); got != want {
			t.Errorf("allowOwn(%q) = %q, want %q", policy, got, want)
		}
	}
}
