package platform

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"faultbook/internal/status"
)

// feedItem is one item of a feed. What is going on with it is said, in this
// order, by its text and its categories, which platforms write, and only where
// these are silent by its title, which people write once and leave so.
type feedItem struct {
	id      string // of the incident it tells of; "" when it has none
	thread  string // what other items of the same incident share beside or instead; "" when nothing
	part    string // what is the same in all items of this id that tell of the same one after the other
	link    string
	title   feedTitle
	at      time.Time // when it was written last
	state   feedState
	word    string // what says so
	planned bool   // it is announced work
	impact  string
	level   status.Level
	touched []string
	story   feedStory
	named   bool // it names what the source asks for
}

// readItems reads the items of a feed, and notes which name one of the phrases.
func readItems(wire *gofeed.Feed, phrases []string) []feedItem {
	marksEnd := slices.ContainsFunc(wire.Items, func(i *gofeed.Item) bool {
		return slices.ContainsFunc(i.Categories, func(c string) bool { return feedStateOf(c) == feedClosed })
	})
	var items []feedItem
	for _, i := range wire.Items {
		item := readItem(i, phrases)
		if item.state == feedUnsaid && !item.story.told && marksEnd && item.impact != "" && item.title.state == feedUnsaid {
			item.state = feedOpen // xAI gives ended items the category "resolved" and others none
		}
		item.identify(i, wire.Link)
		items = append(items, item)
	}
	return items
}

func readItem(wire *gofeed.Item, phrases []string) feedItem {
	item := feedItem{title: readTitle(line(fromHTML(wire.Title))), link: link(wire.Link), at: feedTime(wire.Updated)}
	if at := feedTime(wire.Published); at.After(item.at) {
		item.at = at
	}
	var lines []string
	item.story, lines = readFeedText(wire.Content, item.at)
	if !item.story.told && wire.Description != "" {
		item.story, lines = readFeedText(wire.Description, item.at)
	}
	item.named = len(phrases) == 0 || namesOne(phrases, slices.Concat([]string{item.title.whole}, wire.Categories, lines))
	category := item.readCategories(wire.Categories)
	item.state, item.word = item.settle(category)
	item.planned = item.planned || category.state == feedAnnounced
	item.weigh()
	item.plan()
	if item.title.part != "" {
		item.touched = append([]string{item.title.part}, item.touched...)
	}
	return item
}

// readCategories notes severity and components, and gives the state that a
// category says, with its word.
func (i *feedItem) readCategories(categories []string) feedTitle {
	said := feedTitle{}
	for _, c := range categories {
		level := feedSeverity(c)
		switch {
		case said.say(c):
		case level == status.Maintenance:
			i.planned = true
		case level != status.Unknown:
			if i.impact == "" || level > i.level {
				i.impact, i.level = line(c), level
			}
		case line(c) != "":
			i.touched = append(i.touched, line(c))
		}
	}
	return said
}

// settle is the state of the item. Where text and categories contradict each
// other, the worse is believed.
func (i *feedItem) settle(category feedTitle) (feedState, string) {
	s := i.story
	switch {
	case s.told && category.state > max(s.state, feedAnnounced): // "scheduled" tells only what kind of thing it is
		return category.state, category.word
	case s.told:
		return s.state, s.word
	case category.state != feedUnsaid:
		return category.state, category.word
	default:
		return i.title.state, i.title.word
	}
}

// weigh finds the severity, where no category says one.
func (i *feedItem) weigh() {
	switch level := feedSeverity(i.title.word); {
	case i.impact != "":
	case i.story.severity != "":
		i.impact, i.level = line(i.story.severity), feedSeverity(i.story.severity)
	case i.story.worst != status.Unknown:
		i.impact, i.level = i.story.worstWord, i.story.worst
	case level != status.Unknown:
		i.impact, i.level = line(i.title.word), level
	default:
		i.impact, i.level = severityIn(i.title.whole)
	}
	if i.level == status.Maintenance {
		i.planned, i.level, i.impact = true, status.Degraded, ""
	}
	i.touched = append(i.touched, i.story.touched...)
}

// plan tells announced work from incidents. Both may say that they are in
// progress, so work has to say that it is work; what calls itself work and is
// being investigated is an incident.
func (i *feedItem) plan() {
	i.planned = i.planned || i.story.planned || i.state == feedAnnounced
	if i.state == feedUnderway || feedWord(i.word) == "completed" {
		text := strings.ToLower(i.title.whole + "\n" + i.story.newest())
		i.planned = i.planned || saysPhrase(text, "maintenance")
	}
	switch {
	case i.state == feedUnderway && !i.planned:
		i.state = feedOpen
	case i.state == feedOpen && i.planned && feedWord(i.word) == "update":
		i.state = feedAnnounced
		if slices.ContainsFunc(i.story.updates, func(u status.Update) bool { return feedStateOf(u.Phase) == feedUnderway }) {
			i.state = feedUnderway
		}
	case i.state == feedOpen:
		i.planned = false
	}
}

// speaks tells whether the item says its state in a word that is listed.
func (i feedItem) speaks() bool {
	return i.state != feedUnsaid || isNotice(i.title.first)
}

// awsID is what AWS identifies a message by: service, region, and its second.
var awsID = regexp.MustCompile(`^(.*#.+)_[0-9]{9,11}$`)

// identify finds out which incident the item tells of. Better Stack has an item
// for each update and counts them behind "#", after the address of the
// incident; for what a monitor saw it has the page's address there, and what
// follows is the id. AWS has an item for each update, each with an id of its
// own. Items whose own text says no state may be one of several that have
// nothing in common but address and topic, as Google's.
func (i *feedItem) identify(wire *gofeed.Item, home string) {
	id := strings.TrimSpace(wire.GUID)
	if before, after, found := strings.Cut(id, "#"); found && !isFeedHome(before, home) && !strings.Contains(after, "/") {
		id = before
	}
	own := ""
	if !isFeedHome(wire.Link, home) {
		own = strings.TrimSpace(wire.Link)
	}
	switch {
	case id == "" || isFeedHome(id, home):
		id = own
	case awsID.MatchString(id) && !i.at.IsZero():
		i.thread = awsID.FindStringSubmatch(id)[1] + "\n" + i.title.part + "\n" + i.title.topic
	}
	if own != "" && !i.story.told && !i.at.IsZero() && i.thread == "" {
		i.thread = own + "\n" + i.title.part + "\n" + i.title.topic
	}
	i.id = word(text(id))
	i.part = i.link + "\n" + i.title.part + "\n" + i.title.topic
}

// isFeedHome tells whether address is that of the page itself, which is shared by
// all its items and so identifies none.
func isFeedHome(address, home string) bool {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address == ""
	}
	if u.Fragment != "" || u.RawQuery != "" {
		return false
	}
	return strings.Trim(u.Path, "/") == "" || strings.TrimRight(address, "/") == strings.TrimRight(strings.TrimSpace(home), "/")
}

// namesOne tells whether the lines name one of the phrases.
func namesOne(phrases, lines []string) bool {
	text := strings.ToLower(strings.Join(lines, "\n"))
	return slices.ContainsFunc(phrases, func(phrase string) bool { return saysPhrase(text, phrase) })
}

// saysPhrase tells whether text holds phrase as whole words, both in lower
// case.
func saysPhrase(text, phrase string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], phrase)
		if at < 0 {
			return false
		}
		at += from
		from = at + len(phrase)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[from:])
		if !isWordRune(before) && !isWordRune(after) {
			return true
		}
	}
}

// isWordRune tells whether r next to a phrase makes it part of a longer word.
// These scripts write words without blanks between them.
func isWordRune(r rune) bool {
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
