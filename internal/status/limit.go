package status

import (
	"strings"
	"time"
	"unicode/utf8"
)

// How much a snapshot holds. What a page says is foreign, so one provider's
// record stays small whatever its page sends: the worst case is about half a
// megabyte, an ordinary one 20 KB.
const (
	PastMax       = 20              // incidents in Record.Past
	ChangesMax    = 50              // changes of level in Record.Changes
	DaysMax       = 90              // days in Record.Days
	BuildsMax     = 400             // builds in Published.Builds: thirteen a day
	ListMax       = 2000            // components of a page, and components of an incident
	IncidentsMax  = 50              // open incidents; likewise windows of maintenance
	UpdatesMax    = 20              // updates of an incident
	TextMax       = 2000            // characters of an update
	NameMax       = 200             // characters of a name, a title, a word, an address or an id
	ReasonMax     = 400             // characters of a reason
	listBytes     = 96 << 10        // text in one list of a record; what comes after is left out
	fileBytes     = 32 << 20        // a snapshot file; 60 providers at their worst
	linkMax       = 1000            // bytes of an address; a longer one is no link
	slugMax       = 64              // characters of a slug
	firstYear     = 2000            // a time before is no statement: status pages did not exist
	lastYear      = 2100            // JSON cannot hold years beyond 9999 at all
	itemBytes     = 16              // what an entry of a list costs besides its text
	pastUpdates   = 5               // updates kept of a past incident
	validatorsMax = 10              // files of one source that are asked again
	skew          = 2 * time.Minute // how far two honest clocks may differ
)

// tidy is the snapshot in the one form that is written: times in UTC and whole
// seconds, valid UTF-8, nothing above its limit, no empty list. Doing it twice
// changes nothing more.
func tidy(s Snapshot) Snapshot {
	providers := make(map[string]Record, len(s.Providers))
	for slug, r := range s.Providers {
		providers[slug] = tidyRecord(r)
	}
	return Snapshot{Version: Version, Sequence: s.Sequence, WrittenAt: tidyTime(s.WrittenAt), Published: tidyPublished(s.Published), Providers: providers}
}

func tidyRecord(r Record) Record {
	r.Reason = Clip(r.Reason, ReasonMax)
	r.Page = Clip(r.Page, NameMax)
	r.Indicator.Word = Clip(r.Indicator.Word, NameMax)
	r.PageUpdated = tidyTime(r.PageUpdated)
	r.Components = tidyList(r.Components, ListMax, tidyComponent)
	r.Incidents = tidyList(r.Incidents, IncidentsMax, tidyIncident)
	r.Maintenance = tidyList(r.Maintenance, IncidentsMax, tidyIncident)
	r.Report.Past = nil
	if pageAddress(r.URL) != nil {
		r.URL = ""
	}
	r.Platform = Clip(r.Platform, NameMax)
	r.CheckedAt, r.ChangedAt = tidyTime(r.CheckedAt), tidyTime(r.ChangedAt)
	r.Past = tidyList(r.Past, PastMax, tidyPast)
	r.Changes = tidyList(r.Changes, ChangesMax, tidyChange)
	r.Days = tidyList(r.Days, DaysMax, func(d Day) (Day, int) { return d, 0 })
	r.Most.Since = tidyTime(r.Most.Since)
	r.Warnings = tidyList(r.Warnings, warningMax, func(w string) (string, int) { return Clip(w, ReasonMax), 0 })
	r.Probe = tidyProbe(r.Probe)
	r.Fetch = tidyOutcome(r.Fetch)
	return r
}

func tidyProbe(p Probe) Probe {
	if pageAddress(p.URL) != nil {
		return Probe{}
	}
	p.Reason, p.At = Clip(p.Reason, ReasonMax), tidyTime(p.At)
	return p
}

func tidyOutcome(o Outcome) Outcome {
	o.Reason, o.Hint = Clip(o.Reason, ReasonMax), Clip(o.Hint, ReasonMax)
	o.At, o.Since = tidyTime(o.At), tidyTime(o.Since)
	if o.Validators != nil {
		v := *o.Validators
		v.Of, v.FullAt = Clip(v.Of, NameMax), tidyTime(v.FullAt)
		v.Files = tidyList(v.Files, validatorsMax, func(f Validator) (Validator, int) {
			f.File, f.ETag, f.Modified = Clip(f.File, NameMax), Clip(f.ETag, NameMax), Clip(f.Modified, NameMax)
			return f, 0
		})
		o.Validators = &v
	}
	return o
}

// tidyList tidies each of at most limit items until listBytes are spent. tidy
// tells what its item costs.
func tidyList[T any](list []T, limit int, tidy func(T) (T, int)) []T {
	var kept []T
	for spent := 0; len(kept) < min(limit, len(list)) && spent < listBytes; {
		item, cost := tidy(list[len(kept)])
		kept = append(kept, item)
		spent += itemBytes + cost
	}
	return kept
}

func tidyComponent(c Component) (Component, int) {
	c.ID, c.Name = Clip(c.ID, NameMax), Clip(c.Name, NameMax)
	c.Group, c.Word = Clip(c.Group, NameMax), Clip(c.Word, NameMax)
	return c, len(c.ID) + len(c.Name) + len(c.Group) + len(c.Word)
}

func tidyIncident(i Incident) (Incident, int) {
	i.ID, i.Title = Clip(i.ID, NameMax), Clip(i.Title, NameMax)
	if !IsLink(i.URL) {
		i.URL = ""
	}
	i.Phase, i.Impact = Clip(i.Phase, NameMax), Clip(i.Impact, NameMax)
	i.Started, i.Updated, i.Ended = tidyTime(i.Started), tidyTime(i.Updated), tidyTime(i.Ended)
	cost := len(i.ID) + len(i.Title) + len(i.URL) + len(i.Phase) + len(i.Impact)
	i.Components = tidyList(i.Components, ListMax, func(name string) (string, int) {
		name = Clip(name, NameMax)
		cost += itemBytes + len(name)
		return name, len(name)
	})
	i.Updates = tidyList(i.Updates, UpdatesMax, func(u Update) (Update, int) {
		u.Phase, u.Text, u.At = Clip(u.Phase, NameMax), Clip(u.Text, TextMax), tidyTime(u.At)
		cost += itemBytes + len(u.Phase) + len(u.Text)
		return u, len(u.Phase) + len(u.Text)
	})
	return i, cost
}

// tidyPast keeps the updates that tell how it ended.
func tidyPast(i Incident) (Incident, int) {
	i.Updates = i.Updates[:min(pastUpdates, len(i.Updates))]
	return tidyIncident(i)
}

func tidyChange(c Change) (Change, int) {
	c.At = tidyTime(c.At)
	return c, 0
}

func tidyTime(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Second)
	if t.Year() < firstYear || t.Year() > lastYear {
		return time.Time{}
	}
	return t
}

// Clip is s as valid UTF-8 of at most limit characters; a cut shows as "…".
func Clip(s string, limit int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	at := 0
	for range limit - 1 {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at] + "…"
}
