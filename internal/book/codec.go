package book

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// The cache keeps an entry in two parts: what all pages need, and the Text that
// only its own page needs. Both are written in the order of the fields, numbers
// as varints and strings with their length; any change here changes formVersion.
const formVersion = "entry 5"

// encoder appends values to a record.
type encoder struct{ b []byte }

func (e *encoder) int(n int) { e.b = binary.AppendVarint(e.b, int64(n)) }

func (e *encoder) string(s string) {
	e.b = binary.AppendUvarint(e.b, uint64(len(s)))
	e.b = append(e.b, s...)
}

func (e *encoder) strings(list []string) {
	e.int(len(list))
	for _, s := range list {
		e.string(s)
	}
}

func (e *encoder) prose(p Prose) {
	e.string(p.Source)
	e.string(p.HTML)
}

func (e *encoder) proses(list []Prose) {
	e.int(len(list))
	for _, p := range list {
		e.prose(p)
	}
}

func (e *encoder) links(list []Link) {
	e.int(len(list))
	for _, link := range list {
		e.string(link.Target)
		e.string(link.In.encode())
		e.int(link.Offset)
	}
}

// decoder takes values from a record in the order they were written. A record
// that ends too soon sets bad; its caller then makes the entry anew. Strings
// share the record's memory.
type decoder struct {
	s   string
	bad bool
}

func (d *decoder) int() int {
	n := d.uint()
	return n>>1 ^ -(n & 1)
}

func (d *decoder) uint() int {
	n, shift := 0, 0
	for i := range len(d.s) {
		c := d.s[i]
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			d.s = d.s[i+1:]
			return n
		}
		if shift += 7; shift > 35 {
			break
		}
	}
	d.bad, d.s = true, ""
	return 0
}

func (d *decoder) string() string {
	n := d.uint()
	if n < 0 || n > len(d.s) {
		d.bad, d.s = true, ""
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

// count is the length of a list, never more than there are bytes left.
func (d *decoder) count() int {
	n := d.int()
	if n < 0 || n > len(d.s) {
		d.bad = true
		return 0
	}
	return n
}

func (d *decoder) strings() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.string()
	}
	return list
}

func (d *decoder) prose() Prose { return Prose{Source: d.string(), HTML: d.string()} }

func (d *decoder) proses() []Prose {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]Prose, n)
	for i := range list {
		list[i] = d.prose()
	}
	return list
}

func (d *decoder) links() []Link {
	var list []Link
	for range d.count() {
		list = append(list, Link{Target: d.string(), In: pathOf(d.string()), Offset: d.int()})
	}
	return list
}

func encodeEntry(to []byte, e *Entry) []byte {
	w := encoder{to}
	w.string(e.Title)
	w.string(e.Name)
	w.strings(e.Codes)
	w.strings(e.Types)
	w.int(len(e.HTTP))
	for _, code := range e.HTTP {
		w.int(code)
	}
	w.string(string(e.Kind))
	w.string(string(e.Outage))
	w.strings(e.Messages)
	w.string(e.Summary)
	w.strings(e.Related)
	w.strings(e.Alternatives)
	w.strings(e.Aliases)
	w.int(int(e.Added))
	w.int(int(e.Verified))
	w.string(e.Waiting.Helps)
	w.string(e.Waiting.Typical)
	w.string(e.Waiting.Header)
	w.int(e.Samples)
	w.links(e.Links)
	w.int(len(e.Exempt))
	for _, x := range e.Exempt {
		w.string(x.Rule)
		w.string(x.Reason)
	}
	return w.b
}

func decodeEntry(record string) (*Entry, bool) {
	d := decoder{s: record}
	e := &Entry{Title: d.string(), Name: d.string(), Codes: d.strings(), Types: d.strings()}
	for range d.count() {
		e.HTTP = append(e.HTTP, d.int())
	}
	e.Kind, e.Outage = Kind(d.string()), Outage(d.string())
	e.Messages = d.strings()
	e.Summary = d.string()
	e.Related, e.Alternatives, e.Aliases = d.strings(), d.strings(), d.strings()
	e.Added, e.Verified = Date(d.int()), Date(d.int())
	e.Waiting = Waiting{Helps: d.string(), Typical: d.string(), Header: d.string()}
	e.Samples = d.int()
	e.Links = d.links()
	for range d.count() {
		e.Exempt = append(e.Exempt, Exemption{Rule: d.string(), Reason: d.string()})
	}
	return e, !d.bad && d.s == ""
}

func encodeText(to []byte, t *Text) []byte {
	w := encoder{to}
	w.prose(t.Meaning)
	w.proses(t.Causes)
	w.proses(t.Fixes)
	w.string(t.Short)
	w.prose(t.Advice)
	w.int(len(t.FAQ))
	for _, q := range t.FAQ {
		w.string(q.Q)
		w.prose(q.A)
	}
	w.strings(t.Samples)
	w.strings(t.Sources)
	w.prose(t.Body)
	w.links(t.Outside)
	return w.b
}

func decodeText(record string) (*Text, bool) {
	d := decoder{s: record}
	t := &Text{Meaning: d.prose(), Causes: d.proses(), Fixes: d.proses(), Short: d.string(), Advice: d.prose()}
	for range d.count() {
		t.FAQ = append(t.FAQ, Question{Q: d.string(), A: d.prose()})
	}
	t.Samples, t.Sources, t.Body, t.Outside = d.strings(), d.strings(), d.prose(), d.links()
	return t, !d.bad && d.s == ""
}

// encode writes a path as "fixes.2"; keys of our forms hold no dots.
func (p Path) encode() string {
	var b strings.Builder
	for i, step := range p {
		if i > 0 {
			b.WriteByte('.')
		}
		switch step := step.(type) {
		case string:
			b.WriteString(step)
		case int:
			b.WriteString(strconv.Itoa(step))
		}
	}
	return b.String()
}

func pathOf(text string) Path {
	if text == "" {
		return nil
	}
	var p Path
	for step := range strings.SplitSeq(text, ".") {
		if n, err := strconv.Atoi(step); err == nil {
			p = append(p, n)
		} else {
			p = append(p, step)
		}
	}
	return p
}
