package platform

import (
	"strconv"
	"strings"
	"time"
)

// instant is the time that t tells, in UTC and whole seconds. Old pages write
// the offset of their own zone; one that writes none says nothing.
func instant(t text) time.Time {
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC().Truncate(time.Second)
}

// first is the first of these that tells a time.
func first(times ...text) time.Time {
	for _, t := range times {
		if at := instant(t); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

// epoch is the time of so many seconds since 1970. Numbers that are no seconds
// of this century are none.
func epoch(t text) time.Time {
	const century = 4102444800 // 2100: whoever writes more means milliseconds
	seconds, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil || seconds <= 0 || seconds >= century {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// zoneAt is the zone that lies the offset, such as "+02:00", from UTC. Of
// an offset that nobody can read no zone is made, and no time.
func zoneAt(offset string) *time.Location {
	offset = strings.TrimSpace(offset)
	if offset == "" {
		return time.UTC
	}
	at, err := time.Parse("-07:00", offset)
	if err != nil {
		return nil
	}
	_, seconds := at.Zone()
	return time.FixedZone("", seconds)
}
