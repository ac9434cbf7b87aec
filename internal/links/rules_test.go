package links

import (
	"embed"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
)

// The words about the rules stand beside them, as people read them.
//
//go:embed rules
var rules embed.FS

var (
	exampleForm = regexp.MustCompile("(?s)-- acme/quota.md \\((docs.acme.example) answers ([^\n]+)\\) --\n(sources[^\n]+)\n(?: *\\^ ([^\n]+)\n)?```")
	sourcesForm = regexp.MustCompile(`(?m)^sources .*$`)
)

// TestExamples runs the examples of every rule: the wrong one has one finding, of
// that rule and as it says, at the first source; the right one has none.
func TestExamples(t *testing.T) {
	for _, rule := range []string{"outside-gone", "outside-moved", "outside-part", "outside-shut", "outside-silent"} {
		text, err := rules.ReadFile(path.Join("rules", rule+".md"))
		if err != nil {
			t.Fatal(err)
		}
		_, examples, _ := strings.Cut(string(text), "\n## Wrong\n")
		wrong, right, ok := strings.Cut(examples, "\n## Right\n")
		if !ok {
			t.Fatalf("%s: no two examples", rule)
		}
		if got, says := runExample(t, wrong); len(got) != 1 || !strings.HasPrefix(got[0], rule+": "+says) || says == "" {
			t.Errorf("%s: the wrong example has %q, want one that begins with %q", rule, got, says)
		}
		if got, _ := runExample(t, right); len(got) > 0 {
			t.Errorf("%s: the right example has %q", rule, got)
		}
	}
}

func runExample(t *testing.T, text string) (found []string, says string) {
	t.Helper()
	m := exampleForm.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no example: %s", text)
	}
	_, address, _ := strings.Cut(m[3], `"`)
	page, _, _ := strings.Cut(strings.TrimSuffix(address, `"]`), "#")
	said := strings.Replace(m[2], "301 to", "moved", 1)
	files := map[string]string{"site.toml": site, "acme/_index.md": provider}
	files["acme/quota.md"] = sourcesForm.ReplaceAllString(strings.Replace(entry, "#limits", "", 1), m[3])
	synctest.Test(t, func(t *testing.T) {
		r, _ := run(t, load(t, files), &web{pages: map[string]string{page: said}}, nil)
		for _, f := range r.Findings {
			if f.Line != 9 || f.Col != 12 {
				t.Errorf("%s is found at %v", f.Message, f.Place)
			}
			found = append(found, f.Rule+": "+f.Message)
		}
	})
	return found, m[4]
}
