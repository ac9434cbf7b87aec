package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"faultbook/internal/status"
)

// ErrMissing is in the error of File when the host says that there is no such
// file, as opposed to saying nothing.
var ErrMissing = errors.New("there is no such file")

// File reads one file of a site of our own, such as the state that it publishes,
// with the manners and the mistrust that sources get. Targets and Previous do not
// matter. With AllowPrivate the address may be private itself.
func File(ctx context.Context, c Config, address string) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	r := newRun(c)
	v, err := r.at("", address[:max(0, strings.LastIndexByte(address, '/'))], nil)
	if err != nil {
		return nil, err
	}
	defer v.leave()
	var a answer
	if err = v.enter(limited); err == nil {
		a, err = v.get(limited, address, maxTries, status.Validator{})
	}
	switch refused, _ := errors.AsType[*refusal](err); {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("fetch: %w", context.Cause(ctx))
	case refused != nil && (refused.code == http.StatusNotFound || refused.code == http.StatusGone):
		return nil, ErrMissing
	case err != nil:
		return nil, err
	}
	return bytes.Clone(a.body), nil
}
