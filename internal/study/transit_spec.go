package study

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// Transit says how journeys by public transport are measured. It is all zero in
// a study without a timetable.
type Transit struct {
	LimitMinutes    float64 `toml:"limit_minutes" json:"limit_minutes"`       // longer journeys are not looked for; default: the limit of walks, 60
	AccessMinutes   float64 `toml:"access_minutes" json:"access_minutes"`     // 20; the longest walk between a door and a stop
	TransferMinutes float64 `toml:"transfer_minutes" json:"transfer_minutes"` // 5; the longest walk between two stops
	ChangeMinutes   float64 `toml:"change_minutes" json:"change_minutes"`     // 2; a change takes as long beside the walk
	BoardingMinutes float64 `toml:"boarding_minutes" json:"boarding_minutes"` // 1; profiles on wheels are at the stop that long before each departure
	StayMinutes     float64 `toml:"stay_minutes" json:"stay_minutes"`         // 120; at the hub, of a round trip
	LeaveBy         string  `toml:"leave_by" json:"leave_by"`                 // "20:00"; a round trip leaves the hub no later, when the last sessions end (a declared assumption)
	MarginKm        float64 `toml:"margin_km" json:"margin_km"`               // 10; stops farther outside the county are left out
	// Windows are the departures that are looked at; the first decides. Default:
	// weekday 09:00 to 15:00, after_school 15:30 to 18:00, saturday 09:00 to 15:00.
	Windows []Window `toml:"window" json:"windows"`
}

// Window is a stretch of departures by the minute on one day: at From, a minute
// later, and so on, the last before To.
type Window struct {
	Name string `toml:"name" json:"name"`
	// Day is a date such as "2026-03-03", or a day of the week such as "tuesday":
	// then the first on which the most trips run. "weekday" is "tuesday".
	Day  string `toml:"day" json:"day"`
	From string `toml:"from" json:"from"` // "09:00"
	To   string `toml:"to" json:"to"`     // "15:00"
}

// defaultWindows are those of the design: a family's day, a young person's
// afternoon, and the weekend.
func defaultWindows() []Window {
	return []Window{
		{Name: "weekday", Day: "tuesday", From: "09:00", To: "15:00"},
		{Name: "after_school", Day: "tuesday", From: "15:30", To: "18:00"},
		{Name: "saturday", Day: "saturday", From: "09:00", To: "15:00"},
	}
}

// transitDefaults fills in the parameters of public transport when the study
// has a timetable.
func (s *Spec) transitDefaults() {
	if !slices.ContainsFunc(s.Inputs, func(in Input) bool { return in.Role == "timetable" }) {
		return
	}
	t := &s.Transit
	for _, n := range []struct {
		v *float64
		d float64
	}{
		{&t.LimitMinutes, s.Walk.LimitMinutes}, {&t.AccessMinutes, 20}, {&t.TransferMinutes, 5},
		{&t.ChangeMinutes, transit.DefaultChange.Minutes()}, {&t.BoardingMinutes, transit.PushchairBoarding.Minutes()},
		{&t.StayMinutes, 120}, {&t.MarginKm, 10},
	} {
		if *n.v == 0 {
			*n.v = n.d
		}
	}
	if t.LeaveBy == "" {
		t.LeaveBy = "20:00"
	}
	if len(t.Windows) == 0 {
		t.Windows = defaultWindows()
	}
}

// transit finds what cannot be meant of public transport.
func (s *Spec) transit() error {
	t := s.Transit
	if len(t.Windows) == 0 {
		return nil
	}
	for _, n := range []struct {
		name   string
		v      float64
		lo, hi float64
	}{
		{"limit_minutes", t.LimitMinutes, 1, 180},
		{"access_minutes", t.AccessMinutes, 0.1, 60},
		{"transfer_minutes", t.TransferMinutes, 0.1, 20},
		{"change_minutes", t.ChangeMinutes, 0.1, 60},
		{"boarding_minutes", t.BoardingMinutes, 0, 60},
		{"stay_minutes", t.StayMinutes, 0, 600},
		{"margin_km", t.MarginKm, 0.1, 200},
	} {
		if !(n.v >= n.lo && n.v <= n.hi) {
			return fmt.Errorf("transit.%s %g: want %g to %g", n.name, n.v, n.lo, n.hi)
		}
	}
	if _, err := clockTime(t.LeaveBy); err != nil {
		return fmt.Errorf("transit.leave_by: %w", err)
	}
	names := map[string]bool{}
	for _, w := range t.Windows {
		if w.Name == "" || names[w.Name] {
			return fmt.Errorf("transit.window %q: want a name of its own for each window", w.Name)
		}
		names[w.Name] = true
		if _, err := w.span(); err != nil {
			return fmt.Errorf("transit.window %s: %w", w.Name, err)
		}
		if _, ok := w.weekday(); ok {
			continue
		}
		if _, err := source.ParseDate(w.Day); err != nil {
			return fmt.Errorf("transit.window %s: day %q: want a date such as \"2026-03-03\", or a day of the week such as \"tuesday\"", w.Name, w.Day)
		}
	}
	return nil
}

// weekday returns the day of the week that the window asks for, false for a date.
func (w Window) weekday() (time.Weekday, bool) {
	day := strings.ToLower(w.Day)
	if day == "weekday" {
		return time.Tuesday, true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if day == strings.ToLower(d.String()) {
			return d, true
		}
	}
	return 0, false
}

// span returns the departures in milliseconds of the day.
func (w Window) span() (transit.Window, error) {
	from, err := clockTime(w.From)
	if err != nil {
		return transit.Window{}, fmt.Errorf("from: %w", err)
	}
	to, err := clockTime(w.To)
	if err != nil {
		return transit.Window{}, fmt.Errorf("to: %w", err)
	}
	span := transit.Window{From: from, To: to}
	return span, span.Validate()
}

// Hours returns how long the window is; 0 for one that cannot be meant.
func (w Window) Hours() float64 {
	span, err := w.span()
	if err != nil {
		return 0
	}
	return (time.Duration(span.To-span.From) * time.Millisecond).Hours()
}

// clockTime reads a time such as 09:00, and 24:00.
func clockTime(s string) (transit.Millis, error) {
	if s == "24:00" {
		return transit.MillisOf(24 * time.Hour), nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("time %q: want one such as \"09:00\"", s)
	}
	return transit.MillisOf(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute), nil
}

// length turns minutes of the study into a duration, to the millisecond.
func length(minutes float64) time.Duration {
	return time.Duration(math.Round(minutes*60_000)) * time.Millisecond
}
