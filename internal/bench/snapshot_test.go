package bench

import (
	"os"
	"path/filepath"
	"testing"

	"faultbook/internal/status"
)

func TestSnapshotIsAccepted(t *testing.T) {
	const providers = 8
	var first status.Snapshot
	for _, c := range []struct {
		name    string
		variant Variant
		changed int // providers whose level is not the first one's
	}{
		{"calm", Calm, 0},
		{"rechecked", Rechecked, 0},
		{"one down", OneDown, 1},
		{"all down", AllDown, providers},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := Snapshot(dir, providers, c.variant); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(dir, ".faultbook", "snapshot.json"))
			if err != nil {
				t.Fatal(err)
			}
			s, err := status.Decode(data, c.variant.Now())
			if err != nil {
				t.Fatal(err)
			}
			if c.variant == Calm {
				first = s
			}
			changed := 0
			for slug, r := range s.Providers {
				if r.Level != first.Providers[slug].Level {
					changed++
				}
			}
			if len(s.Providers) != providers || changed != c.changed {
				t.Errorf("%d providers, %d with another level; want %d and %d", len(s.Providers), changed, providers, c.changed)
			}
		})
	}
}
