package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// gtfs writes the timetable as a General Transit Feed Specification archive.
func (c *County) gtfs() ([]byte, error) {
	t := c.bus
	stops := [][]string{{"stop_id", "stop_code", "stop_name", "stop_lat", "stop_lon", "wheelchair_boarding", "location_type"}}
	for k, s := range t.stops {
		lon, lat := degrees(s.at)
		stops = append(stops, []string{stopID(k), "", s.name, fmt.Sprintf("%.6f", lat), fmt.Sprintf("%.6f", lon), "0", "0"})
	}
	routes := [][]string{{"route_id", "agency_id", "route_short_name", "route_long_name", "route_type"}}
	trips := [][]string{{"route_id", "service_id", "trip_id", "trip_headsign", "direction_id"}}
	times := [][]string{{"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"}}
	for _, r := range t.routes {
		routes = append(routes, []string{r.id, r.operator, r.id, r.name, strconv.Itoa(r.kind)})
		back := slices.Clone(r.calls)
		slices.Reverse(back)
		last := r.calls[len(r.calls)-1].minute
		for k := range back {
			back[k].minute = last - back[k].minute
		}
		for direction, calls := range [][]call{r.calls, back} {
			if direction == 1 && r.loop {
				continue
			}
			for _, service := range []struct {
				id string
				at []int
			}{{"weekday", r.weekday}, {"saturday", r.saturday}} {
				for k, start := range service.at {
					id := fmt.Sprintf("%s-%s-%d-%02d", r.id, service.id[:1], direction, k+1)
					trips = append(trips, []string{r.id, service.id, id, t.stops[calls[len(calls)-1].stop].name, strconv.Itoa(direction)})
					for seq, x := range calls {
						clock := fmt.Sprintf("%02d:%02d:00", (start+x.minute)/60, (start+x.minute)%60)
						times = append(times, []string{id, clock, clock, stopID(x.stop), strconv.Itoa(seq)})
					}
				}
			}
		}
	}
	files := []struct {
		name string
		rows [][]string
	}{
		{"agency.txt", [][]string{
			{"agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"},
			{"EMB", "Estermere Buses", "https://estermere.example/buses", "Europe/London", "EN"},
			{"EMF", "Morrey Ferry Company", "https://estermere.example/ferry", "Europe/London", "EN"},
			{"EMR", "Estermere Railway", "https://estermere.example/rail", "Europe/London", "EN"},
		}},
		{"stops.txt", stops},
		{"routes.txt", routes},
		{"trips.txt", trips},
		{"stop_times.txt", times},
		{"calendar.txt", [][]string{
			{"service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date", "end_date"},
			{"weekday", "1", "1", "1", "1", "1", "0", "0", "20260105", "20261231"},
			{"saturday", "0", "0", "0", "0", "0", "1", "0", "20260105", "20261231"},
		}},
		{"calendar_dates.txt", [][]string{{"service_id", "date", "exception_type"}, {"weekday", "20260403", "2"}, {"weekday", "20260406", "2"}}},
		{"feed_info.txt", [][]string{
			{"feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date", "feed_version"},
			{"hubreach sample data", "https://estermere.example", "EN", "20260105", "20261231", strconv.FormatUint(c.seed, 10)},
		}},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		// No time is set: the archive is the same whenever it is made.
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
		if _, err := w.Write(table(f.rows)); err != nil {
			return nil, fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close timetable: %w", err)
	}
	return b.Bytes(), nil
}

// stopID is in the shape of an ATCO code of an area that does not exist.
func stopID(k int) string { return fmt.Sprintf("9990EM%05d", k+1) }
