package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"faultbook/internal/status"
)

func TestLook(t *testing.T) {
	tests := []struct {
		name, typed string
		host        host
		platform    string // found
		url         string // of the page found
		err         string
	}{
		{"a page", "https://status.example.com", serving(page(nil)), "statuspage", "https://status.example.com", ""},
		{"without https", "status.example.com", serving(page(nil)), "statuspage", "https://status.example.com", ""},
		{"with a slash", "https://status.example.com/", serving(page(nil)), "statuspage", "https://status.example.com", ""},
		{"an incident's address", "https://status.example.com/incidents/abc?x=1#top", serving(page(nil)), "statuspage", "https://status.example.com", ""},
		{"another platform", "https://status.example.com", serving(only("/summary.json", likeInstatus, page200)), "instatus", "https://status.example.com", ""},
		{"a feed", "https://status.example.com/feed.xml", serving(only("/feed.xml", `<rss version="2.0"><channel><title>x</title></channel></rss>`, page200)), "feed", "https://status.example.com/feed.xml", ""},
		{"nothing", "https://status.example.com", serving(page200), "", "", "nothing that can be read answers at https://status.example.com"},
		{"nothing there", "https://status.example.com/a", serving(http.NotFound), "", "", "nothing that can be read answers at https://status.example.com/a"},
		{"no such host", "https://no.example.com", host{}, "", "", "nothing that can be read answers at https://no.example.com"},
		{"moved", "https://status.example.com", serving(redirect("https://Status.Example.org/x")), "", "", "https://status.example.com moved to https://status.example.org"},
		{"moved to this machine", "https://status.example.com", serving(redirect("https://127.0.0.1/x")), "", "", "nothing that can be read answers at https://status.example.com"},
		{"moved to plain http", "https://status.example.com", serving(redirect("http://other.example/x")), "", "", "nothing that can be read answers at https://status.example.com"},
		{"no address", "https://", host{}, "", "", `"https:" is not the address of a status page`},
		{"another scheme", "ftp://status.example.com", host{}, "", "", "ftp addresses are not read; want https"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &inet{others: map[string]host{here: test.host}}
				asked := map[string]int{}
				c := Config{UserAgent: "faultbook/test", Transport: net.transport(t), Log: func(q Request) { asked[q.URL]++ }}
				got, err := Look(t.Context(), c, test.typed)
				if err == nil && test.err != "" || err != nil && err.Error() != test.err {
					t.Errorf("Look = %v, want %q", err, test.err)
				}
				if got.Source.Platform != test.platform || got.Source.URL != test.url || test.platform != "" && got.Report.Level != status.Operational {
					t.Errorf("Look = %+v, want %s at %s", got, test.platform, test.url)
				}
				for address, n := range asked {
					if n > 1 {
						t.Errorf("%s was asked %d times", address, n)
					}
				}
			})
		})
	}
}

// TestLookMoved holds that who moved is told apart from who is not there.
func TestLookMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &inet{hosts: map[string]http.Handler{here: redirect("https://other.example/")}}
		_, err := Look(t.Context(), Config{Transport: net.transport(t)}, "status.example.com")
		moved, ok := errors.AsType[*Moved](err)
		if !ok || moved.To != "https://other.example" {
			t.Errorf("Look = %v", err)
		}
	})
}

// TestLookIsGuarded asks for what is not public.
func TestLookIsGuarded(t *testing.T) {
	server := serve(t, (*httptest.Server).Start, page(nil))
	var last Request
	c := Config{UserAgent: "faultbook/test", Log: func(q Request) { last = q }}
	if _, err := Look(t.Context(), c, server.URL); err == nil || !strings.HasPrefix(err.Error(), "plain http is not read") {
		t.Errorf("Look = %v", err)
	}
	if _, err := Look(t.Context(), c, strings.Replace(server.URL, "http:", "https:", 1)); err == nil || last.Reason != "leads to the private address 127.0.0.1" {
		t.Errorf("Look = %v, reason %q", err, last.Reason)
	}
	c.AllowPrivate = true
	if page, err := Look(t.Context(), c, server.URL); err != nil || page.Report.Level != status.Operational {
		t.Errorf("Look = %+v, %v", page, err)
	}
}
