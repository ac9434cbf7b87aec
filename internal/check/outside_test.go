package check_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/check"
	"faultbook/internal/diag"
)

// What links finds is as grave as the site wants it, and an entry may be exempt
// from it.
func TestOutside(t *testing.T) {
	at := func(file, rule string, severity diag.Severity) diag.Finding {
		return diag.Finding{Place: diag.Place{File: file, Line: 1, Col: 1}, Rule: rule, Severity: severity}
	}
	gone, silent, lasting := at("acme/second.md", "outside-gone", diag.Error), at("acme/first.md", "outside-silent", diag.Notice), at("site.toml", "outside-silent", diag.Error)
	exempt := func(rule string) string { return "[[exempt]]\nrule = \"" + rule + "\"\nreason = \"It is so.\"\n\n" }
	for _, x := range []struct {
		name, entry, site string
		want              []diag.Finding
	}{
		{"as the program has it", "", "", []diag.Finding{silent, gone, lasting}},
		{"off", "", "[check]\noutside-silent = \"off\"\n", []diag.Finding{gone}},
		{"of one gravity", "", "[check]\noutside-silent = \"notice\"\n", []diag.Finding{silent, gone, at("site.toml", "outside-silent", diag.Notice)}},
		{"a word that is none", "", "[check]\noutside-gone = \"loud\"\n", []diag.Finding{silent, gone, lasting}},
		{"exempt", exempt("outside-gone"), "", []diag.Finding{silent, lasting}},
		{"another one exempt", exempt("outside-silent"), "", []diag.Finding{silent, gone, lasting}},
	} {
		t.Run(x.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range twins(x.entry, x.site) {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			b, _, err := book.Load(fsys, cache.New(&cache.Memory{}))
			must(t, err)
			if diff := cmp.Diff(x.want, check.Outside(b, []diag.Finding{lasting, gone, silent})); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// Whether a page elsewhere still breaks a rule is not known without asking it.
func TestExemptionFromOutside(t *testing.T) {
	tree := twins("[[exempt]]\nrule = \"outside-gone\"\nreason = \"They are moving.\"\n\n", "[check]\nsame-name = \"off\"\n")
	if got := findings(t, tree, nil, writings()["LF"]); len(got) > 0 {
		t.Errorf("findings %v, want none", places(got))
	}
}
