package fetch

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// site is where one source is asked: its address, and whom it may send us to.
type site struct {
	base    string   // address without a trailing slash
	host    string   // host:port
	others  []string // host:port of the further hosts that the provider lists
	private bool     // host may be private and plain http

	resolver *net.Resolver // nil: the machine's own
}

// newSite is the site that base is on, if it may be asked at all. others are
// further hosts that its redirects may lead to.
func newSite(base string, others []string, allowPrivate bool) (site, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return site{}, fmt.Errorf("%q is not the address of a status page", base)
	case u.Scheme == "http" && !allowPrivate:
		return site{}, fmt.Errorf("plain http is not read; want https://%s", u.Host)
	case u.Scheme != "https" && u.Scheme != "http":
		return site{}, fmt.Errorf("%s addresses are not read; want https", u.Scheme)
	}
	made := site{base: strings.TrimRight(base, "/"), host: hostPort(u), private: allowPrivate}
	for _, other := range others {
		made.others = append(made.others, hostPort(&url.URL{Scheme: "https", Host: other}))
	}
	return made, nil
}

// hostPort is a URL's host and port in one spelling.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80"}[u.Scheme]
	}
	if port == "" {
		port = "443"
	}
	return net.JoinHostPort(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), port)
}

// client asks this site: through transport, or guarded through the network.
func (s site) client(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = s.network()
	}
	return &http.Client{Transport: transport, CheckRedirect: s.follow}
}

// follow decides about a redirect. A page that went elsewhere is not followed:
// what stands there may be anything, and the old address often leads to the
// new one's front page. The operator learns where it went.
func (s site) follow(next *http.Request, before []*http.Request) error {
	host := hostPort(next.URL)
	name, _, _ := net.SplitHostPort(host)
	ours, _, _ := net.SplitHostPort(s.host)
	switch {
	case len(before) > maxHops:
		return &refusal{reason: fmt.Sprintf("more than %d redirects", maxHops)}
	case host == s.host && (next.URL.Scheme == "https" || s.private && next.URL.Scheme == "http"):
		return nil
	case name == ours && next.URL.Scheme != "https":
		return &refusal{reason: "redirects to plain http on " + printable(next.URL.Host)}
	case next.URL.Scheme != "https" || !slices.Contains(s.others, host):
		return &refusal{reason: "moved to " + printable(next.URL.Host), strange: true, moved: true, movedTo: publicAddress(next.URL)}
	}
	return nil
}

// publicAddress is the address of another host as far as a person may be sent
// there: https, a name that is not of this network, nothing else.
func publicAddress(u *url.URL) string {
	name := strings.ToLower(u.Hostname())
	if u.Scheme != "https" || !publicName.MatchString(name) || u.Port() != "" && u.Port() != "443" {
		return ""
	}
	return "https://" + name
}

// publicName is a host name with a top-level domain that is no number.
var publicName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$`)
