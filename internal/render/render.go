// Package render turns pages into bytes: HTML by the theme's templates, and
// Markdown twins, Atom, JSON, sitemap and the host's files from plain structs.
//
// It owns the only door to html/template and to the minifier, and the hashes of
// what stands inline. It must not know what a page means: it prints fields.
package render

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"

	"faultbook/internal/cache"
	"faultbook/internal/site"
	"faultbook/internal/words"
)

// Renderer holds the theme, ready for use. It may be used by several
// goroutines.
type Renderer struct {
	pages map[string]*template.Template
	css   string
	js    string
	find  string // the script of the box, a file of its own
	theme []byte // hash of all templates and words: what is remembered depends on it
	cache *cache.Cache

	memo sync.Map // fragments that many pages share: of a fragment, the HTML

	asWritten func() (*Renderer, error) // the same with templates that were not minified; nil for that one itself
}

// fragment names a part of a page by its template and the value it shows.
type fragment struct {
	template string
	value    any // a pointer: the same value is shared by all pages that show it
}

// names are the templates of pages; each file defines "main", which frame.html
// puts in its place.
func names() []string {
	return []string{"home", "provider", "sources", "entry", "compare", "list", "status", "about", "rules", "find", "missing"}
}

// New reads the theme's templates: frame.html, parts.html, one file a page,
// page.css and page.js in the folder templates of theme. Words are put into the
// templates and the templates are minified here, once, so that pages come out
// small without being minified one by one. Rendered articles are remembered in
// c.
func New(theme fs.FS, w words.Words, c *cache.Cache) (*Renderer, error) {
	r, err := load(loader{theme: theme, words: w, mini: minifier(), hash: sha256.New()}, c)
	if err != nil {
		return nil, err
	}
	r.asWritten = func() (*Renderer, error) {
		return load(loader{theme: theme, words: w, mini: minifier(), hash: sha256.New(), asWritten: true}, cache.New(&cache.Memory{}))
	}
	return r, nil
}

func load(l loader, c *cache.Cache) (*Renderer, error) {
	r := &Renderer{pages: map[string]*template.Template{}, cache: c}
	style := l.minified("page.css", "text/css")
	script := l.minified("page.js", "application/javascript")
	r.css, r.js, r.find = style, script, l.minified("find.js", "application/javascript")
	base := template.New("").Funcs(r.functions())
	l.parse(base, "frame.html")
	l.parse(base, "parts.html")
	l.parse(base, movedTemplate)
	for _, name := range names() {
		if l.err != nil {
			return nil, l.err
		}
		set := template.Must(base.Clone())
		l.parse(set, name+".html")
		r.pages[name] = set
	}
	if l.err != nil {
		return nil, l.err
	}
	for _, key := range l.words.Keys() { // site fills words into pages, too
		fmt.Fprintf(l.hash, "%q=%q\n", key, l.words.Say(key))
	}
	r.theme = l.hash.Sum(nil)
	return r, nil
}

func (r *Renderer) functions() template.FuncMap {
	return template.FuncMap{
		"css":    func() template.CSS { return mark + holeCSS + mark },
		"js":     func() template.JS { return mark + holeJS + mark },
		"policy": func() template.HTML { return mark + holePolicy + mark },
		"markup": func(h site.HTML) template.HTML { return template.HTML(h) },
		"json":   func(h site.HTML) template.JS { return template.JS(h) },
		"wrap":   wrap,
		"shared": r.shared,
		"rows":   r.rows,
		"hole":   func(name string) template.HTML { return template.HTML(mark + name + mark) },
	}
}

// wrap is a list of markup, each item between the same two texts of a template.
// It stands for {{range}}, which takes three calls by reflection an item.
func wrap(before string, list []site.HTML, after string) template.HTML {
	var out strings.Builder
	for _, h := range list {
		out.WriteString(before)
		out.WriteString(string(h))
		out.WriteString(after)
	}
	return template.HTML(out.String())
}

// shared renders a fragment that many pages show, once for each value.
func (r *Renderer) shared(name string, value any) (template.HTML, error) {
	key := fragment{name, value}
	if h, ok := r.memo.Load(key); ok {
		return h.(template.HTML), nil
	}
	out := buffers.get()
	defer buffers.put(out)
	if err := r.pages["entry"].ExecuteTemplate(out, name, value); err != nil {
		return "", err
	}
	h := template.HTML(out.String())
	r.memo.Store(key, h)
	return h, nil
}

// rows is a list of entries, each on a line of its own, rendered by the shared
// fragment of that name. Like wrap it spares {{range}}: lists have a thousand
// rows, and every entry stands on three of them.
func (r *Renderer) rows(name string, list []*site.EntryLink) (template.HTML, error) {
	out := buffers.get()
	defer buffers.put(out)
	for _, link := range list {
		row, err := r.shared(name, link)
		if err != nil {
			return "", err
		}
		out.WriteByte('\n')
		out.WriteString(string(row))
	}
	return template.HTML(out.String()), nil
}

// loader reads theme files. After its first error it does nothing.
type loader struct {
	theme fs.FS
	words words.Words
	mini  *minify.M
	hash  interface {
		Write([]byte) (int, error)
		Sum([]byte) []byte
	}
	asWritten bool // leave the templates as they are
	err       error
}

func minifier() *minify.M {
	m := minify.New()
	m.Add("text/html", &html.Minifier{
		TemplateDelims: html.GoTemplateDelims, KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepDefaultAttrVals: true,
	})
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("application/javascript", js.Minify)
	return m
}

func (l *loader) read(name string) string {
	if l.err != nil {
		return ""
	}
	data, err := fs.ReadFile(l.theme, "templates/"+name)
	if err != nil {
		l.err = fmt.Errorf("read the theme: %w", err)
	}
	return string(data)
}

// minified reads a file and makes it small.
func (l *loader) minified(name, mediatype string) string {
	text := l.read(name)
	if l.err != nil {
		return ""
	}
	out, err := l.mini.String(mediatype, text)
	if err != nil {
		l.err = fmt.Errorf("templates/%s: %w", name, err)
	}
	if strings.Contains(out, "</") {
		l.err = fmt.Errorf("templates/%s: holds %q, which would end its element on the page", name, "</")
	}
	l.hash.Write([]byte(out))
	return out
}

// parse adds a template to a set. It is parsed twice: as it was written, so that
// a message names the right line, and minified, to be used.
func (l *loader) parse(set *template.Template, name string) {
	text := l.say(l.read(name), name)
	if l.err != nil {
		return
	}
	trial := template.Must(set.Clone())
	if _, err := trial.New(name).Parse(text); err != nil {
		l.err = fmt.Errorf("templates/%s", strings.TrimPrefix(err.Error(), "template: "))
		return
	}
	if l.asWritten {
		template.Must(set.New(name).Parse(text))
		return
	}
	small, err := l.mini.String("text/html", text)
	if err != nil {
		l.err = fmt.Errorf("templates/%s: %w", name, err)
		return
	}
	l.hash.Write([]byte(small))
	if _, err := set.New(name).Parse(small); err != nil {
		l.err = fmt.Errorf("templates/%s does not survive minifying: %w", name, err)
	}
}

var sayForm = regexp.MustCompile(`\{\{-?\s*say\s+"([^"]+)"\s*-?\}\}`)

// say puts words into a template before it is parsed: they are the same on
// every page. Words are plain text, so they are escaped for both text and
// attributes.
func (l *loader) say(text, name string) string {
	return sayForm.ReplaceAllStringFunc(text, func(call string) string {
		key := sayForm.FindStringSubmatch(call)[1]
		if !l.words.Has(key) && l.err == nil {
			l.err = fmt.Errorf("templates/%s: there are no words for %q", name, key)
		}
		word := template.HTMLEscapeString(l.words.Say(key))
		return strings.ReplaceAll(word, "{{", "{&#8203;{")
	})
}

// FindScript is the script that finds the page of an error text.
func (r *Renderer) FindScript() []byte { return []byte(r.find) }

// StyleHash and ScriptHash are the sources that a Content-Security-Policy must
// allow for the inline style and script: 'sha256-…'.
func (r *Renderer) StyleHash() string { return source(r.css) }

// ScriptHash is described with StyleHash.
func (r *Renderer) ScriptHash() string { return source(r.js) }

func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
