package platform

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// Guess is an address that may tell what kind of page stands at a URL.
type Guess struct {
	Address string
	After   string // of use only if this address had an answer; empty: in any case
}

// Guesses are the addresses to ask about the page at url, each once, the
// likeliest first: those that every platform begins with, other versions of
// these, and what some need beside.
func Guesses(url string) []Guess {
	var first, further []Guess
	for _, c := range candidates(url) {
		leader := "" // the file that decides whether those after it are of use
		for n, path := range c.paths {
			guess := Guess{Address: c.base + path.Path, After: leader}
			switch {
			case n == 0:
				first = append(first, guess)
			case !c.paths[0].Optional && path.Optional:
				continue // the first alone is enough to tell
			case path.Optional && stem(path.Path) == stem(c.paths[0].Path):
				guess.After = ""
				further = append(further, guess)
			default:
				further = append(further, guess)
			}
			if guess.After == "" {
				leader = guess.Address
			}
		}
	}
	slices.SortStableFunc(first, func(a, b Guess) int { return cmp.Compare(rank(url, a), rank(url, b)) })
	slices.SortStableFunc(further, func(a, b Guess) int { return cmp.Compare(len(a.After), len(b.After)) })
	return once(append(first, further...))
}

// stem is the last word of a path: two versions of a file differ in what stands
// before it.
func stem(p string) string {
	p, _, _ = strings.Cut(p, "?")
	return strings.TrimSuffix(path.Base(p), path.Ext(p))
}

// rank puts the paths in front that most pages answer: those of Atlassian
// Statuspage and its imitators, of Instatus, of Better Stack and cState. The
// page itself is the last thing to ask, because it is HTML nearly always.
func rank(url string, g Guess) int {
	common := []string{"/api/v2/summary.json", "/summary.json", "/index.json"}
	path := strings.TrimPrefix(g.Address, strings.TrimRight(url, "/"))
	switch i := slices.Index(common, path); {
	case i >= 0:
		return i
	case path == "":
		return len(common) + 1
	}
	return len(common)
}

// once leaves out what is asked for already. What one platform needs in any
// case is not asked after something.
func once(guesses []Guess) []Guess {
	var kept []Guess
	at := map[string]int{}
	for _, g := range guesses {
		i, known := at[g.Address]
		switch {
		case !known:
			at[g.Address] = len(kept)
			kept = append(kept, g)
		case g.After == "":
			kept[i].After = ""
		}
	}
	return kept
}

// Detect tells the platform whose answers these are, by the address that each
// came from. Of several that read them, the one that reads most of them counts,
// then the one that misses least beside.
func Detect(url string, answers map[string][]byte) (name string, ok bool) {
	var best candidate
	most := 0
	for _, c := range candidates(url) {
		files := map[string][]byte{}
		for _, path := range c.paths {
			if body, had := answers[c.base+path.Path]; had && says(body) {
				files[path.Name] = body
			}
		}
		if len(files) == 0 || len(files) < most || len(files) == most && len(c.paths) >= len(best.paths) {
			continue
		}
		if _, err := c.platform.Parse(c.source, files); err == nil {
			best, most = c, len(files)
		}
	}
	return best.platform.Name, most > 0
}

// says tells whether an answer says anything of who gives it. An empty list is
// what many services have for whatever they are asked.
func says(body []byte) bool {
	text := string(bytes.TrimSpace(body))
	return text != "[]" && text != "{}"
}

// candidate is a platform as it would be at a URL.
type candidate struct {
	platform Platform
	source   status.Source
	base     string
	paths    []Path
}

// candidates are the platforms that may be told from a URL alone: those whose
// addresses do not depend on what only a person can say.
func candidates(url string) []candidate {
	var all []candidate
	for _, p := range table() {
		c, other := p.at(url, "a"), p.at(url, "b")
		if c.base != "" && c.base == other.base && slices.Equal(c.paths, other.paths) {
			all = append(all, c)
		}
	}
	return all
}

// at is the platform at url, where everything it has to be told is said to be
// value.
func (p Platform) at(url, value string) candidate {
	source := status.Source{Platform: p.Name, URL: strings.TrimRight(url, "/")}
	for _, key := range p.Keys {
		if key.Required {
			if source.Filter == nil {
				source.Filter = map[string]string{}
			}
			source.Filter[key.Name] = value
		}
	}
	return candidate{p, source, p.BaseOf(source), p.Paths(source)}
}
