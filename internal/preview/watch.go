package preview

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// watcher tells of changes in and below its roots. The folder of a root and the
// one above are watched too, so that a root may go and come back.
type watcher struct {
	*fsnotify.Watcher
	roots   []string
	covered sync.Map // names of folders that are or were watched
}

func newWatcher(roots []string) (*watcher, error) {
	inner, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{Watcher: inner}
	for _, root := range roots {
		w.roots = append(w.roots, filepath.Clean(root))
	}
	return w, nil
}

// run tells of each change until the watcher is closed. folders says that there
// may be new folders, which cover has to look for.
func (w *watcher) run(changed func(name string, folders bool)) {
	for {
		select {
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			// A change of permissions alone is mostly an indexer at work.
			if name := filepath.Clean(e.Name); e.Op != fsnotify.Chmod && w.concerns(name) {
				_, moved := w.covered.Load(name)
				changed(name, e.Has(fsnotify.Create) && isFolder(name) || e.Has(fsnotify.Rename) && moved)
			}
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) { // more changed than the system remembers
				changed("more than can be told", true)
			}
		}
	}
}

// cover watches all folders that are there now. It is called before a rebuild
// and not when a folder appears: a folder that was renamed loses its watch a
// moment after it appeared under its new name. On a busy machine that moment may
// come after the rebuild; a Rename of the old name tells of it, and calls for
// another. What changes in a new folder before it is watched is seen by the
// rebuild.
func (w *watcher) cover() error {
	var problems []error
	add := func(dir string) {
		if err := w.Add(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, err)
		}
		w.covered.Store(dir, true)
	}
	for _, root := range w.roots {
		add(filepath.Dir(filepath.Dir(root)))
		add(filepath.Dir(root))
		// The dot at the end leads through a root that is a symbolic link.
		_ = filepath.WalkDir(root+string(filepath.Separator)+".", func(name string, item fs.DirEntry, err error) error {
			switch {
			case err != nil || !item.IsDir(): // gone already, or a file
				return nil
			case hidden(item.Name()):
				return fs.SkipDir
			}
			add(filepath.Clean(name))
			return nil
		})
	}
	return errors.Join(problems...)
}

// concerns tells whether a change of name may change the site: name is a root,
// lies below one or above.
func (w *watcher) concerns(name string) bool {
	for _, root := range w.roots {
		if inside, ok := below(root, name); ok {
			for part := range strings.SplitSeq(inside, string(filepath.Separator)) {
				if hidden(part) {
					return false
				}
			}
			return true
		}
		if _, ok := below(name, root); ok {
			return true
		}
	}
	return false
}

// below is the way from folder to name, if name is folder or lies below it.
func below(folder, name string) (string, bool) {
	inside, err := filepath.Rel(folder, name)
	return inside, err == nil && inside != ".." && !strings.HasPrefix(inside, ".."+string(filepath.Separator))
}

// hidden tells whether the name of a file or folder is that of an editor or of
// version control. A site's own .well-known is neither.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") && name != "." && name != ".well-known" || strings.HasSuffix(name, "~")
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
