package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// provider is one generated API.
type provider struct {
	slug   string
	vendor string
	models []string
	slugs  []string // of its entries
}

// The parts of vendors' names. None of the names they give is a company that
// the real content speaks of.
var (
	nameHeads = strings.Fields("Cor Lum Vel Tar Nim Ost Bra Qui Fen Zal")
	nameTails = strings.Fields("vane ora dex mind loft")
)

// The parts of slugs: what an error is about, and what is wrong with it.
var (
	objects = strings.Fields(`batch budget cache chat completion context credit cursor deployment file
		fine-tune function gateway header job key message model moderation parameter picture project
		prompt queue quota region request response schema session snapshot stream thread token tool
		transcript vector-store voice webhook worker`)
	troubles = strings.Fields(`access-denied already-exists canceled closed conflict count-exceeded deleted
		deprecated disabled duplicate empty exhausted expired filtered incomplete invalid limit-reached
		locked malformed mismatch missing not-allowed not-found not-ready not-supported overloaded paused
		pending quota-exceeded rate-limited refused rejected reset revoked size-exceeded suspended
		throttled timed-out too-large too-long truncated unavailable unknown unverified`)
	scopes = strings.Fields("daily legacy nested preview regional shared signed temporary")
)

// components are the parts of every provider's status page.
var components = []string{"API", "Batch", "Console", "Embeddings", "Files", "Login", "Realtime", "Streaming"}

// vendorName is the name of the n-th vendor.
func vendorName(n int) string {
	name := nameHeads[n%len(nameHeads)] + nameTails[n/len(nameHeads)%len(nameTails)]
	if round := n / (len(nameHeads) * len(nameTails)); round > 0 {
		name += fmt.Sprint(round + 1)
	}
	return name
}

func vendorSlug(n int) string { return strings.ToLower(vendorName(n)) }

// site is the domain of a provider.
func (p *provider) site() string { return p.slug + ".example" }

func (p *provider) limits() string  { return "https://console." + p.site() + "/limits" }
func (p *provider) billing() string { return "https://console." + p.site() + "/billing" }

// makeProviders makes all providers and shares the entries' slugs out.
func makeProviders(entries, providers int, seed uint64) ([]*provider, error) {
	all := make([]*provider, providers)
	for n := range all {
		p := &provider{slug: vendorSlug(n), vendor: vendorName(n)}
		for _, size := range []string{"mini", "base", "large", "turbo"} {
			p.models = append(p.models, fmt.Sprintf("%s-%d-%s", strings.ToLower(nameHeads[n%len(nameHeads)]), 2+n%5, size))
		}
		count := entries / providers
		if n < entries%providers {
			count++
		}
		slugs, err := slugs(count, randomFor(seed, "slugs", n))
		if err != nil {
			return nil, err
		}
		p.slugs = slugs
		all[n] = p
	}
	return all, nil
}

// slugs are that many different slugs. A scope stands in front only where two
// parts do not give enough.
func slugs(count int, r *rand.Rand) ([]string, error) {
	pairs := len(objects) * len(troubles)
	rounds := (count-1)/pairs + 1
	if rounds > 1+len(scopes) {
		return nil, fmt.Errorf("%d entries for one provider; at most %d", count, pairs*(1+len(scopes)))
	}
	list := make([]string, count)
	for i, pick := range r.Perm(pairs * rounds)[:count] {
		list[i] = objects[pick%len(objects)] + "-" + troubles[pick/len(objects)%len(troubles)]
		if scope := pick / pairs; scope > 0 {
			list[i] = scopes[scope-1] + "-" + list[i]
		}
	}
	return list, nil
}

// source is the provider's _index.md.
func (p *provider) source(pool *pool, all []*provider, n int) []byte {
	w := &writer{r: randomFor(0, "provider", n), pool: pool, provider: p, object: "request", code: "request_refused"}
	var alternatives []string
	for i := range min(5, len(all)-1) {
		alternatives = append(alternatives, all[(n+1+i)%len(all)].slug)
	}
	var b strings.Builder
	b.WriteString("+++\n")
	field(&b, "name", quote(p.vendor+" API"))
	field(&b, "vendor", quote(p.vendor))
	field(&b, "summary", quote(p.vendor+"'s API for text, pictures and embeddings. Errors arrive as one `error` object: read `error.code` first, because one status stands for several troubles."))
	field(&b, "homepage", quote("https://"+p.site()+"/"))
	field(&b, "docs", quote("https://docs."+p.site()+"/errors"))
	field(&b, "keys", quote("https://console."+p.site()+"/keys"))
	field(&b, "billing", quote(p.billing()))
	field(&b, "limits", quote(p.limits()))
	field(&b, "hosts", quoteList([]string{"api." + p.site()}))
	field(&b, "alternatives", quoteList(alternatives))
	b.WriteString("\n[status]\n")
	field(&b, "platform", quote("statuspage"))
	field(&b, "url", quote("https://status."+p.site()))
	field(&b, "components", quoteList(components[:3]))
	b.WriteString("+++\n\n")
	b.WriteString(w.expand(pool.code[5]) + "\n\n")
	for range 4 {
		b.WriteString("- " + w.one("note") + "\n")
	}
	b.WriteString("\n" + w.table())
	return []byte(b.String())
}

// field writes a key and its value, aligned as in the real content.
func field(b *strings.Builder, key, value string) { fmt.Fprintf(b, "%-8s = %s\n", key, value) }

// quote is text as a basic TOML string.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

func quoteList(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
