package platform_test

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"faultbook/internal/status"
)

// card is a report as a person would note it down. withTexts adds what staff
// of the page wrote: only for cases of our own.
func card(source status.Source, r status.Report, withTexts bool) string {
	var b strings.Builder
	note := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s%s\n", label, fmt.Sprintf(format, args...))
	}
	note("page", "%s, changed %s", r.Page, moment(r.PageUpdated))
	whole := status.Judge(status.Source{}, r)
	note("as a whole", "%v%s", whole.Level, because(whole))
	if len(source.Components) > 0 {
		ours := status.Judge(source, r)
		note("for us", "%v%s, by %s", ours.Level, because(ours), strings.Join(source.Components, ", "))
	}
	note("indicator", "%q is %v", r.Indicator.Word, r.Indicator.Level)
	note("components", "%d", len(r.Components))
	for _, level := range status.Levels() {
		if named := named(r.Components, level); len(named) > 0 {
			note("", "%d %v: %s", len(named), level, strings.Join(named, ", "))
		}
	}
	incidents(note, "incident", r.Incidents, withTexts)
	incidents(note, "maintenance", r.Maintenance, withTexts)
	incidents(note, "past", r.Past, withTexts)
	return b.String()
}

func because(r status.Report) string {
	if r.Reason == "" {
		return ""
	}
	return " (" + r.Reason + ")"
}

func named(components []status.Component, level status.Level) []string {
	var named []string
	for _, c := range components {
		if c.Level != level {
			continue
		}
		name := c.Name
		if c.Group != "" {
			name = c.Group + " / " + name
		}
		if level == status.Unknown {
			name += fmt.Sprintf(" (%q)", c.Word)
		}
		named = append(named, name)
	}
	return named
}

func incidents(note func(string, string, ...any), label string, list []status.Incident, withTexts bool) {
	for _, i := range list {
		note(label, "%s: %q is %v, %s", i.ID, i.Impact, i.Level, i.Phase)
		if withTexts {
			note("", "titled %q", i.Title)
		}
		note("", "started %s, updated %s, ended %s", moment(i.Started), moment(i.Updated), moment(i.Ended))
		if len(i.Components) > 0 {
			note("", "touches %s", strings.Join(i.Components, ", "))
		}
		if u, err := url.Parse(i.URL); err == nil && i.URL != "" {
			note("", "link to %s", u.Host+u.Path)
		}
		updates(note, i.Updates, withTexts)
	}
}

func updates(note func(string, string, ...any), list []status.Update, withTexts bool) {
	if !withTexts {
		if len(list) > 0 {
			note("", "updates: %d, the newest %s, %s, %d characters", len(list), list[0].Phase, moment(list[0].At), len([]rune(list[0].Text)))
		}
		return
	}
	for _, u := range list {
		note("", "%s %s: %q", moment(u.At), u.Phase, u.Text)
	}
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format("2006-01-02 15:04:05Z07:00")
}
