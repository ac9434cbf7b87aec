package platform_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// TestUptimeKumaBeats reads a page with more monitors than an answer may have
// values for, with every number of checks that a list can have: of each monitor
// the last check counts, and all before it say the opposite.
func TestUptimeKumaBeats(t *testing.T) {
	const most = 100 // checks that the server sends
	var monitors, up, down []string
	for n := range most + 1 {
		monitors = append(monitors, fmt.Sprintf(`{"id": %d, "name": "monitor %d"}`, n, n))
		up = append(up, kumaList(n, n, "0", "1"))
		down = append(down, kumaList(n, n, "1", "0"))
	}
	page := []byte(`{"publicGroupList": [{"name": "All", "monitorList": [` + strings.Join(monitors, ",") + `]}]}`)
	p, _ := platform.ByName("uptime-kuma")
	for want, lists := range map[status.Level][]string{status.Operational: up, status.MajorOutage: down} {
		beats := []byte(`{"uptimeList": {"1_24": 1}, "heartbeatList": {` + strings.Join(lists, ",\n") + `}}`)
		if !json.Valid(beats) {
			t.Fatalf("the test's own JSON is none: %.200s", beats)
		}
		r, err := p.Parse(status.Source{}, map[string][]byte{"page": page, "heartbeat": beats})
		if err != nil {
			t.Fatal(err)
		}
		for n, part := range r.Components {
			level := want
			if n == 0 {
				level = status.Unknown // never checked
			}
			if part.Level != level {
				t.Errorf("%s, after %d checks, is %v, want %v", part.Name, n, part.Level, level)
			}
		}
	}
}

// kumaList is the list of a monitor that was checked so often: all with the one
// state but the last with the other.
func kumaList(id, checks int, before, last string) string {
	var list []string
	for n := range checks {
		state := before
		if n == checks-1 {
			state = last
		}
		list = append(list, fmt.Sprintf(`{"status": %s, "time": "2026-11-22 09:%02d:%02d.5", "msg": "", "ping": [1, {"of": 2}]}`, state, n/60, n%60))
	}
	return fmt.Sprintf(`"%d": [%s]`, id, strings.Join(list, " ,\n "))
}
