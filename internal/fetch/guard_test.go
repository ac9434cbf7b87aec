package fetch

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"faultbook/internal/status"
)

func TestGuard(t *testing.T) {
	tests := []struct {
		name, address string
		stranger, own string // the refusal, part of it; empty: may be asked
	}{
		{"public", "93.184.216.34:443", "", ""},
		{"public IPv6", "[2606:2800:220:1::1]:443", "", ""},
		{"loopback", "127.0.0.1:443", "private address 127.0.0.1", ""},
		{"another loopback", "127.9.9.9:443", "private", ""},
		{"loopback IPv6", "[::1]:443", "private address ::1", ""},
		{"loopback in IPv6", "[::ffff:127.0.0.1]:443", "private address 127.0.0.1", ""},
		{"loopback in old IPv6", "[::127.0.0.1]:443", "private", ""},
		{"private 10", "10.1.2.3:443", "private", ""},
		{"private 172", "172.16.0.1:443", "private", ""},
		{"private 192", "192.168.1.1:443", "private", ""},
		{"private IPv6", "[fd00:ec2::254]:443", "private", ""},
		{"carrier", "100.64.0.1:443", "private", ""},
		{"NAT64 of a public address", "[64:ff9b::5db8:d822]:443", "", ""},
		{"NAT64 of a private address", "[64:ff9b::10.0.0.1]:443", "private address 10.0.0.1", ""},
		{"NAT64 of a machine's credentials", "[64:ff9b::169.254.169.254]:443", "never asked", "never asked"},
		{"6to4", "[2002:7f00:1::]:443", "private", ""},
		{"a machine's credentials", "169.254.169.254:80", "leads to 169.254.169.254, which is never asked", "never asked"},
		{"link-local IPv6", "[fe80::1%eth0]:443", "never asked", "never asked"},
		{"nowhere", "0.0.0.0:443", "never asked", "never asked"},
		{"nowhere IPv6", "[::]:443", "never asked", "never asked"},
		{"multicast", "224.0.0.1:443", "never asked", "never asked"},
		{"broadcast", "255.255.255.255:443", "private", ""},
		{"no address", "status.example.com:443", "is not an address", "is not an address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for own, want := range map[bool]string{false: test.stranger, true: test.own} {
				err := guard(test.address, own)
				if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
					t.Errorf("guard(%q, own: %v) = %v, want %q", test.address, own, err, want)
				}
			}
		})
	}
}

// ask reads the page at url over the real network of this machine.
func ask(t *testing.T, url string, private bool, hosts ...string) status.Record {
	t.Helper()
	target := example(func(t *Target) { t.Source.URL, t.Source.Hosts = url, hosts })
	return runAll(t, Config{Targets: []Target{target}, AllowPrivate: private}).snapshot.Providers["example"]
}

// serve starts a server on the loopback that does not complain.
func serve(t *testing.T, start func(*httptest.Server), handler http.Handler) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	start(server)
	t.Cleanup(server.Close)
	return server
}

func TestPrivateAddresses(t *testing.T) {
	plain := serve(t, (*httptest.Server).Start, page(nil))
	secure := serve(t, (*httptest.Server).StartTLS, page(nil))
	_, port, _ := net.SplitHostPort(plain.Listener.Addr().String())
	to := func(address string) *httptest.Server {
		return serve(t, (*httptest.Server).Start, redirect(address))
	}
	loop := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("again") == "" {
			http.Redirect(w, r, r.URL.Path+"?again=1", http.StatusFound)
			return
		}
		page(nil)(w, r)
	}
	tests := []struct {
		name, url string
		private   bool
		hosts     []string
		want      string // the reason; empty: it is read
	}{
		{"plain http is refused", plain.URL, false, nil, "plain http is not read; want https://" + plain.Listener.Addr().String()},
		{"loopback is refused", secure.URL, false, nil, "leads to the private address 127.0.0.1"},
		{"plain http where allowed", plain.URL, true, nil, ""},
		{"a name of the loopback where allowed", "http://localhost:" + port, true, nil, ""},
		{"with a slash at the end", plain.URL + "/", true, nil, ""},
		{"an untrusted certificate", secure.URL, true, nil, "the TLS certificate of 127.0.0.1 is not trusted"},
		{"https to a server without", "https://" + plain.Listener.Addr().String(), true, nil, "127.0.0.1 does not speak TLS"},
		{"a machine's credentials", "http://169.254.169.254", true, nil, "leads to 169.254.169.254, which is never asked"},
		{"a redirect on the own host", serve(t, (*httptest.Server).Start, http.HandlerFunc(loop)).URL, true, nil, ""},
		{"a redirect to another private port", to(plain.URL).URL, true, nil, "redirects to plain http on " + plain.Listener.Addr().String()},
		{"a redirect to a listed private host", to(secure.URL).URL, true, []string{secure.Listener.Addr().String()}, "leads to the private address 127.0.0.1"},
		{"a redirect to a machine's credentials", to("https://169.254.169.254/").URL, true, []string{"169.254.169.254"}, "leads to 169.254.169.254, which is never asked"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ask(t, test.url, test.private, test.hosts...)
			if got.Fetch.Reason != test.want || (got.Level == status.Operational) != (test.want == "") {
				t.Errorf("%v, reason %q, want %q", got.Level, got.Fetch.Reason, test.want)
			}
		})
	}
}

func TestCertificateOfAnotherName(t *testing.T) {
	server := serve(t, (*httptest.Server).StartTLS, page(nil))
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	for host, want := range map[string]string{"example.com": "", "status.example.org": "the TLS certificate is not for status.example.org"} {
		target := example(func(t *Target) { t.Source.URL = "https://" + host })
		got := runAll(t, Config{Targets: []Target{target}, Transport: transport}).snapshot.Providers["example"]
		if got.Fetch.Reason != want {
			t.Errorf("%s: reason %q, want %q", host, got.Fetch.Reason, want)
		}
	}
}
