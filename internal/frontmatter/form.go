package frontmatter

import (
	"fmt"
	"reflect"
	"strings"
)

// Unmarshaler is a type that reads its own TOML value: string, int64, float64,
// bool, time.Time (see Date), []any, map[string]any or, for [[tables]],
// []map[string]any. Its error becomes a finding at the value; a *Wrong says
// more than that.
// It may also have a method Example() string, a value as it is written in TOML,
// for the hint about a missing key.
type Unmarshaler interface {
	UnmarshalTOML(value any) error
}

// Wrong is an error of UnmarshalTOML that knows where in the value it lies and
// how to mend it. The zero value of each field means: nothing to add.
type Wrong struct {
	Message string
	Hint    string
	Rule    string // instead of RuleType
	Path    []any  // keys and indexes from the value down, as At takes them
	Offset  int    // byte of the string there
}

// Error implements error.
func (w *Wrong) Error() string { return w.Message }

// Form is how a struct is written as TOML. Make it once for each type; it does
// not change and may be used by several goroutines.
//
// A field takes part by its tag: `toml:"name"`, or `toml:"name,required"`. It
// is a string, bool or integer (also of a named type), []string,
// map[string]string, a struct or a pointer to one, an Unmarshaler, or a slice
// of structs or of Unmarshalers.
type Form[T any] struct {
	root *shape
}

// FormOf reads the tags of T. It panics when T is no struct or has a tagged
// field that TOML cannot fill: a mistake of ours, found by the first test.
func FormOf[T any]() *Form[T] {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("frontmatter: %v is no struct", t))
	}
	return &Form[T]{root: tableShape(t)}
}

// shape is what one Go type wants from TOML.
type shape struct {
	kind   shapeKind
	typ    reflect.Type
	fields []field // of a table
	elem   *shape  // of a list or a pointer
}

type shapeKind uint8

const (
	custom shapeKind = iota // an Unmarshaler
	text
	boolean
	integer
	texts  // []string
	table  // a struct
	strmap // map[string]string
	list   // a slice of structs or Unmarshalers
	pointer
)

type field struct {
	name     string
	index    int
	required bool
	shape    *shape
}

func tableShape(t reflect.Type) *shape {
	s := &shape{kind: table, typ: t}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("toml")
		if !tagged || tag == "-" {
			continue
		}
		name, option, _ := strings.Cut(tag, ",")
		if name == "" || option != "" && option != "required" || !f.IsExported() {
			panic(fmt.Sprintf("frontmatter: field %s of %v has the tag %q", f.Name, t, tag))
		}
		s.fields = append(s.fields, field{name: name, index: i, required: option == "required", shape: shapeOf(f.Type)})
	}
	return s
}

func shapeOf(t reflect.Type) *shape {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[Unmarshaler]()) {
		return &shape{kind: custom, typ: t}
	}
	switch t.Kind() {
	case reflect.String:
		return &shape{kind: text, typ: t}
	case reflect.Bool:
		return &shape{kind: boolean, typ: t}
	case reflect.Int, reflect.Int64:
		return &shape{kind: integer, typ: t}
	case reflect.Struct:
		return tableShape(t)
	case reflect.Pointer:
		return &shape{kind: pointer, typ: t, elem: shapeOf(t.Elem())}
	case reflect.Map:
		if t == reflect.TypeFor[map[string]string]() {
			return &shape{kind: strmap, typ: t}
		}
	case reflect.Slice:
		if t == reflect.TypeFor[[]string]() {
			return &shape{kind: texts, typ: t}
		}
		if elem := shapeOf(t.Elem()); elem.kind == table || elem.kind == custom {
			return &shape{kind: list, typ: t, elem: elem}
		}
	}
	panic(fmt.Sprintf("frontmatter: TOML cannot fill a %v", t))
}

// want is the wanted type as a message names it.
func (s *shape) want() string {
	switch s.kind {
	case text:
		return "a string"
	case boolean:
		return "true or false"
	case integer:
		return "an integer"
	case texts:
		return "an array of strings"
	case table:
		return "a table"
	case strmap:
		return "a table of strings"
	case list:
		if s.elem.kind == table {
			return "an array of tables"
		}
		return "an array"
	case pointer:
		return s.elem.want()
	}
	return "another value"
}

// example is the beginning of what to write for a field, empty where only the
// type itself could tell.
func (f *field) example() string {
	switch f.shape.kind {
	case custom:
		if e, ok := reflect.New(f.shape.typ).Interface().(interface{ Example() string }); ok {
			return f.name + " = " + e.Example()
		}
	case text:
		return f.name + ` = "…"`
	case boolean:
		return f.name + " = true"
	case integer:
		return f.name + " = 0"
	case texts:
		return f.name + ` = ["…"]`
	case table, strmap:
		return "[" + f.name + "]"
	case list:
		if f.shape.elem.kind == table {
			return "[[" + f.name + "]]"
		}
	}
	return ""
}

func (s *shape) names() []string {
	names := make([]string, len(s.fields))
	for i, f := range s.fields {
		names[i] = f.name
	}
	return names
}
