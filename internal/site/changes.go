package site

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// ProviderFeed is the Atom feed of one provider: each change of its level and
// each incident.
type ProviderFeed struct {
	Slug string
	Feed Feed
}

// ProviderFeeds are the feeds of all providers.
func (s *Site) ProviderFeeds() []ProviderFeed {
	var list []ProviderFeed
	for _, p := range s.providers {
		list = append(list, ProviderFeed{p.Slug, s.providerFeed(p)})
	}
	return list
}

func (s *Site) providerFeed(p *provider) Feed {
	home := s.absolute(p.link.Path)
	f := Feed{
		ID: home, Title: s.say("feed.provider", "provider", p.Name), Subtitle: s.say("feed.providerlead", "provider", p.Name), Author: s.Book.Site.Title,
		Self: s.absolute(s.file(p.Slug, "feed.xml")), Home: home, Language: s.Book.Site.Language,
	}
	for _, c := range p.record.Changes {
		f.Items = append(f.Items, FeedItem{
			ID: s.tag(p, "level-"+c.At.UTC().Format(time.RFC3339)), URL: home, Published: c.At, Updated: c.At,
			Title:   s.say("feed.level", "provider", p.Name, "level", s.say("level."+c.To.String())),
			Summary: s.say("feed.change", "from", s.say("level."+c.From.String()), "to", s.say("level."+c.To.String())),
		})
	}
	for _, i := range counted(slices.Concat(p.record.Incidents, p.record.Past)) {
		f.Items = append(f.Items, s.incidentItem(p, i, s.titleOf(i)))
	}
	for _, i := range counted(p.record.Maintenance) {
		item := s.incidentItem(p, i, s.say("feed.maintenance", "title", s.titleOf(i)))
		item.Published = time.Time{} // a window may lie ahead
		f.Items = append(f.Items, item)
	}
	seen := map[string]bool{} // a window may be told among the past as well
	f.Items = slices.DeleteFunc(f.Items, func(i FeedItem) bool {
		twice := seen[i.ID]
		seen[i.ID] = true
		return twice
	})
	slices.SortStableFunc(f.Items, func(a, b FeedItem) int { return b.Updated.Compare(a.Updated) })
	f.Items = f.Items[:min(len(f.Items), feedLength)]
	f.Updated = s.newest.Time() // of a feed without items: the content's own date
	if len(f.Items) > 0 {
		f.Updated = f.Items[0].Updated
	}
	return f
}

// incidentItem tells an incident. Its id stays while the incident is updated;
// what the source calls it may be anything, so its hash stands for it.
func (s *Site) incidentItem(p *provider, i status.Incident, title string) FeedItem {
	key := i.ID
	if key == "" {
		key = i.Title + "\x00" + i.Started.UTC().Format(time.RFC3339)
	}
	sum := sha256.Sum256([]byte(key))
	item := FeedItem{
		ID: s.tag(p, fmt.Sprintf("incident-%x", sum[:8])), URL: i.URL, Title: title,
		Published: i.Started, Updated: newestOf(i, s.Now), Summary: s.incidentText(i),
	}
	if item.URL == "" {
		item.URL = s.absolute(p.link.Path)
	}
	if item.Updated.IsZero() {
		item.Updated = p.changed
	}
	return item
}

// tag is an id that stays whatever the address of a page becomes (RFC 4151).
func (s *Site) tag(p *provider, what string) string {
	_, host, _ := strings.Cut(s.host, "://")
	host, _, _ = strings.Cut(host, ":")
	return "tag:" + host + ",2026:" + p.Slug + "/" + what
}

// newestOf is when something new was last told of an incident. What lies ahead,
// as the end of a window does, has not been told yet.
func newestOf(i status.Incident, now time.Time) time.Time {
	newest := time.Time{}
	told := []time.Time{i.Updated, i.Ended}
	for _, u := range i.Updates {
		told = append(told, u.At)
	}
	if i.Updated.IsZero() && len(i.Updates) == 0 {
		told = append(told, i.Started)
	}
	for _, at := range told {
		if at.After(newest) && !at.After(now) {
			newest = at
		}
	}
	return newest
}

// incidentText is an incident with its updates as plain text.
func (s *Site) incidentText(i status.Incident) string {
	lines := []string{s.impact(i.Level).Word + ", " + phase(i.Phase)}
	if len(i.Components) > 0 {
		lines = append(lines, s.say("provider.part", "components", strings.Join(i.Components, ", ")))
	}
	for _, u := range i.Updates {
		lines = append(lines, strings.TrimSpace(moment(u.At).Text+" "+phase(u.Phase))+": "+u.Text)
	}
	return strings.Join(lines, "\n\n")
}
