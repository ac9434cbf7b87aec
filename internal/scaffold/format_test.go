package scaffold

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"faultbook/internal/book"
)

// realFiles are all entries and providers of the real content.
func realFiles(t *testing.T) map[string][]byte {
	t.Helper()
	content := os.DirFS("../../content")
	names, err := book.Files(content)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = fs.ReadFile(content, name); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Format itself holds that no value changes; see frontmatter's fuzz tests.
func TestFormatRealContent(t *testing.T) {
	for name, data := range realFiles(t) {
		if book.FormOf(name) == book.SiteForm {
			continue
		}
		once, findings := Format(name, data)
		if len(findings) > 0 {
			t.Errorf("Format(%s) finds %v", name, findings)
		}
		if twice, _ := Format(name, []byte(once)); twice != once {
			t.Errorf("Format(%s) is not its own form", name)
		}
		crlf := "\ufeff" + strings.ReplaceAll(string(data), "\n", "\r\n")
		if mended, _ := Format(name, []byte(crlf)); mended != once {
			t.Errorf("Format(%s) with CRLF and a BOM is another text", name)
		}
	}
}

func TestFormatLeavesBrokenFiles(t *testing.T) {
	const broken, deep = "+++\r\na = \r\n+++\r\n", "+++\na = [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\n+++\n"
	for text, want := range map[string]string{broken: "toml", deep: "fmt"} {
		got, findings := Format("acme/x.md", []byte(text))
		if got != text || len(findings) != 1 || findings[0].Rule != want {
			t.Errorf("Format(%q) = %q, %v; want it as it was, and one finding of %s", text, got, findings, want)
		}
	}
}
