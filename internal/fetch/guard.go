package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"
)

// maxReceive is how many bytes an HTTP/2 server may send before they are read.
// Go's own limit is 4 MiB for each request, whoever asks for it.
const maxReceive = 128 << 10

// network connects to this site. Addresses are checked when the connection is
// made, after the name was resolved, so a name that points inside does not
// help. Proxies are not used: they would connect where we may not look.
func (s site) network() *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			own := s.private && strings.EqualFold(address, s.host)
			dialer := net.Dialer{Timeout: tryTime, Resolver: s.resolver, Control: func(_, resolved string, _ syscall.RawConn) error {
				return guard(resolved, own)
			}}
			return dialer.DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{MaxReceiveBufferPerConnection: maxReceive, MaxReceiveBufferPerStream: maxReceive},
		MaxResponseHeaderBytes: maxHeader,
		TLSHandshakeTimeout:    tryTime,
		IdleConnTimeout:        time.Minute,
	}
}

// guard refuses to connect to anything but the public Internet. own allows the
// operator's own network, yet never link-local addresses, where clouds keep
// the credentials of their machines.
func guard(resolved string, own bool) error {
	at, err := netip.ParseAddrPort(resolved)
	if err != nil {
		return &refusal{reason: fmt.Sprintf("%q is not an address", resolved)}
	}
	ip := embedded(at.Addr().Unmap())
	switch {
	case ip.IsLinkLocalUnicast(), ip.IsMulticast(), ip.IsUnspecified():
		return &refusal{reason: fmt.Sprintf("leads to %s, which is never asked", ip), barred: true}
	case !own && inside(ip):
		return &refusal{reason: fmt.Sprintf("leads to the private address %s", ip), barred: true}
	}
	return nil
}

func inside(ip netip.Addr) bool {
	return ip.IsLoopback() || ip.IsPrivate() ||
		slices.ContainsFunc(reserved(), func(p netip.Prefix) bool { return p.Contains(ip) })
}

// reserved are the further ranges of the IANA special-purpose registries that
// do not lead to a public host.
func reserved() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),
		netip.MustParsePrefix("100.64.0.0/10"), // carriers' own networks
		netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("198.18.0.0/15"), // measuring
		netip.MustParsePrefix("240.0.0.0/4"),
		netip.MustParsePrefix("::/96"),     // IPv4 in an old disguise
		netip.MustParsePrefix("2001::/32"), // Teredo and 6to4 carry IPv4 addresses inside
		netip.MustParsePrefix("2002::/16"),
		netip.MustParsePrefix("fec0::/10"), // site-local, before fc00::/7
	}
}

// embedded is the IPv4 address inside one of NAT64 (RFC 6052), which networks
// without IPv4 use for the public IPv4 Internet.
func embedded(ip netip.Addr) netip.Addr {
	if !netip.MustParsePrefix("64:ff9b::/96").Contains(ip) {
		return ip
	}
	b := ip.As16()
	return netip.AddrFrom4([4]byte(b[12:]))
}
