package platform

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// firehydrant is a status page of FireHydrant
// (https://docs.firehydrant.com/docs/status-pages), such as that of Redis. The
// page is made from one file, /data/payload.json, which is not documented and
// holds the whole history. Recorded is a calm one; an open incident has the same
// fields and no timestamps.resolved.
//
// The file tells no state: a component is as bad as the worst condition in
// which an open incident has put it. The conditions are the page's own words,
// and its map says which of three kinds each is. An open incident that names no
// component says with its severity how it is handled inside the company, which
// every company numbers in its own way; so it is degraded, as is any incident of
// which only the presence is told. One of the severity MAINTENANCE is announced
// work.
func firehydrant() Platform {
	return Platform{
		Name:  "firehydrant",
		Paths: func(status.Source) []Path { return []Path{{Name: firehydrantPayload, Path: "/data/payload.json"}} },
		Parse: parseFirehydrant,
	}
}

const firehydrantPayload = "payload"

type firehydrantFile struct {
	Config struct {
		Title text `json:"title"`
	} `json:"config"`
	Conditions map[string]text       `json:"conditions"` // nil: the file has none
	Components []firehydrantPart     `json:"components"` // nil: the file has none
	Incidents  []firehydrantIncident `json:"incidents"`  // nil: the file has none
}

type firehydrantPart struct {
	ID        text `json:"id"`
	Name      text `json:"name"`
	Condition text `json:"condition"` // of a component that an incident names
}

type firehydrantIncident struct {
	ID         text               `json:"id"`
	Title      text               `json:"title"`
	Severity   text               `json:"severitySlug"`
	Timestamps map[string]text    `json:"timestamps"` // by milestone
	Components []firehydrantPart  `json:"components"`
	Conditions map[string]text    `json:"componentConditions"` // the same, by name
	Timeline   []firehydrantEntry `json:"timeline"`
}

type firehydrantEntry struct {
	Time       text `json:"time"`       // when it was written
	OccurredAt text `json:"occurredAt"` // what it speaks of
	Details    struct {
		Note firehydrantNote `json:"note"` // entries of milestones have none
	} `json:"details"`
}

// firehydrantNote is a text in Markdown, or an object that holds one.
type firehydrantNote string

// UnmarshalJSON reads either.
func (n *firehydrantNote) UnmarshalJSON(data []byte) error {
	var told struct {
		Note text `json:"note"`
	}
	if data[0] != '{' {
		return (*text)(n).UnmarshalJSON(data)
	}
	err := json.Unmarshal(data, &told)
	*n = firehydrantNote(told.Note)
	return err
}

func parseFirehydrant(_ status.Source, files map[string][]byte) (status.Report, error) {
	file, err := firehydrantPayloadOf(files[firehydrantPayload])
	if err != nil {
		return status.Report{}, err
	}
	known := file.index()
	report := status.Report{Page: word(file.Config.Title)}
	for _, i := range file.Incidents {
		incident := file.incident(i, known)
		switch {
		case !incident.Ended.IsZero():
			report.Past = append(report.Past, incident)
		case strings.EqualFold(string(i.Severity), "maintenance"):
			incident.Level = status.Maintenance
			report.Maintenance = append(report.Maintenance, incident)
		default:
			report.Incidents = append(report.Incidents, incident)
		}
	}
	report.Components = file.components(known)
	report.Indicator = firehydrantWorst(report.Components)
	inOrder(&report)
	return report, nil
}

// firehydrantPayloadOf reads a payload and makes sure that it is one.
func firehydrantPayloadOf(body []byte) (firehydrantFile, error) {
	var file firehydrantFile
	if err := decodeJSON(body, &file); err != nil {
		return firehydrantFile{}, err
	}
	switch {
	case len(file.Conditions) == 0:
		return firehydrantFile{}, errors.New("not the shape of a FireHydrant payload: no map of conditions")
	case file.Components == nil:
		return firehydrantFile{}, errors.New("not the shape of a FireHydrant payload: no list of components")
	case len(file.Components) == 0:
		return firehydrantFile{}, errors.New("the component list is empty")
	case file.Incidents == nil:
		return firehydrantFile{}, errors.New("not the shape of a FireHydrant payload: no list of incidents")
	}
	return file, nil
}

func (f firehydrantFile) incident(wire firehydrantIncident, known firehydrantIndex) status.Incident {
	i := status.Incident{
		ID:      word(wire.ID),
		Title:   word(wire.Title),
		Phase:   wire.phase(),
		Impact:  word(wire.Severity),
		Level:   status.Degraded,
		Started: first(wire.Timestamps["started"], wire.Timestamps["detected"]),
		Ended:   wire.resolved(),
	}
	for n, hit := range wire.touched() {
		says, level := f.condition(hit.Condition)
		if n == 0 || status.Worse(i.Level, level) != i.Level {
			i.Impact, i.Level = says, level
		}
		if at := known.find(hit); len(at) > 0 {
			hit.Name = f.Components[at[0]].Name
		}
		if name := word(hit.Name); name != "" && !slices.Contains(i.Components, name) {
			i.Components = append(i.Components, name)
		}
	}
	for _, entry := range wire.Timeline {
		at := first(entry.OccurredAt, entry.Time)
		if told := fromMarkdown(string(entry.Details.Note)); told != "" {
			i.Updates = append(i.Updates, status.Update{Text: told, At: at})
		}
		if at.After(i.Updated) {
			i.Updated = at
		}
	}
	return i
}

func (i firehydrantIncident) resolved() time.Time { return instant(i.Timestamps["resolved"]) }

// phase is the last milestone that the incident has come to.
func (i firehydrantIncident) phase() string {
	for _, milestone := range []string{"resolved", "monitoring", "mitigated", "identified", "investigating", "acknowledged", "started"} {
		if !instant(i.Timestamps[milestone]).IsZero() {
			return milestone
		}
	}
	return ""
}

// touched are the components that the incident names, each in its condition.
func (i firehydrantIncident) touched() []firehydrantPart {
	listed := map[text]bool{}
	for _, p := range i.Components {
		listed[p.Name] = true
	}
	parts := slices.Clone(i.Components)
	for _, name := range slices.Sorted(maps.Keys(i.Conditions)) {
		if !listed[text(name)] {
			parts = append(parts, firehydrantPart{Name: text(name), Condition: i.Conditions[name]})
		}
	}
	return parts
}
