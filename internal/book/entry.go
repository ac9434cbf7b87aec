package book

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/markdown"
)

// entryForm is an entry file as it is written; see "The forms" in the docs.
type entryForm struct {
	Title        string       `toml:"title,required"`
	Name         string       `toml:"name,required"`
	Code         Strings      `toml:"code"`
	Type         Strings      `toml:"type"`
	HTTP         Ints         `toml:"http"`
	Kind         string       `toml:"kind,required"`
	Outage       string       `toml:"outage,required"`
	Messages     []string     `toml:"messages"`
	Meaning      string       `toml:"meaning,required"`
	Causes       []string     `toml:"causes,required"`
	Fixes        []string     `toml:"fixes,required"`
	Related      []string     `toml:"related"`
	Alternatives []string     `toml:"alternatives"`
	Sources      []string     `toml:"sources,required"`
	Added        Date         `toml:"added,required"`
	Verified     Date         `toml:"verified,required"`
	Aliases      []string     `toml:"aliases"`
	Waiting      waitingForm  `toml:"waiting,required"`
	FAQ          []faqForm    `toml:"faq"`
	Sample       []sampleForm `toml:"sample"`
	Exempt       []exemptForm `toml:"exempt"`
}

type waitingForm struct {
	Helps   string `toml:"helps,required"`
	Advice  string `toml:"advice"`
	Typical string `toml:"typical"`
	Header  string `toml:"header"`
}

type faqForm struct {
	Q string `toml:"q,required"`
	A string `toml:"a,required"`
}

type sampleForm struct {
	Text string `toml:"text,required"`
}

type exemptForm struct {
	Rule   string `toml:"rule,required"`
	Reason string `toml:"reason,required"`
}

// slugForm is the form of every slug.
var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// IsSlug tells whether text has the form of a slug: lower-case words and digits
// joined by single hyphens.
func IsSlug(text string) bool { return slugForm.MatchString(text) }

// headerForm is a header name as HTTP allows it.
var headerForm = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

// summaryLength is what search engines and lists show of a page, in characters.
const summaryLength = 155

// reading is one file on its way into the book.
type reading struct {
	doc      *frontmatter.Doc
	md       *markdown.Converter
	findings []diag.Finding
	decoded  int // how many of the findings are about values that the form could not take
	links    []Link
	outside  []Link
}

// newReading begins with what decoding found.
func newReading(doc *frontmatter.Doc, md *markdown.Converter, findings []diag.Finding) *reading {
	return &reading{doc: doc, md: md, findings: findings, decoded: len(findings)}
}

// readEntry makes an entry and its text of a parsed file. With findings of
// severity error the entry must not be used.
func readEntry(doc *frontmatter.Doc, md *markdown.Converter) (*Entry, *Text, []diag.Finding) {
	var form entryForm
	r := newReading(doc, md, entryDecoder.Decode(doc, &form))
	e := &Entry{
		Title: form.Title, Name: form.Name, Codes: form.Code, Types: form.Type, HTTP: form.HTTP,
		Kind: Kind(form.Kind), Outage: Outage(form.Outage), Messages: form.Messages,
		Related: form.Related, Alternatives: form.Alternatives, Aliases: form.Aliases,
		Added: form.Added, Verified: form.Verified,
		Waiting: Waiting{Helps: form.Waiting.Helps, Typical: form.Waiting.Typical, Header: form.Waiting.Header},
	}
	for _, x := range form.Exempt {
		e.Exempt = append(e.Exempt, Exemption(x))
	}
	t := r.text(&form)
	e.Links, t.Outside = r.links, r.outside
	e.Summary, e.Samples = t.summary, len(t.Samples)
	r.checkEntry(&form)
	r.todos()
	return e, &t.Text, r.findings
}

// renderedText is a Text and the plain words that are taken from it once.
type renderedText struct {
	Text
	summary string
}

func (r *reading) text(form *entryForm) *renderedText {
	t := &renderedText{Text: Text{Sources: form.Sources}}
	meaning := r.block(form.Meaning, "meaning")
	t.Meaning = Prose{form.Meaning, meaning.HTML}
	t.summary = cut(meaning.Text, summaryLength)
	t.Causes, _ = r.inlines(form.Causes, "causes")
	var short []string
	t.Fixes, short = r.inlines(form.Fixes, "fixes")
	for i, fix := range short {
		short[i] = strings.TrimSuffix(firstSentence(fix), ".")
	}
	t.Short = strings.Join(short, " / ")
	t.Advice = Prose{form.Waiting.Advice, r.block(form.Waiting.Advice, "waiting", "advice").HTML}
	for i, q := range form.FAQ {
		t.FAQ = append(t.FAQ, Question{Q: q.Q, A: Prose{q.A, r.block(q.A, "faq", i, "a").HTML}})
	}
	for _, s := range form.Sample {
		t.Samples = append(t.Samples, strings.Trim(s.Text, "\n"))
	}
	body := strings.Trim(r.doc.Body, "\n")
	t.Body = Prose{body, r.block(r.doc.Body).HTML}
	return t
}

func (r *reading) inlines(list []string, key string) (proses []Prose, plain []string) {
	for i, source := range list {
		piece := r.md.Inline(source)
		r.note(piece, key, i)
		proses = append(proses, Prose{source, piece.HTML})
		plain = append(plain, piece.Text)
	}
	return proses, plain
}

func (r *reading) block(source string, path ...any) markdown.Piece {
	if strings.TrimSpace(source) == "" {
		return markdown.Piece{}
	}
	piece := r.md.Block(source)
	r.note(piece, path...)
	return piece
}

// note keeps a piece's links and turns its problems into findings.
func (r *reading) note(piece markdown.Piece, path ...any) {
	for _, link := range piece.Links {
		made := Link{Target: link.Target, In: path, Offset: link.Offset}
		if strings.HasPrefix(link.Target, "https://") {
			r.outside = append(r.outside, made)
		} else {
			r.links = append(r.links, made)
		}
	}
	for _, p := range piece.Problems {
		at := r.doc.BodyAt(p.Offset)
		if len(path) > 0 {
			at = r.doc.Within(p.Offset, path...)
		}
		r.findings = append(r.findings, r.doc.Finding(at, p.Rule, p.Message, p.Hint))
	}
}

// find adds a finding at the value of path. A value that is missing or could
// not be decoded has its finding already: being empty besides is no news.
func (r *reading) find(rule, message, hint string, path ...any) {
	at := r.doc.At(path...)
	if !slices.ContainsFunc(r.findings[:r.decoded], func(f diag.Finding) bool { return f.Place == at }) {
		r.findings = append(r.findings, r.doc.Finding(at, rule, message, hint))
	}
}

func (r *reading) checkEntry(form *entryForm) {
	r.filled(form.Title, "title")
	r.filled(form.Name, "name")
	r.filled(form.Meaning, "meaning")
	r.oneOf(form.Kind, kindNames, "kind", "kind")
	r.oneOf(form.Outage, Outages(), "outage", "outage")
	r.oneOf(form.Waiting.Helps, Helps(), "waiting", "waiting", "helps")
	r.checkLists(form)
	r.checkWaiting(form.Waiting)
	r.checkDates(form)
	for i, q := range form.FAQ {
		r.filled(q.Q, "faq", i, "q")
		r.filled(q.A, "faq", i, "a")
	}
	for i, x := range form.Exempt {
		r.filled(x.Rule, "exempt", i, "rule")
		r.filled(x.Reason, "exempt", i, "reason")
	}
	for i, s := range form.Sample {
		if strings.TrimSpace(s.Text) == "" {
			r.find("empty", "sample is empty; want a text", "paste a realistic text with the error in it", "sample", i, "text")
		}
	}
}

func (r *reading) checkLists(form *entryForm) {
	for i, code := range form.HTTP {
		if code < 100 || code > 599 {
			r.find("http", fmt.Sprintf("HTTP status %d does not exist; want 100 to 599", code), "leave http out for errors on the reader's side", "http", i)
		}
	}
	r.words(form.Code, "code")
	r.words(form.Type, "type")
	r.someOf(form.Causes, "causes")
	r.someOf(form.Fixes, "fixes")
	for i, m := range form.Messages {
		if strings.TrimSpace(m) == "" || strings.ContainsFunc(m, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' }) {
			r.find("message", "message is empty or holds a control character", "quote the text exactly as the API returns it", "messages", i)
		}
	}
	r.slugs(form.Related, true, "related")
	r.slugs(form.Alternatives, false, "alternatives")
	r.someOf(form.Sources, "sources")
	for i, address := range form.Sources {
		if strings.TrimSpace(address) != "" {
			r.https(address, "sources", i)
		}
	}
	for i, alias := range form.Aliases {
		if !aliasForm.MatchString(alias) {
			r.find("alias", fmt.Sprintf("alias %q is no path of this site; want one such as /openai/old-name/", alias),
				"an old address has only lower-case letters, digits, hyphens and underscores, and a slash at both ends", "aliases", i)
		}
	}
}

// aliasForm is a plain path: no dots, no doubled slashes, a slash at both ends.
var aliasForm = regexp.MustCompile(`^/([a-z0-9][a-z0-9_-]*/)+$`)

func (r *reading) checkWaiting(w waitingForm) {
	if w.Typical != "" {
		if d, err := time.ParseDuration(w.Typical); err != nil || d <= 0 {
			r.find("waiting", fmt.Sprintf("%q is no duration", w.Typical), "write a time with its unit, such as 30s, 5m or 1h", "waiting", "typical")
		}
	}
	if w.Header != "" && !headerForm.MatchString(w.Header) {
		r.find("waiting", fmt.Sprintf("%q is no header name", w.Header), "name one response header, such as retry-after", "waiting", "header")
	}
}

// firstDay and lastDay frame the dates that can be meant: the first public API
// of this kind, and a year that only a slip of the finger reaches.
var firstDay, lastDay = DateOf(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)), DateOf(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))

func (r *reading) checkDates(form *entryForm) {
	for key, date := range map[string]Date{"added": form.Added, "verified": form.Verified} {
		if date < firstDay || date > lastDay {
			r.find("date", fmt.Sprintf("%s cannot be meant; want a day from %s to %s", date, firstDay, lastDay), "write the year, month and day as 2026-11-22", key)
		}
	}
}

func (r *reading) filled(text string, path ...any) {
	if strings.TrimSpace(text) == "" {
		r.find("empty", fmt.Sprintf("%v is empty; want a text", path[len(path)-1]), "write it in a few words", path...)
	}
}

func (r *reading) someOf(list []string, key string) {
	if len(list) == 0 {
		r.find("empty", key+" is an empty list; want at least one", fmt.Sprintf("write %s = [\"…\"]", key), key)
	}
	r.items(list, key)
}

// items checks that every item of a list says something, and not the same.
func (r *reading) items(list []string, path ...any) {
	seen := make(map[string]int, len(list))
	for i, text := range list {
		first, again := seen[text]
		switch {
		case strings.TrimSpace(text) == "":
			r.find("empty", fmt.Sprintf("item %d of %v is empty; want a text", i+1, path[len(path)-1]), "write it, or take the item away", append(path, i)...)
		case again:
			r.find("duplicate", fmt.Sprintf("item %d of %v stands there already, as item %d", i+1, path[len(path)-1], first+1), "leave one of them out", append(path, i)...)
		default:
			seen[text] = i
		}
	}
}

func (r *reading) words(list []string, key string) {
	for i, word := range list {
		if word == "" || strings.ContainsAny(word, " \t\n") {
			r.find("code", fmt.Sprintf("%s %q is not one word", key, word), "give the code as the API returns it, or leave it out", key, i)
		}
	}
}

func (r *reading) oneOf(value string, allowed []string, rule string, path ...any) {
	if slices.Contains(allowed, value) {
		return
	}
	hint := "take the one that comes nearest"
	if near, ok := diag.Nearest(value, allowed); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.find(rule, fmt.Sprintf("unknown %v %q; want one of %s", path[len(path)-1], value, strings.Join(allowed, ", ")), hint, path...)
}

func (r *reading) slugs(list []string, across bool, key string) {
	seen := map[string]int{}
	for i, slug := range list {
		if provider, entry, found := strings.Cut(slug, "/"); !slugForm.MatchString(provider) || found && (!across || !slugForm.MatchString(entry)) {
			want := "a slug such as openai"
			if across {
				want = "a slug such as rate-limit-exceeded or openai/rate-limit-exceeded"
			}
			r.find("slug", fmt.Sprintf("%q is no slug; want %s", slug, want), "slugs are lower-case words and digits joined by single hyphens", key, i)
		}
		if first, again := seen[slug]; again {
			r.find("duplicate", fmt.Sprintf("item %d of %s stands there already, as item %d", i+1, key, first+1), "leave one of them out", key, i)
		} else {
			seen[slug] = i
		}
	}
}

// https checks an address.
func (r *reading) https(address string, path ...any) {
	if problem := addressProblem(address); problem != "" {
		r.find("address", fmt.Sprintf("%q %s", address, problem), "want a full https:// address", path...)
	}
}

func addressProblem(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || strings.ContainsAny(address, " \t\n<>\"'`\\"):
		return "is no address"
	case u.Scheme != "https":
		return "is not https"
	case u.Host == "" || !strings.Contains(u.Hostname(), "."):
		return "names no public host"
	case u.User != nil:
		return "holds a user name"
	}
	return ""
}

// firstSentence is text up to its first full stop that is followed by a space
// and a capital letter, or all of it.
func firstSentence(text string) string {
	for i := 0; i+2 < len(text); i++ {
		if text[i] == '.' && text[i+1] == ' ' && text[i+2] >= 'A' && text[i+2] <= 'Z' {
			return text[:i+1]
		}
	}
	return text
}

// cut shortens text to at most n characters at a word's end.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)[:n-1]
	short := string(runes)
	if i := strings.LastIndexByte(short, ' '); i > n/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.–-") + "…"
}

var kindNames = func() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}()
