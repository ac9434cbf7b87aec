package platform

import (
	"cmp"
	"net/url"

	"faultbook/internal/status"
)

// cloudflare is www.cloudflarestatus.com, which Cloudflare runs itself since
// 2026 (https://developers.cloudflare.com/support/cloudflare-status/). It keeps
// answering in the v2 dialect under the page id it had at Atlassian Statuspage
// (https://www.cloudflarestatus.com/api), with some 470 components in groups,
// 200 KB in all. No answer was recorded whole; the beginning and the end of one
// of August 2026 were read, and are Statuspage's to the last field. What
// /api/v3 answers beside is not documented.
//
// Most components are data centers, a few of which are "partial_outage" on any
// day, when their traffic goes elsewhere. So the page as a whole is hardly ever
// well, and a provider whose API is one of the components (Replicate's is
// fvgfcmy66tdr) has to name it.
func cloudflare() Platform {
	dialect := v2{
		stranger: notCloudflare,
		link: func(page v2Page, i v2Incident) string {
			return cmp.Or(link(string(i.Shortlink)), incidentPage(page, i))
		},
		plain: fromHTML,
	}
	return Platform{
		Name: "cloudflare",
		Base: cloudflareBase,
		Paths: func(status.Source) []Path {
			return []Path{
				{Name: summaryFile, Path: "/api/v2/summary.json"},
				{Name: incidentsFile, Path: "/api/v2/incidents.json", Optional: true},
			}
		},
		Parse: dialect.parse,
	}
}

// cloudflareBase is the host's root: the page a person opens for one product is
// a search below it.
func cloudflareBase(source status.Source) string {
	page, err := url.Parse(source.URL)
	if source.API != "" || err != nil {
		return cmp.Or(source.API, source.URL)
	}
	return page.Scheme + "://" + page.Host
}

// notCloudflare tells any other page by its id and the address that it gives:
// there is nothing else in which they differ.
func notCloudflare(page v2Page) error {
	at, err := url.Parse(string(page.URL))
	switch {
	case page.ID == "yh6f0r4529hb" || err == nil && at.Host == "www.cloudflarestatus.com":
		return nil
	case ulid.MatchString(string(page.ID)):
		return errWrongPlatform("incident.io", "incident.io")
	}
	return errWrongPlatform("Atlassian Statuspage", "statuspage")
}
