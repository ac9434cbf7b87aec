package preview

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Folder is a file tree on disk that keeps in memory what it read, so that a
// rebuild opens only the files that changed: of ten thousand files, opening and
// reading them is a third of the work. It may be used by several goroutines.
type Folder struct {
	fs.FS // names and whatever is not kept
	dir   string

	mu   sync.Mutex
	kept map[string]keptFile
}

// keptFile is a file as it was when it was read.
type keptFile struct {
	data []byte
	info fs.FileInfo
}

// keptMost is the largest file in bytes that is kept. Content is smaller; what
// is larger is left for its reader to refuse.
const keptMost = 1 << 20

// OpenFolder is the tree at the path dir, which need not be there yet.
func OpenFolder(dir string) *Folder {
	return &Folder{FS: os.DirFS(dir), dir: filepath.Clean(dir), kept: map[string]keptFile{}}
}

// Forget lets go of the files that changed: names as Config.Build is given
// them, all files when there are none.
func (f *Folder) Forget(changed []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if changed == nil {
		clear(f.kept)
	}
	for _, name := range changed {
		if inside, ok := below(f.dir, name); ok {
			delete(f.kept, filepath.ToSlash(inside))
		}
	}
}

// Open implements fs.FS.
func (f *Folder) Open(name string) (fs.File, error) {
	f.mu.Lock()
	known, ok := f.kept[name]
	f.mu.Unlock()
	if ok {
		return &openFile{*bytes.NewReader(known.data), known.info}, nil
	}
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > keptMost {
		return file, nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, keptMost+1))
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	f.mu.Lock()
	f.kept[name] = keptFile{data, info}
	f.mu.Unlock()
	return &openFile{*bytes.NewReader(data), info}, nil
}

// openFile is a kept file that somebody reads.
type openFile struct {
	bytes.Reader
	info fs.FileInfo
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }
