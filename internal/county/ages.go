package county

import "hubreach/internal/source"

// LastAge is the last single year of age; it stands for "90 and over".
const LastAge = 90

// Ages counts residents by single year of age: index 0 is under one year, index
// LastAge is LastAge and over.
type Ages [LastAge + 1]float64

// Between returns the residents from age from to age to, both included. Ages
// past LastAge count as LastAge.
func (a *Ages) Between(from, to int) float64 {
	sum := 0.0
	for age := max(from, 0); age <= min(to, LastAge); age++ {
		sum += a[age]
	}
	return sum
}

// Total returns all residents.
func (a *Ages) Total() float64 { return a.Between(0, LastAge) }

// cutAt reports whether age begins a band, or comes after the last: whether the
// residents under it are a sum of published bands.
func cutAt(bands []source.AgeBand, age int) bool {
	for _, b := range bands {
		if b.From < age && age <= b.To {
			return false
		}
	}
	return true
}

// agesOf spreads the counts of a row over single years. Within a band each year
// gets the same number: exact for single years, an assumption for wider bands.
func agesOf(bands []source.AgeBand, counts []float64) Ages {
	var a Ages
	for b, band := range bands {
		from, to := min(band.From, LastAge), min(band.To, LastAge)
		each := counts[b] / float64(to-from+1)
		for age := from; age <= to; age++ {
			a[age] += each
		}
	}
	return a
}

// single reports whether every band up to and with age last is one year wide.
func single(bands []source.AgeBand, last int) bool {
	for _, b := range bands {
		if b.From <= last && b.To != b.From {
			return false
		}
	}
	return true
}
