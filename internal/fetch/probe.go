package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// Probe is a call without a key that an API answers as long as it works.
type Probe struct {
	URL    string
	Expect []int // the statuses that it answers with then, such as 401
}

const probeTries = 2

// probe asks the API itself. What it answers is not read: that it does, and
// with which status, is all that a call without a key can tell.
func (r *run) probe(ctx context.Context, t Target) status.Probe {
	probe := status.Probe{URL: t.Probe.URL}
	v, err := r.atAPI(t)
	if err == nil {
		defer v.leave()
		err = v.enter(ctx)
	}
	if err != nil {
		probe.Reason, probe.At = err.Error(), r.Now()
		return probe
	}
	for try := 1; ; try++ {
		refused := v.knock(ctx, Request{Slug: t.Slug, URL: t.Probe.URL, Try: try}, t.Probe.Expect, &probe)
		if refused == nil || !refused.again || try == probeTries || !v.place.pause(ctx, refused.wait(try)) {
			return probe
		}
	}
}

// atAPI is a visit to where the API is. A redirect is an answer like any other.
func (r *run) atAPI(t Target) (*visit, error) {
	u, err := url.Parse(t.Probe.URL)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, fmt.Errorf("%q is not the address of an API", t.Probe.URL)
	}
	v, err := r.at(t.Slug, u.Scheme+"://"+u.Host, nil)
	if err != nil {
		return nil, err
	}
	v.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return v, nil
}

// knock asks once, notes the outcome in probe and tells the log.
func (v *visit) knock(ctx context.Context, q Request, expect []int, probe *status.Probe) *refusal {
	start := v.Now()
	code, refused := v.statusOf(ctx, q.URL, expect)
	at := v.Now()
	*probe = status.Probe{URL: probe.URL, OK: refused == nil, Status: code, Took: int(at.Sub(start) / time.Millisecond), At: at}
	q.Status, q.Took = code, at.Sub(start)
	if refused != nil {
		probe.Reason, q.Reason = refused.reason, refused.reason
	}
	v.log(q)
	return refused
}

// statusOf is the status of an answer, and a refusal unless it is one of those
// expected.
func (v *visit) statusOf(ctx context.Context, address string, expect []int) (int, *refusal) {
	try := startTry(ctx, tryTime)
	defer try.end()
	request, err := v.request(try.ctx, address)
	if err != nil {
		return 0, explain(err, v.host)
	}
	response, err := v.client.Do(request)
	if err != nil {
		return 0, explain(try.explain(err, "no answer"), v.host)
	}
	defer response.Body.Close()
	if slices.Contains(expect, response.StatusCode) {
		return response.StatusCode, nil
	}
	refused := refusedBy(response, v.Now())
	refused.reason = fmt.Sprintf("answered %s, not %s", statusText(response.StatusCode), either(expect))
	return response.StatusCode, refused
}

// either is a list of numbers in words.
func either(list []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(list), "[]"), " ", " or ")
}
