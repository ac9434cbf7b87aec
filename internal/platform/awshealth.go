package platform

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"faultbook/internal/status"
)

// awsHealth is the public part of the AWS Health Dashboard
// (https://docs.aws.amazon.com/health/latest/ug/aws-health-dashboard-status.html).
// The list behind it, /public/currentevents, has no documentation of its own.
// It answers JSON in UTF-16BE with a byte order mark: a bare list of the events
// of all services and regions, which is empty when there is none. Some events
// stay open for more than half a year, so without a filter the source would
// never be green.
//
// The numbers of a status are those of the dashboard's legend: 0 operational, 1
// informational, 2 degradation, 3 disruption. They are text in an event and
// numbers in its log; times are epoch seconds in either form. An event is over
// when it has an end_time, or the status 0; both kinds stay in the list for a
// while. impacted_services tells how each service is doing now, by a key such
// as "ec2-us-east-1", or "route53" for a global one.
//
// No recorded answer of one service alone that is still open was at hand: that
// state follows those of multiple services, and what public readers quote.
func awsHealth() Platform {
	return Platform{
		Name: "aws-health",
		Keys: []Key{
			{Name: "region", Required: true, About: `codes of the regions that count, such as "us-east-1, us-west-2"; "global" for services without a region`},
			{Name: "service", Required: true, About: `the services that count, as in the addresses of their feeds or by name, such as "bedrock" or "Amazon Bedrock"`},
		},
		Base: awsBase,
		Paths: func(status.Source) []Path {
			return []Path{{Name: awsEvents, Path: "/public/currentevents"}}
		},
		Parse: parseAWSHealth,
	}
}

const awsEvents = "currentevents"

// awsBase is the root of the host, because the page itself is below it.
func awsBase(source status.Source) string { return cmp.Or(source.API, awsRoot(source.URL)) }

func awsRoot(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return page
	}
	return u.Scheme + "://" + u.Host
}

type awsEvent struct {
	ARN         text                  `json:"arn"` // of the form arn:aws:health:<region>::event/…; absent in old answers
	Date        text                  `json:"date"`
	End         text                  `json:"end_time"`
	RegionName  text                  `json:"region_name"` // such as Oregon; null for global events
	Status      text                  `json:"status"`
	Service     text                  `json:"service"` // such as ec2-us-east-1 or multipleservices-us-east-1
	ServiceName text                  `json:"service_name"`
	Summary     text                  `json:"summary"`
	Log         []awsEntry            `json:"event_log"`
	Impacted    map[string]awsService `json:"impacted_services"`
}

type awsEntry struct {
	Summary   text `json:"summary"`
	Message   text `json:"message"`
	Timestamp text `json:"timestamp"`
}

type awsService struct {
	Name    text `json:"service_name"`
	Current text `json:"current"`
}

func parseAWSHealth(source status.Source, files map[string][]byte) (status.Report, error) {
	scope, err := newAWSScope(source)
	if err != nil {
		return status.Report{}, err
	}
	wire, err := readAWSEvents(files[awsEvents])
	if err != nil {
		return status.Report{}, err
	}
	report := status.Report{Page: "AWS Health Dashboard"}
	for _, e := range wire {
		incident := e.incident(awsRoot(source.URL))
		impact, touched := scope.judge(e)
		if incident.Elsewhere = len(touched) == 0; !incident.Elsewhere {
			incident.Components = touched
		}
		if e.over() {
			incident.Ended = cmp.Or(epoch(e.End), incident.Updated)
			report.Past = append(report.Past, incident)
			continue
		}
		if !incident.Elsewhere {
			incident.Impact, incident.Level = word(impact), awsLevel(impact)
		}
		report.Incidents = append(report.Incidents, incident)
	}
	report.Components = scope.components()
	report.Indicator = worstPart(report.Components)
	inOrder(&report)
	return report, nil
}

// readAWSEvents reads currentevents and makes sure that it is one.
func readAWSEvents(body []byte) ([]awsEvent, error) {
	const shape = "AWS's currentevents"
	wire, err := decodeObjects[awsEvent](body, shape)
	if err != nil {
		return nil, err
	}
	for _, e := range wire {
		if e.Service == "" || e.Status == "" || epoch(e.Date).IsZero() {
			return nil, errors.New("not the shape of " + shape + ": an entry without service, status or date")
		}
	}
	return wire, nil
}

func (e awsEvent) incident(root string) status.Incident {
	incident := status.Incident{
		ID:         e.id(),
		Title:      cmp.Or(line(string(e.Summary)), word(e.ServiceName), word(e.Service)),
		Impact:     word(e.Status),
		Level:      awsLevel(e.Status),
		Components: []string{strings.TrimSpace(e.service() + " " + e.region())},
		Started:    epoch(e.Date),
	}
	if plainARN.MatchString(string(e.ARN)) {
		incident.URL = link(root + "/health/status?eventID=" + string(e.ARN))
	}
	for _, entry := range e.Log {
		incident.Updates = append(incident.Updates, status.Update{Text: fromHTML(string(entry.Message)), At: epoch(entry.Timestamp)})
	}
	newestUpdateFirst(incident.Updates)
	if len(incident.Updates) > 0 {
		incident.Updated = incident.Updates[0].At
	}
	return incident
}

var plainARN = regexp.MustCompile(`^arn:[0-9A-Za-z:/_-]+$`)

// id is the last part of the event's ARN, or what else tells it from others.
func (e awsEvent) id() string {
	if e.ARN == "" {
		return word(e.Service + "-" + e.Date)
	}
	return word(e.ARN[strings.LastIndexByte(string(e.ARN), '/')+1:])
}

// over tells that an event has ended. Its status may keep the worst number
// then, so the end counts first.
func (e awsEvent) over() bool {
	return !epoch(e.End).IsZero() || e.Status == "0"
}

// region is the code of the event's region, "global", or nothing where it does
// not say.
func (e awsEvent) region() string {
	if suffix := awsSuffix.FindString(string(e.Service)); suffix != "" {
		return suffix[1:]
	}
	if parts := strings.Split(string(e.ARN), ":"); len(parts) > 3 {
		return word(text(parts[3]))
	}
	return ""
}

// service is the event's service without its region.
func (e awsEvent) service() string {
	return word(text(awsSuffix.ReplaceAllString(string(e.Service), "")))
}

// awsSuffix is the region at the end of the name of a service: us-east-1,
// us-gov-west-1, us-isob-east-1, eusc-de-east-1.
var awsSuffix = regexp.MustCompile(`-(eusc-)?[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-[0-9]+$`)

// awsLevel translates the number of a status. An informational event is open
// because something goes wrong for some: "we are investigating increased error
// rates".
func awsLevel(number text) status.Level {
	switch number {
	case "0":
		return status.Operational
	case "1", "2":
		return status.Degraded
	case "3":
		return status.MajorOutage
	}
	return status.Unknown
}
