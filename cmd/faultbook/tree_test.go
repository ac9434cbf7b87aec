package main

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// readTree is all files below a folder, by their slash paths in it.
func readTree(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, item fs.DirEntry, err error) error {
		if err != nil || item.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	return files, err
}

// order is the order in which a tree is copied, and the times its files get.
type order func(names []string) (ordered []string, times func(n int) time.Time)

func inOrder(names []string) ([]string, func(int) time.Time) { return names, nil }

func shuffled(names []string) ([]string, func(int) time.Time) {
	random := rand.New(rand.NewPCG(7, 7))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names, func(n int) time.Time { return time.Date(2001, 2, 3, n%24, 0, 0, 0, time.UTC) }
}

func copyTree(from, to string, by order) error {
	files, err := readTree(from)
	if err != nil {
		return err
	}
	names, times := by(slices.Sorted(maps.Keys(files)))
	for n, name := range names {
		target := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, files[name], 0o644); err != nil {
			return err
		}
		if times != nil {
			if err := os.Chtimes(target, times(n), times(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

// namesOf are the keys of both maps, sorted.
func namesOf[V any](a, b map[string]V) []string {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return slices.Sorted(maps.Keys(both))
}

func sum(data []byte) [sha256.Size]byte { return sha256.Sum256(data) }
