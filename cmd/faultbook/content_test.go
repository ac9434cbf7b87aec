package main

import (
	"os"
	"path/filepath"
	"testing"

	"faultbook/internal/cache"
)

// A newer program may render the same content to other pages, so it must not
// take what an older one remembered.
func TestCacheOfAnotherProgram(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "cache"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	finish := func(c *cache.Cache) int64 {
		if err := c.Finish(); err != nil {
			t.Fatal(err)
		}
		info, err := file.Stat()
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	if _, err := openCache(file, finish(newCache(file))); err != nil {
		t.Errorf("openCache refuses a cache of this program: %v", err)
	}
	if err := file.Truncate(0); err != nil {
		t.Fatal(err)
	}
	other := cache.New(file)
	other.Put(maker, []byte("another program"))
	if _, err := openCache(file, finish(other)); err == nil {
		t.Error("openCache takes a cache of another program")
	}
}
