//go:build linux

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// most is how much resident memory a fetch may ever have, whatever it is sent.
const most = 64 << 20

// A hostileSource is a server that wants the memory of who reads it.
type hostileSource struct {
	name, platform string
	serve          http.HandlerFunc
	want           string // what the operator is told: a part of the line
}

const size = 4 << 20 // of an answer, the most that is read

// filled is a text of so many bytes that repeats a part.
func filled(head, part, tail string, bytes int) http.HandlerFunc {
	text := head + strings.Repeat(part, max(0, bytes-len(head)-len(tail))/len(part)) + tail
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

// endless repeats a part for as long as anybody reads.
func endless(head, part string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		block := []byte(strings.Repeat(part, 64<<10/len(part)))
		_, err := io.WriteString(w, head)
		for err == nil && r.Context().Err() == nil {
			_, err = w.Write(block)
		}
	}
}

// bomb is 10 GB of a character, packed into some 10 MB.
func bomb(t *testing.T, character string) http.HandlerFunc {
	var member bytes.Buffer
	packed := gzip.NewWriter(&member)
	for range 100 {
		if _, err := packed.Write(bytes.Repeat([]byte(character), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	packed.Close()
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		for range 100 {
			if _, err := w.Write(member.Bytes()); err != nil {
				return
			}
		}
	}
}

func hostileSources(t *testing.T) []hostileSource {
	const (
		head   = `{"page":{"id":"abc","name":"`
		tail   = `"},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`
		tooBig = "could not be read: the answer is larger than 4 MiB"
	)
	values := `{"id":"` + strings.Repeat("x", 2200) + `"},`
	return []hostileSource{
		{"a list of objects", "statuspage", filled("[", "{},", "{}]", size), "could not be read: a list of more than 2000 items"},
		{"a list of objects, as components", "statuspage", filled(`{"page":{"id":"a"},"components":[`, "{},", "{}]}", size), "could not be read: a list of more than 2000 items"},
		{"a list of lists", "incident.io", filled("[", "[],", "[]]", size), "could not be read: a list of more than 2000 items"},
		{"objects that do not end", "statuspage", filled("[", "{},", "", size), "could not be read: a list of more than 2000 items"},
		{"nested lists", "statuspage", filled("", "[", "", size), "could not be read: nested deeper than 64 levels"},
		{"nested objects", "statuspage", filled("", `{"a":`, "", size), "could not be read: nested deeper than 64 levels"},
		{"nested and closed", "incident.io", filled(strings.Repeat("[", size/2), "]", "", size), "could not be read: nested deeper than 64 levels"},
		{"many keys", "statuspage", manyKeys(), "could not be read: more than 20000 values"},
		{"large values", "statuspage", filled(`{"page":{"id":"a"},"components":[`, values, `{}]}`, size), "unknown"},
		{"a long name", "statuspage", filled(head, "x", tail, size), "operational"},
		{"a long name with escapes", "statuspage", filled(head, `\u00e9\n`, tail, size), "operational"},
		{"a long name of a second platform", "incident.io", filled(strings.Replace(head, "abc", "01JMDK9XYNY3TEWMWQVMZMVSD8", 1), "é", tail, size), "operational"},
		{"a long name that does not end", "statuspage", filled(head, "x", "", size), "could not be read: the JSON ends in the middle"},
		{"a long number", "statuspage", filled("[", "1", "]", size), "could not be read: the answer is a JSON"},
		{"UTF-16", "statuspage", utf16Name(head, tail), "operational"},
		{"blanks", "statuspage", filled("", " ", good, size), "operational"},
		{"a body of almost everything, and files beside it", "incident.io", filled(strings.Replace(good, "abc", "01JMDK9XYNY3TEWMWQVMZMVSD8", 1), " ", "", size-100), "operational"},
		{"an endless list", "statuspage", endless("[", "{},"), tooBig},
		{"an endless name", "statuspage", endless(head, "x"), tooBig},
		{"endless blanks", "incident.io", endless("", " "), tooBig},
		{"a gzip bomb of blanks", "statuspage", bomb(t, " "), tooBig},
		{"a gzip bomb of lists", "statuspage", bomb(t, "["), tooBig},
		{"a gzip bomb of nothing", "incident.io", bomb(t, "\x00"), tooBig},
		{"a page for people", "statuspage", filled("<!doctype html>", "<p>well</p>", "", size), "could not be read: answered HTML, not JSON"},
	}
}

// rudeSources cost no memory, and need a real connection to be what they are.
func rudeSources() []hostileSource {
	answer := func(code int, header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for n := 0; n < len(header); n += 2 {
				w.Header().Set(header[n], header[n+1])
			}
			w.WriteHeader(code)
		}
	}
	reset := func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			conn.(*net.TCPConn).SetLinger(0)
			conn.Close()
		}
	}
	return []hostileSource{
		{"reset", "statuspage", reset, "could not be read: the connection to 127.0.0.1:"},
		{"401", "statuspage", answer(401), "could not be read: 401 Unauthorized from 127.0.0.1:"},
		{"403", "statuspage", answer(403), "could not be read: 403 Forbidden from 127.0.0.1:"},
		{"404", "statuspage", answer(404), "could not be read: 404 Not Found from 127.0.0.1:"},
		{"410", "statuspage", answer(410), "could not be read: 410 Gone from 127.0.0.1:"},
		{"429", "statuspage", answer(429, "Retry-After", "3600"), "could not be read: 429 Too Many Requests from 127.0.0.1:"},
		{"500", "statuspage", answer(500), "could not be read: 500 Internal Server Error from 127.0.0.1:"},
		{"503", "statuspage", answer(503, "Retry-After", "3600"), "could not be read: 503 Service Unavailable from 127.0.0.1:"},
		{"moved", "statuspage", answer(301, "Location", "https://status.example.org/"), "could not be read: moved to status.example.org"},
		{"moved inside", "statuspage", answer(301, "Location", "http://127.0.0.1:1/"), "could not be read: redirects to plain http on 127.0.0.1:1"},
		{"moved to credentials", "statuspage", answer(302, "Location", "http://169.254.169.254/latest/"), "could not be read: moved to 169.254.169.254"},
		{"a redirect loop", "statuspage", answer(302, "Location", "/"), "could not be read: more than 5 redirects"},
	}
}

const good = `{"page":{"id":"abc","name":"Acme"},"status":{"indicator":"none"},"components":[{"id":"1","name":"API","status":"operational"}]}`

func manyKeys() http.HandlerFunc {
	var b strings.Builder
	for n := range size / 200 {
		fmt.Fprintf(&b, "%q:0,", strconv.Itoa(n)+strings.Repeat("ſ", 90))
	}
	return filled("{"+b.String(), " ", `"":0}`, b.Len()+10)
}

func utf16Name(head, tail string) http.HandlerFunc {
	text := wide(head + strings.Repeat("\u4e00", (size-2*len(head)-2*len(tail)-2)/2) + tail)
	return func(w http.ResponseWriter, _ *http.Request) { w.Write(text) }
}

// wide is a text in UTF-16BE behind a byte order mark.
func wide(text string) []byte {
	out := []byte{0xfe, 0xff}
	for _, r := range text {
		out = append(out, byte(r>>8), byte(r))
	}
	return out
}

// slug is a name as a slug.
func slug(name string) string {
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// TestMemoryOfFetch runs the program against servers that send as much as they
// can, every third of them over HTTP/2, and some that are only rude, beside
// pages that are well.
func TestMemoryOfFetch(t *testing.T) {
	dir := t.TempDir()
	content, authority := filepath.Join(dir, "content"), filepath.Join(dir, "authority.pem")
	if err := copyTree("testdata/book", content, inOrder); err != nil {
		t.Fatal(err)
	}
	wants := map[string]string{}
	add := func(name, platform, address, want string) {
		wants[name] = want
		addProvider(t, content, name, platform, address, "")
	}
	for n, h := range hostileSources(t) {
		server := startServer(t, h.serve, func(s *httptest.Server) {
			if n%3 > 0 {
				s.Start()
				return
			}
			s.EnableHTTP2 = true
			s.StartTLS()
			trust(t, authority, s.Certificate().Raw)
		})
		add(slug(h.name), h.platform, server.URL, h.want)
	}
	for _, h := range rudeSources() {
		add("rude-"+slug(h.name), h.platform, startServer(t, h.serve, (*httptest.Server).Start).URL, h.want)
	}
	for n := range 6 {
		add(fmt.Sprintf("well-%d", n), "statuspage", startServer(t, filled(good, " ", "", len(good)), (*httptest.Server).Start).URL, "operational")
	}
	misnamed := startServer(t, filled(good, " ", "", len(good)), func(s *httptest.Server) {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{certificateFor(t, "status.example.org", authority)}}
		s.StartTLS()
	})
	add("misnamed", "statuspage", misnamed.URL, "could not be read: the TLS certificate is not for 127.0.0.1")
	// Its warning is the last thing that is told before the closing line.
	addProvider(t, content, "lost", "statuspage", startServer(t, filled(good, " ", "", len(good)), (*httptest.Server).Start).URL, `"Gone"`)
	got := fetchAsChild(t, buildProgram(t, dir), dir, "SSL_CERT_FILE="+authority)
	t.Logf("VmHWM %.1f MiB, processor %v", float64(got.memory)/(1<<20), got.took)
	if got.memory > most || got.code != 0 {
		t.Errorf("it took %d bytes of memory and ended with %d; want at most %d, and 0\n%s", got.memory, got.code, most, got.told)
	}
	for name, want := range wants {
		if !regexp.MustCompile(`(?m)^` + name + ` +` + regexp.QuoteMeta(want)).MatchString(got.told) {
			t.Errorf("%s: want %q in\n%s", name, want, regexp.MustCompile(`(?m)^`+name+` .*`).FindString(got.told))
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, "snapshot.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 1<<20 {
		t.Errorf("the snapshot has %d bytes", len(data))
	}
}

// startServer starts a server that does not wait, at the end, for readers that
// have gone.
func startServer(t *testing.T, handler http.HandlerFunc, start func(*httptest.Server)) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	start(server)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server
}

// trust adds a certificate to those that the program trusts.
func trust(t *testing.T, authority string, certificate []byte) {
	t.Helper()
	file, err := os.OpenFile(authority, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		err = pem.Encode(file, &pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// certificateFor is a trusted certificate for that name.
func certificateFor(t *testing.T, name, authority string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	made, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	trust(t, authority, made)
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}
}

// addProvider adds a provider to the content whose page is there.
func addProvider(t *testing.T, content, slug, platform, address, components string) {
	t.Helper()
	text := fmt.Sprintf("+++\nname = %q\nvendor = \"Made up\"\nsummary = \"Made up.\"\nhomepage = \"https://example.com/\"\ndocs = \"https://example.com/\"\n"+
		"hosts = [\"api.example.com\"]\nalternatives = []\n\n[status]\nplatform = %q\nurl = %q\ncomponents = [%s]\n+++\n", slug, platform, address, components)
	if err := os.MkdirAll(filepath.Join(content, slug), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, slug, "_index.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// buildProgram builds the program as it is used.
func buildProgram(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, "faultbook")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return file
}

// child is how a program ended.
type child struct {
	code   int
	told   string        // on standard error
	memory int           // the most that was ever resident, in bytes
	took   time.Duration // of the processor
}

// fetchAsChild runs a fetch and reads its memory while it still runs: its
// standard output is full, so that it stands before its last line.
func fetchAsChild(t *testing.T, program, dir string, env ...string) child {
	t.Helper()
	stdout, full := fullPipe(t)
	limited, cancel := context.WithTimeout(t.Context(), 3*time.Minute) // a minute more than a fetch may take
	defer cancel()
	cmd := exec.CommandContext(limited, program, "fetch", "-content", filepath.Join(dir, "content"), "-o", filepath.Join(dir, "snapshot.json"))
	cmd.Env = append(append(os.Environ(), "FAULTBOOK_ALLOW_PRIVATE=1"), env...)
	cmd.Stdout = full
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	full.Close()
	var got child
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		got.told += lines.Text() + "\n"
		if strings.HasPrefix(lines.Text(), "warning: ") {
			got.memory = highWater(t, cmd.Process.Pid)
			go io.Copy(io.Discard, stdout)
		}
	}
	if err := cmd.Wait(); err != nil {
		got.code = cmd.ProcessState.ExitCode()
	}
	got.took = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if got.memory == 0 {
		t.Fatalf("its memory was not seen; it said\n%s", got.told)
	}
	return got
}

// fullPipe is a pipe into which nothing more can be written before it is read.
func fullPipe(t *testing.T) (from, into *os.File) {
	t.Helper()
	from, into, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { from.Close() })
	raw, err := into.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	raw.Write(func(fd uintptr) bool {
		for _, block := range []int{4096, 1} {
			for err = nil; err == nil; {
				_, err = syscall.Write(int(fd), make([]byte, block))
			}
		}
		return true
	})
	if err != syscall.EAGAIN {
		t.Fatal(err)
	}
	return from, into
}

// highWater is the most memory that a process had resident, in bytes.
func highWater(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(text)
	if m == nil {
		t.Fatalf("no VmHWM in\n%s", text)
	}
	kilobytes, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}
