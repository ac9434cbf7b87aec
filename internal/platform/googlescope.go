package platform

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// googlePlace is the form of a location: global, us, eur4, us-central1,
// us-central1-a. One that is written in another way would never be found, and
// the provider would be green for ever.
var googlePlace = regexp.MustCompile(`^[a-z]+[0-9]*(-[a-z]+[0-9]+(-[a-z])?)?$`)

// googleScope is what speaks for the provider.
type googleScope struct {
	known     []googleName
	products  []string // as the filter has them; none: all
	locations []string
	parts     []status.Component // one for each of products, else the page as one
}

func newGoogleScope(source status.Source, wire []googleIncident, listed []googleName) (googleScope, error) {
	s := googleScope{known: listed, products: wanted(source, "product")}
	for _, want := range wanted(source, "location") {
		if want = strings.ToLower(want); !googlePlace.MatchString(want) {
			return googleScope{}, fmt.Errorf("the location %.40q is not of Google's form, such as us-central1", want)
		}
		s.locations = append(s.locations, want)
	}
	for _, i := range wire {
		s.known = append(s.known, i.products()...)
	}
	for _, want := range s.products {
		s.parts = append(s.parts, s.part(want, len(listed) > 0))
	}
	if len(s.products) == 0 {
		s.parts = []status.Component{{Name: googlePage(source.URL), Word: "AVAILABLE", Level: status.Operational}}
	}
	return s, nil
}

// part is the component for a product of the filter. certain: the list of
// products is at hand, so one that is not on it does not exist.
func (s googleScope) part(want string, certain bool) status.Component {
	at := slices.IndexFunc(s.known, func(p googleName) bool { return p.is(want) })
	switch {
	case at >= 0:
		return status.Component{ID: word(s.known[at].ID), Name: s.known[at].name(), Word: "AVAILABLE", Level: status.Operational}
	case certain:
		return status.Component{Name: want, Word: "not a product of the page", Level: status.Unknown}
	}
	return status.Component{Name: want, Word: "AVAILABLE", Level: status.Operational}
}

// touched are the parts that an incident is about. One that names no product
// may be about any.
func (s googleScope) touched(i googleIncident) []*status.Component {
	if !s.reaches(i) {
		return nil
	}
	products := i.products()
	var parts []*status.Component
	for n := range s.parts {
		part := &s.parts[n]
		ours := func(p googleName) bool { return p.is(s.products[n]) || part.ID != "" && word(p.ID) == part.ID }
		if len(s.products) == 0 || len(products) == 0 || slices.ContainsFunc(products, ours) {
			parts = append(parts, part)
		}
	}
	return parts
}

// reaches tells whether an incident is about a location that counts. One that
// names none may be about any; one that names none any more is about those
// that it named before.
func (s googleScope) reaches(i googleIncident) bool {
	places := i.Now
	if len(places) == 0 {
		places = i.Before
	}
	if len(s.locations) == 0 || len(places) == 0 {
		return true
	}
	return slices.ContainsFunc(places, func(p googleName) bool {
		place := strings.ToLower(word(p.ID))
		return place == "" || place == "global" || slices.ContainsFunc(s.locations, func(want string) bool {
			// A zone is in its region, a region in its multi-region.
			return place == want || strings.HasPrefix(place, want+"-") || strings.HasPrefix(want, place+"-")
		})
	})
}

// readGoogleProducts reads products.json. Without it the filter is believed.
func readGoogleProducts(body []byte) []googleName {
	var file struct {
		Products []googleName `json:"products"`
	}
	if len(body) == 0 || decodeJSON(body, &file) != nil {
		return nil
	}
	return file.Products
}

// knownAs is the product's name as it is known now. An incident keeps the name
// that it was written with.
func knownAs(p googleName, known []googleName) string {
	at := slices.IndexFunc(known, func(k googleName) bool { return k.ID == p.ID && p.ID != "" })
	if at < 0 {
		return p.name()
	}
	return known[at].name()
}
