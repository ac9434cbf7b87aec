package platform

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// datadog is a status page of Datadog, such as OpenRouter's. A page is drawn
// from one file, /config.json, which is not documented: components in groups,
// all incidents with what was said, maintenance, and the logo inside. What
// OpenRouter's page answered on 2026-09-15, with all well and four incidents
// over, is at https://github.com/bentleypark/aiwatch (worker/src/parsers). The
// words for what is not well, and maintenance, follow the interface by which
// pages are kept, https://docs.datadoghq.com/api/latest/status-pages/.
//
// There is no overall word: the worst component speaks for the page. Nor has an
// incident a word for how bad it is; the components that it affects have one,
// as they are now and as they were at each step.
func datadog() Platform {
	return Platform{
		Name:  "datadog",
		Paths: func(status.Source) []Path { return []Path{{Name: datadogConfig, Path: "/config.json"}} },
		Parse: parseDatadog,
	}
}

const datadogConfig = "config" // the name of the one file in Path and Parse

// datadogFile has null for a list without entries.
type datadogFile struct {
	Name         text            `json:"name"`
	Components   []datadogPart   `json:"components"`
	Incidents    json.RawMessage `json:"incidents"` // nil: the file has none
	Maintenances []datadogEvent  `json:"maintenances"`
}

type datadogPart struct {
	ID         text          `json:"id"`
	Name       text          `json:"name"`
	Type       text          `json:"type"` // Component or ComponentGroup; a group has no status
	Status     text          `json:"status"`
	Components []datadogPart `json:"components"`
}

func parseDatadog(_ status.Source, files map[string][]byte) (status.Report, error) {
	var file datadogFile
	if err := decodeJSON(files[datadogConfig], &file); err != nil {
		return status.Report{}, err
	}
	switch {
	case file.Incidents == nil:
		return status.Report{}, errors.New("not the shape of a Datadog status page: no incidents")
	case !slices.ContainsFunc(file.Components, datadogPart.typed):
		return status.Report{}, errors.New("not the shape of a Datadog status page: no components with a type")
	}
	var events []datadogEvent
	if err := json.Unmarshal(file.Incidents, &events); err != nil {
		return status.Report{}, errors.New("the list of incidents has another shape")
	}
	report := status.Report{Page: word(file.Name)}
	addDatadogParts(&report, file.Components, nil)
	if len(report.Components) == 0 {
		return status.Report{}, errors.New("the component list is empty")
	}
	report.Indicator = worstPart(report.Components)
	addDatadogIncidents(&report, events)
	addDatadogWindows(&report, file.Maintenances)
	inOrder(&report)
	return report, nil
}

func (p datadogPart) typed() bool { return p.Type == "Component" || p.Type == "ComponentGroup" }

// addDatadogParts adds the components among these entries and inside them.
func addDatadogParts(report *status.Report, wire []datadogPart, groups []string) {
	for _, p := range wire {
		if p.Type == "ComponentGroup" || len(p.Components) > 0 {
			addDatadogParts(report, p.Components, append(slices.Clip(groups), string(p.Name)))
			continue
		}
		report.Components = append(report.Components, status.Component{
			ID: word(p.ID), Name: word(p.Name), Group: line(strings.Join(groups, " / ")), Word: word(p.Status), Level: datadogLevel(p.Status),
		})
	}
}

func datadogLevel(word text) status.Level {
	switch word {
	case "operational":
		return status.Operational
	case "maintenance":
		return status.Maintenance
	case "degraded":
		return status.Degraded
	case "partial_outage":
		return status.PartialOutage
	case "major_outage":
		return status.MajorOutage
	}
	return status.Unknown
}
