package status

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNextRemembersDays(t *testing.T) {
	const day = 24 * 60
	r := rounds(
		read(0, Operational, plain), read(10, PartialOutage, plain), read(20, Operational, plain), failed(30, "x"),
		failed(day, "x"), failed(day+10, "x"),
		read(3*day, Unknown, plain), read(3*day+10, Operational, plain),
		read(4*day, Unknown, plain),
	)
	want := []Day{
		{"2026-11-26", Unknown, 1, 1},
		{"2026-11-25", Unknown, 2, 2}, // something could not be told that day
		{"2026-11-23", Unknown, 0, 2},
		{"2026-11-22", PartialOutage, 3, 4},
	}
	if diff := cmp.Diff(want, r.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

func TestNextKeepsTheNewestDays(t *testing.T) {
	var s Snapshot
	for i := range DaysMax + 30 {
		s = s.Next(read(i*24*60, Operational, plain), at(i*24*60))
	}
	days := s.Providers["openai"].Days
	if newest := at((DaysMax + 29) * 24 * 60).Format(time.DateOnly); len(days) != DaysMax || days[0].Date != newest {
		t.Errorf("%d days, the newest %s; want %d, %s", len(days), days[0].Date, DaysMax, newest)
	}
}

func TestDaysBelongToUTC(t *testing.T) {
	late := time.Date(2026, 11, 23, 1, 0, 0, 0, time.FixedZone("", 2*3600)) // 23:00 UTC of the day before
	if days := addDay(nil, Operational, true, late); days[0].Date != "2026-11-22" {
		t.Errorf("the day is %s", days[0].Date)
	}
}

func TestDayText(t *testing.T) {
	day := Day{"2026-11-22", PartialOutage, 23, 24}
	text, err := day.MarshalText()
	if err != nil || string(text) != "2026-11-22 partial_outage 23/24" {
		t.Fatalf("MarshalText = %q, %v", text, err)
	}
	var back Day
	if err := back.UnmarshalText(text); err != nil || back != day {
		t.Errorf("read back as %+v, %v", back, err)
	}
	for _, test := range []struct{ text, want string }{
		{"", "want a form like"},
		{"2026-11-22", "want a form like"},
		{"2026-11-22 operational", "want a form like"},
		{"2026-13-22 operational 1/1", "not a date"},
		{"yesterday operational 1/1", "not a date"},
		{"2026-11-22 fine 1/1", `unknown level "fine"`},
		{"2026-11-22 operational 2/1", "says what cannot be"},
		{"2026-11-22 operational 0/1", "says what cannot be"},
		{"2026-11-22 operational -1/1", "says what cannot be"},
		{fmt.Sprintf("2026-11-22 operational 1/%d", dayTries+1), "says what cannot be"},
	} {
		if err := new(Day).UnmarshalText([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("UnmarshalText(%q) says %v, want %q", test.text, err, test.want)
		}
	}
}
