//go:build unix

package bench

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFloorWritesTheSite(t *testing.T) {
	sources, site := corpus(t, 40, 4, 1), corpus(t, 30, 3, 2)
	out := filepath.Join(t.TempDir(), "out")
	work, err := Floor(sources, site, out)
	if err != nil {
		t.Fatal(err)
	}
	want := tree(t, site)
	if diff := cmp.Diff(want, tree(t, out)); diff != "" {
		t.Errorf("what the floor wrote (-want +got):\n%s", diff)
	}
	bytes := 0
	for _, data := range want {
		bytes += len(data)
	}
	if work.Sources != 40+4+1 || work.Files != 30+3+1 || work.Bytes != int64(bytes) {
		t.Errorf("read %d files, wrote %d with %d bytes; want 45, 34 and %d", work.Sources, work.Files, work.Bytes, bytes)
	}
	if _, err := Floor(sources, site, out); err == nil {
		t.Error("a floor over an existing folder was not refused")
	}
}
