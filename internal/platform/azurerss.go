package platform

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// azureRSS is the feed of Azure's public status page
// (https://azure.status.microsoft/en-us/status, its feed is linked at the foot;
// https://learn.microsoft.com/azure/service-health/azure-status-overview), which
// Microsoft uses for widespread incidents only. It has an <item> for each open
// incident and none while all is well; one guid stays through an incident, whose
// text is written over.
//
// An item has no severity, so its level is degraded: that something is wrong is
// all that the feed says, and no outage is claimed that nobody reported. There
// is no state either, and no maintenance. Services and regions stand side by
// side in <category>; an item may have none. Times have the zone "Z", which RFC
// 822 knows from the military. <link> may name a host of Microsoft's own that
// readers cannot open, so only links to the page's host are kept.
func azureRSS() Platform {
	return Platform{
		Name: "azure-rss",
		Keys: []Key{
			{Name: "region", About: `names of the regions that count, such as "East US, Sweden Central"; none: all`},
			{Name: "service", About: `names of the services that count, as in the feed's categories, such as "Azure OpenAI Service"; none: all`},
		},
		Base: azureBase,
		Paths: func(status.Source) []Path {
			return []Path{{Name: azureFeed, Path: "/en-us/status/feed/"}}
		},
		Parse: parseAzureRSS,
	}
}

const azureFeed = "feed"

// azureBase is the host of the feed, which is not that of the page.
func azureBase(source status.Source) string {
	if u, err := url.Parse(source.URL); source.API == "" && err == nil && u.Hostname() == "azure.status.microsoft" {
		return "https://rssfeed.azure.status.microsoft"
	}
	return cmp.Or(source.API, source.URL)
}

// The words that the levels rest on are ours: the feed has none.
const (
	azureItemOpen = "an item"
	azureNoItem   = "no item"
)

type azureFile struct {
	XMLName  xml.Name
	Channels []struct {
		Title []xmlText   `xml:"title"`
		Built []xmlText   `xml:"lastBuildDate"`
		Items []azureItem `xml:"item"`
	} `xml:"channel"`
}

type azureItem struct {
	GUID        []xmlText `xml:"guid"`
	Link        []xmlText `xml:"link"`
	Title       []xmlText `xml:"title"`
	Description []xmlText `xml:"description"`
	Published   []xmlText `xml:"pubDate"`
	Categories  []xmlText `xml:"category"`
}

// xmlText is an element with a text in it. Elements of other namespaces, such
// as a10:link, are decoded beside those of RSS, which has none.
type xmlText struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}

// rssText is the text of the first element of RSS itself.
func rssText(list []xmlText) string {
	for _, e := range list {
		if e.XMLName.Space == "" {
			return e.Text
		}
	}
	return ""
}

func parseAzureRSS(source status.Source, files map[string][]byte) (status.Report, error) {
	file, err := readAzureFeed(files[azureFeed])
	if err != nil {
		return status.Report{}, err
	}
	channel := file.Channels[0]
	report := status.Report{Page: line(rssText(channel.Title)), PageUpdated: feedTime(rssText(channel.Built))}
	scope := newAzureScope(source, report.Page)
	for _, item := range channel.Items {
		incident := item.incident(source.URL)
		touched := scope.touched(incident)
		incident.Elsewhere = len(touched) == 0
		for _, part := range touched {
			worsen(part, incident.Impact, incident.Level)
		}
		report.Incidents = append(report.Incidents, incident)
	}
	report.Components = scope.parts
	report.Indicator = worstPart(scope.parts)
	inOrder(&report)
	return report, nil
}

// readAzureFeed reads the feed and makes sure that it is Azure's. Other feeds
// are histories: their items do not mean that something is open.
func readAzureFeed(body []byte) (azureFile, error) {
	const shape = "not the shape of Azure's status feed: "
	var file azureFile
	if err := decodeXML(body, &file); err != nil {
		return azureFile{}, err
	}
	body, err := xmlInUTF8(body)
	if err != nil {
		return azureFile{}, err
	}
	if file.XMLName.Local != "rss" || len(file.Channels) != 1 {
		return azureFile{}, fmt.Errorf(shape+"<%.40s> with %d channels, not <rss> with one", file.XMLName.Local, len(file.Channels))
	}
	channel := file.Channels[0]
	if title := line(rssText(channel.Title)); !azureTitle.MatchString(title) {
		return azureFile{}, fmt.Errorf(shape+"it is called %.40q", title)
	}
	items, err := countItems(body)
	switch {
	case err != nil:
		return azureFile{}, err
	case items != len(channel.Items):
		return azureFile{}, fmt.Errorf(shape+"%d of its %d items stand elsewhere", items-len(channel.Items), items)
	case slices.ContainsFunc(channel.Items, func(i azureItem) bool { return rssText(i.Title) == "" }):
		return azureFile{}, errors.New(shape + "an item without a title")
	}
	return file, nil
}

var azureTitle = regexp.MustCompile(`(?i)^(microsoft )?azure status`)

func (i azureItem) incident(page string) status.Incident {
	at := feedTime(rssText(i.Published))
	incident := status.Incident{
		ID:      line(rssText(i.GUID)),
		Title:   line(rssText(i.Title)),
		Impact:  azureItemOpen,
		Level:   status.Degraded,
		Started: at,
		Updates: []status.Update{{Text: fromHTML(rssText(i.Description)), At: at}},
	}
	for _, c := range i.Categories {
		incident.Components = append(incident.Components, line(c.Text))
	}
	if address := strings.TrimSpace(rssText(i.Link)); sameHost(address, page) {
		incident.URL = link(address)
	}
	return incident
}

func sameHost(a, b string) bool {
	one, err := url.Parse(a)
	other, otherErr := url.Parse(b)
	return err == nil && otherErr == nil && one.Host == other.Host
}

// azureScope is what speaks for the provider.
type azureScope struct {
	services, regions []string           // as the filter has them; none: all
	parts             []status.Component // one for each of services, else the page as one
}

func newAzureScope(source status.Source, page string) azureScope {
	s := azureScope{services: wanted(source, "service"), regions: wanted(source, "region")}
	for _, name := range s.services {
		s.parts = append(s.parts, status.Component{Name: name, Word: azureNoItem, Level: status.Operational})
	}
	if len(s.services) == 0 {
		s.parts = []status.Component{{Name: page, Word: azureNoItem, Level: status.Operational}}
	}
	return s
}

// touched are the parts that an item is about. One that names no service may
// be about any, likewise one that names no region.
func (s azureScope) touched(i status.Incident) []*status.Component {
	var regions, services []string
	for _, category := range i.Components {
		if azureRegion.MatchString(category) {
			regions = append(regions, category)
		} else {
			services = append(services, category)
		}
	}
	if !azureNames(i.Title, regions, s.regions, "Non-Regional", "Public Non-Regional", "Global") {
		return nil
	}
	var parts []*status.Component
	for n := range s.parts {
		part := &s.parts[n]
		// Every service of a region stands on its network.
		if len(s.services) == 0 || azureNames(i.Title, services, []string{part.Name}, "Network Infrastructure") {
			parts = append(parts, part)
		}
	}
	return parts
}

// azureNames tells whether an item with these categories may be about one of
// wanted: it names it, or everybody, or nobody at all.
func azureNames(title string, categories, wanted []string, everybody ...string) bool {
	if len(categories) == 0 || len(wanted) == 0 {
		return true
	}
	if slices.ContainsFunc(wanted, func(want string) bool { return saysPhrase(strings.ToLower(title), strings.ToLower(want)) }) {
		return true
	}
	return slices.ContainsFunc(slices.Concat(wanted, everybody), func(name string) bool {
		return slices.ContainsFunc(categories, func(c string) bool { return same(c, name) })
	})
}

// azureRegion tells a region from a service by the land or continent in its
// name (https://learn.microsoft.com/azure/reliability/regions-list). The
// regions of a land that is not listed yet are taken for services.
var azureRegion = regexp.MustCompile(`(?i)^(public )?non-regional$|^global$|` +
	`\b(US|UK|UAE|Africa|Asia|Australia|Austria|Belgium|Brazil|Canada|Chile|China|Denmark|Europe|Finland|France|Germany|Greece|` +
	`India|Indonesia|Israel|Italy|Japan|Korea|Malaysia|Mexico|New Zealand|Norway|Poland|Qatar|Saudi|Spain|Sweden|Switzerland|Taiwan)\b`)
