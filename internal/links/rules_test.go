package links

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"faultbook/internal/check"
	"faultbook/internal/diag"
)

var (
	answersForm = regexp.MustCompile(`^acme/quota.md \(docs.acme.example answers (.+)\)$`)
	exampleForm = regexp.MustCompile(`^(sources[^\n]+)\n(?: *\^ ([^\n]+)\n)?$`)
	sourcesForm = regexp.MustCompile(`(?m)^sources .*$`)
)

// TestExamples runs the examples of every rule, which check shows to people: the
// wrong one has one finding, of that rule and as grave as it says, at the first
// source; the right one has none.
func TestExamples(t *testing.T) {
	var names []string
	for _, rule := range check.Rules() {
		if rule.Group != "outside" {
			continue
		}
		names = append(names, rule.Name)
		switch got, says := runExample(t, rule.Wrong); {
		case len(got) != 1 || got[0].Rule != rule.Name || got[0].Severity != rule.Severity:
			t.Errorf("%s, %v: the wrong example has %+v", rule.Name, rule.Severity, got)
		case !strings.HasPrefix(got[0].Message, says) || says == "":
			t.Errorf("%s: the wrong example has the message %q, want it to begin with %q", rule.Name, got[0].Message, says)
		}
		if got, _ := runExample(t, rule.Right); len(got) > 0 {
			t.Errorf("%s: the right example has %+v", rule.Name, got)
		}
	}
	if want := []string{"outside-gone", "outside-moved", "outside-part", "outside-shut", "outside-silent"}; !slices.Equal(names, want) {
		t.Errorf("explained are %q, want %q", names, want)
	}
}

func runExample(t *testing.T, list []check.Excerpt) (found []diag.Finding, says string) {
	t.Helper()
	if len(list) != 1 || !answersForm.MatchString(list[0].File) || !exampleForm.MatchString(list[0].Text) {
		t.Fatalf("no example: %+v", list)
	}
	m := exampleForm.FindStringSubmatch(list[0].Text)
	_, address, _ := strings.Cut(m[1], `"`)
	page, _, _ := strings.Cut(strings.TrimSuffix(address, `"]`), "#")
	said := strings.Replace(answersForm.FindStringSubmatch(list[0].File)[1], "301 to", "moved", 1)
	files := map[string]string{"site.toml": site, "acme/_index.md": provider}
	files["acme/quota.md"] = sourcesForm.ReplaceAllString(strings.Replace(entry, "#limits", "", 1), m[1])
	synctest.Test(t, func(t *testing.T) {
		r, _ := run(t, load(t, files), &web{pages: map[string]string{page: said}}, nil)
		for _, f := range r.Findings {
			if f.Line != 9 || f.Col != 12 {
				t.Errorf("%s is found at %v", f.Message, f.Place)
			}
		}
		found = r.Findings
	})
	return found, m[2]
}
