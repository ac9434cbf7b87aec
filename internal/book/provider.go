package book

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/markdown"
	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// providerForm is _index.md as it is written.
type providerForm struct {
	Name         string     `toml:"name,required"`
	Vendor       string     `toml:"vendor,required"`
	Summary      string     `toml:"summary,required"`
	Homepage     string     `toml:"homepage,required"`
	Docs         string     `toml:"docs,required"`
	Keys         string     `toml:"keys"`
	Billing      string     `toml:"billing"`
	Limits       string     `toml:"limits"`
	Hosts        []string   `toml:"hosts,required"`
	Alternatives []string   `toml:"alternatives,required"`
	Upstream     []string   `toml:"upstream"`
	Status       statusForm `toml:"status,required"`
}

type statusForm struct {
	Platform   string            `toml:"platform,required"`
	URL        string            `toml:"url,required"`
	Components []string          `toml:"components"`
	Filter     map[string]string `toml:"filter"`
	Hosts      []string          `toml:"hosts"`
}

// NoPlatform is the platform of a provider whose status no program may read.
const NoPlatform = "none"

// hostForm is a host name, or "*." and one.
var hostForm = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)

func readProvider(doc *frontmatter.Doc, md *markdown.Converter) (*Provider, []diag.Finding) {
	var form providerForm
	r := newReading(doc, md, providerDecoder.Decode(doc, &form))
	p := &Provider{
		Name: form.Name, Vendor: form.Vendor, Homepage: form.Homepage, Docs: form.Docs,
		Keys: form.Keys, Billing: form.Billing, Limits: form.Limits,
		Hosts: form.Hosts, Alternatives: form.Alternatives, Upstream: form.Upstream,
		Source: status.Source{
			Platform: form.Status.Platform, URL: strings.TrimSuffix(form.Status.URL, "/"), Components: form.Status.Components,
			Filter: form.Status.Filter, Hosts: form.Status.Hosts,
		},
	}
	summary := md.Inline(form.Summary)
	r.note(summary, "summary")
	p.Summary = Prose{form.Summary, summary.HTML}
	p.Body = Prose{strings.Trim(doc.Body, "\n"), r.block(doc.Body).HTML}
	p.Links = r.links
	r.checkProvider(&form)
	return p, r.findings
}

func (r *reading) checkProvider(form *providerForm) {
	r.filled(form.Name, "name")
	r.filled(form.Vendor, "vendor")
	r.filled(form.Summary, "summary")
	r.https(form.Homepage, "homepage")
	r.https(form.Docs, "docs")
	for key, address := range map[string]string{"keys": form.Keys, "billing": form.Billing, "limits": form.Limits} {
		if address != "" {
			r.https(address, key)
		}
	}
	r.hosts(form.Hosts, "hosts")
	r.hosts(form.Status.Hosts, "status", "hosts")
	r.slugs(form.Alternatives, false, "alternatives")
	r.items(form.Upstream, "upstream")
	r.items(form.Status.Components, "status", "components")
	r.oneOf(form.Status.Platform, append(platform.Names(), NoPlatform), "platform", "status", "platform")
	r.statusAddress(form.Status.URL)
}

// statusAddress allows what https does not: plain http and bare hosts, for
// status pages inside a company. Whether such a page is really read is decided
// when it is fetched.
func (r *reading) statusAddress(address string) {
	if u, err := url.Parse(address); err == nil && u.Scheme == "http" && u.User == nil && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost") {
		return
	}
	r.https(address, "status", "url")
}

func (r *reading) hosts(list []string, path ...any) {
	for i, host := range list {
		if !hostForm.MatchString(host) {
			r.find("host", fmt.Sprintf("%q is no host name", host), "want a name such as api.example.com or *.example.com, without https:// and path", slices.Concat(path, []any{i})...)
		}
	}
}
