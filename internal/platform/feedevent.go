package platform

import (
	"cmp"
	"slices"
	"time"

	"faultbook/internal/status"
)

// feedEvent is an incident or a window, and the items that tell of it: one on
// most platforms, one for each component on xAI, one for each update on Better
// Stack and AWS.
type feedEvent struct {
	id        string
	items     []feedItem // oldest first
	elsewhere bool
}

// sortEvents puts the items together that tell of the same, oldest first. Of an
// incident that touches several components only the items count that name one
// of the phrases; one without such an item is elsewhere.
func sortEvents(items []feedItem) []feedEvent {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b feedItem) int { return a.at.Compare(b.at) })
	var events []feedEvent
	byID, byThread := map[string]int{}, map[string]int{}
	for _, i := range items {
		n, ok := byID[i.id]
		if ok = ok && i.id != ""; !ok && i.thread != "" {
			// The same topic after its end is the next incident.
			n, ok = byThread[i.thread]
			ok = ok && events[n].last().state != feedClosed
		}
		if !ok {
			n = len(events)
			events = append(events, feedEvent{id: i.id})
		}
		events[n].items = append(events[n].items, i)
		byID[i.id], byThread[i.thread] = n, n
	}
	for n := range events {
		events[n].choose()
	}
	return events
}

// choose keeps the parts that name one of the phrases, if any does.
func (e *feedEvent) choose() {
	named := map[string]bool{}
	for _, i := range e.items {
		if i.named {
			named[i.part] = true
		}
	}
	if len(named) == 0 {
		e.elsewhere = true
		return
	}
	e.items = slices.DeleteFunc(e.items, func(i feedItem) bool { return !named[i.part] })
}

// newest are the newest items of each part; one without a date may be.
func (e feedEvent) newest() []feedItem {
	at := map[string]time.Time{}
	for _, i := range e.items {
		if key := i.part; i.at.After(at[key]) {
			at[key] = i.at
		}
	}
	var newest []feedItem
	for _, i := range e.items {
		if i.at.IsZero() || i.at.Equal(at[i.part]) {
			newest = append(newest, e.answered(i))
		}
	}
	return newest
}

// answered is the item, over if it says "API recovered" after "API went down".
// Nobody knows what recovered without that, and how much of it.
func (e feedEvent) answered(i feedItem) feedItem {
	wentDown := func(before feedItem) bool {
		return before.part == i.part && before.title.state == feedOpen && before.at.Before(i.at)
	}
	if i.title.back && i.state == feedUnsaid && !i.story.told && slices.ContainsFunc(e.items, wentDown) {
		i.state, i.word = feedClosed, "recovered"
	}
	return i
}

// decisive is the item that the event's state rests on, the worst of the
// newest.
func (e feedEvent) decisive() feedItem {
	return slices.MaxFunc(e.newest(), func(a, b feedItem) int {
		return cmp.Or(cmp.Compare(concern(a.state), concern(b.state)), cmp.Compare(a.level, b.level), a.at.Compare(b.at))
	})
}

func (e feedEvent) state() feedState { return e.decisive().state }

// concern puts states in order of what they mean for a whole of which they are
// said: what cannot be read may hide anything but what is said to be open.
func concern(s feedState) int {
	if s == feedUnsaid {
		return int(feedUnderway)*2 + 1
	}
	return int(s) * 2
}

func (e feedEvent) last() feedItem { return e.items[len(e.items)-1] }

// at is when the event was told of last.
func (e feedEvent) at() time.Time { return e.last().at }

// incident is the event as a report has it.
func (e feedEvent) incident() status.Incident {
	i := e.decisive()
	incident := status.Incident{
		ID: e.id, Title: cmp.Or(i.title.topic, i.title.whole, line(i.story.newest())), Phase: line(i.word), Impact: i.impact, Level: i.level,
		Elsewhere: e.elsewhere, URL: i.link, Started: e.started(i), Updated: e.at(), Updates: e.updates(i),
	}
	for _, u := range incident.Updates {
		if u.At.After(incident.Updated) {
			incident.Updated = u.At
		}
	}
	for _, item := range e.items {
		for _, name := range item.touched {
			if !slices.Contains(incident.Components, name) {
				incident.Components = append(incident.Components, name)
			}
		}
	}
	switch {
	case i.state == feedClosed:
		incident.Ended = endedAt(i)
	case i.planned:
		incident.Ended = i.story.to
	}
	switch {
	case i.state == feedUnsaid: // how severe it was says nothing of how it is
		incident.Impact, incident.Level = "", status.Unknown
	case i.planned:
		incident.Impact, incident.Level = "", status.Maintenance
	}
	return incident
}

// started is when the event began, where that is told: the date of a single
// item is that of its last update on Statuspage, both in RSS and in Atom.
func (e feedEvent) started(i feedItem) time.Time {
	switch first := e.items[0]; {
	case i.planned && (!i.story.from.IsZero() || i.state == feedAnnounced):
		return i.story.from
	case !i.planned && !first.at.IsZero() && first.at.Before(i.story.begun):
		return first.at
	case !i.story.begun.IsZero():
		return i.story.begun
	case first.part == i.part && first.at.Before(i.at):
		return first.at
	}
	return time.Time{}
}

// updates are those of the part that i is of, newest first.
func (e feedEvent) updates(i feedItem) []status.Update {
	var updates []status.Update
	for _, item := range slices.Backward(e.items) {
		if item.part != i.part {
			continue
		}
		own := slices.Clone(item.story.updates)
		if len(own) > 0 && own[0].Phase == "" {
			own[0].Phase = line(item.word)
		}
		updates = append(updates, own...)
	}
	return updates
}

// endedAt is when an item that is over says it was.
func endedAt(i feedItem) time.Time {
	if !i.story.ended.IsZero() {
		return i.story.ended
	}
	for _, u := range i.story.updates {
		if feedStateOf(u.Phase) == feedClosed && !u.At.IsZero() {
			return u.At
		}
	}
	return i.at
}
