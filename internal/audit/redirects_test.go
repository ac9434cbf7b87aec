package audit_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"faultbook/internal/audit"
)

func TestReadRedirects(t *testing.T) {
	tests := []struct {
		name     string
		text     string
		want     []audit.Redirect
		problems string // one a line
	}{
		{name: "empty and comments", text: "\n# old names\n"},
		{
			name: "aliases",
			text: "/a/ /b/ 301\n/c\t/d   302 # moved\n",
			want: []audit.Redirect{{From: "/a/", To: "/b/", Status: 301, Line: 1}, {From: "/c", To: "/d", Status: 302, Line: 2}},
		},
		{
			name: "fresh states from elsewhere",
			text: "/live/* https://raw.example/live/:splat 200\n",
			want: []audit.Redirect{{From: "/live/*", To: "https://raw.example/live/:splat", Status: 200, Line: 1}},
		},
		{
			name: "a splat forwards to itself",
			text: "/app/* 200\n",
			want: []audit.Redirect{{From: "/app/*", To: "/app/:splat", Status: 200, Line: 1}},
		},
		{
			name:     "everything at once",
			text:     "/s id=:id q=1 /s/:id 301! Language=en,de role=admin Sign=KEY\n",
			want:     []audit.Redirect{{From: "/s", Query: map[string]string{"id": ":id", "q": "1"}, To: "/s/:id", Status: 301, Force: true, Conditions: map[string]string{"Language": "en,de", "Role": "admin"}, Signed: "KEY", Line: 1}},
			problems: "line 1: only Netlify reads query parameters and conditions\nline 1: :id is not in /s, so it is sent as it stands\nline 1: only Netlify reads !; the same line without it must follow for Cloudflare Pages",
		},
		{
			name: "forced for one host, plain for the other",
			text: "/a/ /b/ 301!\n/a/ /b/ 301\n",
			want: []audit.Redirect{{From: "/a/", To: "/b/", Status: 301, Force: true, Line: 1}, {From: "/a/", To: "/b/", Status: 301, Line: 2}},
		},
		{
			name:     "forced for one host, something else for the other",
			text:     "/a/ /b/ 301!\n/a/ /c/ 301\n",
			want:     []audit.Redirect{{From: "/a/", To: "/b/", Status: 301, Force: true, Line: 1}, {From: "/a/", To: "/c/", Status: 301, Line: 2}},
			problems: "line 1: only Netlify reads !; the same line without it must follow for Cloudflare Pages\nline 2: never used: line 1 takes /a/ first",
		},
		{
			name:     "no status",
			text:     "/a /b\n",
			want:     []audit.Redirect{{From: "/a", To: "/b", Status: 301, Line: 1}},
			problems: "line 1: no status: Netlify answers 301, Cloudflare Pages 302",
		},
		{
			name:     "a comment that eats the destination",
			text:     "/a #/b 301\n",
			problems: "line 1: no destination",
		},
		{
			name:     "a destination that is no address",
			text:     "/a b 301\n/a ftp://x/\n",
			problems: "line 1: no destination that begins with /, http:// or https://\nline 2: no destination that begins with /, http:// or https://",
		},
		{
			name:     "conditions without a status",
			text:     "/a /b Language=de\n",
			problems: `line 1: "Language=de" stands where the status should; conditions come after it`,
		},
		{
			name:     "the host's own addresses",
			text:     "/.netlify/x /b 301\nhttps://x.example/.netlify/y /b 301\n",
			problems: "line 1: addresses below /.netlify belong to the host\nline 2: addresses below /.netlify belong to the host",
		},
		{
			name:     "only a splat with a status of success forwards to itself",
			text:     "/a 200\n/b/* 301\n",
			problems: "line 1: no destination\nline 2: no destination",
		},
		{
			name:     "a status that no host answers",
			text:     "/a /b 307\n/c /d 0x1f5\n",
			want:     []audit.Redirect{{From: "/a", To: "/b", Status: 307, Line: 1}, {From: "/c", To: "/d", Status: 501, Line: 2}},
			problems: "line 1: status 307 is none that the host can answer\nline 2: status 501 is none that the host can answer",
		},
		{
			name:     "a slash at the end is no other address",
			text:     "/a /a/ 301\n",
			want:     []audit.Redirect{{From: "/a", To: "/a/", Status: 301, Line: 1}},
			problems: "line 1: leads to itself: the host drops a slash at the end before it looks for a rule",
		},
		{
			name:     "the first match wins",
			text:     "/a /b 301\n/a/ /c 301\n/x/* /y 301\n/x/z /w 301\n",
			want:     []audit.Redirect{{From: "/a", To: "/b", Status: 301, Line: 1}, {From: "/a/", To: "/c", Status: 301, Line: 2}, {From: "/x/*", To: "/y", Status: 301, Line: 3}, {From: "/x/z", To: "/w", Status: 301, Line: 4}},
			problems: "line 2: never used: line 1 takes /a/ first\nline 4: never used: line 3 takes /x/z first",
		},
		{
			name:     "rules that match nothing",
			text:     "a /b 301\n/c#d /e 301\n/f*g /h 301\n",
			want:     []audit.Redirect{{From: "a", To: "/b", Status: 301, Line: 1}, {From: "/c#d", To: "/e", Status: 301, Line: 2}, {From: "/f*g", To: "/h", Status: 301, Line: 3}},
			problems: "line 1: never used: \"a\" does not begin with /\nline 2: never used: a path is matched without its query and fragment\nline 3: * stands only at the end, after a slash",
		},
		{
			name:     "words that lose something",
			text:     "/a x=1=2 x=3 y /b 301\n",
			want:     []audit.Redirect{{From: "/a", Query: map[string]string{"x": "3", "y": ""}, To: "/b", Status: 301, Line: 1}},
			problems: "line 1: only Netlify reads query parameters and conditions\nline 1: \"x=1=2\" is read up to its second =\nline 1: x stands twice; the last one counts\nline 1: \"y\" has no value",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := audit.ReadRedirects([]byte(tt.text))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ReadRedirects(%q): rules (-want +got)\n%s", tt.text, diff)
			}
			if diff := cmp.Diff(tt.problems, told(problems)); diff != "" {
				t.Errorf("ReadRedirects(%q): problems (-want +got)\n%s", tt.text, diff)
			}
		})
	}
}

// What is read can be written again and is read as the same rules.
func FuzzReadRedirects(f *testing.F) {
	for _, seed := range []string{
		"/a /b 301\n", "/a/* 200!\n", "/s id=:id 5=1 /s/:id 301! Language=en role=x signed=K # c\n",
		"http://x.example/a https://y.example/:splat 0x12c\n", "/a =1 == /b -5! =\n", "\uFEFF/a\u00a0/b\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, _ := audit.ReadRedirects(data)
		var text strings.Builder
		for i := range rules {
			rules[i].Line = 0
			text.WriteString(rules[i].String() + "\n")
		}
		again, _ := audit.ReadRedirects([]byte(text.String()))
		for i := range again {
			again[i].Line = 0
		}
		if diff := cmp.Diff(rules, again); diff != "" {
			t.Errorf("ReadRedirects(%q), written as %q (-first +second)\n%s", data, text.String(), diff)
		}
	})
}
