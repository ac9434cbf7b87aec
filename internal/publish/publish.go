// Package publish puts the files of a site into a folder, so that whoever
// reads that folder, at any moment, finds whole pages only, and so that a build
// that fails, is refused or is killed leaves the site that was there.
//
// It owns the output folder and the record of what it wrote there:
//
//   - One build at a time: the record and the folder are locked. The system
//     drops the locks of a killed build.
//   - A file that is already there is not touched: it keeps its bytes and its
//     time.
//   - Everything else is first written aside, in a folder on the same file
//     system. Only when the whole stream has ended well, and the site is neither
//     empty nor much smaller than before, is it moved in by renaming: new folders
//     as wholes, then changed files one by one, linked files before the pages
//     that link to them. A missing output folder appears in one step.
//   - Then the files that an earlier build wrote and this one did not are removed,
//     last, with the folders this empties. The record alone names such files;
//     nothing else in the folder is ever removed.
//   - Nothing is written or removed outside the folder: paths are checked, and a
//     symlink on the way is an error. The folder itself may be a symlink: that is
//     the operator's own word for where the site is, and is followed once.
//
// Nothing is synced to the disk file by file: that costs more than rendering,
// and protects from a power cut only, since what a killed program has written
// stays written. After a power cut files may be short; their size then
// disagrees with the record and the next build writes them again.
//
// Memory grows with the number of files (a few hundred bytes each), not with
// their size. It must not know what a page is, where files come from, or what
// time it is.
package publish

import (
	"errors"
	"fmt"
	"iter"
)

// File is one file of a site.
type File struct {
	Path string // relative to the output folder, joined by "/": "openai/index.html"
	Data []byte // is not kept: the producer may use it again for the next file
	Page bool   // counts as a page when the site is compared with the one before; must not be empty
}

// Config says where to publish, and what to compare with.
type Config struct {
	Dir         string // the output folder; made when it is missing
	State       string // the record of earlier builds, ".faultbook/published.json": outside Dir, one for each Dir
	PagesBefore int    // pages of the site as readers know it; 0: not known, then the record is asked
	AllowShrink bool   // publish a site that is empty or much smaller than before, too
}

// Result is what one build did to the output folder.
type Result struct {
	Added, Changed, Removed []string // paths, sorted
	Unchanged               int      // files that were not touched
	Pages                   int      // pages of the site
	Bytes                   int64    // of all files of the site
	Notes                   []string // what an operator should know, a sentence each; usually none
}

// Written is the number of files that were new or changed.
func (r Result) Written() int { return len(r.Added) + len(r.Changed) }

// ErrBusy is in the error of a build that found another one at work.
var ErrBusy = errors.New("another build is writing")

// ErrShrunk is in the error of a build whose site was empty or had fewer than
// half of the pages of the site before. Config.AllowShrink publishes it all the same.
var ErrShrunk = errors.New("the new site is too small")

// Dir makes the folder cfg.Dir hold exactly the given files, beside those that
// no build has written. An error that comes with a file is returned as it is;
// the site is then as it was. The text of every other error says in what state
// it leaves the site.
func Dir(cfg Config, files iter.Seq2[File, error]) (Result, error) {
	out, err := open(cfg)
	if err != nil {
		return Result{}, err
	}
	defer out.close()
	ed, err := newEdition(out)
	if err != nil {
		return Result{}, out.explain(err)
	}
	for f, err := range files {
		if err != nil {
			return Result{}, err
		}
		if err := ed.put(f); err != nil {
			return Result{}, out.explain(err)
		}
	}
	if err := ed.checkSize(cfg); err != nil {
		return Result{}, out.explain(err)
	}
	if err := ed.swapIn(); err != nil {
		return Result{}, out.explain(err)
	}
	return ed.result(), nil
}

// checkSize refuses a site that has lost most of its pages: far more often a
// broken build than a wish. Half is the measure because no honest edit of a
// grown site removes more than that at once.
func (ed *edition) checkSize(cfg Config) error {
	before := cfg.PagesBefore
	if before <= 0 {
		before = ed.before.pages
	}
	switch {
	case cfg.AllowShrink:
		return nil
	case ed.pages == 0:
		return fmt.Errorf("%w: it has no page", ErrShrunk)
	case ed.pages*2 < before:
		return fmt.Errorf("%w: %d pages, fewer than half of the %d before", ErrShrunk, ed.pages, before)
	}
	return nil
}
