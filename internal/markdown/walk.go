package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// walker goes once through a parsed piece and gathers its plain text, its
// links and what does not belong.
type walker struct {
	src      []byte
	text     strings.Builder
	links    []Link
	problems []Problem
}

func (w *walker) walk(n ast.Node) {
	w.enter(n)
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		w.walk(child)
	}
	w.leave(n)
}

func (w *walker) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text.Write(n.Segment.Value(w.src))
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.text.WriteByte(' ')
		}
	case *ast.String:
		w.text.Write(n.Value)
	case *ast.Link:
		w.link(n, resolved(n.Destination))
	case *ast.AutoLink:
		w.text.Write(n.Label(w.src))
		w.link(n, string(n.URL(w.src)))
	case *ast.RawHTML, *ast.HTMLBlock:
		w.problem(n, "raw-html", "raw HTML is not allowed", "write Markdown; put code and angle brackets in `backticks`")
	case *ast.Image:
		w.problem(n, "image", "images are not allowed", "describe it in words, or link to it")
	case *ast.Heading:
		if n.Level < 3 {
			w.problem(n, "heading", fmt.Sprintf("heading of level %d; want ### or lower", n.Level), "write ###: levels 1 and 2 are the page's own")
		}
	}
}

// leave puts a space or full line between blocks, so that words of two cells
// or paragraphs do not run together in the plain text.
func (w *walker) leave(n ast.Node) {
	if n.Type() == ast.TypeBlock && n.Kind() != table.KindTable && n.Kind() != ast.KindDocument {
		if text := w.text.String(); text != "" && !strings.HasSuffix(text, " ") {
			w.text.WriteByte(' ')
		}
	}
}

// resolved is an address as it will stand in the page: the renderer takes out
// backslashes and character references, and so must who judges it, or /\/host
// would pass for a path.
func resolved(address []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(address))))
}

func (w *walker) link(n ast.Node, target string) {
	at := offset(n)
	w.links = append(w.links, Link{Target: target, Offset: at})
	switch {
	case strings.HasPrefix(target, "https://"), strings.HasPrefix(target, "#"):
	case strings.HasPrefix(target, "/") && !strings.HasPrefix(target, "//") && !strings.Contains(target, "\\"):
	case strings.HasPrefix(target, "http://"):
		w.problems = append(w.problems, Problem{at, "link", fmt.Sprintf("address %q is not https", target), "use the https:// address"})
	default:
		w.problems = append(w.problems, Problem{at, "link", fmt.Sprintf("address %q is not allowed; want https://…, /provider/entry/ or #part", target),
			"write the whole https:// address, or the path on this site: links with another scheme, without one, or with // can lead anywhere"})
	}
}

func (w *walker) problem(n ast.Node, rule, message, hint string) {
	w.problems = append(w.problems, Problem{offset(n), rule, message, hint})
}

// offset is where a node begins, or the nearest earlier place that is known.
func offset(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if at := n.Pos(); at >= 0 {
			return at
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		if before := n.PreviousSibling(); before != nil {
			if t, ok := before.(*ast.Text); ok {
				return t.Segment.Stop
			}
		}
	}
	return 0
}
