package platform

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"faultbook/internal/status"
)

// feed is any RSS or Atom feed of incidents (https://www.rssboard.org/rss-specification,
// https://www.rfc-editor.org/rfc/rfc4287), asked at the source's own address:
// status.x.ai/feed.xml, the history feeds of Statuspage, incident.io and
// Instatus, Better Stack's /feed, the feeds of AWS, Oracle and Google. No such
// format says that all is well, so green rests on what a feed does not say: it
// has no item that is open. What tells the state of an item is in feeditem.go
// and feedword.go. Samples of xAI, AWS, Azure and Statuspage were at hand as
// recordings; the others follow what public tests of feed readers quote.
//
// A feed is a history, and an item whose state nobody can read stays in it for
// years. Such an item is open and of unknown level while it may still be news;
// it is history, and no longer counted, once the feed has gone on for
// unreadAge beyond it, because incidents that nobody writes about for so long
// are over, and anything else would be unknown for ever. How far the feed has
// gone on is told by its own dates, see feedLatest. That holds only for a feed
// that says some state in a word that is listed: in one that never does, a
// blog or a page in another language, no age makes an item readable. An item
// that says it is open is open however old it is.
func feed() Platform {
	return Platform{
		Name: "feed",
		Keys: []Key{{Name: "match", About: `only items that name one of these phrases in title, categories or text count, such as "(api.x.ai), Voice"`}},
		Paths: func(status.Source) []Path {
			return []Path{{Name: feedFile}}
		},
		Parse: parseFeed,
	}
}

const feedFile = "feed"

// unreadAge is for how long an item whose state cannot be read may still be
// going on. Updates of open incidents come days apart at most, with few
// exceptions; a month leaves room for them.
const unreadAge = 30 * 24 * time.Hour

// noOpenItem is the one green word. It is ours: a feed has none of its own for
// the absence of items.
const noOpenItem = "no open item"

// noItemState is said of items that leave out whether they are over.
const noItemState = "an item without a state"

func parseFeed(source status.Source, files map[string][]byte) (status.Report, error) {
	wire, err := decodeFeed(files[feedFile])
	if err != nil {
		return status.Report{}, err
	}
	items := readItems(wire, feedPhrases(source.Filter["match"]))
	age := feedAge{settled: feedLatest(wire, items).Add(-unreadAge), speaks: slices.ContainsFunc(items, feedItem.speaks)}
	report := status.Report{Page: line(fromHTML(wire.Title)), PageUpdated: feedBuilt(wire, items)}
	whole := status.Indicator{Word: noOpenItem, Level: status.Operational}
	for _, e := range sortEvents(items) {
		incident := e.incident()
		switch state := e.state(); {
		case state == feedClosed || state == feedUnsaid && age.over(e):
			report.Past = append(report.Past, incident)
			continue
		case state == feedAnnounced:
			report.Maintenance = append(report.Maintenance, incident)
			continue
		case state == feedUnderway:
			report.Maintenance = append(report.Maintenance, incident)
		default:
			report.Incidents = append(report.Incidents, incident)
		}
		if worst := status.Worse(whole.Level, incident.Level); !incident.Elsewhere && worst != whole.Level {
			whole = status.Indicator{Word: cmp.Or(incident.Impact, incident.Phase, noItemState), Level: worst}
		}
	}
	slices.SortStableFunc(report.Incidents, feedNewestFirst)
	slices.SortStableFunc(report.Past, feedNewestFirst)
	slices.SortStableFunc(report.Maintenance, func(a, b status.Incident) int { return a.Started.Compare(b.Started) })
	report.Indicator = whole
	report.Components = []status.Component{{Name: report.Page, Word: whole.Word, Level: whole.Level}}
	return report, nil
}

func feedNewestFirst(a, b status.Incident) int {
	return cmp.Or(b.Started, b.Updated).Compare(cmp.Or(a.Started, a.Updated))
}

// feedAge tells which items without a state are history.
type feedAge struct {
	settled time.Time // what is dated before is too old to be going on still
	speaks  bool      // some item says its state in a listed word
}

func (a feedAge) over(e feedEvent) bool {
	undated := e.items[0].at.IsZero()
	return a.speaks && !undated && e.at().Before(a.settled)
}

// feedLatest is how far the feed has certainly gone on: the newest date of an item
// whose state can be read, or the day it was built. Announced work is dated
// with its beginning, which may be months ahead.
func feedLatest(wire *gofeed.Feed, items []feedItem) time.Time {
	newest := feedBuilt(wire, items)
	for _, i := range items {
		if (i.state == feedClosed || i.state == feedOpen) && !i.planned && i.at.After(newest) {
			newest = i.at
		}
	}
	return newest
}

// feedBuilt is when the feed says it was made. Many repeat the date of their newest
// item there, which says nothing of the feed.
func feedBuilt(wire *gofeed.Feed, items []feedItem) time.Time {
	at := feedTime(wire.Updated)
	if published := feedTime(wire.Published); published.After(at) {
		at = published
	}
	for _, i := range items {
		if !at.After(i.at) {
			return time.Time{}
		}
	}
	return at
}

// feedPhrases are the values of a comma-separated list.
func feedPhrases(list string) []string {
	var wanted []string
	for phrase := range strings.SplitSeq(list, ",") {
		if phrase = strings.ToLower(strings.Join(strings.Fields(phrase), " ")); phrase != "" {
			wanted = append(wanted, phrase)
		}
	}
	return wanted
}

// feedMax is how long a feed may be. gofeed and the texts taken from it need ten
// times as much; the longest honest ones seen have some 120 KB.
const feedMax = 2 << 20

// decodeFeed reads a feed that countXML has let through. gofeed is lenient: it
// leaves out what it does not understand, so what it gives is compared with
// what was there.
func decodeFeed(body []byte) (*gofeed.Feed, error) {
	if len(body) > feedMax {
		return nil, fmt.Errorf("a feed of %d bytes; at most %d are read", len(body), feedMax)
	}
	if err := countXML(body); err != nil {
		return nil, err
	}
	body, err := xmlInUTF8(body)
	if err != nil {
		return nil, err
	}
	count, err := countItems(body)
	if err != nil {
		return nil, err
	}
	parser := gofeed.NewParser()
	// gofeed would look for pictures in every text, at the price of an HTML tree.
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	wire, err := parser.Parse(bytes.NewReader(body))
	switch {
	case err != nil:
		return nil, fmt.Errorf("not a feed: %w", err)
	case line(wire.Title) == "":
		return nil, errors.New("not the shape of a feed: no title")
	case len(wire.Items) != count:
		return nil, fmt.Errorf("%d items in the feed, of which %d can be read", count, len(wire.Items))
	}
	return wire, nil
}

// countItems counts the items of a feed, wherever they stand and whatever
// namespace they are in.
func countItems(body []byte) (int, error) {
	dec, count, depth, inside, asides := newXML(body), 0, 0, 0, 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return count, nil
		}
		if err != nil {
			return 0, fmt.Errorf("not XML: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := feedElement(token, depth); err != nil {
				return 0, err
			}
			depth++
			if name := strings.ToLower(token.Name.Local); inside == 0 && (name == "item" || name == "entry") {
				count, inside = count+1, depth
			}
		case xml.EndElement:
			if depth == inside {
				inside = 0
			}
			depth--
		case xml.Comment, xml.ProcInst:
			// Each becomes a node of the HTML tree that gofeed makes of Atom's HTML.
			if asides++; asides > maxItems {
				return 0, fmt.Errorf("more than %d comments", maxItems)
			}
		}
	}
}

// feedElement refuses what is no feed, and what costs gofeed too much: with an
// xml:base it makes an HTML tree of every text, at many times its size.
func feedElement(element xml.StartElement, depth int) error {
	name := strings.ToLower(element.Name.Local)
	if depth == 0 && name != "rss" && name != "rdf" && name != "feed" {
		return fmt.Errorf("not a feed: it begins with <%.40s>", element.Name.Local)
	}
	for _, a := range element.Attr {
		if a.Name.Local == "base" && a.Name.Space != "" {
			return errors.New("the feed uses xml:base, which is not read")
		}
	}
	return nil
}
