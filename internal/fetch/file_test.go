package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
)

func TestFile(t *testing.T) {
	const address = "https://status.example.com/api/v2/summary.json" // where the other tests' hosts have a file
	state := only("/api/v2/summary.json", `{"version":1}`, http.NotFound)
	for _, test := range []struct {
		name, address string
		host          host
		want, err     string
	}{
		{"the file", address, serving(state), `{"version":1}`, ""},
		{"no such file", "https://status.example.com/errors/state.json", serving(state), "", ErrMissing.Error()},
		{"gone for good", address, serving(code(410)), "", ErrMissing.Error()},
		{"a page instead of a file", address, serving(ofType("text/html", "Hello")), "", "says it is text/html, not JSON"},
		{"the host is paused", address, serving(code(503)), "", "503 Service Unavailable from status.example.com"},
		{"moved", address, serving(redirect("https://other.example/state.json")), "", "moved to other.example"},
		{"too large", address, serving(body(strings.Repeat("x", maxBody+1))), "", "the answer is larger than 4 MiB"},
		{"silent", address, serving(silence), "", "no answer within 10 s"},
		{"another scheme", "ftp://status.example.com/x", serving(state), "", "ftp addresses are not read; want https"},
		{"plain http", "http://status.example.com/x", serving(state), "", "plain http is not read; want https://status.example.com"},
		{"no address", "state.json", serving(state), "", `"" is not the address of a status page`},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: test.host}}
				got, err := File(t.Context(), Config{UserAgent: "faultbook/test", Transport: net.transport(t)}, test.address)
				if string(got) != test.want || err == nil && test.err != "" || err != nil && err.Error() != test.err {
					t.Errorf("File = %q, %v; want %q, %q", got, err, test.want, test.err)
				}
			})
		})
	}
}

// TestFileIsGuarded asks for what is not public.
func TestFileIsGuarded(t *testing.T) {
	server := serve(t, (*httptest.Server).Start, only("/state.json", "{}", http.NotFound))
	if _, err := File(t.Context(), Config{}, server.URL+"/state.json"); err == nil || !strings.HasPrefix(err.Error(), "plain http is not read") {
		t.Errorf("File = %v", err)
	}
	var last Request
	if _, err := File(t.Context(), Config{Log: func(q Request) { last = q }}, strings.Replace(server.URL, "http:", "https:", 1)+"/state.json"); err == nil || last.Reason != "leads to the private address 127.0.0.1" {
		t.Errorf("File = %v, %q", err, last.Reason)
	}
	if got, err := File(t.Context(), Config{AllowPrivate: true}, server.URL+"/state.json"); err != nil || string(got) != "{}" {
		t.Errorf("File = %q, %v", got, err)
	}
}

func TestFileEndsWhenTold(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupted"))
	if _, err := File(ctx, Config{}, "https://status.example.com/state.json"); err == nil || err.Error() != "fetch: interrupted" {
		t.Errorf("File = %v", err)
	}
}
