package platform

import (
	"html"
	"slices"
	"strings"
	"time"

	"faultbook/internal/status"
)

// feedStory is what the text of an item says, where a platform wrote it: HTML, with
// the updates of the incident each under its date, as Statuspage, Instatus and
// xAI have them, or only with how things stand, as incident.io has it.
type feedStory struct {
	told      bool // it has a word where a state belongs
	state     feedState
	word      string // the one in that place, also when it is not listed
	severity  string
	planned   bool
	from, to  time.Time // the window of announced work
	begun     time.Time // the date of the oldest update that says it is going on
	ended     time.Time
	touched   []string
	worst     status.Level // of the components that it lists with their state
	worstWord string
	updates   []status.Update // newest first
}

// newest is the text of the newest update.
func (s feedStory) newest() string {
	if len(s.updates) == 0 {
		return ""
	}
	return s.updates[0].Text
}

// readFeedText reads the text of an item. One that is not to be read says
// something, but nobody knows what.
func readFeedText(content string, at time.Time) (feedStory, []string) {
	lines, ok := feedLines(content)
	if !ok {
		return feedStory{told: true}, nil
	}
	return readFeedStory(lines, at), lines
}

// readFeedStory reads the lines of an item that was written at a time.
func readFeedStory(lines []string, at time.Time) feedStory {
	s := feedStory{}
	lines = s.takeLabels(s.takeComponents(lines), at)
	updates := datedUpdates(lines, at)
	if len(updates) == 0 {
		updates = undatedUpdates(lines, at)
	} else {
		s.begun = begunAt(updates)
	}
	for n, u := range updates {
		s.updates = append(s.updates, u.Update)
		state := feedStateOf(u.Phase)
		s.planned = s.planned || state == feedAnnounced
		if n == 0 && !s.told {
			s.state, s.word, s.told = state, u.Phase, u.Phase != ""
		}
		s.told = s.told || state != feedUnsaid
	}
	if len(updates) > 0 && s.updates[0].Phase == "" {
		s.updates[0].Phase = s.word
	}
	return s
}

// begunAt is the date of the oldest update that neither announces nor ends.
func begunAt(updates []storyUpdate) time.Time {
	for _, u := range slices.Backward(updates) {
		if state := feedStateOf(u.Phase); state != feedAnnounced && state != feedClosed {
			return u.At
		}
	}
	return time.Time{}
}

// feedTextMax is how long a text may be to be read: twice the longest feed seen.
// It is not cut, because the newest update may be the last one.
const feedTextMax = 256 << 10

// feedLines are the lines of a text without its tags. Statuspage keeps dates
// apart by nothing but <var>, Instatus escapes its updates twice.
func feedLines(content string) (lines []string, ok bool) {
	if strings.Contains(content, "&lt;strong&gt;") {
		content = html.UnescapeString(content)
	}
	if len(content) > feedTextMax || len(content) > rawMax && hasScript(content) {
		return nil, false
	}
	content = dropTags(strings.ReplaceAll(content, "<var", " <var"))
	content = strings.Map(harmless, html.UnescapeString(content))
	lines = strings.Split(content, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines, true
}

// hasScript tells whether a text has a script or style, of which dropTags takes
// long to find the end where the text was not cut.
func hasScript(content string) bool {
	for rest := content; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			return false
		}
		for _, name := range []string{"script", "style"} {
			if len(after) >= len(name) && strings.EqualFold(after[:len(name)], name) {
				return true
			}
		}
		rest = after
	}
}

// takeComponents takes out the list that ends the texts of incident.io,
// "- Login (Degraded performance)": how its components are now.
func (s *feedStory) takeComponents(lines []string) []string {
	begin := slices.IndexFunc(lines, func(l string) bool { return strings.EqualFold(strings.TrimSuffix(l, ":"), "affected components") })
	if begin < 0 {
		return lines
	}
	end := begin + 1
	for ; end < len(lines) && (lines[end] == "" || strings.HasPrefix(lines[end], "- ")); end++ {
		name, word, ok := cutLast(strings.TrimPrefix(lines[end], "- "), "(")
		if !ok || !strings.HasSuffix(word, ")") {
			continue
		}
		word = strings.TrimSuffix(word, ")")
		s.touched = append(s.touched, line(name))
		if level := feedSeverity(word); level != status.Unknown && level > s.worst {
			s.worst, s.worstWord = level, line(word)
		}
	}
	return slices.Concat(lines[:begin], lines[end:])
}

// takeLabels reads the lines in front that say something about the item, such
// as "Severity: outage".
func (s *feedStory) takeLabels(lines []string, at time.Time) []string {
	for ; len(lines) > 0; lines = lines[1:] {
		key, value, _ := strings.Cut(lines[0], ":")
		if lines[0] != "" && !s.takeLabel(feedWord(key), strings.TrimSpace(value)) && !s.takeWindow(lines[0], at) {
			return lines
		}
	}
	return nil
}

// takeLabel reads one of them, unless it is an ordinary sentence that begins
// like one.
func (s *feedStory) takeLabel(key, value string) bool {
	switch {
	case len(value) > feedPhaseMax:
		return key == "affected components"
	case key == "status":
		s.state, s.word, s.told = feedStateOf(value), line(value), true
	case key == "severity", key == "impact" && feedSeverity(value) != status.Unknown:
		s.severity = value
	case key == "type":
		s.planned = s.planned || feedSeverity(value) == status.Maintenance
	case key == "resolved":
		s.ended = feedTime(value)
		return !s.ended.IsZero()
	case key == "updates":
		return value == ""
	default:
		return key == "duration" || key == "affected components"
	}
	return true
}

// takeWindow reads what Statuspage has above announced work,
// "THIS IS A SCHEDULED EVENT Apr 7, 13:00 - 18:00 UTC".
func (s *feedStory) takeWindow(l string, at time.Time) bool {
	window, found := strings.CutPrefix(strings.TrimPrefix(l, "THIS IS A "), "SCHEDULED EVENT ")
	if !found {
		return false
	}
	s.planned = true
	from, to, found := strings.Cut(window, " - ")
	fields := strings.Fields(to)
	if !found || len(fields) == 0 {
		return true
	}
	begin, ok := readStamp(from + " " + fields[len(fields)-1])
	if !ok || !begin.zoned || at.IsZero() {
		return true
	}
	s.from = begin.near(at)
	end, ok := readStamp(to)
	if !ok { // only the hour: on the same day
		day := slices.DeleteFunc(strings.Fields(from), func(part string) bool { return strings.Contains(part, ":") })
		end, ok = readStamp(strings.Join(day, " ") + " " + to)
	}
	if ok {
		s.to = end.near(s.from)
	}
	return true
}

// storyUpdate is an update and what puts it in order.
type storyUpdate struct {
	status.Update
	order time.Time
}

// datedUpdates are the updates under lines that hold a date alone, newest first.
// Statuspage and xAI write them so, Instatus the other way round. Where the
// year is left out it is that which brings a date nearest to its neighbour, and
// the first one to the item's own.
func datedUpdates(lines []string, at time.Time) []storyUpdate {
	var updates []storyUpdate
	begin, last := 0, at
	if last.IsZero() {
		last = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // only to have an order
	}
	finish := func(end int) {
		if n := len(updates); n > 0 {
			u := &updates[n-1]
			u.Phase, u.Text = readUpdate(lines[begin:end])
		}
	}
	for i, l := range lines {
		d, ok := readStamp(l)
		if !ok {
			continue
		}
		finish(i)
		last = d.near(last)
		u := storyUpdate{order: last}
		if d.zoned && (d.year != 0 || !at.IsZero()) {
			u.At = last
		}
		updates, begin = append(updates, u), i+1
	}
	finish(len(lines))
	if n := len(updates); n > 1 && updates[n-1].order.After(updates[0].order) {
		slices.Reverse(updates)
	}
	return updates
}

// feedPhaseMax is how long what stands in the place of a state may be to be taken
// for a word.
const feedPhaseMax = 40

// readUpdate reads "Resolved - This incident has been resolved.", or the two
// on lines of their own.
func readUpdate(lines []string) (phase, text string) {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return "", ""
	}
	first, rest := lines[0], strings.Join(lines[1:], "\n")
	if before, ok := strings.CutSuffix(first, " -"); ok && len(before) <= feedPhaseMax {
		return line(before), clean(rest)
	}
	if before, after, ok := strings.Cut(first, " - "); ok && len(before) <= feedPhaseMax {
		return line(before), clean(after + "\n" + rest)
	}
	if feedStateOf(first) != feedUnsaid || len(first) <= feedPhaseMax && strings.TrimSpace(rest) != "" {
		return line(first), clean(rest)
	}
	return "", clean(first + "\n" + rest)
}

// undatedUpdates are the updates of a text without dates, which is one unless it
// begins with a word of state and has more of them; newest first, as far as
// anybody has seen. Their times are not told, but that of the newest may be
// that of the item.
func undatedUpdates(lines []string, at time.Time) []storyUpdate {
	var updates []storyUpdate
	for rest := lines; len(rest) > 0; {
		end := 1
		for end < len(rest) && (len(updates) == 0 && !startsWithState(rest[0]) || !startsWithState(rest[end])) {
			end++
		}
		u := storyUpdate{}
		if startsWithState(rest[0]) {
			u.Phase, u.Text = readUpdate(rest[:end])
		} else {
			u.Text = clean(strings.Join(rest[:end], "\n"))
		}
		if u.Phase != "" || u.Text != "" {
			updates = append(updates, u)
		}
		rest = rest[end:]
	}
	if len(updates) > 0 {
		updates[0].At = at
	}
	return updates
}

// startsWithState tells whether a line is a listed word, or begins with one
// and a dash.
func startsWithState(l string) bool {
	before, _, _ := strings.Cut(l+" ", " - ")
	return feedStateOf(before) != feedUnsaid
}
