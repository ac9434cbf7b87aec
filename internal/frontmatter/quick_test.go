package frontmatter

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var sameValues = cmp.Options{
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.Location().String() == b.Location().String() }),
	cmp.Comparer(func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }),
}

func TestQuickGivesTheUsualTypes(t *testing.T) {
	const text = "a = 2026-11-22\nb = 2026-11-22T10:00:00\nc = 10:00:00\nd = 2026-11-22T10:00:00Z\ne = [1, \"x\"]\nf = {g = 1.5}\nl = []\n[h]\ni = true\n[[j]]\nk = ''\n[[j]]\n"
	got, ok := quick(text)
	want, p := decode(text)
	if !ok || p != nil {
		t.Fatalf("quick = %v, decode = %v; want both to read it", ok, p)
	}
	if diff := cmp.Diff(want, got, sameValues); diff != "" {
		t.Errorf("decode and quick differ (-decode +quick):\n%s", diff)
	}
}

// Whatever quick takes, the careful parser takes as well and reads the same.
func FuzzQuick(f *testing.F) {
	for _, s := range []string{"a = 1", "a.b = '''x'''\n[c]\n[[d]]", "a = [{b = 1}, {}]", "d = 1979-05-27 07:32:00.999999-07:00", "a = 0x_1", "a = \"\\u00e9\"", "a = \"\"\"\n\\\n  x\"\"\"", "'' = 1", "a = inf\nb = nan", "a = 1\na = 2", "[a]\n[a]", "a = {b = 1,}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if unusual(text) {
			return
		}
		got, ok := quick(text)
		if !ok {
			return
		}
		want, p := decode(text)
		if p != nil {
			t.Fatalf("quick reads %q as %v, decode says %s", text, got, p.message)
		}
		// An array of inline tables is a list there and a list of tables here.
		if diff := cmp.Diff(usual(want), any(got), sameValues); diff != "" {
			t.Errorf("%q (-decode +quick):\n%s", text, diff)
		}
	})
}
