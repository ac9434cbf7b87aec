package render

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"faultbook/internal/cache"
	"faultbook/internal/site"
)

// mark stands on both sides of a hole's name in a remembered page. It is NUL,
// which no content file and no template may hold.
const mark = "\x00"

// Page writes a page as HTML, and its Markdown twin where it has one. A page
// that is worth remembering is rendered with holes and kept so; when only the
// states of providers have changed, filling the holes is all there is to do.
func (r *Renderer) Page(html, twin *bytes.Buffer, m site.Maker) error {
	err := r.page(html, twin, m)
	if err != nil && r.asWritten != nil {
		return r.explain(m, err)
	}
	return err
}

// explain makes a page that failed once more, of the templates as they were
// written, so that the message names the line that their author sees.
func (r *Renderer) explain(m site.Maker, err error) error {
	written, loadErr := r.asWritten()
	if loadErr != nil {
		return err
	}
	var html, twin bytes.Buffer
	if again := written.page(&html, &twin, m); again != nil {
		return again
	}
	return err
}

func (r *Renderer) page(html, twin *bytes.Buffer, m site.Maker) error {
	whole := buffers.get()
	defer buffers.put(whole)
	var key cache.Key
	if m.Key != nil {
		key = cache.KeyOf([]byte("page 1"), r.theme, m.Key())
		if record, ok := r.cache.Append(whole.AvailableBuffer(), key); ok {
			whole.Write(record) // so that the buffer is as large for the next page
			n, size := binary.Uvarint(record)
			return r.fill(html, twin, record[size:], int(n), m.Live)
		}
	}
	page, err := m.Make()
	if err != nil {
		return err
	}
	if err := r.execute(whole, page); err != nil {
		return err
	}
	size := whole.Len()
	if page.Twin != nil {
		writeTwin(whole, page.Twin)
	}
	if m.Key != nil {
		r.cache.Put(key, binary.AppendUvarint(nil, uint64(size)), whole.Bytes())
	}
	return r.fill(html, twin, whole.Bytes(), size, page.Live)
}

func (r *Renderer) execute(out *bytes.Buffer, page site.Page) error {
	set, ok := r.pages[page.Template]
	if !ok {
		panic(fmt.Sprintf("no template %q for %s", page.Template, page.Path))
	}
	if err := set.ExecuteTemplate(out, "frame.html", page.View); err != nil {
		return fmt.Errorf("render %s: %w", page.Path, inTheme(err))
	}
	return nil
}

// inTheme is what a template's error says, with the file as the theme has it.
func inTheme(err error) error {
	for _, prefix := range []string{"template: ", "html/template:"} {
		if rest, ok := strings.CutPrefix(err.Error(), prefix); ok {
			return errors.New("templates/" + rest)
		}
	}
	return err
}

// fill writes both parts of a record: the page, which has size bytes, and its
// twin.
func (r *Renderer) fill(html, twin *bytes.Buffer, record []byte, size int, live site.Live) error {
	if err := r.fillOne(html, record[:size], live); err != nil {
		return err
	}
	return r.fillOne(twin, record[size:], live)
}

// fillOne writes text with its holes filled: every second piece between marks
// is the name of a hole.
func (r *Renderer) fillOne(out *bytes.Buffer, text []byte, live site.Live) error {
	for {
		before, rest, found := bytes.Cut(text, []byte(mark))
		out.Write(before)
		if !found {
			return nil
		}
		name, after, _ := bytes.Cut(rest, []byte(mark))
		if err := r.fillHole(out, string(name), live); err != nil {
			return err
		}
		text = after
	}
}

// The holes that render makes itself: style, script and the policy that allows
// them are the same on every page, so that remembering them with each would be
// waste.
const (
	holeCSS    = "css"
	holeJS     = "js"
	holePolicy = "policy"
	twinPrefix = "md-" // tells the holes of a twin from those of a page
)

func (r *Renderer) fillHole(out *bytes.Buffer, name string, live site.Live) error {
	switch name {
	case holeCSS:
		out.WriteString(r.css)
		return nil
	case holeJS:
		out.WriteString(r.js)
		return nil
	case holePolicy:
		out.WriteString(`<meta http-equiv="Content-Security-Policy" content="` + r.policy() + `">`)
		return nil
	}
	var value any = live.Verdict
	switch site.Hole(strings.TrimPrefix(name, twinPrefix)) {
	case site.HoleFront:
		writeFront(out, live.Verdict.Front)
		return nil
	case site.HoleVerdict:
		if strings.HasPrefix(name, twinPrefix) {
			out.WriteString(live.Verdict.Markdown)
			return nil
		}
	case site.HoleAlternatives:
		if strings.HasPrefix(name, twinPrefix) {
			out.WriteString(live.Alternatives.Markdown)
			return nil
		}
		value = live.Alternatives
	}
	h, err := r.shared(name, value)
	if err != nil {
		return inTheme(err)
	}
	out.WriteString(string(h))
	return nil
}
