package match

import (
	"slices"
	"testing"
)

func TestParts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"no placeholder", "no key", []string{"no key"}},
		{"in the middle", "no {model} here", []string{"no ", " here"}},
		{"at both ends", "{i}: no key {j}", []string{"", ": no key ", ""}},
		{"an apostrophe in its name", "it said: {model's own message}", []string{"it said: ", ""}},
		{"without a name", "no {}", []string{"no ", ""}},
		{"JSON is none", `{"a": 1} {b}`, []string{`{"a": 1} `, ""}},
		{"a list is none", "{a, b}", []string{"{a, b}"}},
		{"never closed", "no {model", []string{"no {model"}},
		{"opened twice", "no {x {model} here", []string{"no {x ", " here"}},
	} {
		if got := parts(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: parts(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}
