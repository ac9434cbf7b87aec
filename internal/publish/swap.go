package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// swapIn makes the new site the one that readers see.
//
// The record is written before anything moves, and names everything that may
// be ours from here on: a build that is killed in between leaves no file that
// the next one would not know. A file about to be replaced stands in it
// without its fingerprint, because a killed build leaves either version.
func (ed *edition) swapIn() error {
	stale := ed.stale()
	if ed.settled(stale) {
		return nil
	}
	if !ed.out.still() {
		return errGone
	}
	pending := ed.pending(stale)
	if err := ed.out.writeRecord(ed.record(pending)); err != nil {
		return err
	}
	if err := ed.clearWay(stale); err != nil {
		return err
	}
	if err := ed.moveAll(); err != nil {
		return err
	}
	ed.out.standing = inPlace
	if err := ed.remove(stale); err != nil {
		return err
	}
	if !ed.out.still() {
		return errGone
	}
	if len(pending) == 0 {
		return nil
	}
	return ed.out.writeRecord(ed.record(nil))
}

// stale returns the files that an earlier build wrote and this one has not, sorted.
func (ed *edition) stale() []string {
	var stale []string
	for path := range ed.before.entries {
		if i, ok := ed.byPath[fold(path)]; !ok || ed.files[i].path != path {
			stale = append(stale, path)
		}
	}
	slices.Sort(stale)
	return stale
}

// settled reports whether there is nothing to do, not even to the record.
func (ed *edition) settled(stale []string) bool {
	if !ed.before.known || len(ed.moves)+len(stale) > 0 || ed.pages != ed.before.pages {
		return false
	}
	for _, f := range ed.files {
		if ed.before.entries[f.path] != f.entry {
			return false
		}
	}
	return true
}

// pending returns the files whose bytes are uncertain until the swap is done.
func (ed *edition) pending(stale []string) []string {
	pending := slices.Clone(stale)
	for _, f := range ed.files {
		if f.fate == changed {
			pending = append(pending, f.path)
		}
	}
	return pending
}

// record returns the record of this edition; with pending files it is the one
// for the time of the swap.
func (ed *edition) record(pending []string) record {
	rec := record{
		output: ed.out.seenFrom(ed.out.state), pages: ed.pages, key: ed.summer.key,
		files: make([]entry, 0, len(ed.files)), pending: pending,
	}
	for _, f := range ed.files {
		if f.fate != changed || len(pending) == 0 {
			rec.files = append(rec.files, f.entry)
		}
	}
	return rec
}

// moveAll moves everything in: first what nothing links to yet, linked files
// before pages, the front page last. So a page never names a new page or
// style sheet that is not there.
func (ed *edition) moveAll() error {
	order := make([]int, len(ed.moves))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(ed.moves[a].turn(), ed.moves[b].turn()), strings.Compare(ed.moves[a].path, ed.moves[b].path))
	})
	for _, i := range order {
		if err := ed.moveIn(i); err != nil {
			return fmt.Errorf("move %s into place: %w", ed.out.show(ed.moves[i].path), cause(err))
		}
		ed.out.standing = mixed
	}
	return nil
}

func (m move) turn() int {
	switch {
	case m.path == "index.html":
		return 4
	case m.replaces && m.page:
		return 3
	case m.replaces:
		return 2
	case m.page:
		return 1
	}
	return 0
}

func (ed *edition) moveIn(i int) error {
	to := ed.out.at(ed.moves[i].path)
	if ed.moves[i].path != "" {
		return os.Rename(ed.out.waiting(i), to)
	}
	// The folder made at the start is still empty: the whole site takes its place.
	if err := os.Remove(to); err != nil {
		return err
	}
	if err := os.Rename(ed.out.waiting(i), to); err != nil {
		return err
	}
	info, err := os.Lstat(to)
	ed.out.info = info
	return err
}

// clearWay removes the stale files that stand where new files or folders go:
// they cannot wait for the end.
func (ed *edition) clearWay(stale []string) error {
	if len(ed.inWay) == 0 {
		return nil
	}
	ed.out.standing = mixed
	var first []string
	for _, path := range stale {
		inWay := func(way string) bool { return path == way || strings.HasPrefix(path, way+"/") }
		if slices.ContainsFunc(ed.inWay, inWay) {
			first = append(first, path)
		}
	}
	return ed.remove(first)
}

// remove removes files that earlier builds wrote, and the folders that are
// empty without them: also of files that are gone already, because a build may
// have been killed between a file and its folder. What is not a file any more,
// or is behind a symlink by now, is not what was written, and stays.
func (ed *edition) remove(paths []string) error {
	folders := map[string]bool{}
	for _, path := range paths {
		gone, err := ed.removeFile(path)
		if err != nil {
			return fmt.Errorf("remove %s: %w", ed.out.show(path), cause(err))
		}
		if gone {
			ed.removed = append(ed.removed, path)
		}
		for dir := range parents(path) {
			folders[dir] = true
		}
	}
	deepestFirst := slices.Sorted(maps.Keys(folders))
	slices.Reverse(deepestFirst)
	for _, dir := range deepestFirst {
		if ed.real(dir) {
			os.Remove(ed.out.at(dir)) // refused by the system unless it is empty
		}
	}
	return nil
}

func (ed *edition) removeFile(path string) (bool, error) {
	if dir, _ := split(path); !ed.real(dir) {
		return false, nil
	}
	info, err := os.Lstat(ed.out.at(path))
	if err == nil && info.Mode().IsRegular() && !ed.respelled(path, info) {
		err = os.Remove(ed.out.at(path))
		return err == nil, err
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return false, err
}

// real reports whether a folder is there and neither it nor one of those it is
// in is a symlink.
func (ed *edition) real(dir string) bool {
	for ; dir != ""; dir, _ = split(dir) {
		info, err := os.Lstat(ed.out.at(dir))
		if err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// respelled reports whether a stale file is a file of this edition under an
// older spelling, on a system that takes both for one.
func (ed *edition) respelled(path string, info fs.FileInfo) bool {
	i, ok := ed.byPath[fold(path)]
	if !ok {
		return false
	}
	now, err := os.Lstat(ed.out.at(ed.files[i].path))
	return err == nil && os.SameFile(info, now)
}

// result sums up a finished build.
func (ed *edition) result() Result {
	r := Result{Pages: ed.pages, Bytes: ed.bytes, Removed: ed.removed, Notes: ed.out.notes}
	for _, f := range ed.files {
		switch f.fate {
		case added:
			r.Added = append(r.Added, f.path)
		case changed:
			r.Changed = append(r.Changed, f.path)
		default:
			r.Unchanged++
		}
	}
	slices.Sort(r.Added)
	slices.Sort(r.Changed)
	slices.Sort(r.Removed)
	return r
}
