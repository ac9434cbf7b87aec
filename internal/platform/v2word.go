package platform

import "faultbook/internal/status"

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
