package source

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted from 1 January 1970, which is 0.
type Date int32

// DateOf returns the date of year, month and day; a day that the month does not
// have is counted on, as package time does.
func DateOf(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) } // 1 January 1970 was a Thursday

// String returns the date as in 2023-06-05.
func (d Date) String() string {
	return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly)
}

// ParseDate reads a date such as 2023-06-05.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("date %q: want a day such as 2023-06-05", s)
	}
	return DateOf(t.Date()), nil
}

// feedDate reads a date as feeds write it, 20230605, from 1970 to 2199.
func feedDate(s string) (Date, bool) {
	t, err := time.Parse("20060102", s)
	if err != nil || t.Year() < 1970 || t.Year() > 2199 {
		return 0, false
	}
	return DateOf(t.Date()), true
}

// blankTime stands for a time that a feed does not give.
const blankTime int32 = -1

// maxHours bounds the hours of a time: a trip may set out on one day and still
// run a week later, which no bus does.
const maxHours = 7 * 24

// feedTime reads a time such as 8:05:00 or 25:10:30, in seconds; blankTime for
// an empty one.
func feedTime(s string) (int32, bool) {
	if s == "" {
		return blankTime, true
	}
	var parts [3]int32
	part, digits := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == ':' && digits > 0 && part < 2:
			part, digits = part+1, 0
		case c >= '0' && c <= '9' && digits < 3:
			parts[part] = 10*parts[part] + int32(c-'0')
			digits++
		default:
			return 0, false
		}
	}
	if part != 2 || digits == 0 || parts[0] > maxHours || parts[1] > 59 || parts[2] > 59 {
		return 0, false
	}
	return parts[0]*3600 + parts[1]*60 + parts[2], true
}
