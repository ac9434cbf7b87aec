package platform

import (
	"cmp"
	"errors"
	"net/url"
	"strings"
	"time"

	"faultbook/internal/status"
)

// uptimeKuma is Uptime Kuma, which people host themselves. Its pages have no
// documented interface; these are the two answers that a page itself is drawn
// from (https://github.com/louislam/uptime-kuma,
// server/routers/status-page-router.js): what is on it, and the newest 100
// checks of each monitor, the oldest first. The last one tells how the monitor
// is. A page may show periods instead of checks; one is down if anything in it
// was, and 0 where nothing was checked.
//
// Recorded is one page where all is well. Version 1 has one incident on a page
// or null, version 2 a list. There is no overall word: the worst monitor speaks
// for the page.
func uptimeKuma() Platform {
	return Platform{
		Name: "uptime-kuma",
		Base: func(source status.Source) string { base, _ := kumaPlace(source); return base },
		Paths: func(source status.Source) []Path {
			_, slug := kumaPlace(source)
			return []Path{
				{Name: kumaPageFile, Path: "/api/status-page/" + slug},
				{Name: kumaBeatsFile, Path: "/api/status-page/heartbeat/" + slug},
				{Name: kumaHistoryFile, Path: "/api/status-page/" + slug + "/incident-history", Optional: true}, // of newer servers
			}
		},
		Parse: parseUptimeKuma,
	}
}

// The names of Uptime Kuma's files in Path and Parse.
const (
	kumaPageFile    = "page"
	kumaBeatsFile   = "heartbeat"
	kumaHistoryFile = "history"
)

// kumaPlace is where the server is and which of its pages is meant. A page is
// at /status/<slug>; one that has a host of its own is named by its api.
func kumaPlace(source status.Source) (base, slug string) {
	const first = "default" // the slug of the page that every server begins with
	address := cmp.Or(source.API, source.URL)
	page, err := url.Parse(address)
	if err != nil {
		return address, first
	}
	before, after, found := strings.Cut(page.EscapedPath(), "/status/")
	if slug, _, _ = strings.Cut(after, "/"); slug == "" {
		slug = first
	}
	if !found {
		before = strings.TrimRight(before, "/")
		before = strings.TrimSuffix(strings.TrimSuffix(before, "/status-page"), "/status")
	}
	return page.Scheme + "://" + page.Host + before, slug
}

type kumaPage struct {
	Config struct {
		Title text `json:"title"`
	} `json:"config"`
	Incident     *kumaIncident  `json:"incident"` // of version 1
	Incidents    []kumaIncident `json:"incidents"`
	Groups       []kumaGroup    `json:"publicGroupList"` // nil: the file has none
	Maintenances []kumaWindow   `json:"maintenanceList"` // in progress only
}

type kumaGroup struct {
	Name     text          `json:"name"`
	Monitors []kumaMonitor `json:"monitorList"`
}

type kumaMonitor struct {
	ID   text `json:"id"`
	Name text `json:"name"`
}

func parseUptimeKuma(_ status.Source, files map[string][]byte) (status.Report, error) {
	var page kumaPage
	if err := decodeJSON(files[kumaPageFile], &page); err != nil {
		return status.Report{}, err
	}
	if page.Groups == nil {
		return status.Report{}, errors.New("not the shape of an Uptime Kuma page: no publicGroupList")
	}
	beats, err := kumaBeatsOf(files[kumaBeatsFile])
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{Page: word(page.Config.Title)}
	addKumaMonitors(&report, page.Groups, beats)
	if len(report.Components) == 0 {
		return status.Report{}, errors.New("the page shows no monitors")
	}
	report.Indicator = worstPart(report.Components)
	page.addIncidents(&report, files[kumaHistoryFile])
	page.addWindows(&report)
	inOrder(&report)
	return report, nil
}

// addKumaMonitors adds each monitor once, though several groups may show it.
func addKumaMonitors(report *status.Report, groups []kumaGroup, beats map[text][]kumaBeat) {
	seen := map[text]bool{}
	for _, g := range groups {
		for _, m := range g.Monitors {
			if seen[m.ID] {
				continue
			}
			seen[m.ID] = m.ID != ""
			part, at := m.component(beats[m.ID])
			part.Group = word(g.Name)
			report.Components = append(report.Components, part)
			if at.After(report.PageUpdated) {
				report.PageUpdated = at
			}
		}
	}
}

// component is a monitor, and when it was last checked.
func (m kumaMonitor) component(beats []kumaBeat) (status.Component, time.Time) {
	part := status.Component{ID: word(m.ID), Name: word(m.Name), Word: "no heartbeat"}
	if len(beats) == 0 {
		return part, time.Time{}
	}
	last := newest(beats, kumaBeat.at)
	part.Word, part.Level = last.level()
	return part, last.at().Truncate(time.Second)
}
