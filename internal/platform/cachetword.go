package platform

import "faultbook/internal/status"

// component is what a component's status means. The words are the English ones
// of Cachet's documentation: what is sent beside the number is in the language
// of the page.
func (c cachetItem) component() (string, status.Level) {
	switch said := c.fields().Status.Value; {
	case said == "1":
		return "Operational", status.Operational
	case said == "2":
		return "Performance Issues", status.Degraded
	case said == "3":
		return "Partial Outage", status.PartialOutage
	case said == "4":
		return "Major Outage", status.MajorOutage
	case said == "5" && c.isThree():
		return "Unknown", status.Unknown
	case said == "6" && c.isThree():
		return "Under maintenance", status.Maintenance
	default:
		return word(said), status.Unknown
	}
}

func cachetPhase(s cachetStatus) string {
	switch s.Value {
	case "1":
		return "Investigating"
	case "2":
		return "Identified"
	case "3":
		return "Watching"
	case "4":
		return "Fixed"
	}
	return word(s.Value)
}

func cachetWindowPhase(s cachetStatus) string {
	switch s.Value {
	case "0":
		return "Upcoming"
	case "1":
		return "In Progress"
	case "2":
		return "Complete"
	}
	return word(s.Value)
}
