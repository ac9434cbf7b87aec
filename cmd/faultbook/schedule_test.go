package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"faultbook/internal/audit"
)

// town is everything around one schedule, on this machine: a repository that others
// see through a raw host, a host that builds the site when its hook is called, and a
// status page.
type town struct {
	t      *testing.T
	dir    string
	clock  string
	status atomic.Value // what the status page answers
	deaf   bool         // the hook takes calls, and nothing is built
	calls  int          // of the hook
	site   string       // its address
	env    []string
}

// newTown founds a town whose site was never published.
func newTown(t *testing.T) *town {
	town := &town{t: t, dir: t.TempDir(), clock: "2026-11-22T12:00:00Z"}
	town.says("none", "operational")
	raw := httptest.NewTLSServer(http.HandlerFunc(town.raw))
	t.Cleanup(raw.Close)
	page := serveSummary(func() ([]byte, error) { return town.status.Load().([]byte), nil })
	t.Cleanup(page.Close)
	site := httptest.NewServer(town.host(raw.Client().Transport))
	t.Cleanup(site.Close)
	town.site = site.URL
	trusted := filepath.Join(town.dir, "raw.pem")
	town.write(trusted, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw.Certificate().Raw}))
	town.env = append(os.Environ(), "SITE=network", "FAULTBOOK_ALLOW_PRIVATE=1", "SSL_CERT_FILE="+trusted, "PAUSE=0", "LOOKS=1",
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
	town.settle(raw.URL, page.URL)
	return town
}

// settle makes the repository and the schedule's checkout of it.
func (town *town) settle(raw, page string) {
	checkout := filepath.Join(town.dir, "checkout")
	if err := copyTree("testdata/book", filepath.Join(checkout, "content"), inOrder); err != nil {
		town.t.Fatal(err)
	}
	pointTo(town.t, filepath.Join(checkout, "content"), page, "statuspage")
	settings := filepath.Join(checkout, "content", "site.toml")
	text, err := os.ReadFile(settings)
	if err != nil {
		town.t.Fatal(err)
	}
	said := strings.NewReplacer("https://errors.example", town.site, "[schedule]", "[budget]\ndeploys = 20\n\n[live]\nurl = \""+raw+"/live\"\n\n[schedule]")
	town.write(settings, []byte(said.Replace(string(text))))
	town.write(filepath.Join(checkout, ".gitignore"), []byte("/.faultbook/\n"))
	town.do(town.dir, "git", "init", "--quiet", "--bare", "origin.git")
	town.do(checkout, "git", "init", "--quiet", "--initial-branch=main")
	town.do(checkout, "git", "add", ".")
	town.do(checkout, "git", "commit", "--quiet", "-m", "content")
	town.do(checkout, "git", "remote", "add", "origin", filepath.Join(town.dir, "origin.git"))
	town.do(checkout, "git", "push", "--quiet", "origin", "main")
}

func (town *town) write(name string, data []byte) {
	town.t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		town.t.Fatal(err)
	}
}

// do runs a program that has to end well.
func (town *town) do(dir, name string, args ...string) string {
	town.t.Helper()
	out, err := town.run(dir, name, args...)
	if err != nil {
		town.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

func (town *town) run(dir, name string, args ...string) (string, error) {
	c := exec.CommandContext(town.t.Context(), name, args...)
	c.Dir, c.Env = dir, append(town.env, "CLOCK="+town.clock)
	out, err := c.CombinedOutput()
	return string(out), err
}

// says changes what the status page says.
func (town *town) says(indicator, component string) {
	town.status.Store(fmt.Appendf(nil, `{"page":{"id":"abc","name":"Acme"},"status":{"indicator":%q},"components":[{"id":"1","name":"API","status":%q}]}`, indicator, component))
}

// raw shows the files of the repository's branches, as a forge does.
func (town *town) raw(w http.ResponseWriter, r *http.Request) {
	branch, file, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	c := exec.CommandContext(r.Context(), "git", "--git-dir", filepath.Join(town.dir, "origin.git"), "show", branch+":"+file)
	data, err := c.Output()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write(data)
}

// host serves the site that was built last, follows its _redirects as Netlify does,
// and builds when its hook is called.
func (town *town) host(network http.RoundTripper) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		public := filepath.Join(town.dir, "public")
		if r.URL.Path == "/hook/secret" && r.Method == http.MethodPost {
			town.calls++
			if !town.deaf {
				town.deploy(public)
			}
			return
		}
		rules, _ := os.ReadFile(filepath.Join(public, "_redirects"))
		redirects, _ := audit.ReadRedirects(rules)
		for _, rule := range redirects {
			if prefix, splat := strings.CutSuffix(rule.From, "*"); splat && rule.Status == 200 && strings.HasPrefix(r.URL.Path, prefix) {
				to, err := url.Parse(strings.TrimSuffix(rule.To, "/:splat"))
				if err != nil {
					town.t.Error(err)
					return
				}
				r.URL.Path = "/" + strings.TrimPrefix(r.URL.Path, prefix)
				proxy := &httputil.ReverseProxy{Transport: network, Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(to) }}
				proxy.ServeHTTP(w, r)
				return
			}
		}
		http.FileServer(http.Dir(public)).ServeHTTP(w, r)
	}
}

// deploy builds the site from a fresh clone, on a machine that knows nothing, and
// puts it in place as a whole.
func (town *town) deploy(public string) {
	clone := filepath.Join(town.dir, fmt.Sprint("host-", town.calls))
	town.do(town.dir, "git", "clone", "--quiet", "--branch=main", "origin.git", clone)
	town.run(clone, "faultbook", "fetch") // what could not be read shows as unknown
	town.do(clone, "faultbook", "build")
	os.RemoveAll(public)
	if err := os.Rename(filepath.Join(clone, "public"), public); err != nil {
		town.t.Error(err)
	}
}

// schedule is one run of the schedule at that time: what it printed, and how it ended.
func (town *town) schedule(clock string, env ...string) (string, error) {
	town.t.Helper()
	town.clock = clock
	script, err := filepath.Abs("../../.github/schedule.sh")
	if err != nil {
		town.t.Fatal(err)
	}
	before := town.env
	defer func() { town.env = before }()
	town.env = append(append(before[:len(before):len(before)], "BUILD_HOOK="+town.site+"/hook/secret"), env...)
	if err := os.RemoveAll(filepath.Join(town.dir, "checkout", ".faultbook")); err != nil { // every run is on a new machine
		town.t.Fatal(err)
	}
	out, err := town.run(filepath.Join(town.dir, "checkout"), "bash", script)
	if strings.Contains(out, "hook/secret") {
		town.t.Errorf("the secret was printed:\n%s", out)
	}
	if commits := strings.TrimSpace(town.do(town.dir, "git", "--git-dir=origin.git", "rev-list", "--count", "live")); commits != "1" {
		town.t.Errorf("the branch has %s commits, want one that is replaced each time", commits)
	}
	if dirty := town.do(filepath.Join(town.dir, "checkout"), "git", "status", "--porcelain"); dirty != "" {
		town.t.Errorf("the checkout was changed:\n%s", dirty)
	}
	return out, err
}

// get is a file of the site as readers get it.
func (town *town) get(path string) string {
	town.t.Helper()
	response, err := http.Get(town.site + path)
	if err != nil {
		town.t.Fatal(err)
	}
	defer response.Body.Close()
	var body bytes.Buffer
	if _, err := io.Copy(&body, response.Body); err != nil || response.StatusCode != http.StatusOK {
		town.t.Fatalf("GET %s: %s, %v", path, response.Status, err)
	}
	return body.String()
}

func (town *town) want(what, text string, parts ...string) {
	town.t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			town.t.Errorf("%s lacks %q:\n%s", what, part, text)
		}
	}
}

// TestSchedule runs what the scheduled workflow runs through a day.
func TestSchedule(t *testing.T) {
	t.Parallel()
	town := newTown(t)
	out, err := town.schedule("2026-11-22T12:00:00Z")
	if err != nil || town.calls != 1 {
		t.Fatalf("the first run: %v, %d deploys\n%s", err, town.calls, out)
	}
	town.want("the first run", out, "there is no site yet", "it came: the live site was built at 2026-11-22T12:00:00Z, of snapshot 2")
	town.want("state.json", town.get("/api/v1/state.json"), `"base": "`+town.site+`"`, `"pages": 20`)

	// An hour later there is nothing to deploy, and pages can ask for fresher states.
	out, err = town.schedule("2026-11-22T13:00:00Z")
	if err != nil || town.calls != 1 {
		t.Fatalf("the second run: %v, %d deploys\n%s", err, town.calls, out)
	}
	town.want("the second run", out, "nothing to publish")
	town.want("the page", town.get("/acme/"), "/live/now/acme.json")
	town.want("the state between deploys", town.get("/live/now/acme.json"), `"checked_at":"2026-11-22T13:00:00Z"`)
	town.want("the state of the deploy", town.get("/api/v1/now/acme.json"), `"checked_at":"2026-11-22T12:00:00Z"`)
	town.want("the health of the schedule", town.get("/live/health.json"), `"built_at":"2026-11-22T13:00:00Z"`)

	// The run after that goes on from the branch, which is newer than the site, and
	// so does the host.
	town.says("critical", "major_outage")
	out, err = town.schedule("2026-11-22T14:00:00Z")
	if err != nil || town.calls != 2 {
		t.Fatalf("the third run: %v, %d deploys\n%s", err, town.calls, out)
	}
	town.want("the third run", out, "/live/state.json: snapshot 3 of 2026-11-22T13:00:00Z", "acme: operational, now major_outage", "of snapshot 5")
	town.want("the page", town.get("/acme/"), "Yes: a major outage")

	// A deploy that does not come is loud, and is not asked for over and over.
	town.says("none", "operational")
	town.deaf = true
	for hour, deploys := range []int{3, 4, 5, 5, 5} {
		out, err = town.schedule(fmt.Sprintf("2026-11-22T%d:00:00Z", 15+hour))
		if town.calls != deploys || (err == nil) != (hour > 2) {
			t.Fatalf("run %d after the host went deaf: %v, %d deploys, want %d\n%s", hour+1, err, town.calls, deploys, out)
		}
	}
	town.want("a run beyond the budget", out, "::warning::something changed, and the budget does not allow a deploy now")

	// When it comes again, all is well.
	town.deaf = false
	out, err = town.schedule("2026-11-26T12:00:00Z")
	if err != nil || town.calls != 6 {
		t.Fatalf("after the host was mended: %v, %d deploys\n%s", err, town.calls, out)
	}
	town.want("the page", town.get("/acme/"), "No outage reported")
}

// TestScheduleFails holds that what an operator has to know is loud.
func TestScheduleFails(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*town)
		env     []string
		want    string
		calls   int
	}{
		"no hook":         {func(*town) {}, []string{"BUILD_HOOK="}, "::error::a deploy is due, and BUILD_HOOK is empty", 0},
		"hook is refused": {func(*town) {}, []string{"BUILD_HOOK=http://127.0.0.1:1/hook"}, "::error::the build hook refused", 0},
		"deploy is lost":  {func(town *town) { town.deaf = true }, nil, "::error::the deploy did not come", 1},
		"no source":       {func(town *town) { town.status.Store([]byte("<html>")) }, nil, "::error::not one source could be read", 1},
		"not our site":    {func(town *town) { town.foreign() }, nil, "::error::plan could not decide; nothing was deployed", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			town := newTown(t)
			c.prepare(town)
			out, err := town.schedule("2026-11-22T12:00:00Z", c.env...)
			if err == nil || town.calls != c.calls {
				t.Errorf("it ended with %v and %d deploys, want %d", err, town.calls, c.calls)
			}
			town.want("the run", out, c.want)
		})
	}
}

// foreign puts a page in the place of the site's state, as a host does with a site
// that it has switched off.
func (town *town) foreign() {
	state := filepath.Join(town.dir, "public", "api", "v1", "state.json")
	if err := os.MkdirAll(filepath.Dir(state), 0o755); err != nil {
		town.t.Fatal(err)
	}
	town.write(state, []byte("<!doctype html><title>Site not available</title>"))
}
