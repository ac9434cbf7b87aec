package publish

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckPath(t *testing.T) {
	tests := []struct{ name, path, wrong string }{
		{"a page", "openai/insufficient-quota/index.html", ""},
		{"a file of the host", "_headers", ""},
		{"a dot in front", ".well-known/security.txt", ""},
		{"another script", "静态/图.png", ""},
		{"a name that only begins like a device", "console/auxiliary/nullable/com10/index.html", ""},
		{"the longest name", strings.Repeat("a", 255), ""},

		{"empty", "", "want names"},
		{"absolute", "/etc/passwd", "want names"},
		{"a folder", "openai/", "want names"},
		{"two slashes", "openai//index.html", "want names"},
		{"the folder above", "../index.html", "not allowed"},
		{"the folder above, later", "openai/../../index.html", "not allowed"},
		{"the folder itself", "openai/./index.html", "not allowed"},
		{"a backslash", `..\index.html`, "not allowed"},
		{"a drive", "C:/index.html", "not allowed"},
		{"a stream of NTFS", "index.html:hidden", "not allowed"},
		{"NUL", "index\x00.html", "not allowed"},
		{"a newline", "index\n.html", "not allowed"},
		{"a control character of Latin-1", "index\u0085.html", "not allowed"},
		{"not UTF-8", "index\xff.html", "UTF-8"},
		{"a device", "nul", "reserved"},
		{"a device as a folder", "openai/AUX/index.html", "reserved"},
		{"a device with an ending", "com1.html", "reserved"},
		{"a device with a blank", "con .html", "reserved"},
		{"a device of superscripts", "lpt¹", "reserved"},
		{"a dot at the end", "openai./index.html", "dot or a space"},
		{"a space at the end", "openai /index.html", "dot or a space"},
		{"too long a name", strings.Repeat("a", 256), "longer than 255"},
		{"a repository", ".git/hooks/post-checkout", ".git"},
		{"a repository in capitals", "sub/.GIT/config", ".git"},
		{"a folder of ours", ".faultbook-new/index.html", "unfinished"},
		{"a folder of ours in capitals", ".Faultbook/index.html", "unfinished"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := checkPath(tt.path)
			switch {
			case tt.wrong == "" && err != nil:
				t.Errorf("checkPath(%q) = %v, want nil", tt.path, err)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("checkPath(%q) = %v, want one with %q", tt.path, err, tt.wrong)
			}
		})
	}
}

func TestFold(t *testing.T) {
	for path, want := range map[string]string{
		"openai/index.html": "openai/index.html",
		"OpenAI/Index.HTML": "openai/index.html",
		"straße/K.html":     "straße/k.html", // the Kelvin sign is a k
		"ÄRGER":             "ärger",
	} {
		if got := fold(path); got != want {
			t.Errorf("fold(%q) = %q, want %q", path, got, want)
		}
	}
}

// FuzzCheckPath: what is accepted stays inside the output folder.
func FuzzCheckPath(f *testing.F) {
	for _, seed := range []string{"openai/index.html", "../x", "/x", "a//b", `a\..\b`, "a/../../b", "CON", "x:y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if checkPath(path) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(path)) || filepath.ToSlash(filepath.Clean(path)) != path {
			t.Errorf("checkPath(%q) = nil, but the path is not local and clean", path)
		}
	})
}
