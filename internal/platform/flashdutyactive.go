package platform

import (
	"cmp"
	"slices"

	"faultbook/internal/status"
)

// flashdutyActiveFile is what a page of Flashduty reads for itself: all its
// components, and the changes going on, which are incidents or maintenance.
// Recorded is one without changes; their form is that of the recorded history
// and of
// https://docs.flashcat.cloud/zh/api-reference/on-call/status-pages/status-page-change-info.
// Times are epoch seconds.
type flashdutyActiveFile struct {
	Page struct {
		ID         text            `json:"page_id"`
		Components []flashdutyPart `json:"components"`
		Sections   []struct {
			ID   text `json:"section_id"`
			Name text `json:"name"`
		} `json:"sections"`
	} `json:"page"`
	Changes []flashdutyChange `json:"active_changes"` // nil: the file has none
}

type flashdutyChange struct {
	ID         text            `json:"change_id"`
	Type       text            `json:"type"`
	Title      text            `json:"title"`
	Status     text            `json:"status"`
	Components []flashdutyPart `json:"affected_components"`
	StartAt    text            `json:"start_at_seconds"`
	CloseAt    text            `json:"close_at_seconds"`
	Updates    []struct {
		At     text `json:"at_seconds"`
		Status text `json:"status"`
		Text   text `json:"description"`
	} `json:"updates"`
}

// flashdutyActiveOf reads the list of the page with this number. The summary
// alone is a report, so that whatever is no such list adds nothing.
func flashdutyActiveOf(page string, body []byte) (flashdutyActiveFile, bool) {
	var answer struct {
		Data *flashdutyActiveFile `json:"data"` // on the wire
		flashdutyActiveFile
	}
	if len(body) == 0 || decodeJSON(body, &answer) != nil {
		return flashdutyActiveFile{}, false
	}
	file := answer.flashdutyActiveFile
	if answer.Data != nil {
		file = *answer.Data
	}
	return file, page != "" && string(file.Page.ID) == page && len(file.Page.Components) > 0 && file.Changes != nil
}

func (f flashdutyActiveFile) touched() []flashdutyPart {
	var parts []flashdutyPart
	for _, c := range f.Changes {
		if !c.over() && c.Status != "scheduled" {
			parts = append(parts, c.Components...)
		}
	}
	return parts
}

// components are all components of the page. The list gives a status only to
// those that a change touches; the page shows every other as operational. That
// is believed while the page as a whole is operational, or when something that
// is touched explains why it is not.
func (f flashdutyActiveFile) components(page status.Indicator, hits flashdutyHits) []status.Component {
	sections := map[text]string{}
	for _, s := range f.Page.Sections {
		sections[s.ID] = word(s.Name)
	}
	believed := page.Level == status.Operational
	for _, says := range hits {
		believed = believed || page.Level != status.Unknown && says.Level != status.Operational
	}
	var parts []status.Component
	for _, wire := range f.Page.Components {
		part := status.Component{ID: word(wire.LongID), Name: word(wire.Name), Group: sections[wire.SectionID], Word: page.Word}
		if says, ok := hits.on(part); ok {
			part.Word, part.Level = says.Word, says.Level
		} else if believed {
			part.Word, part.Level = "operational", status.Operational
		}
		parts = append(parts, part)
	}
	return parts
}

// addEvents adds the changes to the report: to an event of the summary what the
// list knows besides, and those that the summary does not have.
func (f flashdutyActiveFile) addEvents(report *status.Report) {
	for _, c := range f.Changes {
		incident := c.incident()
		list := &report.Incidents
		switch {
		case c.over():
			continue
		case c.Type == "maintenance":
			list = &report.Maintenance
			incident.Level, incident.Ended = status.Maintenance, epoch(c.CloseAt)
		}
		same := func(known status.Incident) bool {
			return known.ID == incident.ID && incident.ID != "" || known.Title == incident.Title && incident.Title != ""
		}
		if at := slices.IndexFunc(*list, same); at >= 0 {
			(*list)[at] = flashdutyBoth((*list)[at], incident)
		} else {
			*list = append(*list, incident)
		}
	}
}

// flashdutyBoth is an event of the summary with what the list knows besides.
func flashdutyBoth(known, more status.Incident) status.Incident {
	if known.Level == status.Unknown {
		known.Impact, known.Level = more.Impact, more.Level
	}
	if len(more.Updates) > 0 {
		known.Updates = more.Updates
	}
	for _, name := range more.Components {
		if !slices.Contains(known.Components, name) {
			known.Components = append(known.Components, name)
		}
	}
	known.Started = cmp.Or(known.Started, more.Started)
	known.Updated = cmp.Or(known.Updated, more.Updated)
	return known
}

// incident is a change as an incident. How bad it is, the components that it
// touches tell.
func (c flashdutyChange) incident() status.Incident {
	i := status.Incident{
		ID:         word(c.ID),
		Title:      word(c.Title),
		Phase:      word(c.Status),
		Components: flashdutyNames(c.Components),
		Started:    epoch(c.StartAt),
	}
	for n, part := range c.Components {
		if level := flashdutyLevel(part.Status); n == 0 || status.Worse(i.Level, level) != i.Level {
			i.Impact, i.Level = word(part.Status), level
		}
	}
	for _, u := range c.Updates {
		i.Updates = append(i.Updates, status.Update{Phase: word(u.Status), Text: fromMarkdown(string(u.Text)), At: epoch(u.At)})
	}
	slices.Reverse(i.Updates)
	newestUpdateFirst(i.Updates)
	if len(i.Updates) > 0 {
		i.Updated = i.Updates[0].At
	}
	return i
}

func (c flashdutyChange) over() bool { return c.Status == "resolved" || c.Status == "completed" }
