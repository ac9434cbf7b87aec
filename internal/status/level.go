package status

import (
	"fmt"
	"slices"
)

// Level is how well a provider, component or incident is doing. The zero value
// is Unknown, so that nothing is ever operational by accident.
type Level uint8

// The levels. From Operational on they are in order of severity.
const (
	Unknown Level = iota
	Operational
	Maintenance
	Degraded
	PartialOutage
	MajorOutage
)

// names are the words of the levels in files and addresses, by level.
var names = [...]string{"unknown", "operational", "maintenance", "degraded", "partial_outage", "major_outage"}

// Levels are all levels, Unknown first, then in order of severity.
func Levels() []Level {
	return []Level{Unknown, Operational, Maintenance, Degraded, PartialOutage, MajorOutage}
}

// String is the level's word, such as "partial_outage".
func (l Level) String() string {
	if int(l) < len(names) {
		return names[l]
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// ParseLevel is the level that word names, exactly as String writes it.
func ParseLevel(word string) (Level, error) {
	i := slices.Index(names[:], word)
	if i < 0 {
		return Unknown, fmt.Errorf("unknown level %.40q; want one of %s", word, names)
	}
	return Level(i), nil
}

// MarshalText writes the level's word.
func (l Level) MarshalText() ([]byte, error) {
	if int(l) >= len(names) {
		return nil, fmt.Errorf("%v is not a level", l)
	}
	return []byte(names[l]), nil
}

// UnmarshalText reads a level's word and refuses every other.
func (l *Level) UnmarshalText(text []byte) error {
	level, err := ParseLevel(string(text))
	if err != nil {
		return err
	}
	*l = level
	return nil
}

// Worse is the level that two statements about the same thing amount to.
// What cannot be read outweighs everything up to Degraded, because it may hide
// something worse, but not an outage that somebody does report.
func Worse(a, b Level) Level {
	if weight(b) > weight(a) {
		return b
	}
	return a
}

func weight(l Level) int {
	switch l {
	case Unknown:
		return 2*int(Degraded) + 1
	default:
		return 2 * int(l)
	}
}
