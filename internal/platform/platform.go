// Package platform reads what status pages answer: one file per platform, each
// a function from bytes to a status.Report.
//
// It owns the formats and their oddities, the limits that a foreign answer has
// to keep, and plain text from HTML and Markdown. It does no I/O and knows no
// clock; it must not know how the bytes came here, nor what a report means for
// a provider: the levels of components and incidents are translated word by
// word, and a word that is not listed stays unknown.
package platform

import (
	"cmp"
	"slices"
	"strings"

	"faultbook/internal/status"
)

// Platform is a kind of status page.
type Platform struct {
	Name string // as written in a provider's [status] table

	// Keys are what a source's Filter may say, sorted by name; nil: nothing.
	Keys []Key

	// Base is the address that the Paths of a source begin with; nil: its API,
	// else its URL.
	Base func(status.Source) string

	// Paths are the addresses to ask for one source, the most telling first.
	// Where all are optional, one of them is enough.
	Paths func(status.Source) []Path

	// Parse reads the answers, by the Name of their Path; an optional one may
	// be missing. The report's Level is left to status.Judge. An error says in
	// a few words, for the operator, why the answers are no report.
	Parse func(status.Source, map[string][]byte) (status.Report, error)
}

// Key is something that a source's Filter may say.
type Key struct {
	Name     string
	Required bool   // the answers cannot be read without it
	About    string // what it says, with an example, for the writer of a [status] table
}

// Path is one address below the base of a source.
type Path struct {
	Name     string // the key of its answer in Parse
	Path     string // what follows the base, from a slash on, query included; empty: the base itself
	Optional bool   // the report is also good without it
}

// BaseOf is the address that the paths of a source begin with, without a slash
// at the end.
func (p Platform) BaseOf(s status.Source) string {
	base := cmp.Or(s.API, s.URL)
	if p.Base != nil {
		base = p.Base(s)
	}
	return strings.TrimRight(base, "/")
}

// table holds the platforms, sorted by name. A new one is a file and a row.
func table() []Platform {
	return []Platform{
		awsHealth(),
		azureRSS(),
		betterstack(),
		cachet(),
		checkly(),
		cloudflare(),
		cstate(),
		datadog(),
		feed(),
		firehydrant(),
		flashduty(),
		gatus(),
		googleCloud(),
		incidentIO(),
		instatus(),
		slack(),
		statusIO(),
		statuspage(),
		statuspal(),
		stripe(),
		upptime(),
		uptimeKuma(),
	}
}

// ByName is the platform called name.
func ByName(name string) (Platform, bool) {
	rows := table()
	i := slices.IndexFunc(rows, func(p Platform) bool { return p.Name == name })
	if i < 0 {
		return Platform{}, false
	}
	return rows[i], true
}

// Names are the names of all platforms, sorted.
func Names() []string {
	var names []string
	for _, p := range table() {
		names = append(names, p.Name)
	}
	return names
}
