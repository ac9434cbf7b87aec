package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// moving is a network on which one page has moved to another, and that to a third.
type moving map[string]string

func (m moving) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := &http.Response{StatusCode: http.StatusNotFound, Header: http.Header{}, Body: http.NoBody, Request: r}
	switch to := m[r.URL.Host]; {
	case strings.HasPrefix(to, "https://"):
		answer.StatusCode = http.StatusMovedPermanently
		answer.Header.Set("Location", to)
	case r.URL.Path == "/api/v2/summary.json":
		answer.StatusCode, answer.Body = http.StatusOK, io.NopCloser(strings.NewReader(to))
	}
	return answer, nil
}

// TestSourceFollowsOnce has a person ask for a page that has moved: it is looked
// for where it went to, but no further.
func TestSourceFollowsOnce(t *testing.T) {
	network := moving{
		"old.example.com":   "https://new.example.com/",
		"older.example.com": "https://old.example.com/",
		"new.example.com":   `{"page":{"id":"abc","name":"Acme","time_zone":"Etc/UTC"},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`,
	}
	tests := []struct {
		address, stdout, stderr string
		code                    int
	}{
		{"new.example.com", "https://new.example.com is on the platform statuspage and says: operational\n", "asking new.example.com\n", 0},
		{"old.example.com", `url        = "https://new.example.com"`, "moved to https://new.example.com; trying it\n", 0},
		{"older.example.com", "", "faultbook: https://old.example.com moved to https://new.example.com; tried\n  https://older.example.com/api/v2/summary.json: moved to old.example.com\n", 1},
	}
	for _, test := range tests {
		var stdout, stderr bytes.Buffer
		w := &world{ctx: t.Context(), stdout: &stdout, stderr: &stderr, now: time.Now, network: network, getenv: func(string) string { return "" }}
		if code := run(w, []string{"source", test.address}); code != test.code {
			t.Errorf("%s: exit %d, want %d", test.address, code, test.code)
		}
		if !strings.Contains(stdout.String(), test.stdout) || !strings.Contains(stderr.String(), test.stderr) {
			t.Errorf("%s: it said\n%s%s\nwant %q and %q", test.address, &stdout, &stderr, test.stdout, test.stderr)
		}
	}
}
