package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"faultbook/internal/status"
)

// provider is a provider of the simulation: what happens to it was decided when
// the month began.
type provider struct {
	slug   string
	source status.Source
	events []event
	r      *rand.Rand
	last   status.Report
}

// event is something that goes on for a while.
type event struct {
	id         string
	kind       string // incident, elsewhere, failure or window
	began, end time.Time
	levels     []status.Level // one after the other, each for an equal part
	renamed    bool           // its title is mended half-way
}

// newProvider throws dice like the pages that were recorded: most incidents are
// small and over within two hours, some are outages that go through several
// levels, one in four is about another product.
func newProvider(slug string, w weather, r *rand.Rand) *provider {
	p := &provider{slug: slug, r: r, source: status.Source{Platform: "statuspage", URL: "https://" + slug + ".example", Components: []string{"API"}}}
	for range w.incidents {
		levels := [][]status.Level{
			{status.Degraded}, {status.Degraded}, {status.Operational}, {status.PartialOutage, status.Degraded},
			{status.Degraded, status.MajorOutage, status.PartialOutage, status.Operational}, {status.MajorOutage},
		}
		e := p.event("incident", 2*time.Hour)
		e.levels, e.renamed = levels[r.IntN(len(levels))], r.IntN(3) == 0
		if r.IntN(4) == 0 {
			e.kind = "elsewhere"
		}
		p.events = append(p.events, e)
	}
	for range w.failures {
		p.events = append(p.events, p.event("failure", 3*time.Hour))
	}
	for range w.windows {
		p.events = append(p.events, p.event("window", 2*time.Hour))
	}
	return p
}

func (p *provider) event(kind string, usual time.Duration) event {
	began := epoch.Add(time.Duration(p.r.Int64N(int64(30 * 24 * time.Hour))))
	length := time.Duration(p.r.ExpFloat64() * float64(usual))
	return event{id: fmt.Sprintf("%s-%d", kind, len(p.events)), kind: kind, began: began, end: began.Add(length)}
}

// read is what asking the provider's page gives now.
func (p *provider) read(now time.Time) status.Reading {
	reading := status.Reading{Source: p.source, State: status.StateOK, At: now}
	report := status.Report{Indicator: status.Indicator{Word: "none", Level: status.Operational}, PageUpdated: now.Truncate(time.Hour)}
	api := status.Operational
	p.events = slices.DeleteFunc(p.events, func(e event) bool { return !now.Before(e.end) })
	for _, e := range p.events {
		if now.Before(e.began) {
			continue
		}
		level := status.Operational
		if len(e.levels) > 0 {
			level = e.levels[int(now.Sub(e.began))*len(e.levels)/max(1, int(e.end.Sub(e.began)))]
		}
		switch e.kind {
		case "failure":
			reading.State, reading.Reason = status.StateFailed, "503 Service Unavailable"
		case "window":
			api = max(api, status.Maintenance)
		case "incident":
			api = max(api, level)
			report.Incidents = append(report.Incidents, e.incident(now, level, "API"))
		case "elsewhere":
			report.Incidents = append(report.Incidents, e.incident(now, level, "Dashboard"))
		}
	}
	report.Components = []status.Component{{Name: "API", Word: api.String(), Level: api}, {Name: "Dashboard", Word: "operational", Level: status.Operational}}
	reading.Report = status.Judge(p.source, report)
	if p.r.IntN(3) == 0 && reading.State == status.StateOK && slices.EqualFunc(p.last.Incidents, reading.Report.Incidents, sameIncident) && p.last.Level == reading.Report.Level {
		reading.State, reading.Report = status.StateNotModified, status.Report{}
		return reading
	}
	if reading.State == status.StateOK {
		p.last = reading.Report
	}
	return reading
}

func sameIncident(a, b status.Incident) bool {
	return a.ID == b.ID && a.Title == b.Title && a.Level == b.Level && len(a.Updates) == len(b.Updates)
}

// incident is the event as a page lists it, with a new message every half hour.
func (e event) incident(now time.Time, level status.Level, component string) status.Incident {
	i := status.Incident{ID: e.id, Title: "Elevated errors", Phase: "investigating", Impact: level.String(), Level: level, Components: []string{component}, Started: e.began}
	if e.renamed && now.Sub(e.began) > e.end.Sub(e.began)/2 {
		i.Title = "Elevated errors for some models"
	}
	for at := e.began; !at.After(now); at = at.Add(30 * time.Minute) {
		i.Updates = slices.Insert(i.Updates, 0, status.Update{Phase: "investigating", Text: "We look into it.", At: at})
	}
	return i
}
