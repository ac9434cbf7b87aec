package status

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Version is the version of the snapshot's JSON form. It goes up when a file
// that was good before would no longer be read.
const Version = 1

// Encode is the snapshot's JSON form: the same snapshot gives the same bytes.
// It is what .faultbook/snapshot.json and /api/v1/state.json hold.
func Encode(s Snapshot) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // the file is JSON and never part of a page
	enc.SetIndent("", " ")
	if err := enc.Encode(tidy(s)); err != nil {
		panic("status: a tidy snapshot cannot be encoded: " + err.Error())
	}
	return b.Bytes()
}

// Decode reads what Encode wrote. Anything else is refused with what is wrong
// and gives no snapshot: half a memory is worse than none. now is the present;
// a snapshot from the future is refused, because everything it says would look
// fresh for too long.
func Decode(data []byte, now time.Time) (Snapshot, error) {
	s, err := decode(data)
	if err != nil {
		return Snapshot{}, err
	}
	if err := validate(s, now); err != nil {
		return Snapshot{}, err
	}
	if line := firstDifference(data, Encode(s)); line > 0 {
		return Snapshot{}, fmt.Errorf("line %d: not as faultbook writes it", line)
	}
	return s, nil
}

func decode(data []byte) (Snapshot, error) {
	switch {
	case len(data) > fileBytes:
		return Snapshot{}, fmt.Errorf("%d bytes; at most %d are read", len(data), fileBytes)
	case len(bytes.TrimSpace(data)) == 0:
		return Snapshot{}, errors.New("the file is empty")
	}
	if line := conflictMarker(data); line > 0 {
		return Snapshot{}, fmt.Errorf("line %d: merge conflict marker", line)
	}
	// The version goes first: another version may differ in anything else.
	var head struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Snapshot{}, located(data, err)
	}
	switch {
	case head.Version == nil:
		return Snapshot{}, errors.New("no version; not a snapshot")
	case *head.Version != Version:
		return Snapshot{}, fmt.Errorf("version %d; want %d", *head.Version, Version)
	}
	var s Snapshot
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return Snapshot{}, located(data, err)
	}
	return s, nil
}

// located says where in data a JSON error is, as far as encoding/json tells.
func located(data []byte, err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		if syntax.Offset >= int64(len(data)) {
			return errors.New("it ends in the middle")
		}
		return fmt.Errorf("line %d: %w", lineAt(data, syntax.Offset), err)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("line %d: %s where %s is wanted", lineAt(data, wrong.Offset), wrong.Value, wrong.Field)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends in the middle")
	}
	return err
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}

// conflictMarker is the line of the first marker that a merge left behind, 0
// if there is none. A JSON text cannot begin a line with these.
func conflictMarker(data []byte) int {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if bytes.HasPrefix(line, []byte("<<<<<<<")) || bytes.HasPrefix(line, []byte("=======")) || bytes.HasPrefix(line, []byte(">>>>>>>")) {
			return n
		}
	}
	return 0
}

// firstDifference is the line where a and b begin to differ, 0 if nowhere.
func firstDifference(a, b []byte) int {
	if bytes.Equal(a, b) {
		return 0
	}
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	return lineAt(a, int64(same))
}
