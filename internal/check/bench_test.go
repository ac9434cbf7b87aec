package check_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
)

// All is part of every build and every rebuild of a preview.
func BenchmarkAll(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tree := fstest.MapFS{"site.toml": {Data: []byte(goodSite)}}
			for i := range n {
				provider, slug := fmt.Sprintf("p%d", i%50), fmt.Sprintf("e%d", i)
				tree[provider+"/_index.md"] = &fstest.MapFile{Data: []byte(filled(goodProvider, provider))}
				tree[provider+"/"+slug+".md"] = &fstest.MapFile{Data: []byte(swapped(filled(goodEntry, slug), `["base"]`, fmt.Sprintf(`["p0/e%d", "e%d"]`, (i/50*50+50)%n, (i+100)%n)))}
			}
			content, _, err := book.Load(tree, cache.New(&cache.Memory{}))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				check.All(content)
			}
		})
	}
}
