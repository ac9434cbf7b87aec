package platform

import (
	"strconv"
	"strings"
	"time"
)

// feedTime is the time that a date of a feed tells: RFC 3339, or what feeds
// make of RFC 822. One without a year or a known zone tells nothing.
func feedTime(s string) time.Time {
	if at := instant(text(strings.TrimSpace(s))); !at.IsZero() {
		return at
	}
	d, ok := readStamp(s)
	if !ok || d.year == 0 || !d.zoned || !d.exists() {
		return time.Time{}
	}
	return d.in(d.year)
}

// stamp is a date as people and feeds write it. Above the updates of an
// incident the year is left out.
type stamp struct {
	year, day            int
	month                time.Month
	hour, minute, second int
	timed, zoned         bool
	offset               int // of its zone, in seconds
}

// readStamp reads such a date, in whatever order its parts are. Anything else
// in the text makes it no date.
func readStamp(s string) (stamp, bool) {
	d := stamp{}
	if len(s) > 60 { // the longest honest one, with the name of the day and of the month, has 45
		return d, false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\u00a0' }) {
		if !d.take(part) {
			return d, false
		}
	}
	return d, d.month != 0 && d.day != 0 && d.timed
}

// take notes one part of a date.
func (d *stamp) take(part string) bool {
	switch n, err := strconv.Atoi(part); {
	case part[0] == '+' || part[0] == '-':
		return d.takeOffset(part)
	case err == nil && len(part) <= 2 && d.day == 0 && n >= 1 && n <= 31:
		d.day = n
	case err == nil && len(part) == 2 && d.year == 0: // RFC 822 has two digits
		d.year = 2000 + n
	case err == nil && len(part) == 4 && d.year == 0 && n > 0:
		d.year = n
	case err == nil:
		return false
	case strings.Contains(part, ":") && !d.timed:
		return d.takeClock(part)
	default:
		return isWeekday(part) || d.takeMonth(part) || d.takeDate(part) || d.takeHalf(part) || d.takeZone(part)
	}
	return true
}

// takeDate reads "2026-05-12".
func (d *stamp) takeDate(part string) bool {
	date, err := time.Parse(time.DateOnly, part)
	if err != nil || d.day != 0 || d.year != 0 {
		return false
	}
	d.year, d.month, d.day = date.Date()
	return true
}

// takeHalf reads the half of the day that an hour is in.
func (d *stamp) takeHalf(part string) bool {
	half := strings.ToUpper(part)
	if half != "AM" && half != "PM" || !d.timed || d.hour > 12 {
		return false
	}
	d.hour %= 12
	if half == "PM" {
		d.hour += 12
	}
	return true
}

// takeClock reads "4:09", "04:09:33" and "04:09Z". The hour 24 is the first of
// the day, as Java counts it: Oracle writes 24:50 between 23:50 of the day
// before and 01:20.
func (d *stamp) takeClock(part string) bool {
	clock, zulu := strings.CutSuffix(part, "Z")
	clock, _, _ = strings.Cut(clock, ".")
	numbers := strings.Split(clock, ":")
	if len(numbers) > 3 {
		return false
	}
	for i, number := range numbers {
		n, err := strconv.Atoi(number)
		if err != nil || len(number) > 2 || n < 0 || i == 0 && n > 24 || i > 0 && n > 59 {
			return false
		}
		*[]*int{&d.hour, &d.minute, &d.second}[i] = n
	}
	d.hour %= 24
	d.timed, d.zoned = true, zulu
	return true
}

func isWeekday(part string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if begins(day.String(), part) {
			return true
		}
	}
	return false
}

func (d *stamp) takeMonth(part string) bool {
	for month := time.January; month <= time.December && d.month == 0; month++ {
		if begins(month.String(), strings.TrimSuffix(part, ".")) {
			d.month = month
			return true
		}
	}
	return false
}

// begins tells whether short is name, or at least three letters of it.
func begins(name, short string) bool {
	return len(short) >= 3 && len(short) <= len(name) && strings.EqualFold(name[:len(short)], short)
}

// takeZone reads the name of a zone, and "GMT+2".
func (d *stamp) takeZone(part string) bool {
	if d.zoned {
		return false
	}
	if i := strings.IndexAny(part, "+-"); i > 0 && (part[:i] == "GMT" || part[:i] == "UTC") {
		return d.takeOffset(part[i:])
	}
	hours, known := zoneHours(part)
	d.offset, d.zoned = hours*3600, known
	return known || zoneName(part)
}

// takeOffset reads "+0200", "-07:00" and "+2".
func (d *stamp) takeOffset(part string) bool {
	digits := strings.ReplaceAll(part[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || len(digits) > 4 || d.zoned {
		return false
	}
	if len(digits) <= 2 {
		n *= 100
	}
	d.offset, d.zoned = n/100*3600+n%100*60, true
	if part[0] == '-' {
		d.offset = -d.offset
	}
	return d.offset >= -24*3600 && d.offset <= 24*3600
}

// zoneHours is how far the named zone is ahead of UTC. Names that several
// countries use for different zones, such as IST and BST, are left out: such a
// time only orders.
func zoneHours(name string) (int, bool) {
	switch name {
	case "UTC", "GMT", "UT", "Z", "WET":
		return 0, true
	case "CET", "WEST":
		return 1, true
	case "CEST", "EET":
		return 2, true
	case "EEST", "MSK":
		return 3, true
	case "SGT", "HKT":
		return 8, true
	case "JST", "KST":
		return 9, true
	case "AEST":
		return 10, true
	case "AEDT":
		return 11, true
	case "NZST":
		return 12, true
	case "NZDT":
		return 13, true
	case "EDT":
		return -4, true
	case "EST", "CDT": // of RFC 822, as are those below
		return -5, true
	case "CST", "MDT":
		return -6, true
	case "MST", "PDT":
		return -7, true
	case "PST", "AKDT":
		return -8, true
	}
	return 0, false
}

// zoneName tells whether part looks like the name of a zone.
func zoneName(part string) bool {
	if len(part) < 3 || len(part) > 5 {
		return false
	}
	return !strings.ContainsFunc(part, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// exists tells that the date is not February 31.
func (d stamp) exists() bool {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Day() == d.day
}

// in is the time in that year. The day of a zone that is not known is taken
// for one of UTC, which is enough to put times in order.
func (d stamp) in(year int) time.Time {
	return time.Date(year, d.month, d.day, d.hour, d.minute, d.second, 0, time.UTC).Add(-time.Duration(d.offset) * time.Second)
}

// near is the time, in the year that brings it nearest to another one.
func (d stamp) near(other time.Time) time.Time {
	if d.year != 0 {
		return d.in(d.year)
	}
	best := d.in(other.Year())
	for _, year := range []int{other.Year() - 1, other.Year() + 1} {
		if at := d.in(year); at.Sub(other).Abs() < best.Sub(other).Abs() {
			best = at
		}
	}
	return best
}
