package fetch

import (
	"net/http"
	"time"
)

// knocking is the asking of one address so far.
type knocking struct {
	method string
	asks   int
	rests  int           // times that it was told to wait, and did
	rest   time.Duration // that it was told to wait just now
}

type step uint8

const (
	believe step = iota
	askAgain
	leaveAlone
)

// after is what to do after an answer, and for how long the host is left alone
// before. HEAD is enough where it is granted; whatever else comes of it, GET has
// the last word, because many servers do not know HEAD and say so in all sorts
// of ways. What may pass gets a second try.
func (k *knocking) after(r Reached) (step, time.Duration) {
	mayPass := r.Outcome == Silent || r.Status >= 500
	switch {
	case r.Status >= 300 && r.Status < 400:
		return believe, 0 // as a browser goes on
	case r.Outcome == Unasked || r.Outcome == Barred || r.Outcome == Answered && r.Status < 400:
		return believe, gap
	case k.rest > maxRest || k.rest > 0 && k.rests == maxRests:
		return leaveAlone, 0
	case k.rest > 0:
		k.rests++
		return askAgain, max(gap, k.rest)
	case k.method == http.MethodGet && (!mayPass || k.asks > 1):
		return believe, gap
	}
	k.method = http.MethodGet
	if mayPass {
		return askAgain, gap
	}
	return askAgain, 0
}
