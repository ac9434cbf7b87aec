package platform_test

import (
	"testing"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// TestAddress holds which address is asked first where that is not the path
// below the page, or its API.
func TestAddress(t *testing.T) {
	tests := []struct{ platform, url, api, want string }{
		{"uptime-kuma", "https://up.example", "", "https://up.example/api/status-page/default"},
		{"uptime-kuma", "https://up.example/status", "", "https://up.example/api/status-page/default"},
		{"uptime-kuma", "https://up.example/status-page", "", "https://up.example/api/status-page/default"},
		{"uptime-kuma", "https://up.example/status/", "", "https://up.example/api/status-page/default"},
		{"uptime-kuma", "https://up.example/status/acme", "", "https://up.example/api/status-page/acme"},
		{"uptime-kuma", "https://up.example:3001/kuma/status/acme/rss?x=1#y", "", "https://up.example:3001/kuma/api/status-page/acme"},
		{"uptime-kuma", "https://status/status/a%2Fb", "", "https://status/api/status-page/a%2Fb"},
		{"uptime-kuma", "https://status.acme.example", "https://up.example/status/acme", "https://up.example/api/status-page/acme"},
		{"upptime", "https://github.com/acme/up", "", "https://raw.githubusercontent.com/acme/up/HEAD/history/summary.json"},
		{"upptime", "https://www.github.com/acme/up.git", "", "https://raw.githubusercontent.com/acme/up/HEAD/history/summary.json"},
		{"upptime", "https://github.com/acme/up.time/issues?q=is%3Aopen", "", "https://raw.githubusercontent.com/acme/up.time/HEAD/history/summary.json"},
		{"upptime", "https://status.acme.example", "https://github.com/acme/up", "https://raw.githubusercontent.com/acme/up/HEAD/history/summary.json"},
		{"upptime", "https://raw.githubusercontent.com/acme/up/master", "", "https://raw.githubusercontent.com/acme/up/master/history/summary.json"},
		{"upptime", "https://github.com/acme", "", "https://github.com/acme/history/summary.json"},
		{"upptime", "https://github.com.evil.example/acme/up", "", "https://github.com.evil.example/acme/up/history/summary.json"},
	}
	for _, test := range tests {
		p, _ := platform.ByName(test.platform)
		source := status.Source{Platform: test.platform, URL: test.url, API: test.api}
		if got := p.BaseOf(source) + p.Paths(source)[0].Path; got != test.want {
			t.Errorf("%s at %q, api %q, asks %s, want %s", test.platform, test.url, test.api, got, test.want)
		}
	}
}
