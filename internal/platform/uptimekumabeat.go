package platform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"faultbook/internal/status"
)

type kumaBeats struct {
	List map[text][]kumaBeat `json:"heartbeatList"` // by the id of the monitor; nil: the file has none
}

type kumaBeat struct {
	Status text `json:"status"`
	Time   text `json:"time"`
}

// UnmarshalJSON takes what is no object, such as 0, for a check that says
// nothing.
func (b *kumaBeat) UnmarshalJSON(data []byte) error {
	type beat kumaBeat
	if data[0] != '{' {
		return nil
	}
	return json.Unmarshal(data, (*beat)(b))
}

// level translates the number of a state. One that has failed, but not often
// enough to be down, is pending; the page calls itself partially degraded then.
func (b kumaBeat) level() (string, status.Level) {
	switch b.Status {
	case "0":
		return "down", status.MajorOutage
	case "1":
		return "up", status.Operational
	case "2":
		return "pending", status.Degraded
	case "3":
		return "maintenance", status.Maintenance
	case "":
		return "no heartbeat", status.Unknown
	}
	return word(b.Status), status.Unknown
}

func (b kumaBeat) at() time.Time { return kumaTime(b.Time, time.UTC) }

// kumaBeatsOf reads the newest checks of each monitor.
func kumaBeatsOf(body []byte) (map[text][]kumaBeat, error) {
	var beats kumaBeats
	if err := decodeJSON(lastBeats(body), &beats); err != nil {
		return nil, fmt.Errorf("the heartbeats: %w", err)
	}
	if beats.List == nil {
		return nil, errors.New("not the shape of Uptime Kuma's heartbeats: no heartbeatList")
	}
	return beats.List, nil
}

// kumaKept is how many checks of a monitor are looked at. The server sends a
// hundred, of which the last one counts; with all of them a page of 40 monitors
// would have more values than an answer may have.
const kumaKept = 10

// lastBeats is the answer without the older checks. It goes through the bytes
// and decodes nothing; what is no JSON or beyond a limit is left as it is, to be
// refused.
func lastBeats(body []byte) []byte {
	const deep = 3 // a check is in a list, in heartbeatList, in the answer
	dec := json.NewDecoder(bytes.NewReader(body))
	var kept []byte
	copied := 0     // how much of body has been dealt with
	var begin []int // where the first check of a list begins, and the newest
	items, inList := 0, false
	for depth := 0; ; {
		from := int(dec.InputOffset())
		token, err := dec.Token()
		if err != nil || depth > maxDepth || items > maxItems {
			return append(kept, body[copied:]...)
		}
		delim, _ := token.(json.Delim)
		closes := delim == ']' || delim == '}'
		if depth == deep && inList && !closes {
			begin = firstAndLast(append(begin, from))
			items++
		}
		switch {
		case closes:
			if depth--; depth == deep-1 && len(begin) > kumaKept {
				kept = append(kept, body[copied:begin[0]]...)
				copied = begin[1] + bytes.IndexByte(body[begin[1]:], ',') + 1
			}
		case delim != 0:
			if depth++; depth == deep {
				begin, items, inList = nil, 0, delim == '['
			}
		}
	}
}

// firstAndLast leaves out what is neither the first nor one of the newest.
func firstAndLast(begin []int) []int {
	if len(begin) > kumaKept+1 {
		begin = append(begin[:1], begin[2:]...)
	}
	return begin
}
