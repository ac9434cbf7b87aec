package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// compare decides what becomes of the file on disk that e is to replace, and
// returns that file's time.
func (ed *edition) compare(e entry, data []byte) (fate, int64, error) {
	at := ed.out.at(e.path)
	info, err := os.Lstat(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return added, 0, nil
	case err != nil:
		return added, 0, err
	case info.IsDir():
		return added, 0, ed.clearable(e.path)
	case !info.Mode().IsRegular():
		return added, 0, fmt.Errorf("%s stands there that no build wrote: remove it", kind(info))
	case info.Size() != e.size:
		return changed, 0, nil
	}
	e.time = info.ModTime().UnixNano()
	old, ok := ed.before.entries[e.path]
	same := ok && old == e
	if !ok || old.size != e.size || old.time != e.time { // not as we left it
		same = ed.same(at, data)
	}
	if same {
		return unchanged, e.time, nil
	}
	return changed, 0, nil
}

// same compares a file of the same size by reading it. One that cannot be read
// is not the same: it will be replaced.
func (ed *edition) same(at string, data []byte) bool {
	f, err := os.Open(at)
	if err != nil {
		return false
	}
	defer f.Close()
	if cap(ed.buf) < len(data) {
		ed.buf = make([]byte, len(data))
	}
	_, err = io.ReadFull(f, ed.buf[:len(data)])
	return err == nil && bytes.Equal(ed.buf[:len(data)], data)
}

// clearable notes a folder that stands where a file must go, if there is
// nothing in it but files that earlier builds wrote.
func (ed *edition) clearable(path string) error {
	ours := ed.before.folders()
	err := filepath.WalkDir(ed.out.at(path), func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(ed.out.path, at)
		rel = filepath.ToSlash(rel)
		if err == nil && !(d.IsDir() && ours[rel]) && !(d.Type().IsRegular() && ed.before.wrote(rel)) {
			return fmt.Errorf("a folder stands there with %s, which no build wrote: remove it", rel)
		}
		return err
	})
	if err == nil {
		ed.inWay = append(ed.inWay, path)
	}
	return err
}

// kind names what is not a folder.
func kind(info fs.FileInfo) string {
	switch {
	case info.Mode().IsRegular():
		return "a file"
	case info.Mode()&fs.ModeSymlink != 0:
		return "a symlink"
	}
	return "a special file"
}
