// Package diag holds what is wrong in the content: findings with their place,
// their order, and the ways to print them.
//
// It owns the one error shape of the project. It must not know what a rule is
// about, nor read files: whoever finds something brings the source line along.
package diag

// Severity says what a finding stops. The zero value is Error.
type Severity uint8

// The severities, from the gravest to the lightest.
const (
	Error   Severity = iota // the content cannot be built
	Warning                 // it can be built, but somebody should look
	Notice                  // worth knowing
)

// Place is a position in a file of the content tree.
type Place struct {
	File string // slash-separated, as the reader would open it
	Line int    // from 1; 0 when the finding is about the file as a whole
	Col  int    // from 1, in characters (not bytes); 0 when Line is 0
}

// Finding is one thing that is wrong, with its place.
type Finding struct {
	Place
	Severity Severity
	Rule     string // a short name such as "kind"; `faultbook explain` knows it
	Message  string // lower case, no period, names the wanted form
	Hint     string // how to mend it; may be empty
	Source   string // the text of the line at Place, without its line end; may be empty
}

// Failed tells whether one of the findings is an error.
func Failed(findings []Finding) bool { return Count(findings, Error) > 0 }
