package frontmatter

// Key is one key of a form, for those who write such files or describe them.
type Key struct {
	Name     string
	Required bool
	Type     Type
	Of       string // of a Custom one: the name of its Go type
	Keys     []Key  // of a Table, and of each of Tables
}

// Type is what a key holds.
type Type uint8

// The types. A Custom one reads its value itself.
const (
	Custom Type = iota
	Text
	Bool
	Int
	Texts   // a list of strings
	Table   // [name]
	Map     // a table of strings by any key
	Tables  // [[name]]
	Customs // a list of values that read themselves
)

// Keys are the keys of a form in the order in which they are written.
func (f *Form[T]) Keys() []Key { return f.root.keys() }

func (s *shape) keys() []Key {
	var keys []Key
	for _, f := range s.fields {
		k := f.shape.key()
		k.Name, k.Required = f.name, f.required
		keys = append(keys, k)
	}
	return keys
}

func (s *shape) key() Key {
	switch s.kind {
	case text:
		return Key{Type: Text}
	case boolean:
		return Key{Type: Bool}
	case integer:
		return Key{Type: Int}
	case texts:
		return Key{Type: Texts}
	case strmap:
		return Key{Type: Map}
	case table:
		return Key{Type: Table, Keys: s.keys()}
	case pointer:
		return s.elem.key()
	case list:
		if s.elem.kind == table {
			return Key{Type: Tables, Keys: s.elem.keys()}
		}
		return Key{Type: Customs, Of: s.elem.typ.Name()}
	}
	return Key{Type: Custom, Of: s.typ.Name()}
}

// keyNamed is the key of a name and its rank, which of an unknown one is behind
// all others.
func keyNamed(keys []Key, name string) (Key, int) {
	for i, k := range keys {
		if k.Name == name {
			return k, i
		}
	}
	return Key{}, len(keys)
}
