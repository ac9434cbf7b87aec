package platform_test

import (
	"fmt"
	"testing"
	"time"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// TestFlashdutyStaleAfter holds that an answer is used as long as it says
// itself, and that what cannot be read promises nothing.
func TestFlashdutyStaleAfter(t *testing.T) {
	made := time.Date(2026, 11, 22, 11, 59, 30, 0, time.UTC)
	for _, c := range []struct {
		name, made, seconds string
		want                time.Time
	}{
		{"two minutes", `"2026-11-22T11:59:30Z"`, "120", made.Add(2 * time.Minute)},
		{"local time, seconds as text", `"2026-11-22T19:59:30+08:00"`, `"90"`, made.Add(90 * time.Second)},
		{"a day", `"2026-11-22T11:59:30Z"`, "86400", made.Add(24 * time.Hour)},
		{"longer than a day", `"2026-11-22T11:59:30Z"`, "86401", time.Time{}},
		{"more than fits", `"2026-11-22T11:59:30Z"`, "99999999999999999999", time.Time{}},
		{"negative", `"2026-11-22T11:59:30Z"`, "-1", time.Time{}},
		{"no number", `"2026-11-22T11:59:30Z"`, `"soon"`, time.Time{}},
		{"no zone", `"2026-11-22 11:59:30"`, "120", time.Time{}},
		{"not said", "null", "120", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, _ := platform.ByName("flashduty")
			body := fmt.Sprintf(`{"generated_at": %s, "max_stale_seconds": %s, "overall": {"status": "operational"}, "ongoing_incidents": []}`, c.made, c.seconds)
			r, err := p.Parse(status.Source{}, map[string][]byte{"summary": []byte(body)})
			if err != nil || !r.StaleAfter.Equal(c.want) {
				t.Errorf("StaleAfter = %v, %v; want %v", r.StaleAfter, err, c.want)
			}
		})
	}
}
