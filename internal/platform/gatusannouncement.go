package platform

import (
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// gatusFile is what a page of Gatus tells about itself. The announcements are
// what people write there: each is one message with a type and a time, nothing
// ties one to another, and none names an endpoint.
type gatusFile struct {
	Announcements []gatusAnnouncement `json:"announcements"`
}

type gatusAnnouncement struct {
	Timestamp text `json:"timestamp"`
	Type      text `json:"type"`
	Message   text `json:"message"`  // Markdown
	Archived  yes  `json:"archived"` // shown among the past ones
}

// addGatusAnnouncements makes incidents of the announcements that tell of
// trouble. Such a one is over once it is archived, or once a later one says
// that all is well. The types information and none are no incidents.
func addGatusAnnouncements(report *status.Report, body []byte) {
	var file gatusFile
	if len(body) == 0 || decodeJSON(body, &file) != nil {
		return // the endpoints alone are a report
	}
	newestFirst := func(a, b gatusAnnouncement) int { return instant(b.Timestamp).Compare(instant(a.Timestamp)) }
	slices.SortStableFunc(file.Announcements, newestFirst)
	var well time.Time // when the next later one says that all is well
	for _, a := range file.Announcements {
		switch a.Type {
		case "operational":
			well = instant(a.Timestamp)
			continue
		case "information", "none", "":
			continue
		}
		incident := a.incident()
		if !incident.Started.IsZero() { // else it may be later than that
			incident.Ended = well
		}
		if bool(a.Archived) || !incident.Ended.IsZero() {
			report.Past = append(report.Past, incident)
		} else {
			report.Incidents = append(report.Incidents, incident)
		}
	}
}

func (a gatusAnnouncement) incident() status.Incident {
	at := instant(a.Timestamp)
	told := fromMarkdown(string(a.Message))
	title, rest, _ := strings.Cut(told, "\n")
	incident := status.Incident{
		ID:      word(a.Timestamp),
		Title:   line(title),
		Phase:   "announced",
		Impact:  word(a.Type),
		Level:   gatusLevel(a.Type),
		Started: at,
	}
	if rest != "" || line(title) != title {
		incident.Updates = []status.Update{{Text: told, At: at}}
	}
	return incident
}

// gatusLevel translates the type of an announcement. How far an outage goes is
// not said; the endpoints tell.
func gatusLevel(kind text) status.Level {
	switch kind {
	case "warning":
		return status.Degraded
	case "outage":
		return status.PartialOutage
	}
	return status.Unknown
}
