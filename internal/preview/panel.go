package preview

import (
	"bytes"
	"cmp"
	_ "embed" // the panel's style and the script
	"fmt"
	"html"
	"slices"
	"strings"

	"faultbook/internal/diag"
)

//go:embed panel.css
var panelStyle string

//go:embed reload.js
var reloadScript string

// The addresses that are the preview's own. No content folder begins with a
// dot, so the site has no page there.
const (
	ownFolder  = "/.faultbook/"
	stylePath  = ownFolder + "panel.css"
	scriptPath = ownFolder + "reload.js"
	eventsPath = ownFolder + "events"
)

// panel tells in the page what is wrong. It is empty when nothing is: warnings
// are for the terminal.
type panel struct {
	summary string
	notes   []note
}

// note is one thing that is wrong, as a class of the style sheet and a text.
type note struct{ class, text string }

// notesShown keeps a broken tree from making pages of megabytes.
const notesShown = 50

func newPanel(o Outcome) panel {
	if !o.broken() {
		return panel{}
	}
	p := panel{summary: diag.Summary(o.Findings)}
	if o.Err != nil {
		p = p.with(o.Err)
	}
	findings := slices.Clone(o.Findings)
	slices.SortStableFunc(findings, func(a, b diag.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	for i, f := range findings {
		if i == notesShown {
			p.notes = append(p.notes, note{"notice", fmt.Sprintf("and %d more: faultbook check shows all", len(findings)-i)})
			break
		}
		var text strings.Builder
		_ = diag.Pretty(&text, []diag.Finding{f}, diag.Style{Width: 110}) // a Builder refuses nothing
		p.notes = append(p.notes, note{f.Severity.String(), text.String()})
	}
	return p
}

// with is the panel with an error before everything else.
func (p panel) with(err error) panel {
	if err == nil {
		return p
	}
	p.summary = "the site could not be made"
	p.notes = append([]note{{"error", "error: " + err.Error()}}, p.notes...)
	return p
}

func (p panel) empty() bool { return len(p.notes) == 0 }

// html is the panel as a part of a page.
func (p panel) html() string {
	if p.empty() {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<link rel="stylesheet" href="%s"><aside id="faultbook-panel" aria-label="What is wrong"><details open><summary>%s</summary>`, stylePath, html.EscapeString(p.summary))
	for _, n := range p.notes {
		fmt.Fprintf(&b, `<pre class="%s">%s</pre>`, n.class, html.EscapeString(strings.TrimSpace(n.text)))
	}
	b.WriteString("</details></aside>")
	return b.String()
}

// inject puts the panel and the script that reloads into a page of the edition
// of that number.
func inject(page []byte, p panel, number string) []byte {
	own := fmt.Sprintf(`%s<script src="%s" data-edition="%s"></script>`, p.html(), scriptPath, number)
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	return slices.Concat(page[:at], []byte(own), page[at:])
}

// alone is a page of the panel and nothing else, for when there is no site.
const alone = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>faultbook preview</title></head>
<body></body>
</html>
`
