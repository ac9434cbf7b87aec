package platform

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// awsRegion is the form of a region's code. One that is written in another way
// would never be found, and the provider would be green for ever.
var awsRegion = regexp.MustCompile(`^[a-z]+((-[a-z]+)+-[0-9]+)?$`)

// awsScope is what speaks for the provider: each service of the filter in each
// of its regions.
type awsScope []awsPart

type awsPart struct {
	service, region string
	component       status.Component
}

func newAWSScope(source status.Source) (awsScope, error) {
	var scope awsScope
	for _, region := range wanted(source, "region") {
		region = strings.ToLower(region)
		if !awsRegion.MatchString(region) {
			return nil, fmt.Errorf("the region %.40q is not of AWS's form, such as us-east-1", region)
		}
		for _, service := range wanted(source, "service") {
			// The page has no list of services: no event is all it says of a healthy one.
			scope = append(scope, awsPart{service, region, status.Component{Name: line(service + " " + region), Word: "0", Level: status.Operational}})
		}
	}
	if len(scope) == 0 {
		return nil, errors.New("the events are those of all services and regions; the filter has to name region and service")
	}
	return scope, nil
}

func (s awsScope) components() []status.Component {
	var list []status.Component
	for _, part := range s {
		list = append(list, part.component)
	}
	return list
}

// judge makes the parts that an event is about as bad as it is, and gives the
// worst number that it has for them, with their names.
func (s awsScope) judge(e awsEvent) (worst text, touched []string) {
	for n := range s {
		part := &s[n]
		number, ok := part.number(e)
		if !ok {
			continue
		}
		if len(touched) == 0 {
			worst = number
		}
		worst = awsWorse(worst, number)
		touched = append(touched, part.component.Name)
		worsen(&part.component, word(number), awsLevel(number))
	}
	return worst, touched
}

// number is the status that the event has for the part. What an event of
// multiple services says of this one is nearer than what it says of all
// together, also when it has ended: then the service may still be down.
func (p awsPart) number(e awsEvent) (text, bool) {
	local := e.region() == p.region || e.region() == "global" || e.region() == ""
	whole := e.Status
	if e.over() {
		whole = "0"
	}
	current, listed := p.current(e, local)
	switch own := same(e.service(), p.service) || same(word(e.ServiceName), p.service); {
	case local && own && listed:
		return awsWorse(whole, current), true
	case listed:
		return current, true
	case local && (own || e.service() == "multipleservices"):
		return whole, true
	}
	return "", false
}

// awsWorse is the number of the worse level, the first of equal ones.
func awsWorse(a, b text) text {
	if status.Worse(awsLevel(a), awsLevel(b)) == awsLevel(a) {
		return a
	}
	return b
}

// current is the worst of what impacted_services says of the part.
func (p awsPart) current(e awsEvent, local bool) (worst text, found bool) {
	for _, key := range slices.Sorted(maps.Keys(e.Impacted)) {
		service := e.Impacted[key]
		if !p.is(key, service.Name, local) {
			continue
		}
		if !found {
			worst, found = service.Current, true
		}
		worst = awsWorse(worst, service.Current)
	}
	return worst, found
}

// is tells whether a key of impacted_services means the part. One without a
// region is of a global service, or of the event's own region.
func (p awsPart) is(key string, name text, local bool) bool {
	base := strings.TrimSuffix(key, "-"+p.region)
	if base == key && !(local || p.region == "global") || awsSuffix.MatchString(base) {
		return false
	}
	return same(base, p.service) || same(word(name), p.service)
}
