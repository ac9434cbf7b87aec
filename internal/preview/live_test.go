package preview

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// soon is far beyond patience, and near enough to tell an end from a hang: a
// machine may be busy with other things.
const soon = 5 * time.Second

// TestReload follows the stream of a page through a rebuild and to the end of
// the preview, over a real connection.
func TestReload(t *testing.T) {
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, dir: t.TempDir()}
	p.write("content/x.md", "first")
	ctx, end := context.WithCancel(t.Context())
	defer end()
	served := make(chan error, 1)
	go func() {
		build := func([]string) Outcome { return Outcome{Site: siteOf(map[string]string{"/": home})} }
		served <- Serve(ctx, l, Config{Build: build, Watch: []string{p.path("content")}, Report: func(Round) {}})
	}()

	page := get(t, "http://"+l.Addr().String()+"/")
	text := body(page)
	stream := get(t, "http://"+l.Addr().String()+eventsPath)
	if got := stream.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type of the events %q", got)
	}
	lines := bufio.NewScanner(stream.Body)
	first := event(t, lines)
	if !strings.Contains(text, `data-edition="`+first+`"`) {
		t.Errorf("the page is %q, and the events begin with %q", text, first)
	}
	p.write("content/x.md", "second")
	if second := event(t, lines); second == first {
		t.Errorf("the events go on with %q again", second)
	}

	ended := time.Now()
	end()
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	if took := time.Since(ended); took > soon {
		t.Errorf("the preview took %v to end", took)
	}
}

// TestEndDuringABuild holds that a build that takes for ever does not keep the
// preview from ending.
func TestEndDuringABuild(t *testing.T) {
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	building, goOn, served := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		served <- Serve(ctx, l, Config{Report: func(Round) {}, Build: func([]string) Outcome {
			close(building)
			<-goOn
			return Outcome{}
		}})
	}()
	<-building
	answered := make(chan struct{})
	go func() { // who waits for the first page
		defer close(answered)
		if r, err := http.Get("http://" + l.Addr().String()); err == nil {
			r.Body.Close()
		}
	}()
	ended := time.Now()
	end()
	<-answered
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	if took := time.Since(ended); took > soon {
		t.Errorf("the preview took %v to end", took)
	}
	close(goOn)
}

func get(t *testing.T, address string) *http.Response {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Body.Close() })
	return r
}

// event is the next edition that the stream tells.
func event(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if number, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return number
		}
	}
	t.Fatalf("the events end: %v", lines.Err())
	return ""
}

func TestListen(t *testing.T) {
	first, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	port := first.Addr().(*net.TCPAddr).Port
	second, err := Listen(port)
	if err != nil {
		t.Fatalf("Listen(%d), which is taken: %v", port, err)
	}
	defer second.Close()
	if got := second.Addr().(*net.TCPAddr); got.Port <= port || got.Port > port+attempts || !got.IP.IsLoopback() {
		t.Errorf("Listen(%d), which is taken, = %v, want the next free port of this machine", port, got)
	}
	if l, err := Listen(65536); err == nil {
		l.Close()
		t.Error("Listen(65536) finds a port")
	}
}
