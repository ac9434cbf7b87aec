package platform

import (
	"encoding/json"
	"fmt"
	"strings"

	"faultbook/internal/status"
)

// The clouds publish events of all their products and regions in one list, and
// no list of products with a state each. Which of them speak for a provider is
// told by the source's filter, and the components of the report are made from
// it: each is as well as the worst open event that touches it.

// wanted are the values of one key of the source's filter, a comma-separated
// list.
func wanted(source status.Source, key string) []string {
	var values []string
	for value := range strings.SplitSeq(source.Filter[key], ",") {
		if value = line(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// same compares names without regard to case and outer blanks.
func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// worsen makes part at least as bad as level, which the source calls word.
func worsen(part *status.Component, word string, level status.Level) {
	if status.Worse(part.Level, level) != part.Level {
		part.Word, part.Level = word, level
	}
}

// decodeObjects decodes an answer that should be a bare list of objects, as
// the platform called sender sends it.
func decodeObjects[T any](body []byte, sender string) ([]T, error) {
	var whole json.RawMessage
	if err := decodeJSON(body, &whole); err != nil {
		return nil, err
	}
	var entries []json.RawMessage
	if json.Unmarshal(whole, &entries) != nil {
		return nil, fmt.Errorf("not the shape of %s: an object, not a list", sender)
	}
	objects := make([]T, len(entries))
	for n, entry := range entries {
		if entry[0] != '{' {
			return nil, fmt.Errorf("not the shape of %s: a list, but not of objects", sender)
		}
		if err := decodeJSON(entry, &objects[n]); err != nil {
			return nil, err
		}
	}
	return objects, nil
}
