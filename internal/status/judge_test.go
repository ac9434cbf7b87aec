package status

import (
	"fmt"
	"strings"
	"testing"
)

// part makes a component that says level.
func part(name string, level Level) Component {
	return Component{ID: "id-" + strings.ToLower(name), Name: name, Word: level.String(), Level: level}
}

// about makes an open incident of that impact, linked to components.
func about(title string, level Level, components ...string) Incident {
	return Incident{ID: title, Title: title, Phase: "investigating", Impact: level.String(), Level: level, Components: components}
}

func indicator(level Level) Indicator { return Indicator{Word: level.String(), Level: level} }

// green is a page of three components that are all operational.
func green(change func(*Report)) Report {
	r := Report{
		Indicator:  indicator(Operational),
		Components: []Component{part("API", Operational), part("Chat", Operational), part("Login", Operational)},
	}
	change(&r)
	return r
}

// manyParts is a page of n components, the first of which is down.
func manyParts(n int) []Component {
	parts := []Component{part("Region 0", MajorOutage)}
	for i := 1; i < n; i++ {
		parts = append(parts, part(fmt.Sprintf("Region %d", i), Operational))
	}
	return parts
}

func TestJudge(t *testing.T) {
	api := []string{"API"}
	tests := []struct {
		name       string
		components []string // configured
		report     Report
		want       Level
		reason     string // part of the reason; empty: there is none
	}{
		{"the page as a whole is green", nil, green(func(r *Report) {}), Operational, ""},
		{"our component is green", api, green(func(r *Report) {}), Operational, ""},

		{"empty component list", nil, Report{Indicator: indicator(Operational)}, Unknown, "component list is empty"},
		{"empty component list with a critical indicator", api, Report{Indicator: indicator(MajorOutage)}, Unknown, "component list is empty"},
		{"nothing was read", nil, Report{}, Unknown, "component list is empty"},

		{"maintenance only, page as a whole", nil, green(func(r *Report) {
			r.Indicator = indicator(Maintenance)
			r.Components[1].Level = Maintenance
			r.Maintenance = []Incident{about("Upgrade", Maintenance, "Chat")}
		}), Maintenance, ""},
		{"maintenance of our component", api, green(func(r *Report) { r.Components[0].Level = Maintenance }), Maintenance, ""},
		{"maintenance of another component", api, green(func(r *Report) {
			r.Indicator = indicator(Maintenance)
			r.Components[1].Level = Maintenance
		}), Operational, ""},
		{"maintenance beside a partial outage", nil, green(func(r *Report) {
			r.Components[0].Level = Maintenance
			r.Components[1].Level = PartialOutage
		}), PartialOutage, ""},
		{"a window that has not begun", api, green(func(r *Report) {
			r.Maintenance = []Incident{about("API upgrade", Maintenance, "API")}
		}), Operational, ""},

		{"1 of 63 components down, page as a whole", nil, Report{Indicator: indicator(Operational), Components: manyParts(63)}, MajorOutage, ""},
		{"1 of 63 components down, another is ours", []string{"Region 7"}, Report{Indicator: indicator(Degraded), Components: manyParts(63)}, Operational, ""},
		{"1 of 63 components down and it is ours", []string{"Region 0"}, Report{Indicator: indicator(Degraded), Components: manyParts(63)}, MajorOutage, ""},
		{"the worst of two of ours", []string{"API", "Login"}, green(func(r *Report) { r.Components[2].Level = PartialOutage }), PartialOutage, ""},
		{"component outage without any incident", api, green(func(r *Report) { r.Components[0].Level = PartialOutage }), PartialOutage, ""},

		{"incident resolved but component still degraded", api, green(func(r *Report) {
			r.Components[0].Level = Degraded
			r.Past = []Incident{about("API errors", MajorOutage, "API")}
		}), Degraded, ""},
		{"incident resolved and component recovered", api, green(func(r *Report) {
			r.Past = []Incident{about("API errors", MajorOutage, "API")}
		}), Operational, ""},

		{"indicator is shown, not counted", api, green(func(r *Report) { r.Indicator = indicator(MajorOutage) }), Operational, ""},
		{"indicator counts for the page as a whole", nil, green(func(r *Report) { r.Indicator = indicator(PartialOutage) }), PartialOutage, ""},
		{"all green, indicator none, critical incident open", nil, green(func(r *Report) {
			r.Incidents = []Incident{about("Failing tasks", MajorOutage)}
		}), MajorOutage, ""},
		{"all green, indicator none, critical incident elsewhere", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Failing tasks", MajorOutage)}
		}), Operational, ""},
		{"incident with the impact none, page as a whole", nil, green(func(r *Report) {
			r.Incidents = []Incident{about("Looking into reports", Operational)}
		}), Operational, ""},

		{"incident of our component that still looks green", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Errors", PartialOutage, "API")}
		}), PartialOutage, ""},
		{"incident of a sister product", api, green(func(r *Report) {
			r.Incidents = []Incident{about("API-like words in the title of a Chat incident: API", MajorOutage, "Chat")}
		}), Operational, ""},
		{"incident of ours and a sister product", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Errors", MajorOutage, "Chat", "API")}
		}), MajorOutage, ""},
		{"bulk-linked incident about something else", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Invoices are late", MajorOutage, "API", "Chat", "Login")}
		}), Operational, ""},
		{"bulk-linked incident that speaks of ours", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Elevated errors on the API", MajorOutage, "API", "Chat", "Login")}
		}), Degraded, ""},
		{"linked to all, and all are ours", []string{"API", "Chat", "Login"}, green(func(r *Report) {
			r.Incidents = []Incident{about("Errors", MajorOutage, "API", "Chat", "Login")}
		}), MajorOutage, ""},
		{"linked to the only component of the page", api, Report{
			Indicator:  indicator(Operational),
			Components: []Component{part("API", Operational)},
			Incidents:  []Incident{about("Errors", PartialOutage, "API")},
		}, PartialOutage, ""},

		{"unlinked incident whose title names ours", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Elevated api errors", MajorOutage)}
		}), Degraded, ""},
		{"unlinked incident whose newest update names ours", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Elevated errors", MajorOutage)}
			r.Incidents[0].Updates = []Update{{Text: "Requests to the API fail."}, {Text: "Looking."}}
		}), Degraded, ""},
		{"unlinked incident whose older update named ours", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Elevated errors", MajorOutage)}
			r.Incidents[0].Updates = []Update{{Text: "Only Chat is left."}, {Text: "API and Chat fail."}}
		}), Operational, ""},
		{"unlinked incident with the impact none that names ours", api, green(func(r *Report) {
			r.Incidents = []Incident{about("API errors", Operational)} // Statuspage says none whenever no component is chosen
		}), Degraded, ""},
		{"unlinked maintenance among the incidents", api, green(func(r *Report) {
			r.Incidents = []Incident{about("API upgrade", Maintenance)}
		}), Operational, ""},
		{"unlinked incident with a longer word", api, green(func(r *Report) {
			r.Incidents = []Incident{about("Rapid APIary trouble", MajorOutage)}
		}), Operational, ""},

		{"component matched by id", []string{"id-api"}, green(func(r *Report) { r.Components[0].Level = Degraded }), Degraded, ""},
		{"component matched by id, incident by its name", []string{"id-api"}, green(func(r *Report) {
			r.Incidents = []Incident{about("Errors", PartialOutage, "API")}
		}), PartialOutage, ""},
		{"component matched by name in another case", []string{" api "}, green(func(r *Report) { r.Components[0].Level = Degraded }), Degraded, ""},
		{"two groups with a component of one name", api, green(func(r *Report) {
			r.Components = append(r.Components, Component{ID: "eu", Name: "API", Group: "EU", Level: PartialOutage})
		}), PartialOutage, ""},
		{"two groups with a component of one name, one meant by id", []string{"id-api"}, green(func(r *Report) {
			r.Components = append(r.Components, Component{ID: "eu", Name: "API", Group: "EU", Level: PartialOutage})
		}), Operational, ""},

		{"configured component missing", []string{"API", "Batch"}, green(func(r *Report) {}), Unknown, `component "Batch" is not on the page`},
		{"configured component missing, the other degraded", []string{"API", "Batch"}, green(func(r *Report) { r.Components[0].Level = Degraded }), Unknown, `"Batch"`},
		{"configured component missing, the other down", []string{"API", "Batch"}, green(func(r *Report) { r.Components[0].Level = PartialOutage }), PartialOutage, ""},
		{"configured component missing, an incident names it", []string{"Batch"}, green(func(r *Report) {
			r.Incidents = []Incident{about("Errors", MajorOutage, "Batch")}
		}), MajorOutage, ""},
		{"an empty name finds no component without id", []string{""}, green(func(r *Report) { r.Components[0].ID = "" }), Unknown, "is not on the page"},
		{"many configured components missing", []string{"a", "b", "c", "d", "e"}, green(func(r *Report) {}), Unknown, "and 2 more"},

		{"unreadable component of ours", api, green(func(r *Report) { r.Components[0] = Component{Name: "API", Word: "wobbly"} }), Unknown, `component "API" says "wobbly"`},
		{"unreadable component of others", api, green(func(r *Report) { r.Components[1] = Component{Name: "Chat", Word: "wobbly"} }), Operational, ""},
		{"unreadable component, page as a whole", nil, green(func(r *Report) { r.Components[1] = Component{Name: "Chat", Word: "wobbly"} }), Unknown, `"wobbly"`},
		{"unreadable component beside a degraded one", nil, green(func(r *Report) {
			r.Components[0].Level = Degraded
			r.Components[1].Level = Unknown
		}), Unknown, "Chat"},
		{"unreadable component beside an outage", nil, green(func(r *Report) {
			r.Components[0].Level = Unknown
			r.Components[1].Level = PartialOutage
		}), PartialOutage, ""},
		{"unreadable indicator, page as a whole", nil, green(func(r *Report) { r.Indicator = Indicator{Word: "purple"} }), Unknown, `indicator says "purple"`},
		{"unreadable indicator, our component configured", api, green(func(r *Report) { r.Indicator = Indicator{Word: "purple"} }), Operational, ""},
		{"unreadable impact of an incident of ours", api, green(func(r *Report) {
			r.Incidents = []Incident{{Title: "Errors", Impact: "spicy", Components: []string{"API"}}}
		}), Unknown, `incident "Errors" has the impact "spicy"`},
		{"unreadable impact of an incident of ours beside an outage", api, green(func(r *Report) {
			r.Components[0].Level = MajorOutage
			r.Incidents = []Incident{{Title: "Errors", Impact: "spicy", Components: []string{"API"}}}
		}), MajorOutage, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Judge(Source{Components: test.components}, test.report)
			if got.Level != test.want {
				t.Errorf("Judge = %v (%s), want %v", got.Level, got.Reason, test.want)
			}
			if !strings.Contains(got.Reason, test.reason) || (test.reason == "") != (got.Reason == "") {
				t.Errorf("Judge's reason is %q, want %q", got.Reason, test.reason)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	tests := []struct {
		text, name string
		want       bool
	}{
		{"Elevated errors on Chat Completions", "Chat Completions", true},
		{"errors on chat completions.", "Chat Completions", true},
		{"Chat", "Chat Completions", false},
		{"the API, again", "API", true},
		{"several APIs", "API", false},
		{"xapi, then api", "API", true},
		{"xa a a", "a a", true},
		{"Claude API is slow", "Claude API (api.anthropic.com)", true},
		{"API服务异常", "API", true},
		{"GPT-4o", "gpt-4o", true},
		{"GPT-4o-mini2", "mini", false},
		{"anything", "", false},
		{"anything", "(only a remark)", false},
		{"", "API", false},
	}
	for _, test := range tests {
		if got := mentions(test.text, test.name); got != test.want {
			t.Errorf("mentions(%q, %q) = %v, want %v", test.text, test.name, got, test.want)
		}
	}
}

// FuzzJudge holds the rule that may not bend: whatever a page says beside it,
// an unreadable counted value never ends in a level below a partial outage.
func FuzzJudge(f *testing.F) {
	f.Add(uint8(0), uint8(1), uint8(2), uint8(3), true)
	f.Add(uint8(1), uint8(1), uint8(1), uint8(0), false)
	f.Fuzz(func(t *testing.T, page, ours, other, impact uint8, configured bool) {
		level := func(n uint8) Level { return Levels()[int(n)%len(Levels())] }
		r := Report{
			Indicator:  indicator(level(page)),
			Components: []Component{part("API", level(ours)), part("Chat", level(other))},
			Incidents:  []Incident{about("Errors", level(impact), "API")},
		}
		source, counted := Source{}, []Level{level(page), level(ours), level(other), level(impact)}
		if configured {
			source.Components, counted = []string{"API"}, []Level{level(ours), level(impact)}
		}
		got := Judge(source, r)
		worst, unreadable := Operational, false
		for _, l := range counted {
			worst, unreadable = max(worst, l), unreadable || l == Unknown
		}
		want := worst
		if unreadable && worst < PartialOutage {
			want = Unknown
		}
		if got.Level != want || (got.Level == Unknown) != (got.Reason != "") {
			t.Errorf("Judge of %v = %v (%q), want %v", counted, got.Level, got.Reason, want)
		}
	})
}
