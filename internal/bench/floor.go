//go:build unix

package bench

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// Work is what the floor did.
type Work struct {
	CPU         time.Duration // user and system time, of the reading and writing alone
	Sources     int           // files read
	SourceBytes int64
	Files       int // files written
	Bytes       int64
}

// Floor is the least that any builder does: it reads every file under sources
// with os.ReadFile and writes the files of the finished site with os.WriteFile
// into the folder out, which must not exist, on one goroutine. What it writes is
// loaded before the clock starts.
func Floor(sources, site, out string) (Work, error) {
	if _, err := os.Stat(out); err == nil {
		return Work{}, fmt.Errorf("%s exists; the floor writes into an empty folder", out)
	}
	names, err := paths(sources)
	if err != nil {
		return Work{}, err
	}
	files, err := load(site)
	if err != nil {
		return Work{}, err
	}
	work := Work{Sources: len(names), Files: len(files)}
	runtime.GC() // what loading left behind must not be swept on the floor's account
	before := spent()
	if err := work.read(sources, names); err != nil {
		return Work{}, err
	}
	if err := work.write(out, files); err != nil {
		return Work{}, err
	}
	work.CPU = spent() - before
	return work, nil
}

func (w *Work) read(dir string, names []string) error {
	for _, name := range names {
		data, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			return err
		}
		w.SourceBytes += int64(len(data))
	}
	return nil
}

// write writes the files in the order of their paths, so that each folder is
// made once.
func (w *Work) write(dir string, files []loaded) error {
	last := ""
	for _, f := range files {
		at := dir + "/" + f.name
		if in := filepath.Dir(at); in != last {
			if err := os.MkdirAll(in, 0o755); err != nil {
				return err
			}
			last = in
		}
		if err := os.WriteFile(at, f.data, 0o644); err != nil {
			return err
		}
		w.Bytes += int64(len(f.data))
	}
	return nil
}

type loaded struct {
	name string // slash path
	data []byte
}

// paths are those of all files under dir, in the order of their paths.
func paths(dir string) ([]string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

func load(dir string) ([]loaded, error) {
	names, err := paths(dir)
	if err != nil {
		return nil, err
	}
	files := make([]loaded, len(names))
	for i, name := range names {
		data, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			return nil, err
		}
		files[i] = loaded{name, data}
	}
	return files, nil
}

// spent is the processor time of this process so far.
func spent() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic("the processor time of this process cannot be read: " + err.Error())
	}
	return processor(&r)
}

func processor(r *syscall.Rusage) time.Duration {
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
