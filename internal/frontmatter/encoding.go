package frontmatter

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"faultbook/internal/diag"
)

const bom = "\ufeff"

// read makes text of bytes: without a BOM, with \n line ends. Line numbers and
// columns stay those of the file, because \r\n is one line end either way.
// What is not text is found once of each kind: after the first bad byte the
// rest is most often of the same sort.
func read(name string, data []byte) (*Doc, []diag.Finding) {
	data = bytes.TrimPrefix(data, []byte(bom))
	d := &Doc{Name: name, text: string(data)}
	if strings.IndexByte(d.text, '\r') >= 0 {
		d.text = strings.ReplaceAll(d.text, "\r\n", "\n")
	}
	return d, d.encodingFindings()
}

func (d *Doc) encodingFindings() []diag.Finding {
	var found []diag.Finding
	if !utf8.ValidString(d.text) {
		off := firstInvalid(d.text)
		found = append(found, d.Finding(d.place(off), RuleEncoding,
			fmt.Sprintf("byte 0x%02x is not UTF-8", d.text[off]), utf8Hint(d.text)))
	}
	if off := strings.IndexByte(d.text, 0); off >= 0 {
		found = append(found, d.Finding(d.place(off), RuleEncoding, "a NUL byte is not text", utf8Hint(d.text)))
	}
	if off := strings.IndexByte(d.text, '\r'); off >= 0 {
		found = append(found, d.Finding(d.place(off), RuleEncoding,
			"a carriage return without a line feed ends no line", "end lines with \\n or \\r\\n"))
	}
	diag.Sort(found)
	return found
}

func firstInvalid(s string) int {
	for off, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[off:], string(utf8.RuneError)) {
			return off
		}
	}
	return len(s)
}

// utf8Hint tells a file in another encoding from a slip.
func utf8Hint(s string) string {
	if strings.HasPrefix(s, "\xff\xfe") || strings.HasPrefix(s, "\xfe\xff") || strings.IndexByte(s, 0) == 1 || strings.IndexByte(s, 0) == 0 {
		return "the file looks like UTF-16; save it as UTF-8"
	}
	return "save the file as UTF-8"
}
