package fetch

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Address is a page that somebody links to.
type Address struct {
	URL  string // https, without a fragment
	Text bool   // what stands there is wanted, if it is HTML and not large
}

// Outcome says how far the asking of an address got.
type Outcome uint8

// The outcomes. The zero value claims nothing.
const (
	Unasked  Outcome = iota // not to the end, for a reason that is not the address's fault
	Answered                // some server answered
	Silent                  // nobody did; that may pass
	Barred                  // the way leads where we do not go
)

// Reached is what became of an address.
type Reached struct {
	Outcome Outcome
	Status  int    // of the last answer; 0: none came
	Moved   string // where the address has moved for good; empty: nowhere
	Text    []byte // of the page, as far as it was wanted; nil: it is no HTML, too large, or broke off
	Reason  string // why it is not Answered, or the status in words from 400 on
}

// The limits of reaching. A book has hundreds of addresses on one host, and the
// job that asks them has all night: what is not asked today is asked next time.
const (
	reachTime = 20 * time.Minute // for all addresses together
	hostTime  = 15 * time.Minute // for those of one host, from its first request
	gap       = time.Second      // from one request of a host to its next
	maxText   = 2 << 20          // bytes of a page, decompressed
	maxRests  = 2                // waits for one address; then the host is left alone
	maxRest   = time.Minute      // who asks to wait longer is left alone at once
	someRest  = 10 * time.Second // for who asks to wait without saying how long
	maxSilent = 3                // addresses in a row; then nobody is there
)

// Reach asks for each address whether anything is there: hosts side by side,
// each one request at a time. told gets the outcomes as they come, never two at
// once; a Text is gone when it returns. The addresses of one host are asked in
// the order of the list, so what matters most stands first. The only error is
// that ctx ended.
func Reach(ctx context.Context, c Config, list []Address, told func(i int, r Reached)) error {
	limited, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	w := &walk{run: newRun(c), hosts: map[string]*stop{}, own: ownHosts(c)}
	defer w.close()
	var wg sync.WaitGroup
	for _, items := range byHost(list) {
		wg.Go(func() {
			for _, i := range items {
				r := w.reach(limited, list[i])
				w.telling.Lock()
				told(i, r)
				w.telling.Unlock()
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("ask the addresses: %w", context.Cause(ctx))
	}
	return nil
}

// byHost are the indexes of addresses of one host each, in their order.
func byHost(list []Address) [][]int {
	var groups [][]int
	at := map[string]int{}
	for i, a := range list {
		host := ""
		if u, err := url.Parse(a.URL); err == nil {
			host = hostPort(u)
		}
		n, ok := at[host]
		if !ok {
			n = len(groups)
			at[host], groups = n, append(groups, nil)
		}
		groups[n] = append(groups[n], i)
	}
	return groups
}

// ownHosts are the hosts of the targets, which may be private where the
// operator allows it.
func ownHosts(c Config) map[string]bool {
	own := map[string]bool{}
	for _, t := range c.Targets {
		if u, err := url.Parse(t.Source.URL); err == nil && c.AllowPrivate {
			own[hostPort(u)] = true
		}
	}
	return own
}

// outOfTime is why addresses are not asked when the run has to end.
const outOfTime = "the time for the whole run was over"

// walk is one Reach in progress.
type walk struct {
	*run
	own map[string]bool

	mu    sync.Mutex
	hosts map[string]*stop
}

// at is the stop at a host, the same for all who come by.
func (w *walk) at(host string) *stop {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.hosts[host]
	if s == nil {
		here := site{host: host, private: w.own[host], resolver: w.resolver}
		s = &stop{client: here.client(w.Transport), host: host}
		s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		w.hosts[host] = s
	}
	return s
}

func (w *walk) close() {
	for _, s := range w.hosts {
		s.client.CloseIdleConnections()
	}
}

// reach follows an address to where it ends. Each host on the way is asked in
// its turn, so redirects are followed by hand.
func (w *walk) reach(ctx context.Context, a Address) Reached {
	moved, forGood := "", true
	for hops, address := 0, a.URL; ; hops++ {
		u, r := w.may(address)
		if r.Outcome == Barred {
			return r
		}
		r, next := w.ask(ctx, u, a.Text)
		r.Moved = moved
		switch {
		case next == nil || r.Outcome != Answered:
			return r
		case hops == maxHops:
			return Reached{Outcome: Barred, Status: r.Status, Reason: fmt.Sprintf("more than %d redirects", maxHops)}
		}
		forGood = forGood && (r.Status == http.StatusMovedPermanently || r.Status == http.StatusPermanentRedirect)
		address = next.String()
		if forGood {
			moved = address
		}
	}
}

// may tells whether an address is one that we ask.
func (w *walk) may(address string) (*url.URL, Reached) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil:
		return nil, Reached{Outcome: Barred, Reason: "leads to " + printable(address) + ", which is no address of a page"}
	case u.Scheme != "https":
		return nil, Reached{Outcome: Barred, Reason: "leads to plain " + printable(u.Scheme) + " on " + printable(u.Host)}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, Reached{}
}

// ask asks one address until the answer can be believed.
func (w *walk) ask(ctx context.Context, u *url.URL, text bool) (r Reached, next *url.URL) {
	s := w.at(hostPort(u))
	k := knocking{method: http.MethodHead}
	if text {
		k.method = http.MethodGet
	}
	for {
		place, why := s.enter(ctx, w.run)
		if place == nil {
			return why, nil
		}
		k.asks++
		r, next, k.rest = w.once(ctx, s, k, u, text)
		step, pause := k.after(r)
		s.leave(place, pause)
		switch step {
		case askAgain:
			continue
		case leaveAlone:
			s.shut(Reached{Reason: fmt.Sprintf("%s asks to wait %s", s.host, k.rest.Round(time.Second))})
		}
		s.note(r)
		return r, next
	}
}

// once sends one request. rest is how long the host wants to be left alone.
func (w *walk) once(ctx context.Context, s *stop, k knocking, u *url.URL, text bool) (r Reached, next *url.URL, rest time.Duration) {
	start := w.Now()
	defer func() {
		w.log(Request{URL: u.String(), Try: k.asks, Status: r.Status, Bytes: len(r.Text), Took: w.Now().Sub(start), Reason: r.Reason})
	}()
	try := startTry(ctx, tryTime)
	defer try.end()
	request, err := http.NewRequestWithContext(try.ctx, k.method, u.String(), nil)
	if err != nil {
		return Reached{Outcome: Barred, Reason: printable(err.Error())}, nil, 0
	}
	request.Header.Set("User-Agent", w.UserAgent)
	request.Header.Set("Accept", "text/html, */*;q=0.5")
	response, err := s.client.Do(request)
	if err != nil {
		return noAnswer(ctx, try.explain(err, "no answer"), s.host), nil, 0
	}
	defer response.Body.Close()
	r = Reached{Outcome: Answered, Status: response.StatusCode}
	switch {
	case r.Status >= 300 && r.Status < 400:
		next, _ = response.Location() // without one it is an answer like any other
	case r.Status == http.StatusOK && text:
		r.Text = pageOf(response)
	case r.Status >= 400:
		r.Reason = statusText(r.Status)
	}
	return r, next, restOf(response, w.Now())
}

// restOf is how long the server asks to be left alone; 0: it does not.
func restOf(response *http.Response, now time.Time) time.Duration {
	after := retryAfter(response.Header.Get("Retry-After"), now)
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return cmp.Or(after, someRest)
	case http.StatusServiceUnavailable:
		return after
	}
	return 0
}

// noAnswer tells apart why no answer came: the time of the run was over, the
// way is barred, or nobody is there.
func noAnswer(ctx context.Context, err error, host string) Reached {
	refused := explain(err, host)
	switch {
	case ctx.Err() != nil:
		return Reached{Reason: outOfTime}
	case refused.barred:
		return Reached{Outcome: Barred, Reason: refused.reason}
	}
	return Reached{Outcome: Silent, Reason: refused.reason}
}

// pageOf is the page of an answer, if it is HTML and small enough. What breaks
// off is no page.
func pageOf(response *http.Response) []byte {
	kind := contentType(response.Header)
	if kind != "text/html" && kind != "application/xhtml+xml" || response.ContentLength > maxText {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, maxText+1))
	if err != nil || len(text) > maxText {
		return nil
	}
	return text
}
