package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"faultbook/internal/book"
	"faultbook/internal/cache"
	"faultbook/internal/fetch"
	"faultbook/internal/status"
)

func sourceCommand(w *world, args []string) error {
	f := newFlags(w, "source", "tell what kind of status page stands at an address, what it says, and what to write into [status]")
	content := f.String("content", "content", "`DIR` of the content, whose site is named to the page")
	format := f.String("format", "text", "how to print it: `text` or json")
	verbose := f.Bool("v", false, "show every request")
	address, err := f.parseOne(args, "the address of a status page", "faultbook source https://status.example.com")
	if err != nil {
		return err
	}
	if *format != "text" && *format != "json" {
		return usageError{fmt.Sprintf("unknown format %q; want text or json", *format), ""}
	}
	page, err := w.look(*content, address, *verbose)
	if err != nil {
		return err
	}
	if *format == "json" {
		return printJSON(w.stdout, page)
	}
	_, err = io.WriteString(w.stdout, described(page)+"\n"+statusTable(page))
	return err
}

// look asks what an address is, in the name of the site of a content.
func (w *world) look(content, address string, verbose bool) (fetch.Page, error) {
	defer amongStrangers()()
	s := &search{progress: progress{w: w, verbose: verbose}}
	page, err := s.look(address, fetch.Config{
		UserAgent: w.userAgent(content), AllowPrivate: w.getenv("FAULTBOOK_ALLOW_PRIVATE") == "1",
		Log: s.request, Now: w.now, Transport: w.network,
	})
	if err != nil {
		return page, s.explain(err)
	}
	return page, nil
}

// userAgent says who asks: the program, and the site that this content makes,
// if there is any.
func (w *world) userAgent(dir string) string {
	b := &book.Book{}
	if tree, err := openContent(dir); err == nil {
		if loaded, _, err := book.Load(tree, cache.New(&cache.Memory{})); err == nil {
			b = loaded
		}
	}
	return agentOf(b)
}

func agentOf(b *book.Book) string {
	agent := "faultbook/" + version()
	if b.Site.Base == "" {
		return agent
	}
	return agent + " (+" + b.Site.Base + ")"
}

// search is one search for what a page is, with all that it asked.
type search struct {
	progress
	tried []fetch.Request
}

// look asks the page, and where it has gone to, if it has. That other host was
// not named by the person who asks, so it has to be a public one.
func (s *search) look(address string, c fetch.Config) (fetch.Page, error) {
	fmt.Fprintf(s.w.stderr, "asking %s\n", address)
	page, err := fetch.Look(s.w.ctx, c, address)
	moved, ok := errors.AsType[*fetch.Moved](err)
	if !ok {
		return page, err
	}
	fmt.Fprintf(s.w.stderr, "moved to %s; trying it\n", moved.To)
	c.AllowPrivate = false
	return fetch.Look(s.w.ctx, c, moved.To)
}

func (s *search) request(r fetch.Request) {
	s.tried = append(s.tried, r)
	s.progress.request(r)
}

// explain is the error with all that was tried.
func (s *search) explain(err error) error {
	if len(s.tried) == 0 {
		return err
	}
	var b strings.Builder
	for _, r := range s.tried {
		fmt.Fprintf(&b, "\n  %s: %s", r.URL, outcome(r))
	}
	return fmt.Errorf("%w; tried%s", err, b.String())
}

// described is what a page says now, for a person.
func described(page fetch.Page) string {
	var b strings.Builder
	if page.Unread != "" {
		fmt.Fprintf(&b, "%s is on the platform %s; %s\n", page.Source.URL, page.Source.Platform, page.Unread)
		return b.String()
	}
	r := page.Report
	fmt.Fprintf(&b, "%s is on the platform %s and says: %s\n", page.Source.URL, page.Source.Platform, r.Level)
	if r.Reason != "" {
		fmt.Fprintf(&b, "because %s\n", r.Reason)
	}
	if r.Page != "" {
		fmt.Fprintf(&b, "\n%-12s %s\n", "page", r.Page)
	}
	if r.Indicator.Word != "" {
		fmt.Fprintf(&b, "%-12s %q is %s\n", "indicator", r.Indicator.Word, r.Indicator.Level)
	}
	fmt.Fprintf(&b, "\n%s\n", count(len(r.Components), "component", "components"))
	for _, part := range r.Components {
		fmt.Fprintf(&b, "  %-14s %s\n", part.Level, inGroup(part))
	}
	describeEvents(&b, "open incident", r.Incidents)
	describeEvents(&b, "maintenance", r.Maintenance)
	return b.String()
}

func inGroup(part status.Component) string {
	if part.Group == "" {
		return part.Name
	}
	return part.Group + " / " + part.Name
}

func describeEvents(b *strings.Builder, what string, list []status.Incident) {
	for _, i := range list {
		facts := []string{i.Level.String()}
		if i.Phase != "" {
			facts = append(facts, i.Phase)
		}
		if !i.Started.IsZero() {
			facts = append(facts, "from "+i.Started.Format(time.RFC3339))
		}
		if !i.Ended.IsZero() {
			facts = append(facts, "until "+i.Ended.Format(time.RFC3339))
		}
		if len(i.Components) > 0 {
			facts = append(facts, "touches "+strings.Join(i.Components, ", "))
		}
		fmt.Fprintf(b, "\n%s: %s\n  %s\n", what, i.Title, strings.Join(facts, ", "))
	}
}

// statusTable is the [status] table to paste into a provider's _index.md.
func statusTable(page fetch.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[status]\nplatform   = %s\nurl        = %s\n", toml(page.Source.Platform), toml(page.Source.URL))
	var filter []string
	for _, key := range page.Keys {
		if key.Required {
			filter = append(filter, key.Name+` = "…"`)
		}
	}
	if len(filter) > 0 {
		fmt.Fprintf(&b, "filter     = { %s }\n", strings.Join(filter, ", "))
	}
	for _, key := range page.Keys {
		need := "filter." + key.Name + " may say"
		if key.Required {
			need = "filter." + key.Name + " has to say"
		}
		fmt.Fprintf(&b, "# %s %s\n", need, key.About)
	}
	if len(page.Keys) > 0 {
		b.WriteByte('\n') // the comments are about the filter
	}
	if len(page.Report.Components) > 0 {
		b.WriteString("components = []   # the page as a whole; or those that speak for the API, of:\n")
	}
	for _, part := range page.Report.Components {
		fmt.Fprintf(&b, "#   %s,\n", toml(part.Name))
	}
	return b.String()
}

// toml is a text as TOML writes it, which takes every string of JSON.
func toml(s string) string {
	return strings.TrimSpace(string(encode(s, "")))
}

func encode(v any, indent string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		panic("what a page says cannot be written as JSON: " + err.Error())
	}
	return b.Bytes()
}

// printJSON prints a page for programs.
func printJSON(out io.Writer, page fetch.Page) error {
	type key struct {
		Name     string `json:"name"`
		Required bool   `json:"required"`
		About    string `json:"about"`
	}
	form := struct {
		Platform string         `json:"platform"`
		URL      string         `json:"url"`
		Filter   []key          `json:"filter,omitempty"` // what it may or has to say
		Unread   string         `json:"unread,omitempty"` // why there is no report
		Report   *status.Report `json:"report,omitempty"`
	}{Platform: page.Source.Platform, URL: page.Source.URL, Unread: page.Unread}
	for _, k := range page.Keys {
		form.Filter = append(form.Filter, key(k))
	}
	if page.Unread == "" {
		form.Report = &page.Report
	}
	_, err := out.Write(encode(form, " "))
	return err
}
