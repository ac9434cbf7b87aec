package frontmatter

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Layout is how a file of a form looks, beside the order of its keys.
type Layout struct {
	Columns map[string]Column // by table; "" is for the keys above all tables
	Lists   []string          // the lists that have each item on a line of its own
}

// Column is the width that the keys of a table are padded to: that of the
// longest of them, within two bounds. Longer ones stand out.
type Column struct{ Least, Most int }

// Format writes a file in its one form: keys and tables in the order of keys,
// comments beside what they are about, LF, no BOM. Every string stays as it is
// written. It gives false, and the text as it was, when that cannot be done:
// after findings of Parse, and beyond the limits of the scanner.
func (d *Doc) Format(keys []Key, l Layout) (string, bool) {
	if d.values == nil || d.BodyLine == 0 || d.scan().problem != nil {
		return d.text, false
	}
	p := printer{src: d.text, layout: l}
	p.file(d.statements(), keys)
	written := fence + "\n" + p.b.String() + fence + "\n" + formatBody(d.Body)
	if again, findings := Parse(d.Name, []byte(written)); findings != nil || !reflect.DeepEqual(d.values, again.values) {
		return d.text, false
	}
	return written, true
}

// formatBody parts the body from the fence by one empty line.
func formatBody(body string) string {
	body = strings.Trim(body, "\n")
	if body == "" {
		return ""
	}
	return "\n" + body + "\n"
}

// section is a table's header and what stands below it.
type section struct {
	head statement // without parts: the keys above all tables
	body []statement
}

// root is the first part of a section's name.
func (s section) root() string { return s.head.parts[0].name }

// sections puts the statements of a file in order.
func sections(all []statement, keys []Key) []section {
	top := section{head: all[0]}
	var tables []section
	for _, s := range all[1:] {
		switch {
		case s.brackets != "":
			tables = append(tables, section{head: s})
		case len(tables) > 0:
			last := &tables[len(tables)-1]
			last.body = append(last.body, s)
		default:
			top.body = append(top.body, s)
		}
	}
	tables = slices.Concat(top.takeDotted(keys), tables)
	order(top.body, keys, func(s statement) string { return s.parts[0].name })
	order(tables, keys, section.root)
	for _, s := range tables {
		order(s.body, below(keys, s.head.parts), func(s statement) string { return s.parts[0].name })
	}
	return append([]section{top}, tables...)
}

// order sorts by the rank of a name. What has the same one stays in its order:
// the tables of an array, and what TOML reads into the newest of them.
func order[S any](list []S, keys []Key, name func(S) string) {
	slices.SortStableFunc(list, func(a, b S) int {
		_, i := keyNamed(keys, name(a))
		_, j := keyNamed(keys, name(b))
		return cmp.Compare(i, j)
	})
}

// takeDotted takes out what is written as waiting.helps = …, and makes of it
// the tables that it speaks of.
func (s *section) takeDotted(keys []Key) []section {
	var tables []section
	rest := s.body[:0:0]
	for _, one := range s.body {
		if k, _ := keyNamed(keys, one.parts[0].name); k.Type != Table || len(one.parts) == 1 {
			rest = append(rest, one)
			continue
		}
		i := slices.IndexFunc(tables, func(t section) bool { return t.root() == one.parts[0].name })
		if i < 0 {
			i = len(tables)
			tables = append(tables, section{head: statement{brackets: "[", parts: one.parts[:1]}})
		}
		one.parts = one.parts[1:]
		tables[i].body = append(tables[i].body, one)
	}
	s.body = rest
	return tables
}

// below are the keys of the table that parts lead to; none for one that the
// form does not know.
func below(keys []Key, parts []part) []Key {
	for _, p := range parts {
		k, _ := keyNamed(keys, p.name)
		keys = k.Keys
	}
	return keys
}

// printer writes front matter.
type printer struct {
	src    string
	layout Layout
	b      strings.Builder
}

func (p *printer) file(all []statement, keys []Key) {
	for _, s := range sections(all, keys) {
		table := ""
		if s.head.brackets != "" {
			if p.b.Len() > 0 && !strings.HasSuffix(p.b.String(), "\n\n") {
				p.b.WriteByte('\n')
			}
			table = p.key(s.head.parts)
			p.lines(s.head.lead)
			p.line(s.head.brackets + table + strings.Repeat("]", len(s.head.brackets)) + note(s.head.note))
		}
		p.tail(s.head, len(s.body) > 0)
		width := p.width(s.body, p.layout.Columns[table])
		for i, one := range s.body {
			p.lines(one.lead)
			p.assignment(one, width)
			p.tail(one, i+1 < len(s.body))
		}
	}
}

func (p *printer) width(body []statement, c Column) int {
	width := c.Least
	for _, one := range body {
		if n := utf8.RuneCountInString(p.key(one.parts)); n <= c.Most {
			width = max(width, n)
		}
	}
	return width
}

func (p *printer) line(text string) { p.b.WriteString(text + "\n") }

func (p *printer) lines(list []string) {
	for _, text := range list {
		p.line(text)
	}
}

// tail writes the comments below a statement. An empty line keeps them from
// what follows.
func (p *printer) tail(s statement, more bool) {
	p.lines(s.tail)
	if len(s.tail) > 0 && more {
		p.b.WriteByte('\n')
	}
}

func (p *printer) assignment(s statement, width int) {
	key := p.key(s.parts)
	if missing := width - utf8.RuneCountInString(key); missing > 0 {
		key += strings.Repeat(" ", missing)
	}
	key += " = "
	last := s.parts[len(s.parts)-1].name
	p.line(key + p.value(s.from, s.to, last) + note(s.note))
}

// note is a comment behind a value.
func note(comment string) string {
	if comment == "" {
		return ""
	}
	return "   " + comment
}

// key writes a key with quotes only where it needs them.
func (p *printer) key(parts []part) string {
	var names []string
	for _, one := range parts {
		name := one.name
		if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf || !bare(byte(r)) }) {
			_, end := quotesAt(p.src, one.off)
			name = p.src[one.off:end]
		}
		names = append(names, name)
	}
	return strings.Join(names, ".")
}
