package book

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

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
	Marks        marksForm  `toml:"marks"`
	Status       statusForm `toml:"status,required"`
	Probe        *probeForm `toml:"probe"`
}

type marksForm struct {
	Names   []string `toml:"names"`
	SDK     []string `toml:"sdk"`
	Clients []string `toml:"clients"`
	Env     []string `toml:"env"`
	Headers []string `toml:"headers"`
	Models  []string `toml:"models"`
	Keys    []string `toml:"keys"`
	Phrases []string `toml:"phrases"`
}

type statusForm struct {
	Platform   string            `toml:"platform,required"`
	URL        string            `toml:"url,required"`
	API        string            `toml:"api"`
	Components []string          `toml:"components"`
	Filter     map[string]string `toml:"filter"`
	Hosts      []string          `toml:"hosts"`
	Why        string            `toml:"why"`
}

type probeForm struct {
	URL    string `toml:"url,required"`
	Expect Ints   `toml:"expect,required"`
}

// NoPlatform is the platform of a provider whose status no program may read.
const NoPlatform = "none"

// Platforms are all words for the platform of a status page.
func Platforms() []string { return append(platform.Names(), NoPlatform) }

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
			API: strings.TrimSuffix(form.Status.API, "/"), Filter: form.Status.Filter, Hosts: form.Status.Hosts, Why: form.Status.Why,
		},
	}
	p.Marks = Marks(form.Marks)
	if form.Probe != nil {
		p.Probe = Probe{URL: form.Probe.URL, Expect: form.Probe.Expect}
	}
	summary := md.Inline(form.Summary)
	r.note(summary, "summary")
	p.Summary = Prose{form.Summary, summary.HTML}
	p.Body = Prose{strings.Trim(doc.Body, "\n"), r.block(doc.Body).HTML}
	p.Links, p.Outside = r.links, r.outside
	r.checkProvider(&form)
	r.todos()
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
	r.allMarks(form.Marks)
	r.items(form.Status.Components, "status", "components")
	r.oneOf(form.Status.Platform, Platforms(), "platform", "status", "platform")
	r.ownAddress(form.Status.URL, "status", "url")
	if form.Status.API != "" {
		r.ownAddress(form.Status.API, "status", "api")
	}
	r.filter(form.Status.Platform, form.Status.Filter)
	if form.Status.Why != "" && form.Status.Platform != NoPlatform {
		r.find("why", "why is for platform = \"none\" only", "remove it", "status", "why")
	}
	if form.Probe != nil {
		r.probe(*form.Probe)
	}
}

// allMarks checks the [marks] table.
func (r *reading) allMarks(form marksForm) {
	r.marks(form.Names, "marks", "names")
	r.marks(form.SDK, "marks", "sdk")
	r.marks(form.Clients, "marks", "clients")
	r.marks(form.Env, "marks", "env")
	r.marks(form.Headers, "marks", "headers")
	r.marks(form.Models, "marks", "models")
	r.marks(form.Keys, "marks", "keys")
	r.marks(form.Phrases, "marks", "phrases")
}

// marks checks a list of marks. One without a letter would be found anywhere.
func (r *reading) marks(list []string, path ...any) {
	for i, mark := range list {
		if !strings.ContainsFunc(mark, unicode.IsLetter) {
			r.find("mark", fmt.Sprintf("mark %q has no letter", mark), "write it as it stands in an error text, such as api.example.com", slices.Concat(path, []any{i})...)
		}
	}
}

// filter compares what the [status] table says beside its addresses with what
// the platform wants to know.
func (r *reading) filter(name string, filter map[string]string) {
	p, known := platform.ByName(name)
	var keys, missing []string
	for _, key := range p.Keys {
		keys = append(keys, key.Name)
		if key.Required && filter[key.Name] == "" {
			missing = append(missing, fmt.Sprintf("%s is missing: %s", key.Name, key.About))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(filter)) {
		if known && !slices.Contains(keys, key) {
			r.unknownKey(key, name, keys)
		}
	}
	if len(missing) > 0 {
		r.find("filter", fmt.Sprintf("platform %q needs a filter; %s", name, strings.Join(missing, "; ")), "write filter = { "+p.Keys[0].Name+` = "…" }`, "status", "platform")
	}
}

// unknownKey finds a key of the filter that the platform does not know.
func (r *reading) unknownKey(key, platform string, keys []string) {
	message, hint := fmt.Sprintf("platform %q takes no filter", platform), "remove it"
	if len(keys) > 0 {
		message, hint = fmt.Sprintf("platform %q knows no filter %q; want one of %s", platform, key, strings.Join(keys, ", ")), "take the one that comes nearest"
		if near, ok := diag.Nearest(key, keys); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
	}
	at := r.doc.KeyAt("status", "filter", key)
	r.findings = append(r.findings, r.doc.Finding(at, "filter", message, hint))
}

// probe checks the [probe] table.
func (r *reading) probe(form probeForm) {
	r.ownAddress(form.URL, "probe", "url")
	if len(form.Expect) == 0 {
		r.find("probe", "expect is empty", "name the status that a call without a key gets, such as [401]", "probe", "expect")
	}
	for i, status := range form.Expect {
		if status < 200 || status > 499 {
			r.find("probe", fmt.Sprintf("%d is no status of an API that works", status), "want 200 to 499, such as 401", "probe", "expect", i)
		}
	}
}

// ownAddress allows what https does not: plain http and bare hosts, for pages
// inside a company. Whether such a page is really read is decided when it is
// fetched.
func (r *reading) ownAddress(address string, path ...any) {
	if u, err := url.Parse(address); err == nil && u.Scheme == "http" && u.User == nil && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost") {
		return
	}
	r.https(address, path...)
}

func (r *reading) hosts(list []string, path ...any) {
	for i, host := range list {
		if !hostForm.MatchString(host) {
			r.find("host", fmt.Sprintf("%q is no host name", host), "want a name such as api.example.com or *.example.com, without https:// and path", slices.Concat(path, []any{i})...)
		}
	}
}
