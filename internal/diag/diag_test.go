package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func at(file string, line, col int) Place { return Place{File: file, Line: line, Col: col} }

var some = []Finding{
	{Place: at("content/openai/x.md", 7, 8), Rule: "kind", Message: `unknown kind "ratelimit"; want one of auth, billing`,
		Hint: `did you mean "rate-limit"?`, Source: `kind = "ratelimit"`},
	{Place: at("content/openai/x.md", 12, 1), Severity: Warning, Rule: "old", Message: "verified a year ago"},
	{Place: at("content/openai/_index.md", 0, 0), Severity: Notice, Rule: "size", Message: "100% of <the> limit"},
}

func printed(t *testing.T, print func(io.Writer, []Finding) error, findings ...Finding) string {
	t.Helper()
	var b bytes.Buffer
	if err := print(&b, findings); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	want := `content/openai/x.md:7:8: error: unknown kind "ratelimit"; want one of auth, billing [kind]
  hint: did you mean "rate-limit"?
content/openai/x.md:12:1: warning: verified a year ago [old]
content/openai/_index.md: notice: 100% of <the> limit [size]
`
	if diff := cmp.Diff(want, printed(t, Text, some...)); diff != "" {
		t.Errorf("Text (-want +got):\n%s", diff)
	}
}

func TestTextIsSafeForATerminal(t *testing.T) {
	got := printed(t, Text, Finding{Place: at("a\n.md", 1, 1), Rule: "r", Message: "a\r\nb\x1b[31m\u202e\xff é\u0085", Hint: "x\ny"})
	want := `a\n.md:1:1: error: a\x0d\nb\x1b[31m\u202e\xff é\u0085 [r]` + "\n  hint: x\\ny\n"
	if got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func TestJSON(t *testing.T) {
	want := `{
  "findings": [
    {
      "file": "content/openai/x.md",
      "line": 7,
      "col": 8,
      "severity": "error",
      "rule": "kind",
      "message": "unknown kind \"ratelimit\"; want one of auth, billing",
      "hint": "did you mean \"rate-limit\"?",
      "source": "kind = \"ratelimit\""
    },
    {
      "file": "content/openai/x.md",
      "line": 12,
      "col": 1,
      "severity": "warning",
      "rule": "old",
      "message": "verified a year ago"
    },
    {
      "file": "content/openai/_index.md",
      "line": 0,
      "col": 0,
      "severity": "notice",
      "rule": "size",
      "message": "100% of <the> limit"
    }
  ],
  "errors": 1,
  "warnings": 1
}
`
	if diff := cmp.Diff(want, printed(t, JSON, some...)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestJSONOfNothing(t *testing.T) {
	var got, want any
	if err := json.Unmarshal([]byte(printed(t, JSON)), &got); err != nil {
		t.Fatal(err)
	}
	want = map[string]any{"findings": []any{}, "errors": 0.0, "warnings": 0.0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestGitHub(t *testing.T) {
	findings := append(some[:len(some):len(some)],
		Finding{Place: at("a,b:c%.md", 1, 2), Rule: "r", Message: "one: two, 50%\r\nthree::error::"})
	want := `::error file=content/openai/x.md,line=7,col=8,title=[kind]::unknown kind "ratelimit"; want one of auth, billing%0Ahint: did you mean "rate-limit"?
::warning file=content/openai/x.md,line=12,col=1,title=[old]::verified a year ago
::notice file=content/openai/_index.md,title=[size]::100%25 of <the> limit
::error file=a%2Cb%3Ac%25.md,line=1,col=2,title=[r]::one: two, 50%25%0D%0Athree::error::
`
	if diff := cmp.Diff(want, printed(t, GitHub, findings...)); diff != "" {
		t.Errorf("GitHub (-want +got):\n%s", diff)
	}
}

// FuzzOneLine holds that no text makes a finding more than one line, for GitHub
// and for people, and that GitHub's runner gets the message back as it was.
func FuzzOneLine(f *testing.F) {
	f.Add("x.md", "kind", "message", "hint")
	f.Add("a\nb", "a\r", "%0A::set-env::\r\n", "")
	f.Add("a,line=1", ":", "\u2028\x1b[2J\xff", "\n\n")
	f.Fuzz(func(t *testing.T, file, rule, message, hint string) {
		finding := Finding{Place: at(file, 1, 1), Rule: rule, Message: message, Hint: hint}
		got := printed(t, GitHub, finding)
		if strings.Count(got, "\n") != 1 || strings.Contains(got, "\r") || !strings.HasSuffix(got, "\n") {
			t.Errorf("GitHub(%+v) = %q, want one line", finding, got)
		}
		properties, data, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(got, "::error "), "\n"), "::")
		if strings.Count(properties, ",") != 3 {
			t.Errorf("GitHub(%+v) has the properties %q, want four", finding, properties)
		}
		want := message
		if hint != "" {
			want += "\nhint: " + hint
		}
		if back := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data); back != want {
			t.Errorf("GitHub(%+v) is read as %q, want %q", finding, back, want)
		}
		lines := 1 + min(len(hint), 1)
		finding.Rule = "rule"
		if text := printed(t, Text, finding); strings.Count(text, "\n") != lines || strings.ContainsAny(text, "\r\x1b\u2028") {
			t.Errorf("Text(%+v) = %q, want %d lines", finding, text, lines)
		}
	})
}

func TestSort(t *testing.T) {
	got := []Finding{
		{Place: at("b.md", 1, 1)},
		{Place: at("a.md", 10, 1)},
		{Place: at("a.md", 2, 2), Rule: "b"},
		{Place: at("a.md", 2, 2), Rule: "a", Message: "b"},
		{Place: at("a.md", 2, 2), Rule: "a", Message: "a"},
		{Place: at("a.md", 2, 1), Rule: "z"},
		{Place: at("a.md", 0, 0), Rule: "z"},
	}
	Sort(got)
	var b strings.Builder
	for _, f := range got {
		b.WriteString(f.String() + "\n")
	}
	want := `a.md: error:  [z]
a.md:2:1: error:  [z]
a.md:2:2: error: a [a]
a.md:2:2: error: b [a]
a.md:2:2: error:  [b]
a.md:10:1: error:  []
b.md:1:1: error:  []
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Sort (-want +got):\n%s", diff)
	}
}

func TestSummary(t *testing.T) {
	for want, findings := range map[string][]Finding{
		"nothing is wrong":                        nil,
		"1 error in 1 file":                       some[:1],
		"1 error, 1 warning in 1 file":            some[:2],
		"1 error, 1 warning, 1 notice in 2 files": some,
		"2 notices in 1 file":                     {some[2], some[2]},
	} {
		if got := Summary(findings); got != want {
			t.Errorf("Summary(%v) = %q, want %q", findings, got, want)
		}
	}
}

func TestFailed(t *testing.T) {
	if Failed(some[1:]) || !Failed(some) {
		t.Errorf("Failed = %t without and %t with an error", Failed(some[1:]), Failed(some))
	}
}
