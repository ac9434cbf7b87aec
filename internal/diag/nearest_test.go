package diag

import "testing"

func TestNearest(t *testing.T) {
	kinds := []string{"auth", "permission", "billing", "rate-limit", "request", "not-found", "content-policy", "region", "server", "timeout"}
	keys := []string{"q", "a", "title", "kind", "http", "causes", "fixes", "added", "verified", "helps"}
	commands := []string{"fetch", "build", "preview", "check", "match", "new", "fmt", "explain", "help"}
	for name, c := range map[string]struct {
		word  string
		among []string
		want  string // empty: none is near
	}{
		"the word itself":               {"billing", kinds, "billing"},
		"a missing character":           {"ratelimit", kinds, "rate-limit"},
		"another separator":             {"rate_limit", kinds, "rate-limit"},
		"a doubled letter":              {"billling", kinds, "billing"},
		"swapped neighbours":            {"tilte", keys, "title"},
		"swapped neighbours, short":     {"hepl", commands, "help"},
		"capitals":                      {"KIND", keys, "kind"},
		"a wrong ending":                {"verifyed", keys, "verified"},
		"the beginning":                 {"bill", kinds, "billing"},
		"a beginning too short":         {"bi", kinds, ""},
		"nothing like it":               {"openai", kinds, ""},
		"nothing to choose from":        {"x", nil, ""},
		"an empty word":                 {"", keys, ""},
		"one letter is not another":     {"x", keys, ""},
		"one letter in capitals":        {"Q", keys, "q"},
		"two thirds must be right":      {"cake", []string{"make-up"}, ""},
		"wide characters":               {"日本誤", []string{"日本語"}, "日本語"},
		"the first of equally near":     {"bat", []string{"cat", "rat"}, "cat"},
		"nearer beats earlier":          {"regon", kinds, "region"},
		"an edit beats a beginning":     {"fix", []string{"fixture-list", "fixe"}, "fixe"},
		"a flag":                        {"-contnet", []string{"-content", "-theme", "-now"}, "-content"},
		"short but not the same at all": {"go", commands, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Nearest(c.word, c.among)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("Nearest(%q, %q) = %q, %t, want %q", c.word, c.among, got, ok, c.want)
			}
		})
	}
}

func TestEditsAreSymmetric(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "bca", "title", "tilte", "rate-limit"}
	for _, a := range words {
		for _, b := range words {
			if x, y := edits([]rune(a), []rune(b)), edits([]rune(b), []rune(a)); x != y || (x == 0) != (a == b) {
				t.Errorf("edits(%q, %q) = %d, and %d the other way round", a, b, x, y)
			}
		}
	}
}
