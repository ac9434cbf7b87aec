package frontmatter

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"faultbook/internal/diag"
)

// Decode fills into from d, and finds every unknown key, wrong type and missing
// required key. What is right is filled in also beside what is wrong. After
// findings of Parse it does nothing: they come first.
func (f *Form[T]) Decode(d *Doc, into *T) []diag.Finding {
	if d.values == nil {
		return nil
	}
	w := filler{doc: d, root: f.root, path: make([]any, 0, 4)}
	w.table(f.root, reflect.ValueOf(into).Elem(), d.values)
	diag.Sort(w.findings)
	return w.findings
}

// Strings is a file that holds only strings, in tables or not, by dotted keys:
// "verdict.never.operational". Every other value is a finding.
func (d *Doc) Strings() (map[string]string, []diag.Finding) {
	w := filler{doc: d}
	into := make(map[string]string)
	w.strings(into, "", d.values)
	diag.Sort(w.findings)
	return into, w.findings
}

// filler goes through the values and the struct side by side.
type filler struct {
	doc      *Doc
	root     *shape
	path     []any // to the value in hand
	findings []diag.Finding
}

// fill sets dst, which has the shape s, to v.
func (w *filler) fill(s *shape, dst reflect.Value, v any) {
	ok := true
	switch s.kind {
	case custom:
		w.unmarshal(dst.Addr().Interface().(Unmarshaler), v)
	case text:
		var value string
		if value, ok = v.(string); ok {
			dst.SetString(w.shown(value))
		}
	case boolean:
		var value bool
		if value, ok = v.(bool); ok {
			dst.SetBool(value)
		}
	case integer:
		ok = w.integer(dst, v)
	case texts:
		ok = w.texts(dst, v)
	case strmap:
		ok = w.strmap(dst, v)
	case list:
		ok = w.list(s, dst, v)
	case pointer:
		dst.Set(reflect.New(s.elem.typ))
		w.fill(s.elem, dst.Elem(), v)
	case table:
		var values map[string]any
		if values, ok = v.(map[string]any); ok {
			w.table(s, dst, values)
		}
	}
	if !ok {
		w.wrongType(s.want(), v)
	}
}

// shown is a text that a page can show. TOML's escapes can write characters that
// HTML or XML cannot hold: they would be lost in a feed, or break it.
func (w *filler) shown(text string) string {
	if i := strings.IndexFunc(text, unshowable); i >= 0 {
		c, _ := utf8.DecodeRuneInString(text[i:])
		w.find(RuleType, fmt.Sprintf("%s holds the character U+%04X, which no page can show", w.name(), c), "leave it out")
	}
	return text
}

// unshowable are control characters, and what Unicode keeps free of characters.
func unshowable(c rune) bool {
	return c < ' ' && c != '\t' && c != '\n' && c != '\r' || 0x7f <= c && c < 0xa0 || 0xfdd0 <= c && c <= 0xfdef || c&0xfffe == 0xfffe
}

func (w *filler) integer(dst reflect.Value, v any) bool {
	value, ok := v.(int64)
	if ok && dst.OverflowInt(value) {
		w.find(RuleType, fmt.Sprintf("%d is too large", value), "")
		return true
	}
	if ok {
		dst.SetInt(value)
	}
	return ok
}

func (w *filler) texts(dst reflect.Value, v any) bool {
	values, ok := v.([]any)
	if !ok {
		return false
	}
	into := make([]string, len(values)) // a wrong item stays empty, so that the places of those after it hold
	for i, v := range values {
		if value, ok := v.(string); ok {
			w.push(i)
			into[i] = w.shown(value)
			w.pop()
			continue
		}
		w.push(i)
		w.wrongType("a string", v)
		w.pop()
	}
	dst.Set(reflect.ValueOf(into))
	return true
}

func (w *filler) strmap(dst reflect.Value, v any) bool {
	values, ok := v.(map[string]any)
	if !ok {
		return false
	}
	into := make(map[string]string, len(values))
	for key, v := range values {
		if value, ok := v.(string); ok {
			w.push(key)
			into[key] = w.shown(value)
			w.pop()
			continue
		}
		w.push(key)
		w.wrongType("a string", v)
		w.pop()
	}
	dst.Set(reflect.ValueOf(into))
	return true
}

// list reads [[tables]] and an array of values alike.
func (w *filler) list(s *shape, dst reflect.Value, v any) bool {
	switch values := v.(type) {
	case []map[string]any:
		dst.Set(reflect.MakeSlice(s.typ, len(values), len(values)))
		for i, v := range values {
			w.element(s.elem, dst, i, v)
		}
	case []any:
		dst.Set(reflect.MakeSlice(s.typ, len(values), len(values)))
		for i, v := range values {
			w.element(s.elem, dst, i, v)
		}
	default:
		return false
	}
	return true
}

func (w *filler) element(s *shape, dst reflect.Value, i int, v any) {
	w.push(i)
	w.fill(s, dst.Index(i), v)
	w.pop()
}

// table fills a struct. Only when not every key was used, it looks for those
// that the form does not know.
func (w *filler) table(s *shape, dst reflect.Value, values map[string]any) {
	used := 0
	for i := range s.fields {
		f := &s.fields[i]
		v, ok := values[f.name]
		if !ok {
			if f.required {
				w.missing(f)
			}
			continue
		}
		used++
		w.push(f.name)
		w.fill(f.shape, dst.Field(f.index), v)
		w.pop()
	}
	if used < len(values) {
		w.unknownKeys(s, values)
	}
}

func (w *filler) unmarshal(u Unmarshaler, v any) {
	err := u.UnmarshalTOML(v)
	if err == nil {
		return
	}
	var wrong *Wrong
	if !errors.As(err, &wrong) {
		wrong = &Wrong{Message: err.Error()}
	}
	rule := wrong.Rule
	if rule == "" {
		rule = RuleType
	}
	path := slices.Concat(w.path, wrong.Path)
	at := w.doc.At(path...)
	if wrong.Offset > 0 {
		at = w.doc.Within(wrong.Offset, path...)
	}
	w.findings = append(w.findings, w.doc.Finding(at, rule, wrong.Message, wrong.Hint))
}

func (w *filler) push(step any) { w.path = append(w.path, step) }
func (w *filler) pop()          { w.path = w.path[:len(w.path)-1] }

// find adds a finding at the value in hand.
func (w *filler) find(rule, message, hint string) {
	w.findings = append(w.findings, w.doc.Finding(w.doc.At(w.path...), rule, message, hint))
}

func (w *filler) wrongType(want string, v any) {
	hint := ""
	if _, isText := v.(string); isText && want == "an array of strings" {
		hint = "put it in brackets: [\"…\"]"
	} else if want == "an array of tables" && KindOf(v) == "a table" {
		hint = fmt.Sprintf("write [[%s]], in double brackets", w.name())
	} else if want == "a string" && KindOf(v) != "a table" && KindOf(v) != "an array" {
		hint = "put it in quotes"
	}
	w.find(RuleType, fmt.Sprintf("%s: want %s, got %s", w.name(), want, KindOf(v)), hint)
}

func (w *filler) name() string { return PathName(w.path) }

// PathName is a path of keys and indexes as a person says it: causes[2],
// waiting.helps.
func PathName(path []any) string {
	var b strings.Builder
	for _, step := range path {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", step+1)
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		}
	}
	return b.String()
}

func (w *filler) missing(f *field) {
	message := fmt.Sprintf("missing key %q", f.name) + w.inTable()
	hint := f.example()
	if hint != "" {
		hint = "add " + hint
	}
	w.find(RuleMissingKey, message, hint)
}

func (w *filler) inTable() string {
	if len(w.path) == 0 {
		return ""
	}
	return " in " + w.name()
}

func (w *filler) unknownKeys(s *shape, values map[string]any) {
	names := s.names()
	for key := range maps.Keys(values) {
		if slices.Contains(names, key) {
			continue
		}
		at := w.doc.KeyAt(append(w.path, key)...)
		w.findings = append(w.findings, w.doc.Finding(at, RuleUnknownKey,
			fmt.Sprintf("unknown key %q", key)+w.inTable(), w.unknownHint(s, key)))
	}
}

// unknownHint knows the commonest slip: a key written below a [table] header
// belongs to that table, whatever was meant.
func (w *filler) unknownHint(s *shape, key string) string {
	if s != w.root && slices.Contains(w.root.names(), key) {
		return fmt.Sprintf("a key of the file itself stands above the first [table]; move %s there", key)
	}
	if near, ok := diag.Nearest(key, s.names()); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	for _, f := range w.root.fields {
		if f.shape.kind == table && slices.Contains(f.shape.names(), key) {
			return fmt.Sprintf("%s belongs below [%s]", key, f.name)
		}
	}
	return "known keys: " + strings.Join(s.names(), ", ")
}

func (w *filler) strings(into map[string]string, prefix string, values map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		w.push(key)
		name := prefix + key
		switch v := values[key].(type) {
		case string:
			if _, twice := into[name]; twice {
				w.find(RuleTOML, fmt.Sprintf("%s is written in two ways", name), "write it once")
			}
			into[name] = w.shown(v)
		case map[string]any:
			w.strings(into, name+".", v)
		default:
			w.wrongType("a string", v)
		}
		w.pop()
	}
}
