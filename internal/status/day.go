package status

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Day is what the readings of one day (UTC) said. A day without a good reading
// is a gap: it says nothing about the provider.
type Day struct {
	Date  string // 2026-11-24
	Level Level  // the worst that was read; Unknown where nothing was, or where it could not be told
	Read  int    // attempts that gave a reading
	Tries int    // attempts
}

// MarshalText writes a day as "2026-11-24 operational 23/24": a snapshot holds
// many of them.
func (d Day) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s %s %d/%d", d.Date, d.Level, d.Read, d.Tries), nil
}

// UnmarshalText reads what MarshalText writes, and refuses what cannot be: more
// readings than attempts, or a level without a reading.
func (d *Day) UnmarshalText(text []byte) error {
	var day Day
	var level string
	if _, err := fmt.Sscanf(string(text), "%s %s %d/%d", &day.Date, &level, &day.Read, &day.Tries); err != nil {
		return fmt.Errorf("day %.40q; want a form like \"2026-11-24 operational 23/24\"", text)
	}
	if _, err := time.Parse(time.DateOnly, day.Date); err != nil {
		return fmt.Errorf("day %.40q: not a date", day.Date)
	}
	var err error
	if day.Level, err = ParseLevel(level); err != nil {
		return err
	}
	if day.Read < 0 || day.Read > day.Tries || day.Tries > dayTries || day.Read == 0 && day.Level != Unknown {
		return fmt.Errorf("day %.40q says what cannot be", text)
	}
	*d = day
	return nil
}

// dayTries is the most attempts of a day that are counted: one each second.
const dayTries = 24 * 60 * 60

// addDay is days with one more attempt. Only a reading says anything about the
// level; the worst of a day stays.
func addDay(days []Day, level Level, read bool, at time.Time) []Day {
	date := at.UTC().Format(time.DateOnly)
	days = slices.Clone(days)
	i := slices.IndexFunc(days, func(d Day) bool { return d.Date <= date })
	if i < 0 {
		i = len(days)
	}
	if i == len(days) || days[i].Date != date {
		days = slices.Insert(days, i, Day{Date: date})
	}
	d := &days[i]
	d.Tries = min(d.Tries+1, dayTries)
	if read {
		if d.Read == 0 {
			d.Level = level
		}
		d.Level = Worse(d.Level, level)
		d.Read = min(d.Read+1, d.Tries)
	}
	return days[:min(len(days), DaysMax)]
}

// validateDays wants the days in order and none twice.
func validateDays(days []Day, now time.Time) error {
	last := now.Add(skew).UTC().Format(time.DateOnly)
	for n, d := range days {
		if d.Date > last || n > 0 && strings.Compare(d.Date, days[n-1].Date) >= 0 {
			return fmt.Errorf("day %s is not in order", d.Date)
		}
	}
	return nil
}
