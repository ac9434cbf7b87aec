package audit

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Redirect is one rule of _redirects.
type Redirect struct {
	From       string            // path or full address
	Query      map[string]string // parameters that must be there; nil: any
	To         string            // path or full address
	Status     int               // 301 where the line names none
	Force      bool              // also where a file of that name exists
	Conditions map[string]string // Language, Country, Role, …; nil: none
	Signed     string            // name of the variable with the key of a signed proxy; usually empty
	Line       int               // where it stands, from 1
}

// What the hosts read of _redirects.
const (
	maxRedirects    = 2100 // Cloudflare Pages; Netlify's deploys can fail from 10,000 up
	maxRedirectLine = 1000 // characters, Cloudflare Pages
)

// ReadRedirects reads _redirects as Netlify does: `from [query] [to] [status[!]]
// [conditions]`, split at white space, ended by a word that begins with #. A
// line that the host refuses is left out and is a problem; so is, without being
// left out, a rule that can never be used or that Cloudflare Pages reads otherwise.
func ReadRedirects(data []byte) ([]Redirect, []Problem) {
	r := redirectReader{taken: map[string]Redirect{}}
	r.lines(data, maxRedirectLine, r.read)
	r.checkForced()
	if len(r.rules) > maxRedirects {
		r.problem("%d rules; Cloudflare Pages reads at most %d", len(r.rules), maxRedirects)
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
	return r.rules, r.problems
}

type redirectReader struct {
	reader
	rules  []Redirect
	taken  map[string]Redirect // the rule without conditions that takes a path, by the path
	splats []Redirect          // those of them that end in /*
}

func (r *redirectReader) read(line string) {
	words := strings.FieldsFunc(line, isSpace)
	if i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "#") }); i >= 0 {
		words = words[:i]
	}
	rule, err := parseRedirect(words)
	if err != nil {
		r.problem("%v", err)
		return
	}
	rule.Line = r.line
	r.checkHosts(rule, words)
	r.checkPattern(rule)
	r.checkPairs(words[1:])
	r.checkOrder(rule)
	r.rules = append(r.rules, rule)
}

func parseRedirect(words []string) (Redirect, error) {
	from, rest := words[0], words[1:]
	if len(rest) == 0 {
		return Redirect{}, errors.New("no destination")
	}
	rule := Redirect{From: from, Status: 301}
	// Without a destination the second word is a status: /x/* 200 means /x/:splat.
	if _, ok := parseInt(rest[0]); !ok {
		i := slices.IndexFunc(rest, isDestination)
		if i < 0 {
			return Redirect{}, errors.New("no destination that begins with /, http:// or https://")
		}
		rule.Query, rule.To, rest = pairs(rest[:i]), rest[i], rest[i+1:]
	}
	if len(rest) > 0 {
		status, ok := parseInt(rest[0])
		if !ok {
			return Redirect{}, fmt.Errorf("%q stands where the status should; conditions come after it", rest[0])
		}
		rule.Status, rule.Force = status, strings.HasSuffix(rest[0], "!")
		rule.setConditions(pairs(rest[1:]))
	}
	return rule, rule.complete()
}

// complete fills in the destination of a rule without one, and refuses what the
// host refuses. Only a status of success forwards without a destination.
func (r *Redirect) complete() error {
	if r.To == "" {
		base, splat := strings.CutSuffix(r.From, "/*")
		if !splat || r.Status < 200 || r.Status >= 300 {
			return errors.New("no destination")
		}
		r.To = base + "/:splat"
	}
	path := r.From
	if isURL(r.From) {
		u, err := url.Parse(r.From)
		if err != nil || u.Host == "" {
			return fmt.Errorf("%q is no address", r.From)
		}
		path = u.Path
	}
	if strings.HasPrefix(path, "/.netlify") {
		return errors.New("addresses below /.netlify belong to the host")
	}
	return nil
}

// setConditions keeps the host's spelling of a name; the lower-case one counts
// where both stand.
func (r *Redirect) setConditions(words map[string]string) {
	for _, name := range []string{"Role", "Language", "Country"} {
		lower := strings.ToLower(name)
		if value, ok := words[lower]; ok {
			words[name] = value
			delete(words, lower)
		}
	}
	if sign, ok := words["Sign"]; ok {
		r.Signed = sign
		delete(words, "Sign")
	}
	if signed, ok := words["signed"]; ok {
		r.Signed = signed
		delete(words, "signed")
	}
	if len(words) > 0 {
		r.Conditions = words
	}
}

// pairs reads key=value words; the last of a repeated key counts, and what
// follows a second = is lost, as with the host.
func pairs(words []string) map[string]string {
	if len(words) == 0 {
		return nil
	}
	read := map[string]string{}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		value, _, _ = strings.Cut(value, "=")
		read[key] = value
	}
	return read
}

func isDestination(word string) bool { return strings.HasPrefix(word, "/") || isURL(word) }

func isURL(word string) bool {
	return strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://")
}

// parseInt reads a number as JavaScript's parseInt does: a sign, then digits (or
// 0x and hexadecimal ones), and whatever follows is ignored.
func parseInt(word string) (int, bool) {
	sign, digits := 1, word
	if rest, ok := strings.CutPrefix(word, "-"); ok {
		sign, digits = -1, rest
	} else {
		digits = strings.TrimPrefix(word, "+")
	}
	base, set := 10, "0123456789"
	if len(digits) >= 2 && strings.EqualFold(digits[:2], "0x") {
		base, set, digits = 16, "0123456789abcdefABCDEF", digits[2:]
	}
	end := strings.IndexFunc(digits, func(c rune) bool { return !strings.ContainsRune(set, c) })
	if end < 0 {
		end = len(digits)
	}
	if end == 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(digits[:end], base, 32)
	if err != nil {
		n = math.MaxInt32 // a number that no status is
	}
	return sign * int(n), true
}

// statuses are what Netlify answers with; Cloudflare Pages reads 200, 301, 302
// and 303 of them. It forwards (200) to its own paths only: a site that shows
// live states from elsewhere does without them there.
var statuses = [...]int{200, 301, 302, 303, 404, 410, 451}

// checkHosts finds what another host than Netlify reads otherwise, or no host.
func (r *redirectReader) checkHosts(rule Redirect, words []string) {
	explicit := slices.ContainsFunc(words[1:], func(w string) bool { _, ok := parseInt(w); return ok })
	if !explicit {
		r.problem("no status: Netlify answers 301, Cloudflare Pages 302")
	}
	if !slices.Contains(statuses[:], rule.Status) {
		r.problem("status %d is none that the host can answer", rule.Status)
	}
	if rule.Query != nil || rule.Conditions != nil || rule.Signed != "" {
		r.problem("only Netlify reads query parameters and conditions")
	}
}

// checkForced finds rules that only Netlify obeys: Cloudflare Pages refuses the
// "!" and needs the same rule without it on a later line.
func (r *redirectReader) checkForced() {
	for i, rule := range r.rules {
		if rule.Force && !slices.ContainsFunc(r.rules[i+1:], rule.alike) {
			r.problems = append(r.problems, Problem{rule.Line, "only Netlify reads !; the same line without it must follow for Cloudflare Pages"})
		}
	}
}

// alike tells whether a later rule says the same for hosts that refuse the "!".
func (r Redirect) alike(later Redirect) bool {
	return r.Force && !later.Force && r.From == later.From && r.To == later.To && r.Status == later.Status
}

// checkPattern finds rules that are read but can match nothing, or not what is meant.
func (r *redirectReader) checkPattern(rule Redirect) {
	if !isDestination(rule.From) {
		r.problem("never used: %q does not begin with /", rule.From)
	}
	if strings.ContainsAny(rule.From, "?#") {
		r.problem("never used: a path is matched without its query and fragment")
	}
	if i := strings.Index(rule.From, "*"); i >= 0 && (i < len(rule.From)-1 || !strings.HasSuffix(rule.From, "/*")) {
		r.problem("* stands only at the end, after a slash")
	}
	if strings.TrimSuffix(rule.From, "/") == strings.TrimSuffix(rule.To, "/") && rule.Status >= 300 && rule.Status < 400 {
		r.problem("leads to itself: the host drops a slash at the end before it looks for a rule")
	}
	for part := range strings.SplitSeq(rule.To, "/") {
		name, ok := strings.CutPrefix(part, ":")
		known := name == "splat" && strings.HasSuffix(rule.From, "*") || slices.Contains(strings.Split(rule.From, "/"), part)
		if ok && name != "" && !known && !isURL(rule.To) {
			r.problem("%s is not in %s, so it is sent as it stands", part, rule.From)
		}
	}
}

// checkPairs tells what the host loses of key=value words.
func (r *redirectReader) checkPairs(words []string) {
	seen := map[string]bool{}
	for _, word := range words {
		key, _, isPair := strings.Cut(word, "=")
		_, isNumber := parseInt(word)
		switch {
		case isDestination(word) || isNumber:
			continue
		case !isPair:
			r.problem("%q has no value", word)
		case strings.Count(word, "=") > 1:
			r.problem("%q is read up to its second =", word)
		case seen[key]:
			r.problem("%s stands twice; the last one counts", key)
		}
		seen[key] = true
	}
}

// checkOrder finds a rule that an earlier one leaves nothing to. It knows equal
// paths and a splat above; that is what a generator gets wrong.
func (r *redirectReader) checkOrder(rule Redirect) {
	from := strings.TrimSuffix(rule.From, "/")
	before, ok := r.taken[from]
	for _, splat := range r.splats {
		if base := strings.TrimSuffix(splat.From, "/*"); !ok && (from == base || strings.HasPrefix(from, base+"/")) {
			before, ok = splat, true
		}
	}
	if ok {
		if !before.alike(rule) {
			r.problem("never used: line %d takes %s first", before.Line, rule.From)
		}
		return
	}
	if rule.Query != nil || rule.Conditions != nil {
		return
	}
	r.taken[from] = rule
	if strings.HasSuffix(from, "/*") && !strings.Contains(from, "/:") {
		r.splats = append(r.splats, rule)
	}
}

// String is the rule as a line of _redirects that is read as the same rule.
func (r Redirect) String() string {
	words := []string{r.From}
	words = append(words, sortedPairs(r.Query)...)
	words = append(words, r.To, strconv.Itoa(r.Status))
	if r.Force {
		words[len(words)-1] += "!"
	}
	words = append(words, sortedPairs(r.Conditions)...)
	if r.Signed != "" {
		words = append(words, "Sign="+r.Signed)
	}
	return strings.Join(words, " ")
}

// sortedPairs are words by key, those that begin like a number last: as the
// second word of a line such a one would be read as its status.
func sortedPairs(pairs map[string]string) []string {
	var words, numbers []string
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		word := key + "=" + pairs[key]
		if _, ok := parseInt(word); ok {
			numbers = append(numbers, word)
		} else {
			words = append(words, word)
		}
	}
	return append(words, numbers...)
}
