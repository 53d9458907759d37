//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"hubreach/geo"
	"hubreach/internal/estate"
	"hubreach/internal/realdata"
	"hubreach/internal/study"
	"hubreach/scripts/benchmark/scale"
)

// BenchmarkWhatIf drags a site by 20 m at a time, and closes and opens sites, on a
// county of Kent's size with streets as dense as real ones: Newport's, tiled to
// 1.64 million vertices, 938 areas, 43,501 postcodes and 98 sites, the four
// profiles of a study. It reports how long half of the whole answers, and 19 in 20,
// take at most: by the clock, and in processor time of the one thread that answers,
// which a busy machine does not lengthen.
func BenchmarkWhatIf(b *testing.B) {
	r := kentSized(b)
	w, err := study.NewWhatIf(r, "")
	if err != nil {
		b.Fatal(err)
	}
	sites := r.County.Sites
	for _, kind := range []struct {
		name string
		of   func(i int) study.Change
	}{
		{"drag", func(i int) study.Change {
			at := sites[i/50%len(sites)].At
			return study.MoveSite(sites[i/50%len(sites)].ID, geo.Grid{at[0] + float64(i%50)*20, at[1]}, nil)
		}},
		{"status", func(i int) study.Change {
			return study.SetStatus(sites[i/2%len(sites)].ID, []estate.Status{estate.Closed, estate.Hub}[i%2])
		}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var took, worked []time.Duration
			for i := 0; b.Loop(); i++ {
				start, before := time.Now(), threadTime(b)
				if _, err := w.Apply(kind.of(i)); err != nil {
					continue // a place that cannot be joined to the streets
				}
				w.Picture()
				took, worked = append(took, time.Since(start)), append(worked, threadTime(b)-before)
			}
			for unit, times := range map[string][]time.Duration{"ms": took, "cpu-ms": worked} {
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2])/1e6, "median-"+unit)
				b.ReportMetric(float64(times[len(times)*95/100])/1e6, "p95-"+unit)
			}
		})
	}
}

// threadTime is the processor time of the thread that asks.
func threadTime(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

// kentSized runs the study.
func kentSized(b *testing.B) *study.Results {
	b.Helper()
	tile, err := tileOf("newport", realdata.Folder(b))
	if err != nil {
		b.Fatal(err)
	}
	county, err := scale.Of(tile, scale.KentNodes)
	if err != nil {
		b.Fatal(err)
	}
	proj, err := geo.NewProjection()
	if err != nil {
		b.Fatal(err)
	}
	var pbf bytes.Buffer
	if err := county.WritePBF(&pbf); err != nil {
		b.Fatal(err)
	}
	files := kentFiles(b, county, proj)
	files["streets.osm.pbf"] = pbf.Bytes()
	s, err := study.ParseSpec(files["study.toml"], "study.toml")
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	r, err := study.Run(b.Context(), s, study.Env{Workers: 2, Open: func(p string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files[p])), nil
	}})
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d vertices, %d areas, %d points, %d sites; run in %.1f s", county.Nodes(), len(r.County.Areas), len(r.County.Points), len(r.County.Sites), time.Since(start).Seconds())
	return r
}

// kentFiles are the inputs but the streets: doors for postcodes and sites, and a
// lattice of areas over them.
func kentFiles(b *testing.B, county *scale.County, proj *geo.Projection) map[string][]byte {
	b.Helper()
	const points, sites, columns, rows = 43_501, 98, 67, 14
	var at []geo.Grid
	lo, hi := geo.Grid{math.Inf(1), math.Inf(1)}, geo.Grid{math.Inf(-1), math.Inf(-1)}
	for _, door := range county.Doors(points+sites, 1) {
		p, err := proj.ToGrid(door)
		if err != nil {
			b.Fatal(err)
		}
		at = append(at, p)
		for k := range 2 {
			lo[k], hi[k] = min(lo[k], p[k]-1), max(hi[k], p[k]+1)
		}
	}
	var areas, people, imd, postcodes, places strings.Builder
	people.WriteString("LSOA21CD")
	for age := range 90 {
		fmt.Fprintf(&people, ",%d", age)
	}
	people.WriteString(",90+\n")
	imd.WriteString("LSOA21CD,rank,decile,rate\n")
	width, height := (hi[0]-lo[0])/columns, (hi[1]-lo[1])/rows
	for i := range columns * rows {
		code := fmt.Sprintf("E01%06d", i+1)
		w, s := lo[0]+float64(i%columns)*width, lo[1]+float64(i/columns)*height
		if i > 0 {
			areas.WriteString(",")
		}
		fmt.Fprintf(&areas, `{"type":"Feature","properties":{"code":%q,"name":%q,"district":"E07%06d"},"geometry":{"type":"Polygon","coordinates":[[[%[4]f,%[5]f],[%[6]f,%[5]f],[%[6]f,%[7]f],[%[4]f,%[7]f],[%[4]f,%[5]f]]]}}`,
			code, code, i%columns/6+1, w, s, w+width, s+height)
		people.WriteString(code + strings.Repeat(",18", 90) + ",20\n")
		rank := 1 + i*7919%33755
		fmt.Fprintf(&imd, "%s,%d,%d,%.3f\n", code, rank, 1+rank*10/33756, 0.4*float64(33755-rank)/33755)
	}
	postcodes.WriteString("Postcode,Eastings,Northings\n")
	places.WriteString("id,name,easting,northing\n")
	for i, p := range at {
		if i < points {
			fmt.Fprintf(&postcodes, "P%d,%.0f,%.0f\n", i, p[0], p[1])
		} else {
			fmt.Fprintf(&places, "s%02d,Hub %d,%.0f,%.0f\n", i-points, i-points, p[0], p[1])
		}
	}
	input := func(role, file, more string) string {
		return fmt.Sprintf("[[input]]\nrole = %q\nfile = %q\n%s\n", role, file, more)
	}
	grid := "crs = \"EPSG:27700\""
	return map[string][]byte{
		"areas.geojson": []byte(`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[` + areas.String() + "]}"),
		"people.csv":    []byte(people.String()), "imd.csv": []byte(imd.String()), "points.csv": []byte(postcodes.String()), "sites.csv": []byte(places.String()),
		"study.toml": []byte("name = \"Kent-sized\"\n" + input("boundaries", "areas.geojson", `columns = { code = "code", name = "name", district = "district" }`) +
			input("population", "people.csv", "") + input("points", "points.csv", grid) + input("sites", "sites.csv", grid) + input("streets", "streets.osm.pbf", "") +
			input("indicators", "imd.csv", "[[input.indicator]]\nid = \"imd\"\nrank = \"rank\"\ndecile = \"decile\"\nrate = \"rate\"\nof = 33755\n") +
			"[need]\nweights = { imd = 1 }\nrate = [\"imd\"]\ndecile = \"imd\"\n"),
	}
}
