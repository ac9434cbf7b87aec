package preview

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/audit"
)

// setHeaders sets the headers that the host would send with path, so that a
// mistake in them shows before readers meet it. One of them would do harm here:
// what is promised about https holds for every server on localhost.
func setHeaders(h http.Header, rules []audit.HeaderRule, path string) {
	for name, value := range audit.HeadersFor(rules, path) {
		h.Set(name, value)
	}
	h.Del("Strict-Transport-Security")
	if policy := h.Get("Content-Security-Policy"); policy != "" {
		h.Set("Content-Security-Policy", allowOwn(policy))
	}
}

// policyInPage is the policy that a page carries for hosts that send no headers.
var policyInPage = regexp.MustCompile(`(<meta http-equiv="Content-Security-Policy" content=")([^"]*)"`)

// allowOwnIn is a page whose own policy is like that of the header.
func allowOwnIn(page []byte) []byte {
	at := policyInPage.FindSubmatchIndex(page)
	if at == nil {
		return page
	}
	own := html.EscapeString(allowOwn(html.UnescapeString(string(page[at[4]:at[5]]))))
	return slices.Concat(page[:at[4]], []byte(own), page[at[5]:])
}

// allowOwn is a Content-Security-Policy that lets in the style, script and
// events of the preview, and does not ask for https.
func allowOwn(policy string) string {
	var out []string
	for directive := range strings.SplitSeq(policy, ";") {
		words := strings.Fields(directive)
		if len(words) == 0 || words[0] == "upgrade-insecure-requests" {
			continue
		}
		if slices.Contains([]string{"style-src", "script-src", "connect-src"}, words[0]) && !slices.Contains(words, "'self'") {
			words = append(words, "'self'")
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "; ")
}
