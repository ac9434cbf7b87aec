package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// edition is the new site while it is compared and written aside.
type edition struct {
	out     *output
	before  history
	summer  *summer
	files   []file
	byPath  map[string]int    // folded path → index into files
	folders map[string]folder // by folded path; "" is the output itself
	moves   []move
	inWay   []string // what stands where a new file or folder must go: all of it ours
	pages   int
	bytes   int64
	removed []string
	buf     []byte
}

// file is a file of the new site.
type file struct {
	entry
	fate fate
}

// fate is what becomes of the file on disk.
type fate uint8

const (
	unchanged fate = iota
	added
	changed
)

// folder is a folder of the new site.
type folder struct {
	path string // as spelled first
	at   string // where its new files are written: aside if it is new itself
	tree int    // the move that brings it in, or there
}

// there is the folder.tree of a folder that no move brings in.
const there = -1

// move renames one file, or a new folder with all that is in it, from aside
// into the output.
type move struct {
	path     string // in the site
	page     bool   // is a page, or holds one
	replaces bool
}

func newEdition(out *output) (*edition, error) {
	before, err := readHistory(out)
	if err != nil {
		return nil, err
	}
	summer, err := newSummer(before.key)
	if err != nil {
		return nil, err
	}
	return &edition{
		out: out, before: before, summer: summer,
		byPath:  make(map[string]int, len(before.entries)),
		folders: map[string]folder{},
	}, nil
}

// put compares one file with what is there, and writes it aside if it is new
// or changed.
func (ed *edition) put(f File) error {
	if err := ed.checkNew(f); err != nil {
		return err
	}
	dir, name := split(f.Path)
	into, err := ed.folder(dir)
	if err != nil {
		return err
	}
	e := entry{path: f.Path, size: int64(len(f.Data)), sum: ed.summer.sum(f.Data)}
	fate := added
	if into.tree != there {
		e.time, err = write(into.at+string(filepath.Separator)+name, f.Data)
		ed.moves[into.tree].page = ed.moves[into.tree].page || f.Page
	} else if fate, e.time, err = ed.compare(e, f.Data); err == nil && fate != unchanged {
		e.time, err = ed.writeAside(f, fate)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", ed.out.show(f.Path), cause(err))
	}
	ed.count(f, e, fate)
	return nil
}

func (ed *edition) count(f File, e entry, fate fate) {
	ed.byPath[fold(f.Path)] = len(ed.files)
	ed.files = append(ed.files, file{e, fate})
	ed.bytes += e.size
	if f.Page {
		ed.pages++
	}
}

// checkNew refuses a file that cannot stand beside those already put.
func (ed *edition) checkNew(f File) error {
	if err := checkPath(f.Path); err != nil {
		return err
	}
	if f.Page && len(f.Data) == 0 {
		return fmt.Errorf("the page %s is empty", f.Path)
	}
	key := fold(f.Path)
	if i, dup := ed.byPath[key]; dup {
		return clash(ed.files[i].path, f.Path)
	}
	if dir, dup := ed.folders[key]; dup {
		return fmt.Errorf("%s is a file, but %s was a folder before", f.Path, dir.path)
	}
	return nil
}

// clash says why two paths cannot both be published.
func clash(first, second string) error {
	if first == second {
		return fmt.Errorf("%s is published twice", first)
	}
	return fmt.Errorf("%s and %s differ in capitals only: on many systems they are one", first, second)
}

// folder returns the folder of a path, making it aside when the output does
// not have it. Each folder is looked at once.
func (ed *edition) folder(path string) (folder, error) {
	key := fold(path)
	if f, ok := ed.folders[key]; ok {
		if f.path != path {
			return folder{}, clash(f.path+"/", path+"/")
		}
		return f, nil
	}
	if i, dup := ed.byPath[key]; dup {
		return folder{}, fmt.Errorf("%s is a folder, but %s was a file before", path, ed.files[i].path)
	}
	f, err := ed.openFolder(path)
	if err == nil {
		ed.folders[key] = f
	}
	return f, err
}

func (ed *edition) openFolder(path string) (folder, error) {
	f := folder{path: path, at: ed.out.at(path), tree: there}
	if path == "" {
		if ed.out.fresh {
			return ed.newTree(f)
		}
		return f, nil
	}
	dir, name := split(path)
	in, err := ed.folder(dir)
	if err != nil {
		return folder{}, err
	}
	if in.tree != there {
		f.at, f.tree = in.at+string(filepath.Separator)+name, in.tree
		return f, ed.makeFolder(f)
	}
	switch info, err := os.Lstat(f.at); {
	case errors.Is(err, fs.ErrNotExist):
		return ed.newTree(f)
	case err != nil:
		return folder{}, fmt.Errorf("look at %s: %w", ed.out.show(path), cause(err))
	case info.IsDir():
		return f, nil
	case info.Mode().IsRegular() && ed.before.wrote(path):
		ed.inWay = append(ed.inWay, path)
		return ed.newTree(f)
	default:
		return folder{}, fmt.Errorf("%s is %s that no build wrote, but must be a folder: remove it", ed.out.show(path), kind(info))
	}
}

// newTree makes a folder aside that one rename will bring in with all that is
// going to be in it.
func (ed *edition) newTree(f folder) (folder, error) {
	at, err := ed.asideName()
	if err != nil {
		return folder{}, fmt.Errorf("make the folder %s: %w", ed.out.show(f.path), cause(err))
	}
	f.at, f.tree = at, len(ed.moves)
	ed.moves = append(ed.moves, move{path: f.path})
	return f, ed.makeFolder(f)
}

func (ed *edition) makeFolder(f folder) error {
	if err := os.Mkdir(f.at, 0o755); err != nil {
		return fmt.Errorf("make the folder %s: %w", ed.out.show(f.path), cause(err))
	}
	return nil
}

// asideName is where the next move waits.
func (ed *edition) asideName() (string, error) {
	if ed.out.aside == "" {
		if err := ed.out.makeAside(); err != nil {
			return "", err
		}
	}
	return ed.out.waiting(len(ed.moves)), nil
}

// waiting returns where the i-th move waits.
func (out *output) waiting(i int) string {
	return out.aside + string(filepath.Separator) + strconv.Itoa(i)
}

// writeAside writes a file whose folder is there already.
func (ed *edition) writeAside(f File, fate fate) (int64, error) {
	at, err := ed.asideName()
	if err != nil {
		return 0, err
	}
	ed.moves = append(ed.moves, move{path: f.Path, page: f.Page, replaces: fate == changed})
	return write(at, f.Data)
}

// write makes a file and returns its time.
func write(at string, data []byte) (int64, error) {
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return 0, err
	}
	_, err = f.Write(data)
	info, statErr := f.Stat()
	if err := cmp.Or(err, statErr, f.Close()); err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}
