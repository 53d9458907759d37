package reach

import (
	"cmp"
	"slices"
)

// BestPlaces is how many of the nearest places are kept for each point.
const BestPlaces = 3

// Best keeps the nearest open places of every point while places open and close.
// It always equals what NewBest makes of the places that are open now. It
// belongs to one goroutine; see Clone.
//
// Closing a place is a look-up at the points that it reaches; only where one of
// them has more open places than are kept are the times of the others read
// again. Opening one reads its own times. Nothing is searched for.
type Best struct {
	points []kept
	times  [][]Time // by place
	open   []bool   // by place
}

// kept is the nearest places of a point.
type kept struct {
	top  [BestPlaces]PlaceTime
	n    uint8
	open int32 // open places within the limit
}

// Change is a point whose nearest open place is another now, or as near as
// another time. Place is -1 and Millis NoWalk where there is none.
type Change struct {
	Point   int32
	Was, Is PlaceTime
}

// NewBest returns the nearest places of each of so many points, from the times
// of every place as Times gives them: by ascending point. A place without times
// is one that nobody reaches. The times are kept and must not be changed. A time
// whose point is not below points is a bug in the caller and panics.
func NewBest(points int, perPlace [][]Time) *Best {
	b := &Best{points: make([]kept, points), times: slices.Clone(perPlace), open: make([]bool, len(perPlace))}
	for place, times := range b.times {
		b.open[place] = true
		for _, t := range times {
			b.points[t.Point].open++
			b.points[t.Point].add(PlaceTime{int32(place), t.Millis})
		}
	}
	return b
}

// Clone returns a Best of its own: what happens to one does not touch the other.
func (b *Best) Clone() *Best {
	return &Best{slices.Clone(b.points), slices.Clone(b.times), slices.Clone(b.open)}
}

// Top returns the nearest open places to a point, up to BestPlaces, nearest
// first; of equally near ones the lower comes first. It is valid until the next
// Open or Close and must not be changed.
func (b *Best) Top(point int) []PlaceTime {
	k := &b.points[point]
	return k.top[:k.n]
}

// Within returns how many open places are within the limit of the times.
func (b *Best) Within(point int) int { return int(b.points[point].open) }

// IsOpen reports whether a place is open. One that was never heard of is not.
func (b *Best) IsOpen(place int32) bool {
	return place >= 0 && int(place) < len(b.open) && b.open[place]
}

// Close closes a place and returns the points whose nearest it was, by ascending
// point. Closing one that is not open changes nothing.
func (b *Best) Close(place int32) []Change {
	if !b.IsOpen(place) {
		return nil
	}
	b.open[place] = false
	var changes []Change
	var short []int32
	for _, t := range b.times[place] {
		k := &b.points[t.Point]
		k.open--
		was := k.nearest()
		if !k.remove(place) {
			continue
		}
		if int(k.n) < min(BestPlaces, int(k.open)) {
			short = append(short, t.Point)
		}
		if was.Place == place {
			changes = append(changes, Change{Point: t.Point, Was: was})
		}
	}
	b.refill(short)
	for i := range changes {
		changes[i].Is = b.points[changes[i].Point].nearest()
	}
	return changes
}

// refill reads the times of the open places again for these points, which come
// in ascending order.
func (b *Best) refill(short []int32) {
	if len(short) == 0 {
		return
	}
	for _, p := range short {
		b.points[p].n = 0
	}
	for place, times := range b.times {
		if !b.open[place] {
			continue
		}
		rest := short
		for len(rest) > 0 && len(times) > 0 {
			switch {
			case times[0].Point < rest[0]:
				times = after(times, rest[0])
			case times[0].Point > rest[0]:
				rest = rest[1:]
			default:
				b.points[rest[0]].add(PlaceTime{int32(place), times[0].Millis})
				times, rest = times[1:], rest[1:]
			}
		}
	}
}

// after returns the times from point on. It looks ahead in growing steps.
func after(times []Time, point int32) []Time {
	step := 1
	for step < len(times) && times[step].Point < point {
		step *= 2
	}
	times = times[step/2:]
	i, _ := slices.BinarySearchFunc(times[:min(len(times), step-step/2+1)], point, func(t Time, p int32) int { return cmp.Compare(t.Point, p) })
	return times[i:]
}

// Open opens a place with the times of one search, by ascending point, and
// returns the points whose nearest it is now, by ascending point. The place may
// be one that was closed, or any number not used yet: those that are left out
// are places that are not open. A place below 0, or one that is open, is a bug in
// the caller and panics.
func (b *Best) Open(place int32, times []Time) []Change {
	if b.IsOpen(place) {
		panic("reach: place is open already")
	}
	for int(place) >= len(b.times) {
		b.times, b.open = append(b.times, nil), append(b.open, false)
	}
	b.times[place], b.open[place] = times, true
	var changes []Change
	for _, t := range times {
		k := &b.points[t.Point]
		was := k.nearest()
		k.open++
		k.add(PlaceTime{place, t.Millis})
		if is := k.nearest(); is != was {
			changes = append(changes, Change{t.Point, was, is})
		}
	}
	return changes
}

func (k *kept) nearest() PlaceTime {
	if k.n == 0 {
		return PlaceTime{Place: -1, Millis: NoWalk}
	}
	return k.top[0]
}

// add puts a place in where it belongs, if it is among the nearest.
func (k *kept) add(p PlaceTime) {
	i := int(k.n)
	for i > 0 && p.before(k.top[i-1]) {
		i--
	}
	if i == BestPlaces {
		return
	}
	k.n = min(k.n+1, BestPlaces)
	copy(k.top[i+1:k.n], k.top[i:])
	k.top[i] = p
}

// remove takes a place out and reports whether it was in.
func (k *kept) remove(place int32) bool {
	for i, p := range k.top[:k.n] {
		if p.Place == place {
			copy(k.top[i:k.n], k.top[i+1:k.n])
			k.n--
			k.top[k.n] = PlaceTime{}
			return true
		}
	}
	return false
}

// before reports whether p is nearer than q, or as near and lower.
func (p PlaceTime) before(q PlaceTime) bool {
	return p.Millis < q.Millis || p.Millis == q.Millis && p.Place < q.Place
}
