package platform

import (
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
