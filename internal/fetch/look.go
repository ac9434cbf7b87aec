package fetch

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// Page is what a status page turned out to be.
type Page struct {
	Source status.Source  // as a [status] table names it
	Keys   []platform.Key // what the platform can be told beside
	Report status.Report  // what it says now, as a whole
	Unread string         // why there is no report; empty: there is
}

// Moved says that a page has gone to another public address.
type Moved struct{ From, To string }

func (m *Moved) Error() string { return m.From + " moved to " + m.To }

// Look tells which platform the page at address is on, and what it says. It
// never follows a page to another host: that it moved is an error of type
// *Moved.
func Look(ctx context.Context, c Config, address string) (Page, error) {
	u, err := typed(address)
	if err != nil {
		return Page{}, err
	}
	limited, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	r := newRun(c)
	v, err := r.at("", u.String(), nil)
	if err != nil {
		return Page{}, err
	}
	defer v.leave()
	if err := v.enter(limited); err != nil {
		return Page{}, err
	}
	return v.look(limited, u)
}

// typed is an address as a person writes it.
func typed(address string) (*url.URL, error) {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%q is not the address of a status page", address)
	}
	u.RawQuery, u.ForceQuery, u.Fragment, u.RawFragment = "", false, "", ""
	return u, nil
}

// look searches at the address, then for the whole host: people copy the
// address of an incident, or of the page in their language.
func (v *visit) look(ctx context.Context, u *url.URL) (Page, error) {
	address := v.base
	found := v.search(ctx)
	if found.platform == "" && strings.Trim(u.Path, "/") != "" {
		v.base = u.Scheme + "://" + u.Host
		found = v.search(ctx)
	}
	switch {
	case found.platform != "":
		return v.page(ctx, found.platform)
	case found.moved != "":
		return Page{}, &Moved{From: address, To: found.moved}
	}
	return Page{}, fmt.Errorf("nothing that can be read answers at %s", address)
}

// page is the page that the search has found, read in full. What the search has
// read is not asked for again.
func (v *visit) page(ctx context.Context, name string) (Page, error) {
	p, _ := platform.ByName(name)
	page := Page{Source: status.Source{Platform: name, URL: v.base}, Keys: p.Keys}
	for _, key := range p.Keys {
		if key.Required {
			page.Unread = "what it says depends on the filter"
			return page, nil
		}
	}
	v.base, v.shelf.most = p.BaseOf(page.Source), maxBody
	got, err := v.files(ctx, p.Paths(page.Source), nil)
	if err != nil {
		return Page{}, err
	}
	page.Report, err = v.parse(p, page.Source, got)
	return page, err
}
