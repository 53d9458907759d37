package county_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

// national makes a county of n areas out of tables of a whole country: 33,755
// areas with indicators and people, and 35,796 rows of look-up. Each area is a
// square with 61 vertices, as the areas of Kent have, and has postcodes.
func national(n, postcodes int) county.Tables {
	const country, lookup = 33755, 35796
	across := int(math.Ceil(math.Sqrt(float64(n))))
	var plots []plot
	for i := range n {
		x, y := float64(i%across)/4-20, float64(i/across)/4-20 // 250 m squares
		plots = append(plots, plot{fmt.Sprintf("E%05d", i), "D1", finely(rectangle(x, y, x+0.25, y+0.25)), 300, 1200})
	}
	in := tables(plots...)
	in.Population[0].Older = true
	in.Population[0].Data.Rows = nil
	var links []string
	iod := make([]numbers, country)
	c := full("imd", country)
	weights := tables(row(1)...).Population[0]
	weights.Name, weights.Data.Rows = "census", nil
	for i := range country {
		old, now := fmt.Sprintf("O%05d", i), fmt.Sprintf("E%05d", i)
		links = append(links, old+"|"+now+"|U|")
		if i < lookup-country {
			links = append(links, old+"|N"+now+"|S|") // every one of the first 2,041 has a part elsewhere
		}
		in.Population[0].Data.Rows = append(in.Population[0].Data.Rows, ages(i+2, old, 300, 1200))
		weights.Data.Rows = append(weights.Data.Rows, ages(i+2, now, 300, 1200), ages(i+2, "N"+now, 100, 400))
		iod[i] = nums(now, float64(i+1), float64(i*10/country+1), 30, 0.2)
	}
	in.Population = append(in.Population, weights)
	in.Lookup = []county.Table[source.Codes]{codes("lookup", links...)}
	in.Indicators = []county.IndicatorTable{values("iod", []county.IndicatorColumns{c}, iod...)}
	var ps []source.Place
	for i := range n * postcodes {
		area := plots[i%n].shape[0][0][0]
		ps = append(ps, source.Place{ID: fmt.Sprint("P", i), At: orb.Point{area[0] + float64(7*i%250), area[1] + float64(13*i%250)}, Located: true})
	}
	in.Points = []county.Table[source.Places]{places("points", ps...)}
	return in
}

// finely adds 14 vertices to each side of a rectangle.
func finely(m orb.MultiPolygon) orb.MultiPolygon {
	var ring orb.Ring
	corners := m[0][0]
	for i := 1; i < len(corners); i++ {
		for k := range 15 {
			f := float64(k) / 15
			a, b := corners[i-1], corners[i]
			ring = append(ring, orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])})
		}
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

// A county among the tables of the country: rows of elsewhere are no error, and
// nobody of elsewhere is counted.
func TestNationalTables(t *testing.T) {
	c := build(t, national(100, 3))
	// All 100 areas are among the 2,041 older ones with a part outside: they keep
	// 300 of every 400 young and 1,200 of every 1,600 people older.
	check(t, "aged 0-19", c.People(0, 19), 100*300*0.75)
	if u := use(t, c, "iod"); u.Read != 33755 || u.Used != 100 || u.Dropped != 33655 {
		t.Errorf("use of the indicators: %d read, %d used, %d dropped, want 33755, 100, 33655", u.Read, u.Used, u.Dropped)
	}
	if u := use(t, c, "lookup"); u.Read != 35796 || u.Used != 200 || u.Dropped != 35596 {
		t.Errorf("use of the look-up: %d read, %d used, %d dropped, want 35796, 200, 35596", u.Read, u.Used, u.Dropped)
	}
	if u := use(t, c, "population"); u.Used != 100 || u.Dropped != 33655 {
		t.Errorf("use of the population: %d used, %d dropped, want 100, 33655", u.Used, u.Dropped)
	}
	checked(t, c, "Carrying population over conserves its people", true, "live in parts of older areas that lie outside the county")
	checked(t, c, "Every table has rows of this county", true, "none")
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			in := national(n, 10)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := county.Build(in, county.Params{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
