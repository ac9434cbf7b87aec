package site

import (
	"slices"
	"strconv"
	"time"

	"faultbook/internal/status"
)

// historyDays is how far back a provider's page looks.
const historyDays = status.DaysMax

// History is what was read of a provider day by day.
type History struct {
	Summary string
	Strip   []StripDay // oldest first
	Runs    []Run      // newest first
	Changes []LevelChange
	Past    []Incident // newest first
}

// StripDay is one day as a bar: the higher, the worse. A day without a reading
// is a gap, drawn as one.
type StripDay struct {
	X      int
	Y      int
	Height int
	Mood   string // as of a State; "gap" without a reading
}

// Run is days in a row that say the same.
type Run struct {
	From, To Time // the same where it is one day
	Mood     string
	Word     string
}

// LevelChange is one change of level.
type LevelChange struct {
	At       Time
	From, To string // in words: what was once so does not expire
}

// The measures of the strip, in units of its drawing.
const (
	stripStep   = 8
	stripHeight = 32
)

// daySays is what one day of a history says, as a key of the words.
func daySays(d status.Day, first string) (says string, level status.Level) {
	switch {
	case d.Date < first:
		return "history.before", status.Unknown
	case d.Read == 0:
		return "history.gap", status.Unknown
	case d.Level == status.Unknown:
		return "history.unclear", status.Unknown
	}
	return "level." + d.Level.String(), d.Level
}

// history is the history of a provider up to the day of Now, or nil where no
// reading was ever tried.
func (s *Site) history(p *provider) *History {
	if len(p.record.Days)+len(p.record.Past)+len(p.record.Changes) == 0 {
		return nil
	}
	byDate := map[string]status.Day{}
	for _, d := range p.record.Days {
		byDate[d.Date] = d
	}
	first := s.Now.UTC().AddDate(0, 0, 1).Format(time.DateOnly)
	if n := len(p.record.Days); n > 0 {
		first = p.record.Days[n-1].Date
	}
	h := &History{}
	count := map[string]int{}
	last := ""
	for n := range historyDays {
		at := s.Now.UTC().AddDate(0, 0, n-historyDays+1)
		d := byDate[at.Format(time.DateOnly)]
		d.Date = at.Format(time.DateOnly)
		says, level := daySays(d, first)
		count[says]++
		h.Strip = append(h.Strip, stripDay(n, says, level))
		if says == last {
			h.Runs[len(h.Runs)-1].To = day(at)
			continue
		}
		last = says
		h.Runs = append(h.Runs, Run{From: day(at), To: day(at), Mood: h.Strip[n].Mood, Word: s.say(says)})
	}
	slices.Reverse(h.Runs)
	h.Summary = s.historySummary(count)
	s.addEvents(h, p.record)
	return h
}

func stripDay(n int, says string, level status.Level) StripDay {
	d := StripDay{X: n * stripStep, Mood: mood(level)}
	switch {
	case says == "history.before" || says == "history.gap":
		d.Mood, d.Height = "gap", 4
	case level == status.Unknown, level == status.Degraded:
		d.Height = 18
	case level == status.Operational:
		d.Height = 10
	case level == status.Maintenance:
		d.Height = 14
	case level == status.PartialOutage:
		d.Height = 25
	default:
		d.Height = stripHeight
	}
	d.Y = stripHeight - d.Height
	return d
}

// historySummary counts days, and forms no share of good ones: a gap is neither
// good nor bad.
func (s *Site) historySummary(count map[string]int) string {
	read := 0
	list := ""
	for _, level := range append(slices.Clone(status.Levels()[1:]), status.Unknown) {
		key := "level." + level.String()
		if level == status.Unknown {
			key = "history.unclear"
		}
		if n := count[key]; n > 0 {
			read += n
			if list != "" {
				list += ", "
			}
			list += s.say("history.count", "count", strconv.Itoa(n), "word", s.say(key))
		}
	}
	if read == 0 {
		return s.say("history.none", "days", strconv.Itoa(historyDays))
	}
	return s.say("history.summary", "days", strconv.Itoa(historyDays), "read", strconv.Itoa(read), "list", list, "gaps", strconv.Itoa(historyDays-read))
}

// changesShown is how many changes of level a page lists.
const changesShown = 20

// addEvents adds the changes and past incidents of the days shown.
func (s *Site) addEvents(h *History, r status.Record) {
	begin := s.Now.UTC().AddDate(0, 0, -historyDays)
	for _, c := range r.Changes {
		if c.At.After(begin) && len(h.Changes) < changesShown {
			h.Changes = append(h.Changes, LevelChange{moment(c.At), s.state(c.From).Word, s.state(c.To).Word})
		}
	}
	var past []status.Incident
	for _, i := range r.Past {
		if i.Started.After(begin) || i.Ended.After(begin) {
			i.Updates = nil // the link leads to what was told
			past = append(past, i)
		}
	}
	h.Past = s.incidents(past)
}
