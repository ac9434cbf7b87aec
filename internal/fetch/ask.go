package fetch

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"faultbook/internal/status"
)

// answer is one file as it came.
type answer struct {
	body      []byte
	validator status.Validator // the zero value: it has none
	unchanged bool             // it is as it was when it had the validator that was sent along; no body
}

// ask sends one request and reads its answer. With a validator it asks for the
// file only if it has changed.
func (v *visit) ask(ctx context.Context, address string, since status.Validator) (a answer, code int, err error) {
	try := startTry(ctx, v.shelf.timeLeft())
	defer try.end()
	request, err := v.request(try.ctx, address)
	if err != nil {
		return a, 0, err
	}
	request.Header.Set("Accept", "application/json, application/xml;q=0.9, */*;q=0.1")
	conditional := setCondition(request.Header, since)
	response, err := v.client.Do(request)
	if err != nil {
		return a, 0, try.explain(err, "no answer")
	}
	defer response.Body.Close()
	switch code = response.StatusCode; {
	case code == http.StatusNotModified && conditional:
		return answer{unchanged: true}, code, nil
	case code != http.StatusOK:
		return a, code, refusedBy(response, v.Now())
	}
	if err := unreadable(response.Header); err != nil {
		return a, code, err
	}
	a.body, err = v.body(try, response)
	if err != nil {
		return answer{}, code, v.shelf.unlessLarge(try.explain(err, "the answer did not end"))
	}
	a.validator = validatorOf(response.Header)
	return a, code, notHTML(response.Header, a.body)
}

// request is one that says who asks.
func (v *visit) request(ctx context.Context, address string) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", v.UserAgent)
	return request, nil
}

// body reads an answer, decompressed, up to what the shelf still takes.
func (v *visit) body(t *try, response *http.Response) ([]byte, error) {
	large := &refusal{reason: fmt.Sprintf("the answer is larger than %d MiB", v.shelf.most>>20)}
	if v.shelf.used > 0 {
		large.reason += " with what came before"
	}
	if response.ContentLength > int64(v.shelf.most-v.shelf.used) {
		return nil, large
	}
	body, err := v.shelf.read(t, response.Body)
	if err == errLarge {
		return nil, large
	}
	return body, err
}

// refusedBy is the refusal that a status other than 200 means.
func refusedBy(response *http.Response, now time.Time) *refusal {
	code := response.StatusCode
	refused := &refusal{
		reason:  fmt.Sprintf("%s from %s", statusText(code), response.Request.URL.Host),
		again:   code == http.StatusTooManyRequests || code >= 500,
		strange: code == http.StatusNotFound || code == http.StatusGone,
	}
	refused.after = retryAfter(response.Header.Get("Retry-After"), now)
	if refused.again && refused.after > maxWait {
		refused.again = false
		refused.reason += fmt.Sprintf(", which asks to wait %s", refused.after.Round(time.Second))
	}
	return refused
}

// statusText is a status with its words, as far as it has any.
func statusText(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}

// retryAfter is how long a Retry-After header asks to wait: seconds or a date.
func retryAfter(header string, now time.Time) time.Duration {
	const longest = 24 * time.Hour // beyond it the number does not matter
	if seconds, err := strconv.ParseUint(header, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(longest/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return min(max(at.Sub(now), 0), longest)
	}
	return 0
}
