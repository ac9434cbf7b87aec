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

// TestRealContent holds that one run is long enough for all pages that the real
// content leads to, in its worst case: nothing is known, and everybody refuses
// HEAD.
func TestRealContent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, findings, err := book.Load(os.DirFS("../../content"), cache.New(&cache.Memory{}))
		if err != nil || diag.Failed(findings) {
			t.Fatal(findings, err)
		}
		w := &web{pages: map[string]string{"*": "403"}}
		start := time.Now()
		r, err := Check(t.Context(), fetch.Config{Transport: slow{w}}, b, nil, start)
		if err != nil {
			t.Fatal(err)
		}
		if r.Asked != r.Pages || len(r.Unasked) > 0 || r.Pages < 100 {
			t.Errorf("%d of %d pages were asked in %v, not so %v", r.Asked, r.Pages, time.Since(start), r.Unasked)
		}
		if len(r.Findings) != r.Pages || diag.Failed(r.Findings) {
			t.Errorf("%d findings, want a note for each of %d pages", len(r.Findings), r.Pages)
		}
		t.Logf("%d pages, %d requests, %v", r.Pages, len(w.asked), time.Since(start))
	})
}
