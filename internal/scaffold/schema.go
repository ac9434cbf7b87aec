package scaffold

import (
	"bytes"
	"encoding/json"
	"fmt"

	"faultbook/internal/book"
	"faultbook/internal/frontmatter"
)

// schema is a JSON Schema, of draft 2020-12, with the few words that ours need.
// All of them mean the same in draft 7, which some editors read.
type schema struct {
	Schema      string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        string     `json:"type,omitempty"`
	Format      string     `json:"format,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	MinLength   int        `json:"minLength,omitempty"`
	Minimum     int        `json:"minimum,omitempty"`
	Maximum     int        `json:"maximum,omitempty"`
	MinItems    int        `json:"minItems,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	AnyOf       []*schema  `json:"anyOf,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Additional  any        `json:"additionalProperties,omitempty"` // false, or a schema
}

// properties are in the order of the form, in which editors offer them.
type properties []property

type property struct {
	name   string
	schema *schema
}

// MarshalJSON implements json.Marshaler.
func (list properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, p := range list {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		name, err := json.Marshal(p.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.schema)
		if err != nil {
			return nil, err
		}
		b.WriteByte(separator)
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Schema is the JSON Schema of a form, made of its keys and the words about
// them. Dates are strings in it, as tools for TOML hand them to validators.
func Schema(form book.Form) []byte {
	words := wordsOf(form)
	s := tableSchema(words, "", form.Keys())
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = []string{"faultbook: the front matter of an entry", "faultbook: the front matter of a provider", "faultbook: site.toml"}[form]
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("the schema cannot be written as JSON: " + err.Error())
	}
	return append(text, '\n')
}

func tableSchema(words []word, table string, keys []frontmatter.Key) *schema {
	s := &schema{Type: "object", Additional: false}
	for _, k := range keys {
		name := table + k.Name
		about := wordFor(words, name)
		value := keySchema(words, name, k, about)
		value.Description = about.about
		s.Properties = append(s.Properties, property{k.Name, value})
		if k.Required {
			s.Required = append(s.Required, k.Name)
		}
	}
	return s
}

func keySchema(words []word, name string, k frontmatter.Key, about word) *schema {
	one := &schema{Type: "string", Enum: about.oneOf, Pattern: about.pattern, MinLength: 1}
	switch k.Type {
	case frontmatter.Text:
		if !k.Required && about.pattern == "" {
			one.MinLength = 0
		}
		return one
	case frontmatter.Bool:
		return &schema{Type: "boolean"}
	case frontmatter.Int:
		return &schema{Type: "integer", Minimum: about.least, Maximum: about.most}
	case frontmatter.Texts:
		return listOf(one, about)
	case frontmatter.Table:
		return tableSchema(words, name+".", k.Keys)
	case frontmatter.Tables:
		return &schema{Type: "array", Items: tableSchema(words, name+".", k.Keys)}
	case frontmatter.Map:
		return &schema{Type: "object", Additional: &schema{Type: "string"}}
	}
	switch k.Of {
	case "Date":
		return &schema{Type: "string", Format: "date"}
	case "Strings":
		return &schema{AnyOf: []*schema{one, listOf(one, about)}}
	case "Ints":
		one = keySchema(words, name, frontmatter.Key{Type: frontmatter.Int}, about)
		return &schema{AnyOf: []*schema{one, listOf(one, about)}}
	}
	panic(fmt.Sprintf("scaffold: %s is a %s, for which there is no schema", name, k.Of))
}

func listOf(one *schema, about word) *schema {
	list := &schema{Type: "array", Items: one}
	if about.some {
		list.MinItems = 1
	}
	return list
}
