package bench

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// entry is one generated entry on its way to its source.
type entry struct {
	writer
	slug    string
	related []string
	kind    kind
	n       int // of all entries
}

// kind is a kind of trouble as the corpus has it.
type kind struct {
	name   string
	http   []int // one of them is taken; none: the error has no status
	outage string
	helps  string
	words  string // in the title
}

// kinds have the shares that the real content has, roughly.
var kinds = []kind{
	{"rate-limit", []int{429}, "possible", "yes", "too fast"},
	{"rate-limit", []int{429, 503}, "possible", "yes", "too many calls"},
	{"billing", []int{402, 429}, "never", "no", "billing / balance"},
	{"auth", []int{401}, "never", "no", "wrong key"},
	{"permission", []int{403}, "never", "no", "no access"},
	{"overload", []int{503, 529}, "typical", "yes", "out of capacity"},
	{"server", []int{500, 502}, "typical", "sometimes", "trouble on their side"},
	{"timeout", []int{408, 504}, "possible", "sometimes", "no answer in time"},
	{"network", nil, "possible", "sometimes", "no connection"},
	{"request", []int{400, 422}, "never", "no", "wrong request"},
	{"request", []int{400, 413}, "never", "no", "too large"},
	{"request", []int{400}, "never", "no", "wrong value"},
	{"not-found", []int{404}, "never", "no", "no such thing"},
	{"content-policy", []int{400}, "never", "no", "refused content"},
	{"region", []int{403}, "never", "no", "not served here"},
	{"deprecation", []int{404, 410}, "never", "no", "retired"},
	{"streaming", nil, "possible", "sometimes", "broken stream"},
}

// messages are the texts of errors; {name} marks what varies, as in the entries.
var messages = []string{
	"$vendor could not process the request: $phrase ($code).",
	"Request {id} was refused with $code: $phrase for {model}.",
	"$class: $phrase in organization {org}. Limit {n}, used {n}, requested {n}. Please try again in {time}.",
	"The $object of project {project} cannot be used: $phrase. See https://docs.$site/errors for more information.",
}

func newEntry(pool *pool, all []*provider, n int, seed uint64) *entry {
	r := randomFor(seed, "entry", n)
	p := all[n%len(all)]
	e := &entry{n: n, slug: p.slugs[n/len(all)], kind: pick(r, kinds)}
	e.writer = writer{r: r, pool: pool, provider: p, code: strings.ReplaceAll(e.slug, "-", "_")}
	e.object = "request"
	for _, object := range objects {
		if strings.Contains(e.slug, object) {
			e.object = strings.ReplaceAll(object, "-", " ")
			break
		}
	}
	if len(e.kind.http) > 0 {
		e.status = pick(r, e.kind.http)
	}
	e.relate(all)
	return e
}

// relate picks two to five other entries, every third of another provider.
func (e *entry) relate(all []*provider) {
	want := 2 + e.r.IntN(4)
	for range 4 * want { // a small corpus may not have so many
		p := e.provider
		if e.r.IntN(3) == 0 {
			p = pick(e.r, all)
		}
		ref := pick(e.r, p.slugs)
		if p != e.provider {
			ref = p.slug + "/" + ref
		}
		if ref != e.slug && !slices.Contains(e.related, ref) {
			e.related = append(e.related, ref)
		}
		if len(e.related) == want {
			return
		}
	}
}

// phrase is the slug in words.
func (e *entry) phrase() string { return strings.ReplaceAll(e.slug, "-", " ") }

// message fills the slots of a text of the API; $phrase is one that only
// entries have.
func (e *entry) message(text string) string {
	return e.expand(strings.ReplaceAll(text, "$phrase", e.phrase()))
}

// source is the entry's file.
func (e *entry) source() []byte {
	var b strings.Builder
	b.WriteString("+++\n")
	e.head(&b)
	e.tables(&b)
	b.WriteString("+++\n\n")
	e.body(&b)
	return []byte(b.String())
}

func (e *entry) head(b *strings.Builder) {
	field(b, "title", fmt.Sprintf("'%s API \"%s / %s\": causes and fixes (%s)'", e.provider.vendor, e.code, e.phrase(), e.kind.words))
	field(b, "name", quote(e.code+" ("+e.phrase()+")"))
	field(b, "code", quote(e.code))
	if e.r.IntN(4) == 0 {
		field(b, "type", quote(e.slot("type")))
	}
	if e.status > 0 {
		field(b, "http", fmt.Sprint(e.status))
	}
	field(b, "kind", quote(e.kind.name))
	field(b, "outage", quote(e.kind.outage))
	texts := e.messages()
	list(b, "messages", texts)
	block(b, "meaning", strings.Join(e.some(3, "meaning"), " "))
	list(b, "causes", e.mixed(5, "cause"))
	list(b, "fixes", e.mixed(6, "fix"))
	field(b, "related", quoteList(e.related))
	list(b, "sources", e.sources())
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	field(b, "added", day.AddDate(0, 0, e.r.IntN(180)).Format(time.DateOnly))
	field(b, "verified", day.AddDate(0, 0, 80+e.r.IntN(180)).Format(time.DateOnly))
	if e.n%40 == 0 {
		field(b, "aliases", quoteList([]string{"/" + e.provider.slug + "/old-" + e.slug + "/"}))
	}
}

func (e *entry) messages() []string {
	var list []string
	for _, i := range e.r.Perm(len(messages))[:1+e.r.IntN(2)] {
		list = append(list, e.message(messages[i]))
	}
	return list
}

func (e *entry) sources() []string {
	list := []string{"https://docs." + e.provider.site() + "/errors/" + e.slug}
	for range e.r.IntN(3) {
		list = append(list, fmt.Sprintf("https://git.example.org/%s/issues/%d", e.expand("$sdk"), 1000+e.r.IntN(90000)))
	}
	return list
}

// tables writes the TOML tables: waiting, questions and samples.
func (e *entry) tables(b *strings.Builder) {
	b.WriteString("\n[waiting]\n")
	field(b, "helps", quote(e.kind.helps))
	block(b, "advice", strings.Join(e.some(2, "advice"), " "))
	if e.kind.helps == "yes" {
		field(b, "typical", quote(e.expand("${digit}m")))
		field(b, "header", quote("retry-after"))
	}
	questions, answers := e.some(3, "question"), e.some(3, "answer")
	for i, q := range questions {
		b.WriteString("\n[[faq]]\n")
		field(b, "q", quote(q))
		field(b, "a", quote(answers[i]))
	}
	fmt.Fprintf(b, "\n[[sample]]\ntext = '''\n%s\n'''\n", e.sample())
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// sample is what a reader would paste.
func (e *entry) sample() string {
	text := placeholder.ReplaceAllStringFunc(e.message(pick(e.r, messages)), func(name string) string {
		switch name {
		case "{n}":
			return fmt.Sprint(1 + e.r.IntN(90000))
		case "{time}":
			return fmt.Sprintf("%.2fs", e.r.Float64()*60)
		case "{model}":
			return e.slot("model")
		}
		return fmt.Sprintf("%s-%08x", name[1:len(name)-1], e.r.Uint32())
	})
	return e.expand(fmt.Sprintf("$module.$class: Error code: $status - {'error': {'message': '%s', 'type': '$type', 'code': '%s'}}", text, e.code))
}

// The sources of a corpus have 3.7 KB on average, like real entries; a few are
// longer because of what every entry has.
const smallest, spread = 3200, 900

// body writes the Markdown after the front matter: prose until the entry is as
// long as it should be.
func (e *entry) body(b *strings.Builder) {
	want := smallest + e.r.IntN(spread)
	code := e.expand(pick(e.r, e.pool.code))
	tail := "\n" + code + "\n"
	if e.n%3 == 0 {
		tail += "\n" + e.table()
	}
	notes := e.some(12, "note")
	b.WriteString(notes[0])
	for _, note := range notes[1:] {
		if b.Len()+len(tail)+len(note) > want {
			break
		}
		b.WriteString(" " + note)
	}
	b.WriteString("\n" + tail)
}

// list writes a list with one item a line.
func list(b *strings.Builder, key string, items []string) {
	fmt.Fprintf(b, "%-8s = [\n", key)
	for _, item := range items {
		b.WriteString("  " + quote(item) + ",\n")
	}
	b.WriteString("]\n")
}

// block writes Markdown as a string of several lines.
func block(b *strings.Builder, key, text string) {
	fmt.Fprintf(b, "%-8s = \"\"\"\n%s\n\"\"\"\n", key, text)
}
