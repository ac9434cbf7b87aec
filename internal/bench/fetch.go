//go:build unix

package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// together is how many sources faultbook asks at once.
const together = 8

// Fetch measures how long a fetch of so many sources takes, each on a port of its
// own with one file that it has after a while; what else it is asked for it has
// not, and says so at once. The floor is that while for each round of those
// asked together.
func (l *Lab) Fetch(ctx context.Context, sources int, while time.Duration) (*Table, error) {
	if err := l.remove("content", ".faultbook"); err != nil {
		return nil, err
	}
	var read, refused atomic.Int64
	for n := range sources {
		server := httptest.NewServer(slow(while, &read, &refused))
		defer server.Close()
		if err := write(filepath.Join(l.content(), fmt.Sprintf("source-%d", n), "_index.md"), sourceAt(n, server.URL)); err != nil {
			return nil, err
		}
	}
	if err := write(filepath.Join(l.content(), "site.toml"), []byte(siteSource)); err != nil {
		return nil, err
	}
	fmt.Fprintf(l.Log, "fetch: %d sources\n", sources)
	took, said, err := l.fetch(ctx)
	if err != nil {
		return nil, err
	}
	if want := fmt.Sprintf(": %d read, 0 could not be read", sources); !strings.Contains(said, want) || read.Load() != int64(sources) {
		return nil, fmt.Errorf("%d sources were read: %s", read.Load(), said)
	}
	floor := time.Duration((sources+together-1)/together) * while
	bar := floor * 15 / 13
	t := &Table{Title: fmt.Sprintf("fetch of %d sources on ports of their own, each answering after %s", sources, while), head: []string{"", "measured", "bar", ""}}
	t.add("time on the clock", seconds(took), "<= "+seconds(bar), verdict(took <= bar))
	t.add("the floor, "+fmt.Sprint(together)+" at once", seconds(floor))
	t.add("above the floor", seconds(took-floor))
	t.add("answers", fmt.Sprintf("%d of 200, %d of 404", read.Load(), refused.Load()))
	return t, nil
}

// fetch runs the program, whose sources may be on this machine.
func (l *Lab) fetch(ctx context.Context) (took time.Duration, said string, err error) {
	var problems bytes.Buffer
	site := httptest.NewServer(http.NotFoundHandler()) // has no state to go on from
	defer site.Close()
	cmd := exec.CommandContext(ctx, l.Program, "fetch", "-content", "content", "-o", ".faultbook/snapshot.json", "-base", site.URL)
	cmd.Dir, cmd.Stderr, cmd.Env = l.Dir, &problems, append(os.Environ(), "FAULTBOOK_ALLOW_PRIVATE=1")
	begun := time.Now()
	out, err := cmd.Output()
	if err != nil {
		return 0, "", fmt.Errorf("fetch: %w\n%s%s", err, out, lastLines(problems.String(), 20))
	}
	return time.Since(begun), string(out), nil
}

// slow is a status page that is well.
func slow(while time.Duration, read, refused *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v2/summary.json" {
			refused.Add(1)
			http.NotFound(w, r)
			return
		}
		time.Sleep(while)
		read.Add(1)
		_, _ = io.WriteString(w, `{"page":{"id":"abc","name":"Bench"},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`)
	}
}

// sourceAt is the provider whose status page is there.
func sourceAt(n int, address string) []byte {
	var b strings.Builder
	b.WriteString("+++\n")
	field(&b, "name", quote(fmt.Sprintf("Source %d API", n)))
	field(&b, "vendor", quote(fmt.Sprintf("Source %d", n)))
	field(&b, "summary", quote("A source that takes its time."))
	field(&b, "homepage", quote("https://source.example/"))
	field(&b, "docs", quote("https://docs.source.example/"))
	field(&b, "hosts", quoteList([]string{"api.source.example"}))
	field(&b, "alternatives", quoteList(nil))
	b.WriteString("\n[status]\n")
	field(&b, "platform", quote("statuspage"))
	field(&b, "url", quote(address))
	b.WriteString("+++\n")
	return []byte(b.String())
}
