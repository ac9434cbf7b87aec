// Package bench measures how fast the program is, as ratios against a floor
// that any program doing the job would have to pay: reading the sources and
// writing the files.
//
// It owns the generator of large content trees and snapshots, the floor, and
// the tables that stand the figures beside the bars. Ratios are kept because
// seconds are another machine's; seconds, files and bytes are printed beside
// them, so that no ratio is bought with fatter output.
//
// It measures the built program from outside, as child processes, and must not
// know how a build works inside.
package bench

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Corpus writes a content tree of that many entries, spread evenly over the
// providers, into the folder dir: site.toml, and for each provider _index.md and
// its entries. Each entry has about 3.7 KB, five causes, six fixes, three
// questions and a code block, every third one a table. The same arguments give
// the same bytes.
func Corpus(dir string, entries, providers int, seed uint64) error {
	if providers < 1 || entries < providers {
		return fmt.Errorf("%d entries over %d providers: want at least one entry each", entries, providers)
	}
	all, err := makeProviders(entries, providers, seed)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(dir, "site.toml"), []byte(siteSource)); err != nil {
		return err
	}
	pool := readPool()
	for n, p := range all {
		if err := write(filepath.Join(dir, p.slug, "_index.md"), p.source(pool, all, n)); err != nil {
			return err
		}
	}
	for n := range entries {
		e := newEntry(pool, all, n, seed)
		if err := write(filepath.Join(dir, e.provider.slug, e.slug+".md"), e.source()); err != nil {
			return err
		}
	}
	return nil
}

// write makes a file and the folders on the way to it.
func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// randomFor is the random stream of one part of the corpus. Each entry has its
// own, so that the first thousand entries of a corpus do not depend on how many
// follow.
func randomFor(seed uint64, part string, n int) *rand.Rand {
	salt := uint64(n)
	for _, c := range []byte(part) {
		salt = salt*131 + uint64(c)
	}
	return rand.New(rand.NewPCG(seed, salt))
}

const siteSource = `title       = "faultbook bench"
tagline     = "A site as large as ours may never become."
description = "A generated site: no provider, no error and no sentence on it is real."
base        = "https://bench.example"
language    = "en"
repository  = "https://git.example.org/faultbook/bench"
license     = "CC BY 4.0"
license_url = "https://creativecommons.org/licenses/by/4.0/"
contact     = "https://git.example.org/faultbook/bench/issues"

[schedule]
every = "6h"
`
