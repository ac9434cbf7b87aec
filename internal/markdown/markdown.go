// Package markdown turns the Markdown of an entry into HTML and plain text,
// and tells what in it does not belong: raw HTML, images, unsafe addresses,
// headings that are too high.
//
// It owns the only door to goldmark. It must not know entries, pages or rules:
// it reports problems by byte offset, and its caller knows the file.
package markdown

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Piece is one rendered piece of Markdown.
type Piece struct {
	HTML     string    // safe: no raw HTML, no script addresses, no style attributes
	Text     string    // what a reader sees, as plain text; code blocks are left out
	Links    []Link    // in the order they stand
	Problems []Problem // what does not belong; HTML is safe all the same
}

// Link is an address that a piece links to.
type Link struct {
	Target string // as written: https://…, /path/ or #fragment
	Offset int    // bytes into the source, at the link or as near as goldmark tells
}

// Problem is something that does not belong in our Markdown.
type Problem struct {
	Offset  int // bytes into the source
	Rule    string
	Message string
	Hint    string
}

// Converter renders Markdown. It keeps its buffers between calls, so it must
// not be used by two goroutines at once; each worker makes its own.
type Converter struct {
	brief brief
	md    goldmark.Markdown
	out   bytes.Buffer
	buf   *bufio.Writer // goldmark makes a new 4 KB writer a call unless it is given one
}

// New makes a Converter: CommonMark with tables, nothing else.
func New() *Converter {
	md := goldmark.New(
		// Alignment would become style attributes, which our pages forbid.
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(codeBlocks{}, 100))),
	)
	return &Converter{md: md, buf: bufio.NewWriter(nil)}
}

// Block renders Markdown that may hold paragraphs, lists, tables and code.
func (c *Converter) Block(source string) Piece {
	if c.brief.block(source) {
		return c.brief.piece(source)
	}
	return c.convert(source, nil)
}

// Inline renders Markdown that is one line of text: a cause, a fix, an answer.
// Anything that is not a single paragraph is a problem.
func (c *Converter) Inline(source string) Piece {
	if c.brief.inline(source) {
		return c.brief.piece(source)
	}
	piece := c.convert(source, func(doc ast.Node) *Problem {
		first := doc.FirstChild()
		if first == nil || first == doc.LastChild() && first.Kind() == ast.KindParagraph {
			return nil
		}
		return &Problem{Offset: offset(first), Rule: "inline", Message: "want one paragraph of text, got " + strings.ToLower(first.Kind().String()),
			Hint: "lists, code blocks and second paragraphs belong in the body of the entry"}
	})
	html := strings.TrimSuffix(piece.HTML, "\n")
	if inner, ok := strings.CutPrefix(html, "<p>"); ok && strings.Count(html, "<p>") == 1 {
		html = strings.TrimSuffix(inner, "</p>")
	}
	piece.HTML = html
	return piece
}

func (c *Converter) convert(source string, shape func(ast.Node) *Problem) Piece {
	src := []byte(source)
	doc := c.md.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext()))
	w := walker{src: src}
	if shape != nil {
		if problem := shape(doc); problem != nil {
			w.problems = append(w.problems, *problem)
		}
	}
	w.walk(doc)
	c.out.Reset()
	c.buf.Reset(&c.out)
	if err := c.md.Renderer().Render(c.buf, src, doc); err != nil {
		panic(fmt.Sprintf("goldmark cannot write to memory: %v", err))
	}
	_ = c.buf.Flush()
	return Piece{HTML: c.out.String(), Text: strings.TrimSpace(w.text.String()), Links: w.links, Problems: w.problems}
}

// codeBlocks renders code without a language class: nothing on our pages
// colours code, and the class would be bytes for nobody.
type codeBlocks struct{}

func (codeBlocks) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, renderCode)
	reg.Register(ast.KindCodeBlock, renderCode)
}

func renderCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<pre><code>")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		html.DefaultWriter.RawWrite(w, line.Value(source))
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}
