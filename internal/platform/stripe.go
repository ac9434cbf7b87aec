package platform

import (
	"errors"

	"faultbook/internal/status"
)

// stripe is status.stripe.com, a page of Stripe's own. What it answers at
// /current/full is documented nowhere; that it is a message and one word is
// known from programs that read it, such as
// https://github.com/inket/stts (Stripe.swift). No answer was recorded.
//
// The word is that of the page as a whole, which is therefore the only
// component. "pending" and "paused" are words of the monitoring behind it and
// say nothing of how Stripe is. The message tells what is wrong, but not since
// when, and there are no incidents beside it; while something is wrong it is
// given as one.
func stripe() Platform {
	return Platform{
		Name:  "stripe",
		Paths: func(status.Source) []Path { return []Path{{Name: stripeFull, Path: "/current/full"}} },
		Parse: parseStripe,
	}
}

const stripeFull = "full" // the name of the one file in Path and Parse

type stripeFile struct {
	Status  text `json:"UptimeStatus"`
	Message text `json:"message"`
}

func parseStripe(_ status.Source, files map[string][]byte) (status.Report, error) {
	var file stripeFile
	if err := decodeJSON(files[stripeFull], &file); err != nil {
		return status.Report{}, err
	}
	if file.Status == "" {
		return status.Report{}, errors.New("not the shape of Stripe's answer: no UptimeStatus")
	}
	const page = "Stripe" // the answer has no name
	says := status.Indicator{Word: word(file.Status), Level: stripeLevel(file.Status)}
	report := status.Report{
		Page:       page,
		Indicator:  says,
		Components: []status.Component{{Name: page, Word: says.Word, Level: says.Level}},
	}
	if told := line(fromHTML(string(file.Message))); told != "" && says.Level > status.Operational {
		report.Incidents = []status.Incident{{Title: told, Impact: says.Word, Level: says.Level}}
	}
	return report, nil
}

func stripeLevel(word text) status.Level {
	switch word {
	case "up":
		return status.Operational
	case "degraded":
		return status.Degraded
	case "down":
		return status.MajorOutage
	}
	return status.Unknown
}
