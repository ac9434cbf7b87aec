package publish

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// recordVersion is raised when older programs would misread the record.
const recordVersion = 1

// record is what builds wrote into one folder. It alone names files that may
// be removed.
type record struct {
	output  string   // the folder it speaks of, as seen from the record's folder
	pages   int      // of the site
	key     []byte   // of the fingerprints
	files   []entry  // sorted by path
	pending []string // files of ours about to be replaced or removed: any bytes, or none
}

// entry is one file as it was written. A file that still has this size and
// time is taken to hold the bytes of this fingerprint.
type entry struct {
	path string
	size int64 // in bytes
	time int64 // of modification, ns since 1970
	sum  sum
}

// recordJSON is the form of the record on disk. A file is one string,
// "fingerprint size time path": with an object each, reading and writing the
// record would cost as much as looking at all the files.
type recordJSON struct {
	Version int      `json:"version"`
	Output  string   `json:"output"`
	Pages   int      `json:"pages"`
	Key     []byte   `json:"key"`
	Files   []string `json:"files"`
	Pending []string `json:"pending,omitempty"`
}

// history is a record made ready for questions.
type history struct {
	record
	known   bool             // the record was there, whole, and about this folder
	entries map[string]entry // by path; of a pending file only the path is known
}

// readHistory reads the record of earlier builds. One that cannot be used is
// worth a note, not an error: without it every file is compared by reading, and
// none is removed.
func readHistory(out *output) (history, error) {
	data, err := os.ReadFile(out.state)
	if errors.Is(err, fs.ErrNotExist) {
		return history{}, nil
	}
	if err != nil {
		return history{}, fmt.Errorf("read %s: %w", out.stateAs, cause(err))
	}
	rec, err := parseRecord(data)
	if err == nil && rec.output != out.seenFrom(out.state) {
		err = fmt.Errorf("it is about the folder %s", rec.output)
	}
	if err != nil {
		out.notes = append(out.notes, fmt.Sprintf("the record %s cannot be used: %v; %s was compared by reading, and nothing out of date was removed", out.stateAs, err, out.name))
		return history{}, nil
	}
	return newHistory(rec), nil
}

func newHistory(rec record) history {
	h := history{record: rec, known: true, entries: make(map[string]entry, len(rec.files)+len(rec.pending))}
	for _, e := range rec.files {
		h.entries[e.path] = e
	}
	for _, path := range rec.pending {
		h.entries[path] = entry{path: path, size: -1}
	}
	h.files = nil // the map has them
	return h
}

// parseRecord reads a record strictly: half of one is none, and it must not
// name a file outside the folder.
func parseRecord(data []byte) (record, error) {
	var form recordJSON
	if err := json.Unmarshal(data, &form); err != nil {
		return record{}, err
	}
	if form.Version != recordVersion {
		return record{}, fmt.Errorf("version %d, want %d", form.Version, recordVersion)
	}
	if len(form.Key) != keySize {
		return record{}, fmt.Errorf("a key of %d bytes, want %d", len(form.Key), keySize)
	}
	rec := record{output: form.Output, pages: form.Pages, key: form.Key, pending: form.Pending}
	rec.files = make([]entry, len(form.Files))
	for i, line := range form.Files {
		e, err := parseEntry(line)
		if err == nil {
			err = checkPath(e.path)
		}
		if err == nil && i > 0 && rec.files[i-1].path >= e.path {
			err = fmt.Errorf("file %q is twice there or out of order", e.path)
		}
		if err != nil {
			return record{}, err
		}
		rec.files[i] = e
	}
	for _, path := range rec.pending {
		if err := checkPath(path); err != nil {
			return record{}, err
		}
	}
	return rec, nil
}

func parseEntry(line string) (entry, error) {
	part := strings.SplitN(line, " ", 4)
	if len(part) < 4 {
		return entry{}, fmt.Errorf("a file %q, want %q", line, "fingerprint size time path")
	}
	fingerprint, err := strconv.ParseUint(part[0], 16, 64)
	size, sizeErr := strconv.ParseInt(part[1], 10, 64)
	time, timeErr := strconv.ParseInt(part[2], 10, 64)
	return entry{path: part[3], size: size, time: time, sum: sum(fingerprint)}, cmp.Or(err, sizeErr, timeErr)
}

func (e entry) String() string {
	b := make([]byte, 0, 64+len(e.path))
	b = strconv.AppendUint(b, uint64(e.sum), 16)
	b = strconv.AppendInt(append(b, ' '), e.size, 10)
	b = strconv.AppendInt(append(b, ' '), e.time, 10)
	return string(append(append(b, ' '), e.path...))
}

// seenFrom names the output folder as seen from a file's folder, so that the
// record stays true when both are moved together.
func (out *output) seenFrom(file string) string {
	rel, err := filepath.Rel(filepath.Dir(file), out.path)
	if err != nil {
		return filepath.ToSlash(out.path) // on another disk
	}
	return filepath.ToSlash(rel)
}

// writeRecord puts the record in place in one step.
func (out *output) writeRecord(rec record) error {
	slices.SortFunc(rec.files, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	slices.Sort(rec.pending)
	data, err := json.Marshal(rec.form())
	if err == nil {
		err = os.WriteFile(out.state+".new", data, 0o644)
	}
	if err == nil {
		err = os.Rename(out.state+".new", out.state)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", out.stateAs, cause(err))
	}
	return nil
}

// form is the inverse of parseRecord, up to bytes.
func (rec record) form() recordJSON {
	form := recordJSON{
		Version: recordVersion, Output: rec.output, Pages: rec.pages, Key: rec.key,
		Files: make([]string, len(rec.files)), Pending: rec.pending,
	}
	for i, e := range rec.files {
		form.Files[i] = e.String()
	}
	return form
}

// wrote reports whether an earlier build wrote the file.
func (h history) wrote(path string) bool {
	_, ok := h.entries[path]
	return ok
}

// folders returns the folders of all files that earlier builds wrote.
func (h history) folders() map[string]bool {
	folders := map[string]bool{}
	for path := range h.entries {
		for dir := range parents(path) {
			folders[dir] = true
		}
	}
	return folders
}
