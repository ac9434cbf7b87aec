package book

import (
	"path"
	"slices"
	"strings"

	"faultbook/internal/cache"
	"faultbook/internal/diag"
)

// assemble puts the files together in their order.
func (l *loading) assemble() (*Book, []diag.Finding, error) {
	b := &Book{fsys: l.fsys, cache: l.cache, digest: l.digest()}
	findings := l.findings
	for i := range l.files {
		f := &l.files[i]
		findings = append(findings, f.findings...)
		switch {
		case f.name == siteFile:
			if f.site != nil {
				b.Site = *f.site
			}
		case f.isEntry():
		default:
			b.addProvider(f)
		}
	}
	b.addEntries(l.files)
	for _, providers := range [][]*Provider{b.Providers, b.Broken.Providers} {
		slices.SortFunc(providers, func(a, z *Provider) int { return strings.Compare(a.Slug, z.Slug) })
		for _, p := range providers {
			slices.SortFunc(p.Entries, func(a, z *Entry) int { return strings.Compare(a.Slug, z.Slug) })
		}
	}
	diag.Sort(findings)
	return b, findings, nil
}

// digest names what all files hold, in their order.
func (l *loading) digest() cache.Key {
	var parts [][]byte
	for i := range l.files {
		parts = append(parts, []byte(l.files[i].name), l.files[i].key[:])
	}
	return cache.KeyOf(parts...)
}

func (b *Book) addProvider(f *file) {
	p := f.provider
	if p == nil {
		p = &Provider{}
	}
	p.Slug, p.File = path.Dir(f.name), f.name
	if diag.Failed(f.findings) {
		b.Broken.Providers = append(b.Broken.Providers, p)
		return
	}
	b.Providers = append(b.Providers, p)
}

// addEntries puts the entries of files into their providers.
func (b *Book) addEntries(files []file) {
	providers := map[string]*Provider{}
	for _, p := range slices.Concat(b.Providers, b.Broken.Providers) {
		providers[p.Slug] = p
	}
	for i := range files {
		f := &files[i]
		if !f.isEntry() {
			continue
		}
		e := f.entry
		if e == nil {
			e = &Entry{}
		}
		e.Provider, e.Slug, e.File = path.Dir(f.name), strings.TrimSuffix(path.Base(f.name), ".md"), f.name
		if diag.Failed(f.findings) {
			b.Broken.Entries = append(b.Broken.Entries, e)
			continue
		}
		p := providers[e.Provider]
		if p == nil { // a folder without _index.md
			p = &Provider{Slug: e.Provider}
			providers[p.Slug] = p
			b.Broken.Providers = append(b.Broken.Providers, p)
		}
		p.Entries = append(p.Entries, e)
	}
}
