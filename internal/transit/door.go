package transit

import "slices"

// Door is how one place is reached from one door over a window of departures by
// the minute. A departure from which there is no journey within the limit counts
// as NoTime, so that a place that is out of reach half of the time has no median.
type Door struct {
	// Median and P90 are the least lengths that half, and nine in ten, of the
	// departures do not exceed (nearest rank: R.J. Hyndman and Y. Fan, "Sample
	// quantiles in statistical packages", The American Statistician 50 (1996),
	// 361-365, type 1).
	Median, P90 Millis
	// Reached counts the departures with a journey within the limit.
	Reached int
	// Rides counts the different journeys with a ride that are best for a
	// departure: a place that is nearer on foot at every minute has none.
	Rides int
	// Earliest is the earliest arrival, NoTime when Reached is 0.
	Earliest Millis
}

// Door returns how the place of the last Run is reached from the door whose
// walks to the stops are legs, and whose walk all the way takes onFoot (NoTime
// for none). No length is over onFoot: a walk is a journey.
func (s *Search) Door(legs []Leg, onFoot Millis) Door {
	if onFoot > s.limit {
		onFoot = NoTime
	}
	n := s.span.Departures()
	if !s.board(legs, onFoot, n) {
		return s.walked(onFoot, n)
	}
	d := Door{Earliest: NoTime}
	minutes := int(s.limit/minute) + 1
	s.count = slices.Grow(s.count[:0], minutes)[:minutes]
	clear(s.count)
	current, last := NoTime, NoTime
	for k := n - 1; k >= 0; k-- {
		at := s.span.From + Millis(k)*minute
		current = min(current, s.best[k])
		takes := onFoot
		if current != NoTime && current-at < onFoot && current-at <= s.limit {
			takes = current - at
			if current != last {
				last = current
				d.Rides++
			}
		}
		s.best[k] = takes
		if takes != NoTime {
			d.Reached++
			d.Earliest = min(d.Earliest, at+takes)
			s.count[takes/minute]++
		}
	}
	d.Median, d.P90 = s.ranked(n, rank(n, 50)), s.ranked(n, rank(n, 90))
	return d
}

// walked is the door from which no ride is of use.
func (s *Search) walked(onFoot Millis, n int) Door {
	d := Door{Median: onFoot, P90: onFoot, Earliest: NoTime}
	if onFoot != NoTime {
		d.Reached, d.Earliest = n, s.span.From+onFoot
	}
	return d
}

// board puts the arrivals of all options into the last minute from which they
// are caught, and reports whether there is one that may be better than walking.
func (s *Search) board(legs []Leg, onFoot Millis, n int) bool {
	if len(s.touched) == 0 {
		return false
	}
	s.best = slices.Grow(s.best[:0], n)[:n]
	most, any := min(s.limit, onFoot-1), false
	for _, l := range legs {
		options := s.at[l.Stop]
		if len(options) == 0 || l.Millis > uint32(s.limit) || s.fastest[l.Stop]+Millis(l.Millis) > most {
			continue
		}
		for _, o := range options {
			latest := o.ready - Millis(l.Millis) - s.span.From
			if latest < 0 {
				break
			}
			k := min(latest/minute, Millis(n-1))
			if o.arrive-s.span.From-k*minute > most {
				continue
			}
			if !any {
				any = true
				for i := range s.best {
					s.best[i] = NoTime
				}
			}
			s.best[k] = min(s.best[k], o.arrive)
		}
	}
	return any
}

// rank is the number of departures that a percentile takes in.
func rank(n, percent int) int { return (n*percent + 99) / 100 }

// ranked returns the length that is k-th from below, of the n in best: found by
// the counts of whole minutes, and then sorted within the one minute that holds
// it. Sorting all of them takes three times as long.
func (s *Search) ranked(n, k int) Millis {
	for m, c := range s.count {
		if k > int(c) {
			k -= int(c)
			continue
		}
		from := Millis(m) * minute
		s.few = s.few[:0]
		for _, t := range s.best[:n] {
			if t >= from && t < from+minute {
				s.few = append(s.few, t)
			}
		}
		slices.Sort(s.few)
		return s.few[k-1]
	}
	return NoTime
}

// LastHome returns the last moment, no later than latest, at which one may leave
// the place of the last RunHome and be home by a ride within the limit, and
// sooner than on foot (NoTime for no walk); false when that is before the
// earliest moment of RunHome, or never. legs are
// the walks home from the stops. Whoever has to wait for the ride leaves at
// latest.
func (s *Search) LastHome(legs []Leg, onFoot, latest Millis) (Millis, bool) {
	most, found := min(s.limit, onFoot-1), s.earliest-1
	for _, l := range legs {
		options := s.at[l.Stop]
		if len(options) == 0 || l.Millis > uint32(s.limit) || s.fastest[l.Stop]+Millis(l.Millis) > most {
			continue
		}
		for i := len(options) - 1; i >= 0; i-- {
			leave := min(-options[i].arrive, latest)
			if leave <= found {
				break
			}
			if Millis(l.Millis)-options[i].ready-leave <= most {
				found = leave
				break
			}
		}
	}
	return found, found >= s.earliest
}
