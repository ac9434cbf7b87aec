package book

import (
	"time"

	"faultbook/internal/frontmatter"
)

// Kind is what sort of trouble an entry is about.
type Kind string

// Kinds are all kinds, in the order in which lists show them: the most asked
// about first.
func Kinds() []Kind {
	return []Kind{"rate-limit", "billing", "auth", "permission", "overload", "server", "timeout", "network", "request",
		"not-found", "content-policy", "region", "deprecation", "streaming"}
}

// Outage is how an error relates to outages.
type Outage string

// The relations to outages.
const (
	Never    Outage = "never"
	Possible Outage = "possible"
	Typical  Outage = "typical"
)

// Outages are the words for how an error relates to outages.
func Outages() []string { return []string{string(Never), string(Possible), string(Typical)} }

// Helps are the words for whether waiting helps.
func Helps() []string { return []string{"yes", "sometimes", "no"} }

// Date is a calendar day, counted in days since 1 January 1970. The zero Date
// means none was given.
type Date int32

// DateOf is the day of t in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Unix() / 86400) }

// Time is midnight UTC at the start of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the day as 2026-11-22.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// UnmarshalTOML takes a local date; a date with a time or a date in quotes is
// refused, because both have been read as the wrong day before.
func (d *Date) UnmarshalTOML(value any) error {
	day, ok := frontmatter.Date(value)
	if !ok {
		return &frontmatter.Wrong{Message: "want a date, got " + frontmatter.KindOf(value), Hint: "write it as 2026-11-22, without quotes and without a time"}
	}
	*d = DateOf(day)
	return nil
}

// Example is a date as it is written.
func (d *Date) Example() string { return "2026-11-22" }

// Strings is a word or a list of words.
type Strings []string

// UnmarshalTOML takes a string or a list of strings.
func (s *Strings) UnmarshalTOML(value any) error {
	if one, ok := value.(string); ok {
		*s = Strings{one}
		return nil
	}
	list, ok := value.([]any)
	if !ok {
		return &frontmatter.Wrong{Message: "want a word or a list of words, got " + frontmatter.KindOf(value), Hint: "put it in quotes"}
	}
	for i, item := range list {
		word, ok := item.(string)
		if !ok {
			return &frontmatter.Wrong{Message: "want a word, got " + frontmatter.KindOf(item), Hint: "put it in quotes", Path: []any{i}}
		}
		*s = append(*s, word)
	}
	return nil
}

// Ints is an integer or a list of integers.
type Ints []int

// UnmarshalTOML takes an integer or a list of integers.
func (s *Ints) UnmarshalTOML(value any) error {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for i, item := range list {
		n, ok := item.(int64)
		if !ok {
			return &frontmatter.Wrong{Message: "want an integer such as 429 or a list of them, got " + frontmatter.KindOf(item),
				Hint: "write the number without quotes", Path: []any{i}}
		}
		*s = append(*s, int(n))
	}
	return nil
}
