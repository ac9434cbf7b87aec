package words

import "testing"

func TestSay(t *testing.T) {
	w := New(
		map[string]string{"greet": "Hello {name}, {count} errors", "plain": "Errors", "open": "a { b"},
		map[string]string{"plain": "Faults"},
	)
	for _, c := range []struct {
		name, key string
		pairs     []string
		want      string
	}{
		{"filled", "greet", []string{"name", "you", "count", "3"}, "Hello you, 3 errors"},
		{"a value with braces is not filled again", "greet", []string{"name", "{count}", "count", "3"}, "Hello {count}, 3 errors"},
		{"a name without a value stays", "greet", []string{"name", "you"}, "Hello you, {count} errors"},
		{"a later file replaces one key", "plain", nil, "Faults"},
		{"an open brace is text", "open", []string{"b", "x"}, "a { b"},
		{"a missing key shows itself", "nowhere", nil, "[nowhere]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := w.Say(c.key, c.pairs...); got != c.want {
				t.Errorf("Say(%q, %q) = %q, want %q", c.key, c.pairs, got, c.want)
			}
		})
	}
}
