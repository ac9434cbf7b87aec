package platform

import (
	"strings"

	"faultbook/internal/status"
)

// feedState is how far the thing is that an item tells of.
type feedState int

// The states, by what counts where a title says several.
const (
	feedUnsaid    feedState = iota // nothing says, or a word that is not listed
	feedClosed                     // over
	feedAnnounced                  // work that has not begun
	feedUnderway                   // in progress or verifying, as announced work says of itself
	feedOpen
)

// feedStateOf translates the words that status pages use for the state of an
// incident or a window. A word that is not listed says nothing, and so does
// every other language.
func feedStateOf(word string) feedState {
	switch feedWord(word) {
	case "resolved", "completed", "complete", "closed", "postmortem", "post mortem", "fixed", "solved", "recovered",
		"restored", "service restored", "back to normal", "operating normally", "service is operating normally",
		"canceled", "cancelled", "maintenance completed", "maintenance complete":
		return feedClosed
	case "scheduled", "planned", "upcoming", "announced", "not started yet", "notstartedyet", "scheduled maintenance",
		"planned maintenance", "upcoming maintenance", "maintenance scheduled":
		return feedAnnounced
	case "in progress", "inprogress", "verifying", "maintenance in progress":
		return feedUnderway
	case "investigating", "identified", "monitoring", "watching", "observing", "update", "open", "ongoing", "active",
		"acknowledged", "confirmed", "under investigation", "mitigating", "mitigated", "recovering", "partially resolved",
		"reopened", "unresolved", "new",
		"service degradation", "service disruption", "service issue", "performance issues", // of AWS
		"down", "went down", "is down": // of monitors
		return feedOpen
	}
	return feedUnsaid
}

// isNotice tells whether word is what AWS begins a message with that says
// nothing of a state: some of them tell that it is over, in prose.
func isNotice(word string) bool { return feedWord(word) == "informational message" }

// feedWord is word in lower case, its parts apart by one blank.
func feedWord(word string) string {
	if len(word) > 60 { // no listed one has half of it
		return ""
	}
	word = strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return ' '
		}
		return r
	}, strings.ToLower(word))
	return strings.Trim(strings.Join(strings.Fields(word), " "), ".:!")
}

// feedSeverity translates what feeds write behind "Severity:" or "Impact:", into a
// category, and behind the name of a component.
func feedSeverity(word string) status.Level {
	switch feedWord(word) {
	case "maintenance", "under maintenance":
		return status.Maintenance
	case "degraded", "degraded performance", "degradation", "performance issues", "minor", "low", "none", "notice",
		"informational", "available": // of an open item, which is none of the harmless things that the last ones say
		return status.Degraded
	case "disruption", "service disruption", "partial", "partial outage", "minor outage", "major", "high":
		return status.PartialOutage
	case "outage", "major outage", "full outage", "complete outage", "service outage", "down", "downtime", "critical":
		return status.MajorOutage
	}
	return status.Unknown
}

// severityIn is the severest word of a title, and what it means: degraded where
// there is none. "Major" and "critical" may be said there of anything, and
// "disruption" is what GitHub calls an incident before it knows more.
func severityIn(title string) (string, status.Level) {
	title = strings.ToLower(title)
	for _, known := range []struct {
		words string
		level status.Level
	}{
		{"major outage, full outage, complete outage, went down, is down, are down", status.MajorOutage},
		{"partial outage, partially unavailable, partially down", status.PartialOutage},
		{"outage, outages, unavailable, unreachable", status.MajorOutage},
		{"degraded, degradation", status.Degraded},
	} {
		for _, word := range feedPhrases(known.words) {
			if saysPhrase(title, word) {
				return word, known.level
			}
		}
	}
	return "", status.Degraded
}

// feedTitle is what a title says beside the thing itself.
type feedTitle struct {
	whole string    // all of it
	topic string    // what is left without the following
	part  string    // the component in brackets that xAI begins with
	state feedState // of the words in brackets, before a colon, at the end; the worst of them
	word  string    // the one that says it
	first string    // the listed words before the topic, as AWS has them
	back  bool      // it ends in "recovered", which is said only after "went down"
}

// readTitle takes a title apart.
func readTitle(title string) feedTitle {
	t := feedTitle{whole: title, topic: title}
	t.brackets()
	for t.prefix() {
	}
	t.suffix()
	t.topic = strings.Join(strings.Fields(t.topic), " ")
	return t
}

// say notes a word, and tells whether it is one of state.
func (t *feedTitle) say(word string) bool {
	state := feedStateOf(word)
	if state > t.state {
		t.state, t.word = state, strings.TrimSpace(word)
	}
	return state != feedUnsaid
}

// brackets takes "[Resolved]" out, wherever it stands, and "[Global API]" from
// the beginning.
func (t *feedTitle) brackets() {
	var kept strings.Builder
	for rest := t.topic; ; {
		before, after, found := strings.Cut(rest, "[")
		inside, behind, ended := strings.Cut(after, "]")
		kept.WriteString(before)
		if !found || !ended {
			kept.WriteString(rest[len(before):])
			break
		}
		switch {
		case t.say(inside):
		case strings.TrimSpace(kept.String()) == "" && t.part == "":
			t.part = line(inside)
		default:
			kept.WriteString("[" + inside + "]")
		}
		rest = behind
	}
	t.topic = kept.String()
}

// prefix takes "Resolved: " and the like off.
func (t *feedTitle) prefix() bool {
	at, length := firstMark(t.topic)
	if at < 0 {
		return false
	}
	word := strings.TrimSpace(t.topic[:at])
	if !isNotice(word) && !t.say(word) {
		return false
	}
	t.first = strings.TrimSpace(t.first + " " + word)
	t.topic = t.topic[at+length:]
	return true
}

// suffix takes " - Resolved", "(Resolved)" and what monitors say off.
func (t *feedTitle) suffix() {
	t.topic = strings.TrimSpace(t.topic)
	if before, inside, ok := cutLast(t.topic, "("); ok && strings.HasSuffix(inside, ")") && t.say(strings.TrimSuffix(inside, ")")) {
		t.topic = before
		return
	}
	for _, mark := range titleMarks() {
		if before, word, ok := cutLast(t.topic, mark); ok && t.say(word) {
			t.topic = before
			return
		}
	}
	for _, verb := range []string{"went down", "is down"} {
		if before, ok := strings.CutSuffix(t.topic, " "+verb); ok {
			t.say(verb)
			t.topic = before
			return
		}
	}
	if before, ok := strings.CutSuffix(t.topic, " recovered"); ok {
		t.topic, t.back = before, true
	}
}

// titleMarks are what stands between a word of state and the rest of a title.
func titleMarks() []string { return []string{": ", " - ", " – ", " — ", " | "} }

// firstMark is where the first of them is, and how long; -1 when none is.
func firstMark(s string) (at, length int) {
	at = -1
	for _, mark := range titleMarks() {
		if i := strings.Index(s, mark); i >= 0 && (at < 0 || i < at) {
			at, length = i, len(mark)
		}
	}
	return at, length
}

func cutLast(s, mark string) (before, after string, found bool) {
	i := strings.LastIndex(s, mark)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(mark):], true
}
