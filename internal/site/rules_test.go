package site

import (
	"slices"
	"strings"
	"testing"

	"faultbook/internal/check"
	"faultbook/internal/status"
)

func TestPointed(t *testing.T) {
	for _, x := range []struct {
		name, text string
		want       HTML
	}{
		{"no caret", "a = \"<b>\"\n", `a = &quot;&lt;b&gt;&quot;`},
		{"a quoted text", "é = [\"x\", \"y z\"]\n          ^ no \"y\"\n", "é = [&quot;x&quot;, <strong>&quot;y z&quot;</strong>]\n↑ no &quot;y&quot;"},
		{"a word", "name = quota exceeded\n       ^ want a value\nmore\n", "name = <strong>quota</strong> exceeded\n↑ want a value\nmore"},
		{"a quote that is not closed", "a = \"x\n    ^ open\n", "a = <strong>&quot;x</strong>\n↑ open"},
		{"the file as a whole", "^ does not belong here\na = 1\n", "↑ does not belong here\na = 1"},
	} {
		t.Run(x.name, func(t *testing.T) {
			if got := pointed(x.text); got != x.want {
				t.Errorf("pointed(%q) = %q, want %q", x.text, got, x.want)
			}
		})
	}
}

// The page holds every rule once, with both of its examples.
func TestRulesPage(t *testing.T) {
	s := newSite(t, content(nil), status.Snapshot{}, "https://faults.example/errors")
	view := s.rulesPage().View.(*RulesView)
	var names []string
	for _, g := range view.Groups {
		for _, r := range g.Rules {
			names = append(names, r.Name)
			if len(r.Examples) < 2 || strings.Contains(string(r.Why), "{") || r.Standing == "" {
				t.Errorf("the rule %s is shown as %+v", r.Name, r)
			}
		}
	}
	var want []string
	for _, r := range check.Rules() {
		want = append(want, r.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("the page holds %q, want %q", names, want)
	}
	if got := view.Trail.Links; len(got) != 2 || got[1].Path != "/errors/about/" {
		t.Errorf("the pages above it are %v, want home and about", got)
	}
}
