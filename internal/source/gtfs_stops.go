package source

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// stops reads the stops. A stop without coordinates takes those of its station.
func (f *feed) stops() error {
	var stations []string // id of each stop's station
	err := f.read("stops.txt", []string{"stop_id", "?stop_name", "?stop_lat", "?stop_lon", "?location_type", "?parent_station"}, func(l line) {
		id := l.cells[0]
		if !number(&f.stop, id, len(f.out.Stops)) {
			f.found.add("stops whose id is blank or stands twice, the later left out", id)
			return
		}
		s := Stop{ID: strings.Clone(id), Name: strings.ToValidUTF8(strings.Clone(l.cells[1]), "?"), Station: -1}
		s.At, s.Located = stopAt(l.cells[3], l.cells[2])
		s.Place = l.cells[4] != "" && l.cells[4] != "0" && l.cells[4] != "4" // 4 is a boarding area of a platform
		f.out.Stops = append(f.out.Stops, s)
		stations = append(stations, strings.Clone(l.cells[5]))
	})
	if err != nil {
		return err
	}
	for i, id := range stations {
		if id == "" {
			continue
		}
		if s := &f.out.Stops[i]; position(f.stop, id) >= 0 && position(f.stop, id) != int32(i) {
			s.Station = f.stop[id]
		} else {
			f.found.add("stops whose station is not in the feed, taken as stops without one", s.ID)
		}
	}
	for i := range f.out.Stops {
		s := &f.out.Stops[i]
		if !s.Located && s.Station >= 0 {
			s.At, s.Located = f.out.Stops[s.Station].At, f.out.Stops[s.Station].Located
		}
		if !s.Located && !s.Place {
			f.found.add("stops without coordinates, nobody walks to them", s.ID)
		}
	}
	return nil
}

// stopAt reads a position. That of no degrees at all, off Africa, is how some
// programs write a position that they do not know.
func stopAt(lon, lat string) (orb.Point, bool) {
	x, errX := strconv.ParseFloat(lon, 64)
	y, errY := strconv.ParseFloat(lat, 64)
	ok := errX == nil && errY == nil && math.Abs(x) <= 180 && math.Abs(y) <= 90 && (x != 0 || y != 0)
	if !ok {
		return orb.Point{}, false
	}
	return orb.Point{x, y}, true
}

// transfers reads how to change between stops.
func (f *feed) transfers() error {
	if !f.has("transfers.txt") {
		return nil
	}
	columns := []string{"from_stop_id", "to_stop_id", "?transfer_type", "?min_transfer_time", "?from_route_id", "?to_route_id", "?from_trip_id", "?to_trip_id"}
	return f.read("transfers.txt", columns, func(l line) {
		c := l.cells
		if f.stay(c) {
			return
		}
		if c[4] != "" || c[5] != "" || c[6] != "" || c[7] != "" {
			f.found.add("transfers between particular routes or trips, left out", c[0]+" to "+c[1])
			return
		}
		from, to := position(f.stop, c[0]), position(f.stop, c[1])
		kind, err := strconv.Atoi("0" + c[2]) // blank is 0
		if from < 0 || to < 0 || err != nil || kind > TransferImpossible {
			f.found.add("transfers with an unknown stop or kind, left out", c[0]+" to "+c[1])
			return
		}
		t := Transfer{From: from, To: to, Kind: kind, Seconds: -1}
		if kind == TransferTakes && c[3] != "" {
			seconds, err := strconv.ParseInt(c[3], 10, 32)
			if err != nil || seconds < 0 || seconds > maxHours*3600 {
				f.found.add("transfers whose time is not a number of seconds, left out", c[3])
				return
			}
			t.Seconds = int32(seconds)
		}
		f.out.Transfers = append(f.out.Transfers, t)
	})
}

// stay reads whether one stays on board between two trips, and reports whether
// that is what a row of transfers says.
func (f *feed) stay(c []string) bool {
	kind, err := strconv.Atoi(c[2])
	if err != nil || kind != transferOnBoard && kind != transferAlighted {
		return false
	}
	from, to := position(f.trip, c[6]), position(f.trip, c[7])
	if from < 0 || to < 0 || f.moved[from] < 0 || f.moved[to] < 0 {
		f.found.add("transfers on board between trips that are not in the feed, left out", c[6]+" to "+c[7])
		return true
	}
	f.out.Stays = append(f.out.Stays, Stay{f.moved[from], f.moved[to], kind == transferOnBoard})
	return true
}

// fares reads the prices.
func (f *feed) fares() error {
	for _, file := range []struct {
		name    string
		columns []string
	}{
		{"fare_attributes.txt", []string{"fare_id", "price", "?currency_type"}},
		{"fare_products.txt", []string{"fare_product_id", "amount", "?currency"}},
	} {
		if !f.has(file.name) {
			continue
		}
		err := f.read(file.name, file.columns, func(l line) {
			price, err := strconv.ParseFloat(l.cells[1], 64)
			if err != nil || !(price >= 0 && price < 1e6) {
				f.found.add("fares whose price is not a number, left out", l.cells[0])
				return
			}
			f.out.Fares = append(f.out.Fares, Fare{strings.Clone(l.cells[0]), price, strings.ToUpper(strings.ToValidUTF8(strings.Clone(l.cells[2]), "?"))})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
