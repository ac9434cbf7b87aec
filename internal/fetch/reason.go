package fetch

import (
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"faultbook/internal/status"
)

// refusal is why an answer is of no use, in words for the operator.
type refusal struct {
	reason string
	again  bool          // asking again may help
	after  time.Duration // how long the server asks to wait; 0: it does not say

	code    int    // the status that came; 0: none did
	strange bool   // somebody answered, but not as this source did when its address was written down
	like    string // the platform that answers so; empty: none that is known
	moved   bool   // it leads to another host
	movedTo string // the public address of that host; empty: a person has nothing to see there
	barred  bool   // nobody was asked, because of where the name leads
}

func (r *refusal) Error() string { return r.reason }

// wait is how long to wait after so many tries: what the server asked for, at
// least a second more each time, and some jitter, so that all who failed
// together do not come back together.
func (r *refusal) wait(tries int) time.Duration {
	return max(r.after, time.Duration(tries)*time.Second) + rand.N(time.Second)
}

// brokenBody is an error after the answer began.
type brokenBody struct{ error }

func (b *brokenBody) Unwrap() error { return b.error }

// explain turns whatever went wrong with host into a refusal. What the network
// did may pass; what the other side is will not.
func explain(err error, host string) *refusal {
	if refused, ok := errors.AsType[*refusal](err); ok {
		return refused
	}
	name, _, _ := net.SplitHostPort(host)
	if reason := explainTLS(err, name); reason != "" {
		return &refusal{reason: reason}
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return &refusal{reason: "no such host: " + name}
		}
		return errNoName(name)
	}
	if errors.Is(err, errLooking) {
		return errNoName(name)
	}
	_, body := errors.AsType[*brokenBody](err)
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), isCorrupt(err):
		return &refusal{reason: "the compressed answer cannot be unpacked"}
	case body:
		return &refusal{reason: "the answer broke off", again: true}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &refusal{reason: host + " accepts no connection", again: true}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &refusal{reason: "the connection to " + host + " broke off", again: true}
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return &refusal{reason: host + " cannot be reached from here", again: true}
	}
	return &refusal{reason: "could not ask " + host + ": " + innermost(err), again: true}
}

func errNoName(name string) *refusal {
	return &refusal{reason: "the name " + name + " could not be looked up", again: true}
}

func explainTLS(err error, name string) string {
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "the TLS certificate is not for " + name
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return "the TLS certificate of " + name + " is expired or not yet valid"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "the TLS certificate of " + name + " is not trusted"
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return name + " does not speak TLS"
	}
	return ""
}

func isCorrupt(err error) bool {
	_, ok := errors.AsType[flate.CorruptInputError](err)
	return ok
}

// innermost is the text of the error that all others wrap: the wrappers repeat
// the address.
func innermost(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return printable(err.Error())
}

// printable is a foreign text that is safe to print on one line.
func printable(s string) string {
	return status.Clip(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s), 200)
}
