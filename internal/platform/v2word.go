package platform

import (
	"time"

	"faultbook/internal/status"
)

// componentLevel translates a component's status. Words that are not listed
// are unknown: a page that invents one may mean anything by it.
func componentLevel(word text) status.Level {
	switch word {
	case "operational":
		return status.Operational
	case "under_maintenance":
		return status.Maintenance
	case "degraded_performance":
		return status.Degraded
	case "partial_outage":
		return status.PartialOutage
	case "major_outage", "full_outage": // the latter is incident.io's own word
		return status.MajorOutage
	}
	return status.Unknown
}

// impactLevel translates the page's indicator and an incident's impact, which
// share their words.
func impactLevel(word text) status.Level {
	switch word {
	case "none":
		return status.Operational
	case "maintenance":
		return status.Maintenance
	case "minor":
		return status.Degraded
	case "major":
		return status.PartialOutage
	case "critical":
		return status.MajorOutage
	}
	return status.Unknown
}

// instant is the time that t tells, in UTC and whole seconds. Old pages write
// the offset of their own zone; one that writes none says nothing.
func instant(t text) time.Time {
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC().Truncate(time.Second)
}

// first is the first of these that tells a time.
func first(times ...text) time.Time {
	for _, t := range times {
		if at := instant(t); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}
