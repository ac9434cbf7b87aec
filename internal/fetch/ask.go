package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ask sends one request and reads its answer.
func (v *visit) ask(ctx context.Context, address string) (body []byte, code int, err error) {
	try, cancel := context.WithTimeoutCause(ctx, tryTime, errSlow)
	defer cancel()
	request, err := http.NewRequestWithContext(try, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	request.Header.Set("User-Agent", v.UserAgent)
	request.Header.Set("Accept", "application/json, application/xml;q=0.9, */*;q=0.1")
	response, err := v.client.Do(request)
	if err != nil {
		return nil, 0, late(try, err, "no answer")
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, response.StatusCode, refusedBy(response, v.Now())
	}
	body, err = v.body(response)
	if err != nil {
		err = late(try, err, "the answer did not end")
	}
	return body, response.StatusCode, err
}

// body reads an answer, decompressed, up to what is left of maxBody.
func (v *visit) body(response *http.Response) ([]byte, error) {
	large := &refusal{reason: fmt.Sprintf("the answer is larger than %d MiB", maxBody>>20)}
	if v.left < maxBody {
		large.reason += " with what came before"
	}
	if response.ContentLength > int64(v.left) {
		return nil, large
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(v.left)+1))
	switch {
	case err != nil:
		return nil, &brokenBody{err}
	case len(body) > v.left:
		return nil, large
	}
	return body, nil
}

// errSlow is why a try was ended, as opposed to the run.
var errSlow = errors.New("this try took too long")

// late replaces an error by what is behind it when the time was over.
func late(ctx context.Context, err error, what string) error {
	_, told := errors.AsType[*refusal](err)
	switch {
	case told || ctx.Err() == nil:
		return err
	case errors.Is(context.Cause(ctx), errSlow):
		return &refusal{reason: fmt.Sprintf("%s within %d s", what, tryTime/time.Second), again: true}
	default:
		return &refusal{reason: what + " before the time for the whole run was over"}
	}
}

// refusedBy is the refusal that a status other than 200 means.
func refusedBy(response *http.Response, now time.Time) *refusal {
	code := response.StatusCode
	refused := &refusal{
		reason: strings.Join(strings.Fields(fmt.Sprintf("%d %s from %s", code, http.StatusText(code), response.Request.URL.Host)), " "),
		again:  code == http.StatusTooManyRequests || code >= 500,
	}
	refused.after = retryAfter(response.Header.Get("Retry-After"), now)
	if refused.again && refused.after > maxWait {
		refused.again = false
		refused.reason += fmt.Sprintf(", which asks to wait %s", refused.after.Round(time.Second))
	}
	return refused
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
