// Package status holds what the providers' official pages say: the snapshot,
// its reports, how a report becomes a level, how a snapshot goes on to the
// next one, and the snapshot's JSON form with its validation.
//
// It must not know what a platform's answer looks like on the wire, how it
// came here, or what readers are told about it. It knows no clock: every time
// is handed in.
package status

import "time"

// Snapshot is the newest report of every provider.
type Snapshot struct {
	Version   int               `json:"version"`             // of the JSON form: Version
	Sequence  int               `json:"sequence"`            // one more with every fetch
	WrittenAt time.Time         `json:"written_at,omitzero"` // UTC
	Published Published         `json:"published,omitzero"`  // the newest site that is known to carry a snapshot like this; zero: none is
	Providers map[string]Record `json:"providers"`           // by slug
}

// Record is what a snapshot knows of one provider. Report.Past is empty in a
// record: what the source told of the past is merged into Past.
type Record struct {
	Report
	URL       string     `json:"url"`                 // the official status page
	Platform  string     `json:"platform"`            // the platform that was read
	CheckedAt time.Time  `json:"checked_at,omitzero"` // when Report was last confirmed by the source; zero: never
	ChangedAt time.Time  `json:"changed_at,omitzero"` // when Level last changed; zero: never
	Past      []Incident `json:"past,omitempty"`      // newest first, at most PastMax
	Changes   []Change   `json:"changes,omitempty"`   // newest first, at most ChangesMax
	Days      []Day      `json:"days,omitempty"`      // on which a reading was tried, newest first, at most DaysMax
	Most      Most       `json:"most,omitzero"`       // how many components the page had at its best
	Warnings  []string   `json:"warnings,omitempty"`  // what looks wrong with the source although it was read, for the operator
	Probe     Probe      `json:"probe,omitzero"`      // what the API itself said at the newest attempt; zero: it is not asked
	Fetch     Outcome    `json:"fetch"`               // how the newest attempt went
}

// Most is the largest number of components that a page was seen with.
type Most struct {
	Parts int       `json:"parts"`
	Since time.Time `json:"since,omitzero"` // since when the page has no more than half of them; zero: it has
}

// Probe tells whether an API answered a call without a key as it should.
type Probe struct {
	URL    string    `json:"url"`
	OK     bool      `json:"ok"`               // it answered with an expected status
	Status int       `json:"status,omitempty"` // HTTP status of the answer; 0: none came
	Took   int       `json:"took_ms"`          // milliseconds from asking to the answer's first byte
	Reason string    `json:"reason,omitempty"` // why it is not OK
	At     time.Time `json:"at,omitzero"`
}

// Change is one change of a provider's level. From is Unknown in the first.
type Change struct {
	At   time.Time `json:"at"`
	From Level     `json:"from"`
	To   Level     `json:"to"`
}

// The states of an Outcome.
const (
	StateOK          = "ok"           // the source was read
	StateNotModified = "not modified" // the source says that nothing changed since the last reading
	StateFailed      = "failed"       // it could not be read; the last good report stays
	StateNone        = "none"         // there is no source that a program may read
)

// Outcome tells how the newest attempt to read a source went.
type Outcome struct {
	State  string    `json:"state"`            // one of the State constants
	Reason string    `json:"reason,omitempty"` // why it failed
	At     time.Time `json:"at,omitzero"`      // of the attempt
	Since  time.Time `json:"since,omitzero"`   // of the first failure in a row; zero when State is not "failed"
	Hint   string    `json:"hint,omitempty"`   // what the source answers like now, for the operator; only when State is "failed"

	Validators *Validators `json:"validators,omitempty"` // of the last good reading; nil: the source gave none
}

// Validators are what the source gave to ask it again with only if something
// changed (RFC 9110, section 8.8).
type Validators struct {
	Of     string      `json:"of"`      // names the source as it was configured: for another one they mean nothing
	FullAt time.Time   `json:"full_at"` // when the source was last read in full
	Files  []Validator `json:"files"`   // one of each file that was read
}

// Validator is what came with one file.
type Validator struct {
	File     string `json:"file"`               // its name in the platform's Paths
	ETag     string `json:"etag,omitempty"`     // as it came
	Modified string `json:"modified,omitempty"` // Last-Modified, as it came
}
