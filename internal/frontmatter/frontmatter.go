// Package frontmatter reads a content file: TOML between two +++ lines, then
// Markdown.
//
// It owns the cut, the values (by github.com/BurntSushi/toml, of which it is
// the only importer), the way into Go structs, and the place of every key,
// value and array element, so that every other room can point at the first
// wrong character. It must not know what the keys mean, nor read files.
package frontmatter

import (
	"strings"
	"sync"

	"faultbook/internal/diag"
)

// Rule names of the findings made here.
const (
	RuleFence      = "frontmatter" // the +++ lines
	RuleEncoding   = "utf8"        // bytes that are no text
	RuleTOML       = "toml"        // what TOML does not allow
	RuleUnknownKey = "unknown-key"
	RuleType       = "type"
	RuleMissingKey = "missing-key"
)

// Doc is one content file, cut into its parts. Its methods may be called from
// several goroutines.
type Doc struct {
	Name     string // as places name it: slash-separated, as the reader would open it
	Front    string // the TOML between the fences, each line with its \n
	Body     string // the Markdown behind the closing fence, with \n line ends
	BodyLine int    // number of Body's first line, from 1; 0 for a file without fences

	text   string         // the whole file: no BOM, \n line ends
	start  int            // offset of Front in text
	values map[string]any // nil when the TOML could not be read

	linesOnce sync.Once
	lines     []int // see lineStarts
	treeOnce  sync.Once
	root      *node // see tree
}

// Parse cuts a content file. With findings the Doc holds what could be read,
// and decoding it finds nothing more.
func Parse(name string, data []byte) (*Doc, []diag.Finding) {
	d, findings := read(name, data)
	if findings != nil {
		return d, findings
	}
	if wrong, ok := d.cut(); !ok {
		return d, []diag.Finding{wrong}
	}
	return d, d.parseValues()
}

// ParseTOML reads a file that is TOML from its first line to its last.
func ParseTOML(name string, data []byte) (*Doc, []diag.Finding) {
	d, findings := read(name, data)
	if findings != nil {
		return d, findings
	}
	d.Front = d.text
	return d, d.parseValues()
}

const fence = "+++"

// cut finds the two fences. The first line that is exactly +++ closes, also
// inside a multi-line string: a fence must be seen without knowing TOML.
func (d *Doc) cut() (diag.Finding, bool) {
	front, ok := strings.CutPrefix(d.text, fence+"\n")
	if !ok {
		return d.noOpeningFence(), false
	}
	d.start = len(fence) + 1
	end := fenceIndex(front)
	if end < 0 {
		return d.noClosingFence(front), false
	}
	d.Front = front[:end]
	d.Body = strings.TrimPrefix(front[end+len(fence):], "\n")
	d.BodyLine = 3 + strings.Count(d.Front, "\n")
	return diag.Finding{}, true
}

// fenceIndex is the offset of the first line of s that is exactly +++, or -1.
func fenceIndex(s string) int {
	if s == fence || strings.HasPrefix(s, fence+"\n") {
		return 0
	}
	if i := strings.Index(s, "\n"+fence+"\n"); i >= 0 {
		return i + 1
	}
	if strings.HasSuffix(s, "\n"+fence) {
		return len(s) - len(fence)
	}
	return -1
}

func (d *Doc) noOpeningFence() diag.Finding {
	first, _, _ := strings.Cut(d.text, "\n")
	at := diag.Place{File: d.Name, Line: 1, Col: 1}
	switch {
	case d.text == "":
		return d.Finding(at, RuleFence, "the file is empty; want TOML between two lines +++, then Markdown", "copy another file of its kind to begin with")
	case first == fence:
		return d.unclosed()
	case strings.TrimSpace(first) == fence:
		return d.Finding(at, RuleFence, "want +++ alone on the first line", "take the blanks around it away")
	case strings.TrimSpace(first) == "---":
		return d.Finding(at, RuleFence, "the front matter is opened by ---; want +++",
			"front matter is TOML here: write +++ before and after it, and key = value in it")
	case strings.TrimSpace(first) == "" && strings.HasPrefix(strings.TrimSpace(d.text), fence):
		return d.Finding(at, RuleFence, "want +++ on the first line", "take the empty lines before it away")
	}
	return d.Finding(at, RuleFence, "want +++ on the first line, then TOML, then +++ again", "copy the head of another file of its kind")
}

// noClosingFence looks for what was meant to be the closing fence.
func (d *Doc) noClosingFence(front string) diag.Finding {
	line := 1
	for text := range strings.Lines(front) {
		line++
		at := diag.Place{File: d.Name, Line: line, Col: 1}
		switch strings.TrimSpace(text) {
		case fence:
			return d.Finding(at, RuleFence, "want +++ alone on its line to close the front matter", "take the blanks around it away")
		case "---":
			return d.Finding(at, RuleFence, "the front matter is opened by +++ and closed by ---; want +++ twice", "write +++ here")
		}
	}
	return d.unclosed()
}

func (d *Doc) unclosed() diag.Finding {
	return d.Finding(diag.Place{File: d.Name, Line: 1, Col: 1}, RuleFence,
		"the front matter is not closed; want a second line +++", "write +++ between the last key and the text")
}
