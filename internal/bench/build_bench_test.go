//go:build unix

package bench

import (
	"io/fs"
	"os"
	"testing"

	"faultbook"
	"faultbook/internal/build"
	"faultbook/internal/cache"
)

// BenchmarkBuild builds 500 entries in this process, for profiles:
//
//	go test ./internal/bench -run '^$' -bench Build/clean -cpuprofile cpu.out
func BenchmarkBuild(b *testing.B) {
	content := os.DirFS(corpus(b, 500, 10, seed))
	b.Run("clean", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			buildOnce(b, content, Calm, cache.New(&cache.Memory{}))
		}
	})
	b.Run("new snapshot", func(b *testing.B) {
		b.ReportAllocs()
		known := cache.New(&cache.Memory{})
		buildOnce(b, content, Calm, known)
		for b.Loop() {
			buildOnce(b, content, AllDown, known)
		}
	})
}

func buildOnce(b *testing.B, content fs.FS, v Variant, c *cache.Cache) {
	edition, findings, err := build.Prepare(build.Input{
		Content: content, Themes: []fs.FS{faultbook.Theme}, Snapshot: snapshot(10, v), Now: v.Now(), Base: "https://bench.example", Cache: c,
	})
	if err != nil || edition == nil {
		b.Fatalf("Prepare: %v, findings %v", err, findings)
	}
	pages := 0
	for f, err := range edition.Files() {
		if err != nil {
			b.Fatal(err)
		}
		if f.Page {
			pages++
		}
	}
	if pages < 500 {
		b.Fatalf("%d pages of 500 entries", pages)
	}
}
