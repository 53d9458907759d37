package source

import (
	"io"
	"slices"

	"github.com/paulmach/orb"
)

// Timetable is a feed of the General Transit Feed Specification as published.
// Positions (of a stop, route, service or trip) count from 0 within the feed;
// rows that nothing can be made of are left out, and Findings counts them.
//
// Source: GTFS Schedule reference, gtfs.org/documentation/schedule/reference.
type Timetable struct {
	File     string
	Stops    []Stop // in the order of the file, each id once
	Routes   []Route
	Services []Service
	Trips    []Trip // each with two calls or more, in the order of the file
	Calls    []Call // of all trips, trip by trip
	// Frequencies are the trips that are run again and again; such a trip's own
	// times only say how long it takes.
	Frequencies []Frequency
	Transfers   []Transfer
	// Stays say of two trips whether one may stay on board from the end of the
	// first to the beginning of the second, whatever their blocks.
	Stays []Stay
	// Fares are the prices that the feed gives, each once; none: it gives none.
	Fares []Fare
	// Read and Used count the calls of the file and those that were kept.
	Read, Used int
	// Findings are what is wrong with the feed or was left out of it, a sentence
	// each, with counts.
	Findings []string
}

// Stop is a place to board, or a station that holds such places.
type Stop struct {
	ID      string
	Name    string
	At      orb.Point // WGS 84; meaningful only when Located
	Located bool
	Station int32 // the station it belongs to, -1 for none
	// Place is set for what is not boarded at: a station, an entrance, a node.
	Place bool
}

// Route is a line. Kind is its route_type: 3 is a bus, 2 a train, and 100 to
// 1799 are the extended types.
type Route struct {
	ID, Name string
	Kind     int
}

// Service is the set of days on which trips run.
type Service struct {
	ID string
	// Weekdays has a bit for each day of the week, Sunday lowest. It holds from
	// From to To, both included, and is 0 for a service of single days.
	Weekdays uint8
	From, To Date
	// Added and Removed are single days, ascending, each once. A day in both
	// does not run.
	Added, Removed []Date
}

// Runs reports whether trips of the service set out on day d.
func (s Service) Runs(d Date) bool {
	if _, removed := slices.BinarySearch(s.Removed, d); removed {
		return false
	}
	if _, added := slices.BinarySearch(s.Added, d); added {
		return true
	}
	return s.Weekdays>>d.Weekday()&1 == 1 && s.From <= d && d <= s.To
}

// Trip is one journey of a vehicle. Its calls are Calls[First:End] of the feed.
// The trips of one Block are made by one vehicle, one after another; 0 is none.
type Trip struct {
	ID             string
	Route, Service int32
	First, End     int32
	Block          int32
}

// Call is a stop of a trip. Times are seconds after the midnight on which the
// trip's day begins, and may be past 24 hours; they never go back along a trip.
type Call struct {
	Stop              int32
	Arrive, Depart    int32
	NoBoard, NoAlight bool
}

// Frequency runs a trip every Every seconds: first at From, last before To.
type Frequency struct {
	Trip            int32
	From, To, Every int32
}

// The kinds of a transfer, as published.
const (
	TransferPossible   = 0 // a recommended place to change
	TransferTimed      = 1 // the one vehicle waits for the other
	TransferTakes      = 2 // Seconds are needed
	TransferImpossible = 3

	transferOnBoard  = 4 // between two trips of one vehicle
	transferAlighted = 5 // the same, where everybody has to get off
)

// Fare is a price. What it buys, a ride, an hour or a day, and on which lines, is
// the feed's own affair.
type Fare struct {
	ID       string
	Price    float64
	Currency string // ISO 4217, such as "GBP"; empty when the feed does not say
}

// Stay says whether whoever is on board at the end of trip From is on board trip
// To: transfer_type 4, or not, transfer_type 5.
type Stay struct {
	From, To int32
	Allowed  bool
}

// Transfer says how one changes between two stops, or between all stops of two
// stations. Seconds is -1 where the feed does not say.
type Transfer struct {
	From, To int32
	Kind     int
	Seconds  int32
}

// ReadTimetable reads a GTFS feed: a ZIP with the feed's text files at its root
// or in one folder. With feeds in several folders, Options.Layer names one.
//
// Files: stops, trips and stop_times have to be there, and calendar or
// calendar_dates; routes, frequencies, transfers, fare_attributes and
// fare_products are read when they are; shapes and the rest are not. Times that
// a file leaves blank between two stops are spread evenly over the stops
// between.
//
// A feed that cannot be used at all is a *RowError: no ZIP or a damaged one, a
// file or a column missing, text that is no CSV, more bytes than
// Options.MaxBytes, or no trip left. Everything less is a finding.
func ReadTimetable(r io.Reader, file string, o Options) (Timetable, error) {
	f, err := openFeed(r, file, o)
	if err != nil {
		return Timetable{}, err
	}
	f.out.File = file
	for _, step := range []func() error{
		f.stops, f.routes, f.calendar, f.calendarDates, f.trips, f.stopTimes, f.frequencies, f.transfers, f.fares,
	} {
		if err := step(); err != nil {
			return Timetable{}, err
		}
	}
	if len(f.out.Trips) == 0 {
		return Timetable{}, &RowError{File: file, Want: "a trip that can be made, found none: " + joined(f.found.sentences()), Do: refetch}
	}
	f.out.Findings = f.found.sentences()
	return f.out, nil
}
