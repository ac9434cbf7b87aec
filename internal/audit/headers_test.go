package audit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"faultbook/internal/audit"
)

func TestReadHeaders(t *testing.T) {
	tests := []struct {
		name     string
		text     string
		want     []audit.HeaderRule
		problems string // one a line
	}{
		{name: "empty"},
		{
			name: "paths, comments and values with colons",
			text: "# all\n/*\n  Content-Security-Policy: default-src 'none'; img-src https://x.example\n\n/api/*\n\tX-A: 1\n",
			want: []audit.HeaderRule{
				{Path: "/*", Line: 2, Fields: []audit.Field{{Name: "Content-Security-Policy", Value: "default-src 'none'; img-src https://x.example"}}},
				{Path: "/api/*", Line: 5, Fields: []audit.Field{{Name: "X-A", Value: "1"}}},
			},
		},
		{
			name: "byte order mark, CRLF, no-break space",
			text: "\uFEFF/*\r\n\u00A0X-A: b\r\n",
			want: []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "X-A", Value: "b"}}}},
		},
		{
			name: "commas are put together again",
			text: "/*\n  Permissions-Policy: camera=() ,usb=(),  midi=()\n",
			want: []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "Permissions-Policy", Value: "camera=(), usb=(), midi=()"}}}},
		},
		{
			name:     "repeated header",
			text:     "/*\n  X-A: 1\n  X-A: 2\n  x-a: 3\n",
			want:     []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "X-A", Value: "1, 2"}, {Name: "x-a", Value: "3"}}}},
			problems: "line 3: X-A stands twice for /*; the values are joined with a comma\nline 4: X-A and x-a for /* are one header in two spellings",
		},
		{
			name:     "line without a colon",
			text:     "/*\n  X-A: 1\n  nosniff\n",
			want:     []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "X-A", Value: "1"}}}},
			problems: `line 3: "nosniff" has no colon; the host drops it without a word`,
		},
		{
			name:     "header before any path",
			text:     "X-A: 1\n",
			problems: "line 1: header X-A stands before any path",
		},
		{
			name:     "no name, no value",
			text:     "/*\n  : 1\n  X-A:\n",
			problems: "line 1: /* has no headers; the host drops it without a word\nline 2: a header without a name\nline 3: header X-A without a value",
		},
		{
			name: "a wrapped value that begins with a slash is a path",
			text: "/*\n  Link: </a>; rel=preload,\n  </b>\n  /c\n",
			want: []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "Link", Value: "</a>; rel=preload, "}}}},
			problems: `line 3: "</b>" has no colon; the host drops it without a word
line 4: /c has no headers; the host drops it without a word`,
		},
		{
			name:     "what the host keeps for itself, and no name at all",
			text:     "/*\n  Location: /x\n  X A: 1\n",
			want:     []audit.HeaderRule{{Path: "/*", Line: 1, Fields: []audit.Field{{Name: "Location", Value: "/x"}, {Name: "X A", Value: "1"}}}},
			problems: "line 2: the host does not let Location be set\nline 3: \"X A\" is no name of a header",
		},
		{
			name:     "a header named undefined takes its rule along",
			text:     "/*\n  X-A: 1\n  undefined: 2\n",
			problems: "line 1: a header named undefined; the host refuses all of /*",
		},
		{
			name:     "paths that no host matches as meant",
			text:     "/a*b(*\n  X-A: 1\n",
			want:     []audit.HeaderRule{{Path: "/a*b(*", Line: 1, Fields: []audit.Field{{Name: "X-A", Value: "1"}}}},
			problems: "line 1: /a*b(* has more than one *; Cloudflare Pages reads one\nline 1: /a*b(* cannot be matched: the host reads a part with * as a regular expression",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := audit.ReadHeaders([]byte(tt.text))
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("ReadHeaders(%q): rules (-want +got)\n%s", tt.text, diff)
			}
			if diff := cmp.Diff(tt.problems, told(problems)); diff != "" {
				t.Errorf("ReadHeaders(%q): problems (-want +got)\n%s", tt.text, diff)
			}
		})
	}
}

func TestReadHeadersLimits(t *testing.T) {
	long := "/*\n  X-A: " + strings.Repeat("é", 2000) + "\n"
	many := strings.Repeat("/x\n  X-A: 1\n", 101)
	for text, want := range map[string]string{
		long: "line 2: 2005 characters; Cloudflare Pages reads at most 2000",
		many: "101 rules; Cloudflare Pages reads at most 100",
	} {
		if _, problems := audit.ReadHeaders([]byte(text)); told(problems) != want {
			t.Errorf("ReadHeaders(%.20q…): problems %q, want %q", text, told(problems), want)
		}
	}
}

func TestHeaderRuleMatches(t *testing.T) {
	tests := []struct {
		rule, path string
		want       bool
	}{
		{"/*", "/", true},
		{"/*", "/openai/x/", true},
		{"/openai/*", "/openai", true},
		{"/openai/*", "/openai-x/", true}, // the slash before a * is optional, as with the host
		{"/*/index.md", "/openai/x/index.md", true},
		{"/*/index.md", "/index.md", true}, // so is that before it
		{"/*.md", "/openai/index.md", true},
		{"/*.md", "/openai/indexamd", true}, // an unquoted dot
		{"/ABOUT/", "/about", true},
		{"/:slug", "/openai/", true},
		{"/:slug", "/openai/x", false},
		{"/llms.txt", "/llmsxtxt", false},
		{"/", "/", true},
		{"/a(*", "/a(b", false},
	}
	for _, tt := range tests {
		if got := (audit.HeaderRule{Path: tt.rule}).Matches(tt.path); got != tt.want {
			t.Errorf("rule %s matches %s: %v, want %v", tt.rule, tt.path, got, tt.want)
		}
	}
}

func TestHeadersFor(t *testing.T) {
	rules, _ := audit.ReadHeaders([]byte("/*\n  X-A: 1\n  X-B: b\n/api/*\n  x-a: 2\n"))
	want := map[string]string{"x-a": "1, 2", "x-b": "b"}
	if diff := cmp.Diff(want, audit.HeadersFor(rules, "/api/v1/")); diff != "" {
		t.Errorf("HeadersFor (-want +got)\n%s", diff)
	}
}

// What is read can be written again and is read as the same rules.
func FuzzReadHeaders(f *testing.F) {
	for _, seed := range []string{"/*\n  X-A: 1\n  X-A: 2,3,\n", "\uFEFF/a\r\n b :c:d\r\n#x\n/b\nnone\n: x\ny:\n", "/:a/*b\nundefined: 1\n", "/a\nb:,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, _ := audit.ReadHeaders(data)
		var text strings.Builder
		for i := range rules {
			rules[i].Matches("/x")
			rules[i].Line = 0
			text.WriteString(rules[i].String())
		}
		again, _ := audit.ReadHeaders([]byte(text.String()))
		for i := range again {
			again[i].Line = 0
		}
		if diff := cmp.Diff(rules, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("ReadHeaders(%q), written as %q (-first +second)\n%s", data, text.String(), diff)
		}
	})
}

func told(problems []audit.Problem) string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}
