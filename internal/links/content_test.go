package links

import (
	"net/http"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/fetch"
)

// slow takes half a second for each answer, as the net does.
type slow struct{ *web }

func (s slow) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(500 * time.Millisecond)
	return s.web.RoundTrip(r)
}

// TestRealContent holds that a few weekly runs are enough for all pages that the
// real content leads to, in the worst case: nothing is known, and everybody
// refuses HEAD. More than half of the pages are on one host, which nobody should
// ask for an hour, so one run need not reach them all.
func TestRealContent(t *testing.T) {
	const enough = 4
	synctest.Test(t, func(t *testing.T) {
		b, findings, err := book.Load(os.DirFS("../../content"), cache.New(&cache.Memory{}))
		if err != nil || diag.Failed(findings) {
			t.Fatal(findings, err)
		}
		w := &web{pages: map[string]string{"*": "403"}}
		r := Result{}
		for n := 1; ; n++ {
			start := time.Now()
			if r, err = Check(t.Context(), fetch.Config{Transport: slow{w}}, b, r.Memory, start); err != nil {
				t.Fatal(err)
			}
			t.Logf("run %d: %d of %d pages, %v; not so %v", n, r.Asked, r.Pages, time.Since(start), r.Unasked)
			if took := time.Since(start); took > 20*time.Minute {
				t.Errorf("run %d took %v, want no more than 20 minutes", n, took)
			}
			if len(r.Memory) == r.Pages && r.Pages > 100 {
				break
			}
			if n == enough {
				t.Fatalf("after %d runs %d of %d pages are known, want all", n, len(r.Memory), r.Pages)
			}
			time.Sleep(7 * 24 * time.Hour)
		}
		if len(r.Findings) != r.Pages || diag.Failed(r.Findings) {
			t.Errorf("%d findings, want a note for each of %d pages", len(r.Findings), r.Pages)
		}
	})
}
