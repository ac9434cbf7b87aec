//go:build unix

package publish_test

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"faultbook/internal/publish"
)

// The measured site has the shape of a large one: two files for each of 10,000
// entries of 50 providers. TMPDIR chooses the file system, such as /dev/shm.
const (
	benchEntries   = 10_000
	benchProviders = 50
	benchHTML      = 14 << 10
	benchTwin      = 5 << 10
)

// BenchmarkDir measures the CPU time (user and system) of publishing against
// the floor: the same files written by a plain loop into an empty folder.
func BenchmarkDir(b *testing.B) {
	b.Run("cold", func(b *testing.B) {
		measure(b, func(cfg publish.Config) {}, 0)
	})
	b.Run("nothing changed", func(b *testing.B) {
		measure(b, func(cfg publish.Config) { mustPublish(b, cfg, benchSite(1)) }, 1)
	})
	b.Run("everything changed", func(b *testing.B) {
		measure(b, func(cfg publish.Config) { mustPublish(b, cfg, benchSite(1)) }, 2)
	})
	b.Run("record lost", func(b *testing.B) {
		measure(b, func(cfg publish.Config) {
			mustPublish(b, cfg, benchSite(1))
			if err := os.Remove(cfg.State); err != nil {
				b.Fatal(err)
			}
		}, 1)
	})
}

// measure runs the floor and the publishing of one generation in turn.
func measure(b *testing.B, prepare func(publish.Config), generation int) {
	var floor, ours time.Duration
	files := 0
	for b.Loop() {
		dir := b.TempDir()
		floor += cpu(func() { writePlainly(b, filepath.Join(dir, "floor"), benchSite(generation)) })
		os.RemoveAll(filepath.Join(dir, "floor")) // memory of a tmpfs: new pages cost more than used ones
		cfg := publish.Config{Dir: filepath.Join(dir, "public"), State: filepath.Join(dir, "state", "published.json")}
		prepare(cfg)
		ours += cpu(func() { mustPublish(b, cfg, benchSite(generation)) })
		files += 2 * benchEntries
		os.RemoveAll(dir)
	}
	b.ReportMetric(float64(ours)/float64(floor), "×floor")
	b.ReportMetric(float64(floor.Nanoseconds())/1e3/float64(files), "floor-µs/file")
	b.ReportMetric(float64(ours.Nanoseconds())/1e3/float64(files), "µs/file")
}

// writePlainly is the floor: no comparison, no record, no safety.
func writePlainly(tb testing.TB, dir string, files iter.Seq2[publish.File, error]) {
	last := ""
	for f := range files {
		at := filepath.Join(dir, f.Path)
		if in := filepath.Dir(at); in != last {
			if err := os.MkdirAll(in, 0o755); err != nil {
				tb.Fatal(err)
			}
			last = in
		}
		if err := os.WriteFile(at, f.Data, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

// benchSite yields the site; generations differ in every file, not in size.
func benchSite(generation int) iter.Seq2[publish.File, error] {
	html := bytes.Repeat([]byte("faultbook "), benchHTML/10)
	return func(yield func(publish.File, error) bool) {
		for i := range benchEntries {
			copy(html, fmt.Sprintf("generation %08d entry %08d", generation, i))
			dir := fmt.Sprintf("provider-%02d/some-error-code-%05d/", i*benchProviders/benchEntries, i)
			if !yield(publish.File{Path: dir + "index.html", Data: html, Page: true}, nil) ||
				!yield(publish.File{Path: dir + "index.md", Data: html[:benchTwin]}, nil) {
				return
			}
		}
	}
}

// cpu returns the processor time that f takes, of all threads.
func cpu(f func()) time.Duration {
	before := usage()
	f()
	return usage() - before
}

func usage() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
