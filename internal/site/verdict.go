package site

import (
	"encoding/json"
	"time"

	"faultbook/internal/status"
	"faultbook/internal/verdict"
)

// Verdict is a verdict in words.
type Verdict struct {
	State     State
	Rule      string
	Answer    string
	Sentence  string
	Advice    string
	Checked   Time   // zero: never checked
	Until     string // RFC 3339; empty: nothing to expire
	Now       string // address that the script asks for newer truth
	StatusURL string
	View      string // "View OpenAI API status"
	Say       HTML   // JSON for the script: the rows of the table that could apply later
	Changed   Time   // zero: never checked
	Probe     string // what the API itself said, where it matters; may be empty
	Heard     string // RFC 3339: until when Probe may be believed
	Front     []Pair // the verdict in the front matter of a twin
	Markdown  string // the verdict in the text of a twin
}

// Time is a moment as a page shows it.
type Time struct {
	Text string // Jun 6, 2026, 5:34 AM UTC
	ISO  string // 2026-06-06T05:34:00Z
}

const (
	timeForm = "Jan 2, 2006, 3:04 PM UTC"
	dateForm = "Jan 2, 2006"
)

func moment(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	t = t.UTC()
	return Time{Text: t.Format(timeForm), ISO: t.Format(time.RFC3339)}
}

func day(t time.Time) Time {
	return Time{Text: t.UTC().Format(dateForm), ISO: t.UTC().Format(time.DateOnly)}
}

func (s *Site) verdict(p *provider, v verdict.Verdict) *Verdict {
	out := &Verdict{
		State: s.state(v.Level), Rule: v.Rule(), Checked: moment(v.CheckedAt),
		StatusURL: p.Source.URL, View: s.say("entry.view", "provider", p.Name),
		Changed: moment(v.ChangedAt),
	}
	out.Answer, out.Sentence, out.Advice = s.row(p, v)
	if !v.ValidUntil.IsZero() {
		out.Until = v.ValidUntil.Format(time.RFC3339)
		out.Now = s.nowAddress(p)
		out.Say = s.rows(p, v)
	}
	if v.Signal != "" {
		out.Probe = s.say("probe."+verdict.Note(v.State, v.Signal), "provider", p.Name, "probed", moment(v.ProbedAt).Text)
		out.Heard = v.ProbedAt.Add(s.freshness.ValidFor).Format(time.RFC3339)
	}
	out.Front = out.front(v)
	out.Markdown = out.markdown(s.say("entry.updated"))
	return out
}

// row fills the sentences of the row that applies.
func (s *Site) row(p *provider, v verdict.Verdict) (answer, sentence, advice string) {
	values := []string{"provider", p.Name, "checked", moment(v.CheckedAt).Text, "last", s.say("level." + v.Last.String())}
	key := "verdict." + v.Rule()
	return s.say(key+".answer", values...), s.say(key+".sentence", values...), s.say(key+".advice", values...)
}

// nowAddress is where newer truth about a provider may be: beside the site
// when the operator keeps it fresh between deploys, else in the last deploy.
func (s *Site) nowAddress(p *provider) string {
	if s.Book.Site.LiveURL != "" {
		return s.file("live", "now", p.Slug+".json")
	}
	return s.file("api", "v1", "now", p.Slug+".json")
}

// rows are the rows of the table that the script may need once the verdict has
// expired, already in words: the same judge speaks on the page and in the
// browser. {checked} and {last} stay open, because only the browser will know.
func (s *Site) rows(p *provider, v verdict.Verdict) HTML {
	type row [4]string // mood, answer, sentence, advice
	rows := map[string]row{}
	for _, state := range verdict.States()[:7] {
		key := "verdict." + verdict.Rule(v.Nature, state)
		fill := func(part string) string { return s.say(key+"."+part, "provider", p.Name) }
		rows[string(state)] = row{s.stateOf(state).Mood, fill("answer"), fill("sentence"), fill("advice")}
	}
	last := map[string]string{}
	for _, level := range status.Levels() {
		last[level.String()] = s.say("level." + level.String())
	}
	probe := map[string]string{}
	if p.Probe.URL != "" {
		for _, signal := range verdict.Signals() {
			for _, state := range []verdict.State{verdict.Operational, verdict.Unclear} {
				note := verdict.Note(state, signal)
				probe[note] = s.say("probe."+note, "provider", p.Name)
			}
		}
	}
	data, err := json.Marshal(struct {
		Rows  map[string]row    `json:"rows"`
		Words map[string]string `json:"words"`
		Last  string            `json:"last"`
		Ago   string            `json:"ago"`
		Probe map[string]string `json:"probe,omitempty"`
	}{rows, last, v.Last.String(), s.say("script.ago"), probe})
	if err != nil {
		panic("strings cannot be written as JSON: " + err.Error())
	}
	return HTML(data)
}
