package transit

import (
	"time"

	"hubreach/internal/source"
)

// lastDate is after every date that a feed can hold, 1 January 2200.
var lastDate = source.DateOf(2200, time.January, 1)

// Busiest returns the first of the days of the week, within the periods of the
// feeds, on which the most trips set out that call at two stops or more, and how
// many those are; false when nothing runs on such a day.
func (t *Timetable) Busiest(weekday time.Weekday) (day source.Date, trips int, ok bool) {
	n := newTally(weekday)
	for f, feed := range t.feeds {
		ofService := make([]int, len(feed.Services))
		for _, trip := range feed.Trips {
			if t.served(f, trip) {
				ofService[trip.Service]++
			}
		}
		for i, s := range feed.Services {
			n.add(s, ofService[i])
		}
	}
	running := 0
	for d := range n.steps {
		running += n.steps[d]
		date := source.Date(d)
		if total := running + n.extra[date]; date.Weekday() == weekday && total > trips {
			day, trips, ok = date, total, true
		}
	}
	return day, trips, ok
}

// Trips returns the number of trips that set out on a date and call at two stops
// or more.
func (t *Timetable) Trips(on source.Date) int {
	n := 0
	for f, feed := range t.feeds {
		for _, trip := range feed.Trips {
			if feed.Services[trip.Service].Runs(on) && t.served(f, trip) {
				n++
			}
		}
	}
	return n
}

// tally counts the trips of one day of the week by date. Services that run by
// the week are kept as steps, so that one that runs to the end of the century
// costs no more than one that runs for a week.
type tally struct {
	weekday time.Weekday
	steps   []int // more trips than on the day before
	extra   map[source.Date]int
}

func newTally(weekday time.Weekday) *tally {
	return &tally{weekday, make([]int, lastDate+1), map[source.Date]int{}}
}

// add counts a service of so many trips.
func (n *tally) add(s source.Service, trips int) {
	weekly := s.Weekdays>>n.weekday&1 == 1 && s.From <= s.To
	if weekly {
		n.steps[clamp(s.From)] += trips
		n.steps[clamp(s.To+1)] -= trips
	}
	usual := func(d source.Date) bool { return weekly && s.From <= d && d <= s.To }
	for _, d := range s.Added {
		if d.Weekday() == n.weekday && !usual(d) && s.Runs(d) {
			n.extra[d] += trips
		}
	}
	for _, d := range s.Removed {
		if d.Weekday() == n.weekday && usual(d) {
			n.extra[d] -= trips
		}
	}
}

func clamp(d source.Date) source.Date { return max(0, min(d, lastDate)) }
