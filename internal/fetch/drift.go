package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

const (
	maxGuesses = 24             // requests of one search
	maxSearch  = 1 << 20        // bytes of their answers together
	maxMoved   = 3              // of them that lead elsewhere, before the search follows
	hintFor    = 24 * time.Hour // how long the outcome of a search is believed
)

// hint tells the operator what a source answers like now that it has stopped
// to answer in its shape. It is said, never acted on: who switches by himself
// believes whatever stands at an address. A search is made once a day, or when
// the reason becomes another one.
func (r *run) hint(ctx context.Context, t Target, err error) string {
	before := r.Previous.Providers[t.Slug]
	searched := r.searchedToday(before, t.Source)
	refused, ok := errors.AsType[*refusal](err)
	switch {
	case searched && before.Fetch.Hint != "":
		return before.Fetch.Hint
	case !ok || !refused.strange:
		return ""
	case refused.movedTo != "":
		return hintMoved(refused.movedTo)
	case refused.like != "":
		return hintLike(refused.like)
	case searched && before.Fetch.Reason == status.Clip(refused.reason, status.ReasonMax):
		return "" // and nothing was found
	}
	return r.searchHint(ctx, t)
}

// searchedToday tells whether this source failed before in the present day of
// its failure, which begins with the first one: then a search has been made,
// if there was a reason for one.
func (r *run) searchedToday(before status.Record, source status.Source) bool {
	if before.Fetch.State != status.StateFailed || before.Fetch.Since.IsZero() || before.URL != source.URL || before.Platform != source.Platform {
		return false
	}
	day := func(at time.Time) time.Duration { return at.Sub(before.Fetch.Since) / hintFor }
	return day(before.Fetch.At) == day(r.Now())
}

func (r *run) searchHint(ctx context.Context, t Target) string {
	v, err := r.at(t.Slug, t.Source.URL, nil)
	if err != nil {
		return ""
	}
	defer v.leave()
	if v.enter(ctx) != nil {
		return ""
	}
	v.asked[r.firstAddress(t)] = true
	found := v.search(ctx)
	switch {
	case found.platform == t.Source.Platform && t.Source.API != "":
		return fmt.Sprintf("answers like %s at %s; leave out api", found.platform, v.base)
	case found.platform == t.Source.Platform:
		return "" // in a shape that this platform does not read with this filter
	case found.platform != "":
		return hintLike(found.platform)
	case found.moved != "":
		return hintMoved(found.moved)
	}
	return ""
}

// firstAddress is what the visit before has asked in vain.
func (r *run) firstAddress(t Target) string {
	p, ok := platform.ByName(t.Source.Platform)
	if !ok {
		return ""
	}
	return p.BaseOf(t.Source) + p.Paths(t.Source)[0].Path
}

func hintLike(name string) string {
	hint := fmt.Sprintf("answers like %s now; set platform = %q", name, name)
	p, _ := platform.ByName(name)
	for _, key := range p.Keys {
		if key.Required {
			hint += fmt.Sprintf(" and filter.%s", key.Name)
		}
	}
	return hint
}

func hintMoved(to string) string { return "the page moved; see: faultbook source " + to }

// finding is what a search found.
type finding struct {
	platform string // empty: none that is known answers
	moved    string // the public address that it leads to, if any
}

// search asks the addresses that status pages have, but for those asked
// before, which platform this site is on. It gives up when there is no getting
// through.
func (v *visit) search(ctx context.Context) finding {
	v.shelf.most = maxSearch
	found := finding{platform: v.detect()}
	requests, moved := 0, 0
	for _, guess := range platform.Guesses(v.base) {
		if found.platform != "" || requests == maxGuesses {
			break
		}
		if !v.worth(guess) {
			continue
		}
		v.asked[guess.Address] = true
		requests++
		a, refused := v.once(ctx, Request{Slug: v.slug, URL: guess.Address, Try: 1}, status.Validator{})
		switch {
		case refused == nil:
			found.platform = v.tell(guess.Address, a)
		case refused.moved:
			found.moved = cmp.Or(found.moved, refused.movedTo)
			if moved++; moved == maxMoved && len(v.had) == 0 {
				return found
			}
		case refused.endsSearch():
			return found
		}
		v.shelf.giveBack()
	}
	return found
}

// worth tells whether an address may be asked, was not, and is not known to be of
// no use.
func (v *visit) worth(guess platform.Guess) bool {
	if _, had := v.had[guess.After]; !had && guess.After != "" || v.asked[guess.Address] {
		return false
	}
	u, err := url.Parse(guess.Address)
	return err == nil && hostPort(u) == v.host
}

// tell is the platform that this and earlier answers are of, if any. Pages for
// people are not kept; no platform reads them beside something else.
func (v *visit) tell(address string, a answer) string {
	v.had[address] = a
	name := v.detect()
	if name == "" && begins(a.body, '<') {
		delete(v.had, address)
		return ""
	}
	v.shelf.keep(a.body)
	return name
}

// detect is the platform that the answers so far are of, if any.
func (v *visit) detect() string {
	bodies := map[string][]byte{}
	for address, a := range v.had {
		bodies[address] = a.body
	}
	v.parsing.Lock()
	defer v.parsing.Unlock()
	name, _ := platform.Detect(v.base, bodies)
	return name
}

// endsSearch tells whether the answers to come would be none: nobody answers,
// somebody takes his time, or wants to be left alone. A server that fails at
// one address may know another.
func (r *refusal) endsSearch() bool {
	return r.code == 0 || r.code == http.StatusOK && r.again || r.code == http.StatusTooManyRequests
}
