package site

import (
	"slices"
	"strconv"
	"strings"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// ProviderView is the page of one provider.
type ProviderView struct {
	Frame
	Name         string
	Lead         HTML
	Verdict      *Verdict
	Components   []Component
	Others       string // how many further components the page has; may be empty
	Read         bool   // the status page has been read, so that an empty list means something
	Incidents    []Incident
	Elsewhere    []Incident // open on the same page, not counted for this API
	More         string     // how many more of these there are; may be empty
	Maintenance  []Incident
	History      *History // nil: no reading was ever tried
	Changes      string   // address of the provider's own feed
	Groups       []Group
	Console      []Link
	Body         HTML
	Alternatives []ProviderLink
	Compare      *Link
}

// Component is one part of a status page.
type Component struct {
	Name  string
	State State
}

// Incident is an incident or a maintenance window in words.
type Incident struct {
	Provider string // on pages about all providers
	Path     string // of the provider; on pages about all providers
	Title    string
	Phase    string
	URL      string // https address of the incident; may be empty
	State    State
	Touches  string // "touches A, B"; may be empty
	Started  Time
	Ends     Time
	Updated  Time
	Text     string // the newest update
}

// Group is a heading with its entries.
type Group struct {
	Heading string
	Path    string // page of the HTTP status; may be empty
	Entries []*EntryLink
}

// componentsShown is how many components a provider page lists: a page with
// hundreds of regions would bury the verdict.
const componentsShown = 12

func (s *Site) providerPage(p *provider) Page {
	v := &ProviderView{}
	description := s.say("provider.description", "provider", p.Name, "count", strconv.Itoa(len(p.entries)))
	if len(p.entries) == 0 {
		description = s.say("provider.empty", "provider", p.Name)
	}
	page := s.page("provider", s.say("provider.title", "provider", p.Name), description, v, p.Slug)
	v.Name = p.Name
	v.Lead = s.local(p.Summary.HTML)
	v.Verdict = p.verdicts[verdict.Provider]
	v.Components, v.Others = s.components(p)
	v.Read = !p.record.CheckedAt.IsZero()
	v.Incidents = s.incidents(counted(p.record.Incidents))
	v.Elsewhere, v.More = s.elsewhere(p.record.Incidents)
	v.History = s.history(p)
	v.Changes = s.file(p.Slug, "feed.xml")
	v.Feed, v.FeedTitle = v.Changes, s.say("feed.provider", "provider", p.Name)
	v.Maintenance = s.incidents(p.record.Maintenance)
	v.Groups = s.groups(p)
	v.Console = s.console(p)
	v.Body = s.local(p.Body.HTML)
	v.Alternatives = p.alternatives.Providers
	v.Compare = p.compare
	v.Trail, v.Here = s.trail, p.Name
	v.Edit, v.Wrong = s.edit(p.File), s.wrong(page.Path, p.Name)
	v.Twin = s.file(p.Slug, "index.md")
	v.Data = s.crumbData(&v.Frame, page.Path)
	page.Twin = s.providerTwin(p, v)
	page.Live = Live{v.Verdict, p.alternatives}
	return page
}

// components are the parts that speak for the API, or where none is named the
// first of the page, those in trouble before the others.
func (s *Site) components(p *provider) (list []Component, others string) {
	ours := p.record.Components
	if len(p.Source.Components) > 0 {
		ours = status.Configured(p.Source, p.record.Report)
	}
	ours = slices.Clone(ours)
	slices.SortStableFunc(ours, func(a, b status.Component) int { return trouble(b.Level) - trouble(a.Level) })
	for i, c := range ours {
		if i == componentsShown {
			break
		}
		level := c.Level
		if p.now.Level == status.Unknown { // too old, or not to be read
			level = status.Unknown
		}
		list = append(list, Component{c.Name, s.state(level).until(p.now)})
	}
	if n := len(p.record.Components) - len(list); n > 0 {
		others = s.say("provider.others", "count", strconv.Itoa(n))
	}
	return list, others
}

// trouble is 0 for a component that needs no attention, and grows with it.
func trouble(level status.Level) int {
	if level == status.Operational {
		return 0
	}
	return 1 + int(level)
}

func (s *Site) incidents(list []status.Incident) []Incident {
	var out []Incident
	for _, i := range list {
		v := Incident{Title: s.titleOf(i), Phase: phase(i.Phase), URL: i.URL, State: s.impact(i.Level), Started: moment(i.Started), Ends: moment(i.Ended), Updated: moment(i.Updated)}
		if len(i.Components) > 0 {
			v.Touches = s.say("provider.part", "components", strings.Join(i.Components, ", "))
		}
		if len(i.Updates) > 0 {
			v.Text = cutText(i.Updates[0].Text, updateLength)
		}
		out = append(out, v)
	}
	return out
}

// titleOf is what an incident is called; not every source gives it a name.
func (s *Site) titleOf(i status.Incident) string {
	if strings.TrimSpace(i.Title) == "" {
		return s.say("provider.untitled")
	}
	return i.Title
}

// counted are the incidents that are about the API.
func counted(list []status.Incident) []status.Incident {
	return slices.DeleteFunc(slices.Clone(list), func(i status.Incident) bool { return i.Elsewhere })
}

// elsewhereShown is how many incidents of other products a page lists.
const elsewhereShown = 5

// elsewhere are the incidents that the same page reports of other products.
func (s *Site) elsewhere(list []status.Incident) (shown []Incident, more string) {
	list = slices.DeleteFunc(slices.Clone(list), func(i status.Incident) bool { return !i.Elsewhere })
	if n := len(list) - elsewhereShown; n > 0 {
		list, more = list[:elsewhereShown], s.say("provider.more", "count", strconv.Itoa(n))
	}
	for i := range list {
		list[i].Updates = nil // they matter to few readers of this page
	}
	return s.incidents(list), more
}

// impact is how an incident looks. One whose source states no impact is open all
// the same, so it is not shown as operational.
func (s *Site) impact(level status.Level) State {
	if level == status.Operational {
		return State{Level: level.String(), Mood: mood(status.Unknown), Word: s.say("status.noimpact")}
	}
	return s.state(level)
}

// updateLength is how much of an update a page shows, in characters: two
// screens of a phone at most. The link leads to the rest.
const updateLength = 600

func cutText(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	short := string(runes[:n])
	if i := strings.LastIndexByte(short, ' '); i > n/2 {
		short = short[:i]
	}
	return short + "…"
}

// phase is the source's own word as a reader can read it: in_progress becomes
// "in progress".
func phase(word string) string { return strings.ReplaceAll(strings.ToLower(word), "_", " ") }

// groups are the errors of a provider by HTTP status; an error with several
// statuses stands under each, one without any at the end.
func (s *Site) groups(p *provider) []Group {
	byCode := map[int][]*EntryLink{}
	for _, e := range p.entries {
		codes := e.HTTP
		if len(codes) == 0 {
			codes = []int{999}
		}
		for _, code := range codes {
			byCode[code] = append(byCode[code], e.near)
		}
	}
	var groups []Group
	for _, code := range sortedKeys(byCode) {
		g := Group{Heading: s.say("provider.http", "code", strconv.Itoa(code)), Path: s.path("http", strconv.Itoa(code)), Entries: byCode[code]}
		if code == 999 {
			g.Heading, g.Path = s.say("provider.client"), ""
		}
		groups = append(groups, g)
	}
	return groups
}

func (s *Site) console(p *provider) []Link {
	var links []Link
	for _, l := range []Link{
		{p.Keys, "keys"}, {p.Billing, "billing"}, {p.Limits, "limits"}, {p.Docs, "docs"}, {p.Source.URL, "status"}, {p.Homepage, "homepage"},
	} {
		if l.Path != "" {
			links = append(links, Link{l.Path, s.say("provider." + l.Name)})
		}
	}
	return links
}
