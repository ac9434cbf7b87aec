package status

import "time"

// Source is a provider's address on a status platform, as its _index.md says.
type Source struct {
	Platform   string            // name of a row in package platform, or "none"
	URL        string            // https address of the page a person would open, without a trailing slash
	API        string            // https address that a program asks where that is not URL, without a trailing slash; may be empty
	Components []string          // names or ids of the components that speak for the API; empty: the page as a whole
	Filter     map[string]string // what the platform needs to know beside, such as a region; its Keys say which
	Hosts      []string          // further hosts a redirect may lead to
	Why        string            // with Platform "none": why no program may read the page; may be empty
}

// Report is what one source said at one check. Times are UTC, in whole
// seconds; the zero time means that the source did not say.
type Report struct {
	Level       Level       `json:"level"`                 // what the report means for the provider; set by Judge, never by a platform
	Reason      string      `json:"reason,omitempty"`      // why Level is Unknown, for the operator; else empty
	Page        string      `json:"page,omitempty"`        // the page's own name
	Indicator   Indicator   `json:"indicator,omitzero"`    // the page's own overall word
	PageUpdated time.Time   `json:"page_updated,omitzero"` // when the page says it was last changed
	Components  []Component `json:"components,omitempty"`  // in the page's order, groups left out; a page without parts is its own one component
	Incidents   []Incident  `json:"incidents,omitempty"`   // open ones only, newest first
	Maintenance []Incident  `json:"maintenance,omitempty"` // in progress or scheduled, soonest first
	Past        []Incident  `json:"-"`                     // resolved ones that the source told, newest first; a Record keeps its own
	StaleAfter  time.Time   `json:"-"`                     // from when on the source itself wants this answer not to be used any more
}

// Indicator is an overall word of a page, raw and as a level.
type Indicator struct {
	Word  string `json:"word"` // as the source writes it, such as "minor"; empty when it has none
	Level Level  `json:"level"`
}

// Component is one part of a page.
type Component struct {
	ID    string `json:"id,omitempty"`
	Name  string `json:"name"`
	Group string `json:"group,omitempty"` // name of its group, if any
	Word  string `json:"word,omitempty"`  // the source's own word, such as "degraded_performance"
	Level Level  `json:"level"`
}

// Incident is an open or past incident, or a maintenance window.
type Incident struct {
	ID         string    `json:"id,omitempty"`
	Title      string    `json:"title"`
	Phase      string    `json:"phase,omitempty"`      // the source's own word: investigating, identified, monitoring, resolved, scheduled, in_progress, …
	Impact     string    `json:"impact,omitempty"`     // the source's own word, such as "major"
	Level      Level     `json:"level"`                // Impact as a level
	Components []string  `json:"components,omitempty"` // names of the components it says it touches
	Elsewhere  bool      `json:"elsewhere,omitempty"`  // about other products or regions: listed, not counted; set by Judge, and by platforms whose filter tells
	URL        string    `json:"url,omitempty"`        // https, or empty
	Started    time.Time `json:"started,omitzero"`
	Updated    time.Time `json:"updated,omitzero"`
	Ended      time.Time `json:"ended,omitzero"`    // when it was resolved; for maintenance: when it is to end
	Updates    []Update  `json:"updates,omitempty"` // newest first
}

// Update is one message of an incident.
type Update struct {
	Phase string    `json:"phase,omitempty"`
	Text  string    `json:"text,omitempty"` // plain text: HTML and Markdown are taken out
	At    time.Time `json:"at,omitzero"`
}
