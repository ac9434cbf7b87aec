package platform

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultbook/internal/status"
)

// flashduty is a status page of Flashduty (Flashcat), such as DeepSeek's. What
// it makes public is the summary for widgets,
// https://docs.flashduty.com/zh/on-call/statuspage/widgets: an overall word and
// the events going on, with the components that they touch. Recorded is an
// operational one; events follow that page. The answer says for how many
// seconds it may be used.
//
// The summary lists no components. So a configured component that no event
// touches is operational while the page as a whole is, and unknown while it is
// not. Where the filter tells the number of the page, the list that the page
// itself reads is asked for as well, which is not documented: with it all
// components are there by name, and the events with all their updates. Its
// history of changes needs a beginning and an end in time, which no path can
// know, and is not asked for.
func flashduty() Platform {
	return Platform{
		Name:  "flashduty",
		Keys:  []Key{{Name: "page", About: `the number of the page, as its own requests to /api/status-page/… show, such as "6410630422455"; with it the components are listed`}},
		Paths: flashdutyPaths,
		Parse: parseFlashduty,
	}
}

// The names of Flashduty's files in Path and Parse.
const (
	flashdutySummary = "summary"
	flashdutyActive  = "active"
)

func flashdutyPaths(source status.Source) []Path {
	paths := []Path{{Name: flashdutySummary, Path: "/api/widget/v1/summary.json"}}
	if page := flashdutyPage(source); page != "" {
		paths = append(paths, Path{Name: flashdutyActive, Path: "/api/status-page/" + url.PathEscape(page) + "/summary/active", Optional: true})
	}
	return paths
}

func flashdutyPage(source status.Source) string { return strings.TrimSpace(source.Filter["page"]) }

type flashdutyFile struct {
	Error       text `json:"error"` // instead of everything else
	GeneratedAt text `json:"generated_at"`
	MaxStale    text `json:"max_stale_seconds"`
	Page        struct {
		Name text `json:"name"`
	} `json:"page"`
	Overall struct {
		Status text `json:"status"`
	} `json:"overall"`
	Incidents []flashdutyEvent `json:"ongoing_incidents"` // nil: the file has none
	Active    []flashdutyEvent `json:"in_progress_maintenances"`
	Scheduled []flashdutyEvent `json:"scheduled_maintenances"`
}

type flashdutyEvent struct {
	ID         text            `json:"id"`
	Title      text            `json:"title"`
	Phase      text            `json:"phase"`
	Impact     text            `json:"impact"`
	URL        text            `json:"url"`
	StartedAt  text            `json:"started_at"` // of incidents
	StartsAt   text            `json:"starts_at"`  // of maintenance
	EndsAt     text            `json:"ends_at"`
	UpdatedAt  text            `json:"updated_at"`
	Components []flashdutyPart `json:"affected_components"`
	LastUpdate struct {
		At      text `json:"at"`
		Message text `json:"message"`
	} `json:"last_update"`
}

// flashdutyPart is a component; its status only where an event touches it.
type flashdutyPart struct {
	ID        text `json:"id"`           // in the summary
	LongID    text `json:"component_id"` // in the list
	Name      text `json:"name"`
	SectionID text `json:"section_id"`
	Status    text `json:"status"`
}

func parseFlashduty(source status.Source, files map[string][]byte) (status.Report, error) {
	file, err := flashdutySummaryOf(files[flashdutySummary])
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{
		Page:       word(file.Page.Name),
		Indicator:  status.Indicator{Word: word(file.Overall.Status), Level: flashdutyLevel(file.Overall.Status)},
		StaleAfter: file.staleAfter(),
	}
	touched := file.touched()
	for _, e := range file.Incidents {
		report.Incidents = append(report.Incidents, e.incident())
	}
	for _, e := range slices.Concat(file.Active, file.Scheduled) {
		window := e.incident()
		window.Level, window.Ended = status.Maintenance, instant(e.EndsAt)
		report.Maintenance = append(report.Maintenance, window)
	}
	if page, ok := flashdutyActiveOf(flashdutyPage(source), files[flashdutyActive]); ok {
		touched = append(touched, page.touched()...)
		page.addEvents(&report)
		report.Components = page.components(report.Indicator, flashdutyHitsOf(touched))
	} else {
		report.Components = flashdutyParts(source, report, flashdutyHitsOf(touched))
	}
	inOrder(&report)
	return report, nil
}

// flashdutySummaryOf reads a summary and makes sure that it is one.
func flashdutySummaryOf(body []byte) (flashdutyFile, error) {
	var file flashdutyFile
	if err := decodeJSON(body, &file); err != nil {
		return flashdutyFile{}, err
	}
	switch {
	case file.Error == "status_page_not_found":
		return flashdutyFile{}, errors.New("the page does not exist, is private, or gives no widget data")
	case file.Error != "":
		return flashdutyFile{}, fmt.Errorf("answered the error %.80q", word(file.Error))
	case file.Overall.Status == "":
		return flashdutyFile{}, errors.New("not the shape of a Flashduty summary: no overall status")
	case file.Incidents == nil:
		return flashdutyFile{}, errors.New("not the shape of a Flashduty summary: no list of ongoing incidents")
	}
	return file, nil
}

// staleAfter is the time until which the answer says it may be used.
func (f flashdutyFile) staleAfter() time.Time {
	const longest = 24 * 60 * 60 // whoever promises more promises nothing
	seconds, err := strconv.Atoi(string(f.MaxStale))
	made := instant(f.GeneratedAt)
	if err != nil || seconds <= 0 || seconds > longest || made.IsZero() {
		return time.Time{}
	}
	return made.Add(time.Duration(seconds) * time.Second)
}

// flashdutyLevel translates a status: of a page, a component or an event.
func flashdutyLevel(word text) status.Level {
	switch word {
	case "operational":
		return status.Operational
	case "maintenance", "under_maintenance":
		return status.Maintenance
	case "degraded":
		return status.Degraded
	case "partial_outage":
		return status.PartialOutage
	case "full_outage":
		return status.MajorOutage
	}
	return status.Unknown
}

func (e flashdutyEvent) incident() status.Incident {
	i := status.Incident{
		ID:         word(e.ID),
		Title:      word(e.Title),
		Phase:      word(e.Phase),
		Impact:     word(e.Impact),
		Level:      flashdutyLevel(e.Impact),
		Components: flashdutyNames(e.Components),
		URL:        link(string(e.URL)),
		Started:    first(e.StartedAt, e.StartsAt),
		Updated:    first(e.UpdatedAt, e.LastUpdate.At),
	}
	if told := fromMarkdown(string(e.LastUpdate.Message)); told != "" {
		i.Updates = []status.Update{{Phase: i.Phase, Text: told, At: first(e.LastUpdate.At, e.UpdatedAt)}}
	}
	return i
}

func flashdutyNames(parts []flashdutyPart) []string {
	var names []string
	for _, part := range parts {
		if name := word(part.Name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// touched are the components that events going on touch.
func (f flashdutyFile) touched() []flashdutyPart {
	var parts []flashdutyPart
	for _, e := range slices.Concat(f.Incidents, f.Active) {
		parts = append(parts, e.Components...)
	}
	return parts
}

// flashdutyHits are components as the worst of the events sees them that touch
// them, by id and by name in lower case.
type flashdutyHits map[string]status.Indicator

func flashdutyHitsOf(parts []flashdutyPart) flashdutyHits {
	hits := flashdutyHits{}
	for _, part := range parts {
		says := status.Indicator{Word: word(part.Status), Level: flashdutyLevel(part.Status)}
		for _, key := range []string{word(cmp.Or(part.LongID, part.ID)), strings.ToLower(word(part.Name))} {
			if known, ok := hits[key]; key != "" && (!ok || status.Worse(known.Level, says.Level) != known.Level) {
				hits[key] = says
			}
		}
	}
	return hits
}

// on is what the events say of a component.
func (h flashdutyHits) on(part status.Component) (status.Indicator, bool) {
	named, ok := h[strings.ToLower(part.Name)]
	for _, key := range []string{part.ID, part.Name} { // an id may be configured as a name
		if says, known := h[key]; known && (!ok || status.Worse(named.Level, says.Level) != named.Level) {
			named, ok = says, true
		}
	}
	return named, ok
}

// flashdutyParts are the components where nothing lists them: the page itself
// and those that are configured.
func flashdutyParts(source status.Source, report status.Report, hits flashdutyHits) []status.Component {
	page := report.Indicator
	list := []status.Component{{Name: report.Page, Word: page.Word, Level: page.Level}}
	for _, want := range source.Components {
		part := status.Component{Name: line(want), Word: page.Word}
		if strings.EqualFold(part.Name, report.Page) {
			continue
		}
		if says, ok := hits.on(part); ok {
			part.Word, part.Level = says.Word, says.Level
		} else if page.Level == status.Operational {
			part.Level = status.Operational
		}
		list = append(list, part)
	}
	return list
}
