package build

import (
	"bytes"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"runtime"
	"strings"
	"sync"

	"faultbook/internal/render"
	"faultbook/internal/site"
	"faultbook/internal/status"
)

// File is one file of the site.
type File struct {
	Path string // slash path inside the output folder
	Data []byte // only until the next file is asked for
	Page bool   // a page that readers visit
}

// Files are all files of the site, always in the same order: pages with their
// twins, small pages at old addresses, then everything that is no page. Pages are rendered on all processors
// while earlier ones are being taken.
func (e *Edition) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for batch := range e.batches() {
			for i := range batch.pages {
				p := &batch.pages[i]
				if p.err != nil {
					yield(File{}, p.err)
					return
				}
				if !yield(File{Path: p.maker.File, Data: p.html.Bytes(), Page: true}, nil) {
					return
				}
				if p.maker.Twin != "" && !yield(File{Path: p.maker.Twin, Data: p.twin.Bytes()}, nil) {
					return
				}
			}
		}
		for _, r := range e.site.Redirects() {
			data, err := e.renderer.Moved(r)
			if !yield(File{Path: r.File, Data: data}, err) || err != nil {
				return
			}
		}
		for _, x := range e.extras() {
			if !yield(File{Path: x.path, Data: x.make()}, nil) {
				return
			}
		}
		maps := e.sitemaps()
		for _, name := range sortedNames(maps) {
			if !yield(File{Path: name, Data: maps[name]}, nil) {
				return
			}
		}
		e.static(yield)
	}
}

// batch is some pages that are rendered together: handing over single pages
// would cost more than it gains.
type batch struct {
	makers []site.Maker
	pages  []rendered
	done   chan struct{}
}

type rendered struct {
	maker      site.Maker
	html, twin bytes.Buffer
	err        error
}

// batchSize is how many pages of entries are rendered together.
const batchSize = 8

// batchOf is how many of the next pages are rendered together. A list can have
// half a megabyte, so pages of other sorts go alone.
func batchOf(makers []site.Maker) int {
	n := 1
	for n < min(batchSize, len(makers)) && makers[n-1].Twin != "" {
		n++
	}
	return n
}

// batches renders all pages on all processors and gives them in order. At most
// three batches a processor are in memory.
func (e *Edition) batches() iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		workers := runtime.GOMAXPROCS(0)
		todo, ordered := make(chan *batch, workers), make(chan *batch, workers)
		free := make(chan *batch, 3*workers)
		for range cap(free) {
			free <- &batch{}
		}
		stop := make(chan struct{})
		var wg sync.WaitGroup
		defer wg.Wait()
		defer close(stop)
		wg.Go(func() { e.feed(todo, ordered, free, stop) })
		for range workers {
			wg.Go(func() {
				for b := range todo {
					e.renderBatch(b)
				}
			})
		}
		for b := range ordered {
			<-b.done
			if !yield(b) {
				return
			}
			free <- b
		}
	}
}

// feed hands out the work, in order, until there is no more or it is told to
// stop.
func (e *Edition) feed(todo, ordered chan<- *batch, free <-chan *batch, stop <-chan struct{}) {
	defer close(todo)
	defer close(ordered)
	for makers := e.site.Makers(); len(makers) > 0; {
		var b *batch
		select {
		case <-stop:
			return
		case b = <-free:
		}
		n := batchOf(makers)
		b.makers, b.done = makers[:n], make(chan struct{})
		makers = makers[n:]
		todo <- b
		select {
		case <-stop:
			return
		case ordered <- b:
		}
	}
}

func (e *Edition) renderBatch(b *batch) {
	defer close(b.done)
	if b.pages == nil {
		b.pages = make([]rendered, batchSize)
	}
	b.pages = b.pages[:len(b.makers)]
	for i, m := range b.makers {
		e.renderPage(&b.pages[i], m)
	}
}

func (e *Edition) renderPage(r *rendered, m site.Maker) {
	r.html.Reset()
	r.twin.Reset()
	r.maker = m
	r.err = e.renderer.Page(&r.html, &r.twin, m)
}

// extra is a file that is no page and no part of the theme, made when it is
// asked for: a preview asks for one at a time.
type extra struct {
	path string
	make func() []byte
}

// extras are all of them but the sitemaps, of which only the making tells how
// many there are.
func (e *Edition) extras() []extra {
	s, host := e.site, e.site.Host()
	list := []extra{
		{"feed.xml", func() []byte { return render.Feed(s.Feed()) }},
		{"robots.txt", func() []byte { return render.Robots(host) }},
		{"llms.txt", func() []byte { return render.Guide(s.Guide()) }},
		{"manifest.webmanifest", func() []byte { return render.JSON(s.Manifest()) }},
		{"find.js", e.renderer.FindScript},
		{"api/v1/match.json", func() []byte { return render.FindIndex(s.FindIndex()) }},
		{"_headers", e.Headers},
		{".nojekyll", func() []byte { return nil }}, // GitHub Pages then serves files as they are, those that begin with _ too
		{"_redirects", func() []byte { return render.Redirects(s.Redirects(), host) }},
		{"api/v1/state.json", func() []byte { return status.Encode(e.published()) }},
		{"health.json", func() []byte { return render.JSON(e.health(e.due())) }},
	}
	if host.Contact != "" {
		list = append(list, extra{".well-known/security.txt", func() []byte { return render.Security(host) }})
	}
	for _, f := range s.ProviderFeeds() {
		list = append(list, extra{f.Slug + "/feed.xml", func() []byte { return render.Feed(f.Feed) }})
	}
	for _, now := range s.Nows() {
		list = append(list, extra{"api/v1/now/" + now.Slug + ".json", func() []byte { return render.JSON(now) }})
	}
	return list
}

// Headers is the file _headers, which tells the host what to send along.
func (e *Edition) Headers() []byte { return e.renderer.Headers(e.site.Host()) }

// Moved are the files of the small pages at old addresses.
func (e *Edition) Moved() []string {
	var files []string
	for _, r := range e.site.Redirects() {
		files = append(files, r.File)
	}
	return files
}

// Absolute is the full address of a path of the site, without its prefix.
func (e *Edition) Absolute(path string) string { return e.site.Base + path }

// Nginx is what the server block of nginx needs to serve the site from dir, as
// _headers and _redirects mean it.
func (e *Edition) Nginx(dir string) []byte {
	return e.renderer.Nginx(e.site.Redirects(), e.site.Host(), dir)
}

func (e *Edition) sitemaps() map[string][]byte {
	return render.Sitemaps(e.site.Sitemap(), e.site.Host().Sitemap)
}

// static gives the theme's files that go to the site as they are.
func (e *Edition) static(yield func(File, error) bool) {
	err := fs.WalkDir(e.statics, ".", func(name string, item fs.DirEntry, err error) error {
		if err != nil || item.IsDir() {
			return err
		}
		data, err := fs.ReadFile(e.statics, name)
		if err != nil {
			return err
		}
		if !yield(File{Path: name, Data: data}, nil) {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		yield(File{}, fmt.Errorf("read the theme: %w", err))
	}
}

// At renders the one file that an address of the site means: a page, a twin or
// any other file. The path begins with the site's prefix; false means that
// there is no such file.
func (e *Edition) At(address string) (File, bool, error) {
	// Looking through all pages in vain costs more than making any other file.
	if f, ok := e.other(strings.TrimPrefix(address, e.site.Prefix()+"/")); ok {
		return f, true, nil
	}
	if m, ok := e.site.At(address); ok {
		var r rendered
		e.renderPage(&r, m)
		return File{Path: m.File, Data: r.html.Bytes(), Page: true}, true, r.err
	}
	if m, ok := e.site.At(strings.TrimSuffix(address, "index.md")); ok && m.Twin != "" && path.Base(address) == "index.md" {
		var r rendered
		e.renderPage(&r, m)
		return File{Path: m.Twin, Data: r.twin.Bytes()}, true, r.err
	}
	return File{}, false, nil
}

// other is the file of that name that is no page. The address of a page ends
// in a slash, which no name of a file does.
func (e *Edition) other(name string) (File, bool) {
	for _, x := range e.extras() {
		if x.path == name {
			return File{Path: name, Data: x.make()}, true
		}
	}
	if strings.HasPrefix(name, "sitemap") {
		if data, ok := e.sitemaps()[name]; ok {
			return File{Path: name, Data: data}, true
		}
	}
	data, err := fs.ReadFile(e.statics, name)
	return File{Path: name, Data: data}, err == nil
}

// Redirect is the address that an old one leads to; false means that there is
// no such alias. Like hosts do, it takes an address without the slash at its
// end for the same.
func (e *Edition) Redirect(address string) (string, bool) {
	for _, r := range e.site.Redirects() {
		if r.From == strings.TrimSuffix(address, "/")+"/" {
			return r.To, true
		}
	}
	return "", false
}

// Prefix is the path of the site on its host, without a slash at the end.
func (e *Edition) Prefix() string { return e.site.Prefix() }
