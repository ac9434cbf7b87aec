package links

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Memory is what is known of pages, by their addresses. It is never needed: who
// has none asks for everything, and waits longer to call silence lasting.
type Memory map[string]Record

// version goes up when an older program would misread the file.
const version = 1

const (
	maxMemory = 16 << 20         // bytes
	ahead     = 10 * time.Minute // that the clock of another machine may be
)

type memoryForm struct {
	Version int    `json:"version"`
	Pages   Memory `json:"pages"`
}

// Encode is the memory as a file: the same memory gives the same bytes.
func Encode(m Memory) []byte {
	if m == nil {
		m = Memory{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(memoryForm{version, m}); err != nil {
		panic("links: a memory cannot be written as JSON: " + err.Error())
	}
	return b.Bytes()
}

// Decode reads what Encode wrote. Anything else is refused as a whole: half a
// memory would call things known that are not.
func Decode(data []byte, now time.Time) (Memory, error) {
	if len(data) > maxMemory {
		return nil, fmt.Errorf("%d bytes; at most %d are read", len(data), maxMemory)
	}
	var head struct{ Version *int }
	if err := json.Unmarshal(data, &head); err != nil || head.Version == nil {
		return nil, errors.New("not a memory of links")
	}
	if *head.Version != version {
		return nil, fmt.Errorf("version %d; want %d", *head.Version, version)
	}
	var form memoryForm
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&form); err != nil {
		return nil, fmt.Errorf("not as faultbook writes it: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something stands behind its end")
	}
	for address, record := range form.Pages {
		if err := record.check(address, now); err != nil {
			return nil, err
		}
	}
	return form.Pages, nil
}

// check tells what is wrong with a record that was read.
func (r Record) check(address string, now time.Time) error {
	switch {
	case !strings.HasPrefix(address, "https://") || strings.Contains(address, "#"):
		return fmt.Errorf("%q is no address of a page", address)
	case r.State != There && r.State != Gone && r.State != Shut && r.State != Silent:
		return fmt.Errorf("%s: unknown state %q", address, r.State)
	case r.Runs < 1 || r.Since.IsZero() || r.At.Before(r.Since):
		return fmt.Errorf("%s: its times cannot be", address)
	case r.At.After(now.Add(ahead)):
		return fmt.Errorf("%s: asked on %s, which lies ahead", address, r.At.Format(time.RFC3339))
	}
	for name, part := range r.Parts {
		if part != Found && part != Missing && part != Unclear {
			return fmt.Errorf("%s: unknown word %q for #%s", address, part, name)
		}
	}
	return nil
}
