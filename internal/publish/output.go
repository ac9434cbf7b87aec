package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ownPrefix begins the names that only this package makes inside an output
// folder.
const ownPrefix = ".faultbook"

// output is the folder that is published, locked for as long as it is open.
type output struct {
	name     string      // as the operator wrote it, for messages
	path     string      // the real folder, without symlinks
	info     fs.FileInfo // of that folder, to notice when it is removed or replaced
	fresh    bool        // this build has made it: there is nothing in it
	aside    string      // where files wait for the swap; "" while none does
	state    string      // the file of the record, its folder without symlinks
	stateAs  string      // the same as the operator wrote it, for messages
	standing string      // the state in which an error leaves the site
	notes    []string
	locks    []*flock.Flock
}

// The possible values of output.standing.
const (
	asBefore = "%s is as it was"
	mixed    = "%s holds pages of the old and the new site, each of them whole: build again"
	inPlace  = "%s holds the new site, but pages it no longer has may still be there: build again"
)

// open finds or makes the output folder, locks it, and clears away what a
// killed build left behind.
func open(cfg Config) (*output, error) {
	out := &output{name: cfg.Dir, stateAs: cfg.State, standing: asBefore}
	if err := out.lockState(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{out.find, out.lockFolder, out.checkApart, out.clear} {
		if err := step(); err != nil {
			out.close()
			return nil, err
		}
	}
	return out, nil
}

// lockState takes the lock of the record. It is a file beside it, which stays:
// removing a lock file lets two builds lock two different files of one name.
func (out *output) lockState() error {
	dir, name := filepath.Split(out.stateAs)
	if name == "" {
		return fmt.Errorf("no file is named for the record of what is published in %s", out.name)
	}
	dir, err := makeReal(filepath.Clean(dir))
	if err != nil {
		return fmt.Errorf("make the folder of %s: %w", out.stateAs, cause(err))
	}
	out.state = filepath.Join(dir, name)
	lock := flock.New(out.state+".lock", flock.SetPermissions(0o644))
	locked, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("lock %s.lock: %w", out.stateAs, cause(err))
	}
	if !locked {
		return fmt.Errorf("%w %s", ErrBusy, out.name)
	}
	out.locks = append(out.locks, lock)
	return nil
}

// find fills in the folder's path, and makes it when it is missing.
func (out *output) find() error {
	if out.name == "" {
		return errors.New("no output folder is named")
	}
	info, err := os.Stat(out.name)
	missing := errors.Is(err, fs.ErrNotExist)
	if _, err := os.Lstat(out.name); missing && err == nil {
		return fmt.Errorf("the output folder %s is a symlink to nothing", out.name)
	}
	if err == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a folder: want one for the output", out.name)
	}
	if out.path, err = makeReal(out.name); err != nil {
		return fmt.Errorf("make the output folder %s: %w", out.name, cause(err))
	}
	out.fresh = missing
	if out.info, err = os.Lstat(out.path); err != nil {
		return fmt.Errorf("read %s: %w", out.name, cause(err))
	}
	return nil
}

// makeReal makes a folder with its parents if need be, and returns its
// absolute path without symlinks.
func makeReal(dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	return filepath.Abs(dir)
}

// lockFolder locks the folder itself as well, against a build with another
// record. Where the system cannot lock a folder (Windows, NFS) the lock of the
// record has to do.
func (out *output) lockFolder() error {
	lock := flock.New(out.path, flock.SetFlag(os.O_RDONLY))
	locked, err := lock.TryLock()
	if err == nil && !locked {
		out.fresh = false // the other build's now
		return fmt.Errorf("%w %s", ErrBusy, out.name)
	}
	if locked {
		out.locks = append(out.locks, lock)
	}
	return nil
}

// checkApart refuses an output folder that holds the record, or that has no
// folder around it: it is the working folder or a disk, not a site.
func (out *output) checkApart() error {
	rel, err := filepath.Rel(out.path, out.state)
	if err == nil && filepath.IsLocal(rel) {
		return fmt.Errorf("the output folder %s holds the record %s: want a folder that the site has to itself", out.name, rel)
	}
	if filepath.Dir(out.path) == out.path {
		return fmt.Errorf("%s cannot be the output: want a folder that the site has to itself", out.name)
	}
	return nil
}

// beside and inside are the two places where files may wait for the swap.
// Beside the folder nobody serves or deploys what is unfinished; inside it is
// for a parent that is read-only or on another file system (a mounted folder).
func (out *output) beside() string {
	dir, name := filepath.Split(out.path)
	return filepath.Join(dir, "."+name+ownPrefix+"-new")
}

func (out *output) inside() string { return out.at(ownPrefix + "-new") }

// clear removes what a killed build left aside. The locks say that it is dead.
func (out *output) clear() error {
	for _, left := range []string{out.beside(), out.inside(), out.state + ".new"} {
		if _, err := os.Lstat(left); err != nil {
			continue
		}
		if err := os.RemoveAll(left); err != nil {
			return fmt.Errorf("remove what an interrupted build left in %s: %w", left, cause(err))
		}
		out.notes = append(out.notes, "an earlier build was interrupted: removed what it left in "+left)
	}
	return nil
}

// makeAside opens the folder where files wait for the swap. Others may not
// look into it: inside a served folder nothing unfinished is served.
func (out *output) makeAside() error {
	if err := os.Mkdir(out.beside(), 0o700); err == nil {
		out.aside = out.beside()
		if out.fresh || out.canRename() {
			return nil
		}
		os.Remove(out.aside) // empty; left behind, the next build would clear it
	}
	out.aside = out.inside()
	return os.Mkdir(out.aside, 0o700)
}

// canRename tries whether a folder can be moved from beside the output into it.
// Comparing device numbers would need code for each system, and would not see
// a folder that is mounted twice.
func (out *output) canRename() bool {
	probe := filepath.Join(out.aside, "probe")
	if os.Mkdir(probe, 0o700) != nil {
		return false
	}
	if os.Rename(probe, out.inside()) != nil {
		os.Remove(probe)
		return false
	}
	return os.Remove(out.inside()) == nil
}

// at returns the real path of a path of the site.
func (out *output) at(path string) string {
	if path == "" {
		return out.path
	}
	return out.path + string(filepath.Separator) + filepath.FromSlash(path)
}

// show returns a path of the site as the operator would open it.
func (out *output) show(path string) string {
	return filepath.Join(out.name, filepath.FromSlash(path))
}

// still reports whether the folder is the one that was opened.
func (out *output) still() bool {
	info, err := os.Lstat(out.path)
	return err == nil && os.SameFile(info, out.info)
}

// close removes what is still aside, and a folder that was made for a site
// that did not come. It ignores errors: the site is safe by now, and the next
// build clears away what stays.
func (out *output) close() {
	if out.aside != "" {
		os.RemoveAll(out.aside)
	}
	if out.fresh && out.standing == asBefore {
		os.Remove(out.path)
	}
	for _, lock := range out.locks {
		lock.Unlock()
	}
}

// errGone is the error of a build whose output folder is not there any more.
var errGone = errors.New("removed or replaced while it was being written: build again")

// explain turns an error into the sentence for the operator: what happened,
// and what readers see now.
func (out *output) explain(err error) error {
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errGone) {
		return fmt.Errorf("%w; "+out.standing, err, out.name)
	}
	if !out.still() {
		return fmt.Errorf("%s was %w", out.name, errGone)
	}
	if _, missing := os.Lstat(out.aside); out.aside != "" && missing != nil {
		err = fmt.Errorf("the folder of unfinished files %s was %w", out.aside, errGone)
	}
	return fmt.Errorf("%w; "+out.standing, err, out.name)
}

// cause strips the names of files that wait aside from an error: they say
// nothing to the operator, and the caller adds the path of the site.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
