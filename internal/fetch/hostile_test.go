package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"faultbook/internal/status"
)

// code answers with that status.
func code(n int) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(n); return false })
}

// body answers with that text.
func body(text string) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool { io.WriteString(w, text); return false })
}

// raw answers with bytes that need not be HTTP, then hangs up.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		io.WriteString(conn, text)
		conn.Close()
	}
}

// redirect leads to that address, in which HOST is the one that was asked.
func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.ReplaceAll(to, "HOST", r.Host), http.StatusMovedPermanently)
	}
}

// silence says nothing for as long as anybody waits.
func silence(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// ofType answers with a text of that type.
func ofType(kind, text string) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", kind)
		io.WriteString(w, text)
		return false
	})
}

// gzipped answers with what is compressed already, so many times.
func gzipped(data []byte, times int) http.HandlerFunc {
	return page(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Encoding", "gzip")
		for range times {
			if _, err := w.Write(data); err != nil {
				return false
			}
		}
		return false
	})
}

// bomb is n MiB of blanks, compressed.
func bomb(n int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range n {
		z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	return b.Bytes()
}

// nested are lists inside each other.
func nested(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }

// host is one end of the inet: it answers, or cannot even be reached.
type host struct {
	serve http.Handler
	dial  func(ctx context.Context, name string) (net.Conn, error)
}

func serving(handler http.HandlerFunc) host { return host{serve: handler} }

func failing(err error) host {
	return host{dial: func(context.Context, string) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Err: err} }}
}

// resolver asks name servers that never answer.
func resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		near, _ := net.Pipe()
		return near, nil
	}}
}

// deaf looks a name up there.
func deaf(ctx context.Context, name string) (net.Conn, error) {
	_, err := resolver().LookupIPAddr(ctx, name)
	return nil, &net.OpError{Op: "dial", Err: err}
}

// hostile is a source of a kind, and what comes of it.
type hostile struct {
	name  string
	host  host
	want  string // the reason why it is not read; else the level, and why it is unknown
	tries int
}

// hostiles are all that may go wrong on the way, and what only looks wrong.
func hostiles(t *testing.T) []hostile {
	return []hostile{
		{"401", serving(code(401)), "401 Unauthorized from HOST", 1},
		{"403", serving(code(403)), "403 Forbidden from HOST", 1},
		{"404", serving(code(404)), "404 Not Found from HOST", 1},
		{"410", serving(code(410)), "410 Gone from HOST", 1},
		{"204", serving(code(204)), "204 No Content from HOST", 1},
		{"304 that nobody asked for", serving(code(304)), "304 Not Modified from HOST", 1},
		{"429", serving(code(429)), "429 Too Many Requests from HOST", 3},
		{"500", serving(code(500)), "500 Internal Server Error from HOST", 3},
		{"503", serving(code(503)), "503 Service Unavailable from HOST", 3},
		{"520, which has no words", serving(code(520)), "520 from HOST", 3},
		{"503 for an hour", serving(page(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(503)
			return false
		})), "503 Service Unavailable from HOST, which asks to wait 1h0m0s", 1},

		{"HTML", serving(body("<!doctype html>")), "answered HTML, not JSON", 1},
		{"HTML that claims to be JSON", serving(ofType("application/json", "<html>")), "answered HTML, not JSON", 1},
		{"HTML that says so", serving(ofType("text/html", "\xef\xbb\xbf\n <!doctype html>")), "answered HTML, not JSON", 1},
		{"text that claims to be HTML", serving(ofType("Text/HTML ; charset=utf-8", good)), "says it is text/html, not JSON", 1},
		{"a picture", serving(ofType("image/png", good)), "answered image/png, which is no status", 1},
		{"a drawing", serving(ofType("image/svg+xml", "<svg/>")), "answered image/svg+xml, which is no status", 1},
		{"sound", serving(ofType("audio/ogg", good)), "answered audio/ogg, which is no status", 1},
		{"video", serving(ofType("video/mp4", good)), "answered video/mp4, which is no status", 1},
		{"a font", serving(ofType("application/font-woff", good)), "answered application/font-woff, which is no status", 1},
		{"a document", serving(ofType("application/pdf", good)), "answered application/pdf, which is no status", 1},
		{"an archive", serving(ofType("application/zip", good)), "answered application/zip, which is no status", 1},
		{"bytes of no type", serving(ofType("application/octet-stream", good)), "operational", 1},
		{"plain text", serving(ofType("text/plain", good)), "operational", 1},
		{"a type that is none", serving(ofType("json", good)), "operational", 1},
		{"no type", serving(raw("HTTP/1.1 200 OK\r\n\r\n" + good)), "operational", 1},

		{"nothing", serving(body("")), "the answer is empty", 1},
		{"empty components", serving(body(`{"page":{"id":"a"},"components":[]}`)), "the component list is empty", 1},
		{"JSON cut in the middle", serving(body(good[:100])), "the JSON ends in the middle, after 7 values", 1},
		{"30 levels of nesting", serving(body(strings.Replace(good, "{", `{"deep":`+nested(30)+`,`, 1))), "operational", 1},
		{"100,000 levels of nesting", serving(body(nested(100_000))), "nested deeper than 64 levels", 1},
		{"100,000 levels in a page that is well", serving(body(strings.Replace(good, "{", `{"deep":`+nested(100_000)+`,`, 1))), "nested deeper than 64 levels", 1},
		{"4 MiB of objects in a list", serving(body("[" + strings.Repeat("{},", 4<<20/3-1) + "{}]")), "a list of more than 2000 items", 1},
		{"not UTF-8", serving(body(strings.Replace(good, "API", "\xff\xfe", 1))), "the answer is not valid UTF-8", 1},
		{"NUL", serving(body(strings.Replace(good, "API", "A\x00PI", 1))), `not JSON: invalid character '\x00' in string literal`, 1},
		{"NUL, escaped", serving(body(strings.Replace(good, "API", `A\u0000PI`, 1))), "operational", 1},
		{"a key twice", serving(body(strings.Replace(good, `"status":{`, `"status":{"indicator":"none","Indicator":"major"},"x":{`, 1))), `the key "Indicator" stands twice in one object`, 1},
		{"numbers for text", serving(body(strings.NewReplacer(`"abc"`, "12", `"1"`, "1.50").Replace(good))), "operational", 1},
		{"a number for a word", serving(body(strings.Replace(good, `"operational"`, "1", 1))), `unknown: component "API" says "1", which is no known level; /api/v2/incidents.json: 404 Not Found from HOST`, 1},
		{"another platform", serving(body(`{"page":{"id":"01JMDK9XYNY6RXSED6SDWW50WY"},"components":[]}`)),
			`answers like incident.io; set platform = "incident.io"`, 1},

		{"slow headers", serving(silence), "no answer within 10 s", 3},
		{"a body that never ends", serving(page(func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, good[:50])
			w.(http.Flusher).Flush()
			silence(w, r)
			return false
		})), "the answer did not end within 10 s", 3},
		{"a slow body", serving(page(func(w http.ResponseWriter, r *http.Request) bool {
			for r.Context().Err() == nil {
				io.WriteString(w, " ")
				w.(http.Flusher).Flush()
				select {
				case <-time.After(time.Second):
				case <-r.Context().Done():
				}
			}
			return false
		})), "the answer did not end within 10 s", 3},
		{"an endless body", serving(page(func(w http.ResponseWriter, r *http.Request) bool {
			for r.Context().Err() == nil {
				if _, err := w.Write(bytes.Repeat([]byte(" "), 1<<16)); err != nil {
					break
				}
			}
			return false
		})), "the answer is larger than 4 MiB", 1},
		{"a body that says how large it is", serving(raw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n{")), "the answer is larger than 4 MiB", 1},
		{"a gzip bomb, 10 GB in 10 MB", serving(gzipped(bomb(10), 1000)), "the answer is larger than 4 MiB", 1},
		{"what is no gzip", serving(gzipped([]byte("not compressed at all"), 1)), "the compressed answer cannot be unpacked", 1},
		{"gzip cut in the middle", serving(gzipped(bomb(1)[:200], 1)), "the answer broke off", 3},
		{"a body that breaks off", serving(raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")), "the answer broke off", 3},
		{"no HTTP", serving(raw("SSH-2.0-x\x1b[2J\r\n\r\n")), `could not ask HOST:443: malformed HTTP response "SSH-2.0-x\x1b[2J"`, 3},
		{"headers without end", serving(page(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
			return true
		})), "could not ask HOST:443: net/http: server response headers exceeded 65536 bytes; aborted", 3},

		{"no such host", failing(&net.DNSError{Err: "no such host", IsNotFound: true}), "no such host: HOST", 1},
		{"a name server that does not answer", failing(&net.DNSError{Err: "i/o timeout", IsTimeout: true}), "the name HOST could not be looked up", 3},
		{"name servers that are silent", host{dial: deaf}, "the name HOST could not be looked up", 3},
		{"a certificate for another name", failing(&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "HOST"}}), "the TLS certificate is not for HOST", 1},
		{"connection refused", failing(syscall.ECONNREFUSED), "HOST:443 accepts no connection", 3},
		{"connection reset", failing(syscall.ECONNRESET), "the connection to HOST:443 broke off", 3},
		{"no network", failing(syscall.ENETUNREACH), "HOST:443 cannot be reached from here", 3},
		{"hung up without a word", serving(raw("")), "the connection to HOST:443 broke off", 3},

		{"moved", serving(redirect("https://other.example/")), "moved to other.example", 1},
		{"moved to another port", serving(redirect("https://HOST:8443/")), "moved to HOST:8443", 1},
		{"moved to plain http", serving(redirect("http://HOST/api/v2/summary.json")), "redirects to plain http on HOST", 1},
		{"moved to this machine", serving(redirect("http://127.0.0.1:8080/")), "moved to 127.0.0.1:8080", 1},
		{"moved to a machine's credentials", serving(redirect("http://169.254.169.254/latest/meta-data/")), "moved to 169.254.169.254", 1},
		{"moved to a file", serving(redirect("file:///etc/passwd")), "moved to ", 1},
		{"a redirect loop", serving(redirect("/api/v2/summary.json")), "more than 5 redirects", 1},
	}
}

// said is what a run says of a source, with HOST for its host.
func said(r status.Record, host string) string {
	said := r.Fetch.Reason
	if r.Fetch.State == status.StateOK {
		said = strings.TrimSuffix(r.Level.String()+": "+r.Reason, ": ")
	}
	return strings.ReplaceAll(said, host, "HOST")
}

// check holds that what could not be read is no level.
func (h hostile) check(t *testing.T, r status.Record, host string) {
	t.Helper()
	if got := said(r, host); got != h.want {
		t.Errorf("%s: %q, want %q", h.name, got, h.want)
	}
	if r.Fetch.State != status.StateOK && (r.Level != status.Unknown || !r.CheckedAt.IsZero()) {
		t.Errorf("%s: level %v, checked %v", h.name, r.Level, r.CheckedAt)
	}
}

// TestHostile asks each hostile source alone, and counts how often.
func TestHostile(t *testing.T) {
	warmUp(t)
	for _, h := range hostiles(t) {
		t.Run(h.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: h.host}}
				r := runAll(t, Config{Targets: []Target{example(nil)}, Transport: net.transport(t)})
				h.check(t, r.snapshot.Providers["example"], "status.example.com")
				if n := r.asked("https://status.example.com/api/v2/summary.json"); n != h.tries {
					t.Errorf("asked %d times, want %d", n, h.tries)
				}
				if r.took > 40*time.Second {
					t.Errorf("it took %v", r.took)
				}
			})
		})
	}
}

// TestHostileTogether asks all of them in one run, beside pages that are well.
func TestHostileTogether(t *testing.T) {
	warmUp(t)
	all := hostiles(t)
	synctest.Test(t, func(t *testing.T) {
		net := &inet{others: map[string]host{}}
		var targets []Target
		add := func(name string, host host) {
			net.others[name+":443"] = host
			targets = append(targets, example(func(t *Target) { t.Slug, t.Source.URL = name, "https://"+name }))
		}
		for n, h := range all {
			add(fmt.Sprintf("hostile-%d.example.com", n), h.host)
			if n%5 == 0 {
				add(fmt.Sprintf("well-%d.example.com", n), serving(page(nil)))
			}
		}
		r := runAll(t, Config{Targets: targets, Transport: net.transport(t)})
		for n, h := range all {
			name := fmt.Sprintf("hostile-%d.example.com", n)
			h.check(t, r.snapshot.Providers[name], name)
			if well := r.snapshot.Providers[fmt.Sprintf("well-%d.example.com", n)]; n%5 == 0 && well.Level != status.Operational {
				t.Errorf("a page that is well is %v: %s", well.Level, well.Fetch.Reason)
			}
		}
		if r.took > runTime {
			t.Errorf("it took %v", r.took)
		}
	})
}

// warmUp lets the resolver read its settings outside of any bubble: it does so
// once and keeps what it needs for it.
func warmUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := resolver().LookupIPAddr(ctx, "status.example.com"); err == nil {
		t.Fatal("a deaf resolver has answered")
	}
}

// TestNameServersAreSilent holds the same for the network that is really used.
func TestNameServersAreSilent(t *testing.T) {
	warmUp(t)
	synctest.Test(t, func(t *testing.T) {
		r := runAll(t, Config{Targets: []Target{example(nil)}, resolver: resolver()})
		if got, want := r.snapshot.Providers["example"].Fetch.Reason, "the name status.example.com could not be looked up"; got != want || len(r.requests) != maxTries {
			t.Errorf("reason %q after %d requests, want %q", got, len(r.requests), want)
		}
	})
}
