package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// try is the time that one request may take.
type try struct {
	ctx     context.Context // ends with the time
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	begun   time.Time // or went on
	left    time.Duration
	limit   time.Duration
	looking atomic.Bool // for the address of the name
}

func startTry(ctx context.Context, limit time.Duration) *try {
	t := &try{begun: time.Now(), left: limit, limit: limit}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { t.looking.Store(true) },
		DNSDone:  func(done httptrace.DNSDoneInfo) { t.looking.Store(done.Err != nil) },
	})
	t.ctx, t.cancel = context.WithCancelCause(ctx)
	t.timer = time.AfterFunc(limit, func() { t.cancel(errSlow) })
	return t
}

func (t *try) end() {
	t.timer.Stop()
	t.cancel(nil)
}

// pause stops the time while the request waits for something that is no fault
// of the other side.
func (t *try) pause(wait func()) {
	if !t.timer.Stop() {
		<-t.ctx.Done() // it is over
		return
	}
	t.left -= time.Since(t.begun)
	wait()
	t.begun = time.Now()
	t.timer.Reset(t.left)
}

// shorten leaves no more than d from now on.
func (t *try) shorten(d time.Duration) {
	if t.left > d && t.timer.Stop() {
		t.limit -= t.left - d
		t.left = d
		t.timer.Reset(d)
	}
}

// errSlow is why a try was ended, as opposed to the run; errLooking that it was
// because no name server answered.
var (
	errSlow    = errors.New("this try took too long")
	errLooking = errors.New("no name server answered")
)

// explain replaces an error by what is behind it when the time was over.
func (t *try) explain(err error, what string) error {
	_, told := errors.AsType[*refusal](err)
	switch {
	case told || t.ctx.Err() == nil:
		return err
	case !errors.Is(context.Cause(t.ctx), errSlow):
		return &refusal{reason: what + " before the time for the whole run was over"}
	case t.looking.Load():
		return errLooking
	default:
		return &refusal{reason: fmt.Sprintf("%s within %d s", what, (t.limit+time.Second-1)/time.Second), again: true}
	}
}
