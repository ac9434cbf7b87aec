package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestInterruptedFetch ends a fetch while a status page keeps it waiting: what
// was known before stays known.
func TestInterruptedFetch(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	waiting := make(chan struct{})
	server := serveSummary(func() ([]byte, error) {
		interrupt()
		<-waiting
		return nil, os.ErrNotExist
	})
	defer server.Close()
	defer close(waiting)
	dir := t.TempDir()
	content, snapshot := filepath.Join(dir, "content"), filepath.Join(dir, "snapshot.json")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	pointTo(t, content, server.URL, "statuspage")
	code, told := runIn(ctx, "fetch", "-content", content, "-o", snapshot)
	if code != 1 || !strings.Contains(told, "faultbook: fetch: ") {
		t.Errorf("exit %d, %q, want 1 and the reason", code, told)
	}
	if _, err := os.Stat(snapshot); err == nil {
		t.Error("half a snapshot was written")
	}
}

// TestInterruptedBuild ends a build before its first page: readers keep the site
// they have.
func TestInterruptedBuild(t *testing.T) {
	dir := t.TempDir()
	content, out := filepath.Join(dir, "content"), filepath.Join(dir, "public")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	line := []string{"build", "-content", content, "-snapshot", filepath.Join(dir, "snapshot.json"), "-out", out}
	if code, told := runIn(t.Context(), line...); code != 0 {
		t.Fatalf("exit %d:\n%s", code, told)
	}
	before, err := readTree(out)
	if err != nil {
		t.Fatal(err)
	}
	pointTo(t, content, "https://status.acme.example/new", "statuspage")
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	code, told := runIn(ctx, line...)
	if want := "faultbook: interrupted; " + out + " is as it was\n"; code != 1 || told != want {
		t.Errorf("exit %d, %q, want 1, %q", code, told, want)
	}
	after, err := readTree(out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the site changed (-before +after):\n%s", diff)
	}
}

// runIn runs a command line in this process, with a clock that stands still and a
// network of one's own allowed. It gives what was printed with the exit code.
func runIn(ctx context.Context, args ...string) (code int, told string) {
	var out bytes.Buffer
	w := &world{ctx: ctx, stdout: &out, stderr: &out, now: func() time.Time { return realNow }, own: http.NewFileTransport(http.Dir(filepath.Join("testdata", "no-site"))), getenv: func(name string) string {
		return map[string]string{"FAULTBOOK_ALLOW_PRIVATE": "1"}[name]
	}}
	code = run(w, args)
	return code, out.String()
}
