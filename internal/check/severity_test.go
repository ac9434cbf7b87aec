package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/diag"
)

// twins is a good tree with two entries of one name, with lines added to the
// second one and to site.toml.
func twins(entry, site string) map[string]string {
	tree := good()
	tree["acme/first.md"] = swapped(filled(goodEntry, "first"), `"name of first"`, `"one name"`)
	tree["acme/second.md"] = swapped(filled(goodEntry, "second"), `"name of second"`, `"one name"`, "[waiting]", entry+"[waiting]")
	tree["site.toml"] += site
	return tree
}

const exemptSecond = "[[exempt]]\nrule = \"same-name\"\nreason = \"They are called so.\"\n\n"

// A site says how grave a rule is, and an entry that it need not keep it.
func TestSeverity(t *testing.T) {
	for _, x := range []struct {
		name, entry, site string
		want              []string
		level             diag.Severity
	}{
		{"as the program has it", "", "", []string{"acme/second.md:3:12 same-name"}, diag.Warning},
		{"graver", "", "[check]\nsame-name = \"error\"\n", []string{"acme/second.md:3:12 same-name"}, diag.Error},
		{"lighter", "", "[check]\nsame-name = \"notice\"\n", []string{"acme/second.md:3:12 same-name"}, diag.Notice},
		{"off", "", "[check]\nsame-name = \"off\"\n", nil, 0},
		{"another rule off", "", "[check]\nsame-title = \"off\"\n", []string{"acme/second.md:3:12 same-name"}, diag.Warning},
		{"exempt", exemptSecond, "", nil, 0},
		{"exempt from what is off", exemptSecond, "[check]\nsame-name = \"off\"\n", nil, 0},
		{"exempt from another rule", "[[exempt]]\nrule = \"same-title\"\nreason = \"A mistake.\"\n\n", "",
			[]string{"acme/second.md:3:12 same-name", "acme/second.md:20:8 needless"}, diag.Warning},
		{"needless, but off", "[[exempt]]\nrule = \"same-title\"\nreason = \"A mistake.\"\n\n", "[check]\nneedless = \"off\"\nsame-name = \"off\"\n", nil, 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := findings(t, twins(x.entry, x.site), nil, writings()["LF"])
			if diff := cmp.Diff(x.want, places(got)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			for _, f := range got {
				if f.Severity != x.level {
					t.Errorf("%s is of severity %v, want %v", f.Rule, f.Severity, x.level)
				}
			}
		})
	}
}

// Whether an exemption is needed is not known while its twin may be in a file
// that could not be read.
func TestExemptionBesideBrokenFiles(t *testing.T) {
	tree := twins(exemptSecond, "")
	tree["acme/first.md"] = "no fence"
	want := []string{"acme/first.md:1:1 frontmatter"}
	if diff := cmp.Diff(want, places(findings(t, tree, nil, writings()["LF"]))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
