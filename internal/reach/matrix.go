package reach

import "math"

// NoWalk stands for the time of a walk that was not found within the limit. It
// exceeds every time, so comparisons need no special case.
const NoWalk = math.MaxUint32

// PlaceTime is the walk from a population point to one place, in milliseconds.
type PlaceTime struct {
	Place  int32
	Millis uint32
}

// Matrix holds, for every population point, the places within the limit of the
// search. It is built once, never changed, and may be read by many goroutines.
//
// Why all of them and not the nearest three: with every walk of a point in one row
// the nearest that is open is a look-up whichever and however many places close,
// and a place that opens again needs no search. A row of three has to be filled
// up from the lists of all places once the third of them closes, and those lists
// are there already. What an option changes is followed from these rows by
// estate.Live, and a place that is new costs its own one search: see With.
type Matrix struct {
	start []int32
	times []PlaceTime
}

// NewMatrix turns the times of every place, in the order of the places, round:
// from one list a place to one list a point. points is the number of points; a
// time whose point is not below it is a bug in the caller and panics.
func NewMatrix(points int, perPlace [][]Time) *Matrix {
	m := &Matrix{start: make([]int32, points+1)}
	for _, ts := range perPlace {
		for _, t := range ts {
			m.start[t.Point+1]++
		}
	}
	for p := range points {
		m.start[p+1] += m.start[p]
	}
	m.times = make([]PlaceTime, m.start[points])
	next := append([]int32(nil), m.start...)
	for place, ts := range perPlace {
		for _, t := range ts {
			m.times[next[t.Point]] = PlaceTime{Place: int32(place), Millis: t.Millis}
			next[t.Point]++
		}
	}
	return m
}

// With returns m with more places behind its own: perPlace holds their times as in
// NewMatrix, places is the number of places that m was made of. m stays as it is.
func (m *Matrix) With(places int, perPlace [][]Time) *Matrix {
	more := NewMatrix(m.Points(), perPlace)
	all := &Matrix{start: make([]int32, len(m.start)), times: make([]PlaceTime, 0, len(m.times)+len(more.times))}
	for p := range m.Points() {
		all.times = append(all.times, m.At(p)...)
		for _, t := range more.At(p) {
			t.Place += int32(places)
			all.times = append(all.times, t)
		}
		all.start[p+1] = int32(len(all.times))
	}
	return all
}

// At returns the places within the limit of point p, by ascending place. The
// slice belongs to the matrix.
func (m *Matrix) At(p int) []PlaceTime { return m.times[m.start[p]:m.start[p+1]] }

// Points returns the number of points.
func (m *Matrix) Points() int { return len(m.start) - 1 }

// Len returns the number of walks held.
func (m *Matrix) Len() int { return len(m.times) }
