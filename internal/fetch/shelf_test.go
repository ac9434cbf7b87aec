package fetch

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/status"
)

// TestLargeAnswersTakeTurns asks many sources that send more than fits into a
// small buffer and then stop, and some that are only large. These must not wait
// for ever behind the others.
func TestLargeAnswersTakeTurns(t *testing.T) {
	stalling := page(func(w http.ResponseWriter, r *http.Request) bool {
		io.WriteString(w, strings.Repeat(" ", smallRoom+1))
		w.(http.Flusher).Flush()
		silence(w, r)
		return false
	})
	synctest.Test(t, func(t *testing.T) {
		net := inet{hosts: map[string]http.Handler{}}
		var targets []Target
		for n := range 32 {
			name := fmt.Sprintf("s%d.example", n)
			net.hosts[name+":443"] = stalling
			if n%4 == 0 {
				net.hosts[name+":443"] = body(good + strings.Repeat(" ", 2<<20))
			}
			targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = name, "https://"+name }))
		}
		r := runAll(t, Config{Targets: targets, Transport: net.transport(t)})
		for n := range 32 {
			got := r.snapshot.Providers[fmt.Sprintf("s%d.example", n)]
			if n%4 == 0 && got.Level != status.Operational {
				t.Errorf("a large answer is %v: %s", got.Level, got.Fetch.Reason)
			}
			if want := "the answer did not end within 5 s"; n%4 > 0 && got.Fetch.Reason != want {
				t.Errorf("reason %q, want %q", got.Fetch.Reason, want)
			}
		}
		if r.took > 61*time.Second {
			t.Errorf("it took %v", r.took)
		}
		if want := 32 + 8; len(r.requests) != want {
			t.Errorf("%d requests, want %d: who is too slow for his size is not asked again", len(r.requests), want)
		}
	})
}

// TestShelf reads answers of several sizes one after the other.
func TestShelf(t *testing.T) {
	const mib = 1 << 20
	tests := []struct {
		name  string
		sizes []int // of answers that are all kept
		large bool  // a large buffer is taken
		fails int   // which of them is too large, from 1; 0: none
	}{
		{"nothing", []int{0}, false, 0},
		{"a small one", []int{100}, false, 0},
		{"as large as the first room", []int{firstRoom}, false, 0},
		{"just small", []int{smallRoom - 1}, false, 0},
		{"large", []int{smallRoom + 1}, true, 0},
		{"small ones that are large together", []int{300 << 10, 300 << 10, 300 << 10}, true, 0},
		{"the most", []int{maxBody}, true, 0},
		{"one too much", []int{maxBody + 1}, true, 1},
		{"one too much together", []int{3 * mib, mib, 1}, true, 3},
		{"a large one after a small one", []int{100, maxBody - 100}, true, 0},
		{"one too much after a small one", []int{100, maxBody - 99}, true, 2},
		{"nothing after the most", []int{maxBody, 0}, true, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := shelf{stock: newStock(), most: maxBody}
			var kept [][]byte
			for n, size := range test.sizes {
				try := startTry(t.Context(), time.Hour)
				got, err := s.read(try, strings.NewReader(strings.Repeat(string(rune('a'+n)), size)))
				try.end()
				if fails := n+1 == test.fails; fails != (err == errLarge) || !fails && err != nil {
					t.Fatalf("read %d bytes: %v", size, err)
				}
				if err == nil {
					s.keep(got)
					kept = append(kept, got)
				}
			}
			for n, got := range kept {
				if string(got) != strings.Repeat(string(rune('a'+n)), test.sizes[n]) {
					t.Errorf("answer %d has changed", n)
				}
			}
			if (s.large != nil) != test.large {
				t.Errorf("a large buffer: %v, want %v", s.large != nil, test.large)
			}
			s.clear()
			if len(s.stock) != largeBuffers || s.used != 0 {
				t.Errorf("%d buffers in stock, %d bytes kept, after all", len(s.stock), s.used)
			}
		})
	}
}
