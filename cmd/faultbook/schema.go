package main

import (
	"faultbook/internal/book"
	"faultbook/internal/scaffold"
)

func schemaCommand(w *world, args []string) error {
	f := newFlags(w, "schema", "print the JSON Schema of the front matter of entries, for editors and other tools")
	provider := f.Bool("provider", false, "that of providers, _index.md")
	site := f.Bool("site", false, "that of site.toml")
	if err := f.parse(args); err != nil {
		return err
	}
	form := book.EntryForm
	switch {
	case *provider && *site:
		return usageError{"schema prints one form, got -provider and -site", "ask twice"}
	case *provider:
		form = book.ProviderForm
	case *site:
		form = book.SiteForm
	}
	_, err := w.stdout.Write(scaffold.Schema(form))
	return err
}
