package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"faultbook"
	"faultbook/internal/cache"
	"faultbook/internal/diag"
	"faultbook/internal/status"
)

// defaultTheme is laid over the built-in theme when it exists.
const defaultTheme = "theme"

// openContent is the content folder as a file tree.
func openContent(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s; run this where the content is, or say where with -content", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open the content: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file; want the folder of the content", dir)
	}
	return os.DirFS(dir), nil
}

// openThemes are the built-in theme and the site's own, if it has one.
func openThemes(dir string) ([]fs.FS, error) {
	themes := []fs.FS{faultbook.Theme}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && dir == defaultTheme:
		return themes, nil
	case err != nil:
		return nil, fmt.Errorf("open the theme: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is a file; want the folder of a theme", dir)
	}
	return append(themes, os.DirFS(dir)), nil
}

// readSnapshot reads a snapshot. A missing file is an empty snapshot.
func readSnapshot(file string, now time.Time) (status.Snapshot, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return status.Snapshot{}, nil
	}
	if err != nil {
		return status.Snapshot{}, fmt.Errorf("read the snapshot: %w", err)
	}
	snapshot, err := status.Decode(data, now)
	if err != nil {
		return status.Snapshot{}, fmt.Errorf("%s: %w", file, err)
	}
	return snapshot, nil
}

// located puts the content folder before the file names of findings, so that
// they are the names a reader would open.
func located(findings []diag.Finding, dir string) []diag.Finding {
	for i := range findings {
		findings[i].File = path.Join(filepath.ToSlash(dir), findings[i].File)
	}
	return findings
}

// report prints findings in the wanted form, and the summary of the text form.
func (w *world) report(findings []diag.Finding, format string) error {
	switch format {
	case "json":
		return diag.JSON(w.stdout, findings)
	case "github":
		return diag.GitHub(w.stdout, findings)
	}
	if w.terminal {
		return diag.Pretty(w.stdout, findings, diag.Style{Colour: w.colour(), Width: w.width})
	}
	return diag.Text(w.stdout, findings)
}

// checkFormat refuses an unknown -format.
func checkFormat(format string) error {
	forms := []string{"text", "json", "github"}
	for _, f := range forms {
		if f == format {
			return nil
		}
	}
	e := usageError{fmt.Sprintf("unknown format %q; want text, json or github", format), ""}
	if near, ok := diag.Nearest(format, forms); ok {
		e.hint = fmt.Sprintf("did you mean -format %s?", near)
	}
	return e
}

// moment reads -now, or the clock when it is not given.
func (w *world) moment(text string) (time.Time, error) {
	if text == "" {
		return w.now().UTC(), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, usageError{fmt.Sprintf("-now %q is no time", text), "write it as 2026-11-22T12:00:00Z"}
	}
	return t.UTC(), nil
}

// cacheFile is a cache that is in use. It is taken away from its place for that
// long, so that two builds never write the same file; a killed build loses it,
// which costs the next one time and nothing else.
type cacheFile struct {
	*cache.Cache
	file  *os.File
	place string
}

// takeCache opens the cache beside the snapshot. When that cannot be done, the
// cache is in memory.
func takeCache(dir string) *cacheFile {
	place := filepath.Join(dir, "cache")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &cacheFile{Cache: cache.New(&cache.Memory{})}
	}
	leftovers, _ := filepath.Glob(place + ".*")
	for _, old := range leftovers {
		_ = os.Remove(old)
	}
	own := fmt.Sprintf("%s.%d", place, os.Getpid())
	_ = os.Rename(place, own)
	file, err := os.OpenFile(own, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return &cacheFile{Cache: cache.New(&cache.Memory{})}
	}
	c := &cacheFile{file: file, place: place}
	if info, err := file.Stat(); err == nil {
		if c.Cache, err = openCache(file, info.Size()); err == nil {
			return c
		}
	}
	_ = file.Truncate(0)
	c.Cache = newCache(file)
	return c
}

// maker is the key of the record that says which program made a cache. Another
// one may render the same content to other pages.
var maker = cache.KeyOf([]byte("made by"))

// openCache opens a cache that this very program has made.
func openCache(file *os.File, size int64) (*cache.Cache, error) {
	c, err := cache.Open(file, size)
	if err != nil {
		return nil, err
	}
	if id, ok := c.Get(maker); !ok || !bytes.Equal(id, thisProgram()) {
		return nil, errors.New("the cache was made by another program")
	}
	return c, nil
}

func newCache(file *os.File) *cache.Cache {
	c := cache.New(file)
	c.Put(maker, thisProgram())
	return c
}

// thisProgram names this program by the hash of its file: a version may be missing,
// or the same for two builds of changing sources. It takes ten milliseconds.
func thisProgram() []byte {
	h := sha256.New()
	if path, err := os.Executable(); err == nil {
		if file, err := os.Open(path); err == nil {
			defer file.Close()
			if _, err := io.Copy(h, file); err == nil {
				return h.Sum(nil)
			}
		}
	}
	return []byte(version())
}

// giveBack puts the cache in its place again, unless it is mostly waste.
func (c *cacheFile) giveBack() {
	if c.file == nil {
		return
	}
	defer c.file.Close()
	if c.Wasted() || c.Finish() != nil {
		_ = os.Remove(c.file.Name())
		return
	}
	_ = os.Rename(c.file.Name(), c.place)
}
