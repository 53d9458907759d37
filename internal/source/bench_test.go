package source_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/paulmach/orb/geojson"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// benchmark reads a real file over and over with read.
func benchmark(b *testing.B, name string, read func(r io.Reader) error) {
	data, err := io.ReadAll(realdata.Open(b, name))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}

// The same 938 areas of Kent, with 58,463 points, in three formats.
func BenchmarkReadBoundaries(b *testing.B) {
	for _, name := range []string{"kent_lsoa21.geojson.gz", "kent_lsoa21_bng.gpkg", "kent_lsoa21_bng_shp.zip"} {
		b.Run(name, func(b *testing.B) {
			benchmark(b, "boundaries/"+name, func(r io.Reader) error {
				_, err := source.ReadBoundaries(r, name, source.Options{})
				return err
			})
		})
	}
}

func BenchmarkReadPopulation(b *testing.B) {
	benchmark(b, "population/kent_mye2020_lsoa11_single_year_of_age.csv", func(r io.Reader) error {
		_, err := source.ReadPopulation(r, "population.csv", source.Options{})
		return err
	})
}

func BenchmarkReadPlaces(b *testing.B) {
	benchmark(b, "places/kent_codepoint_open_2014.csv.gz", func(r io.Reader) error {
		_, err := source.ReadPlaces(r, "codepoint.csv.gz", source.Options{})
		return err
	})
}

// Our own reading of coordinates beside orb's.
func BenchmarkGeoJSON(b *testing.B) {
	text := string(realdata.Unpacked(b, "boundaries/kent_lsoa21.geojson.gz"))
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := source.ReadBoundaries(strings.NewReader(text), "x", source.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("orb", func(b *testing.B) {
		for b.Loop() {
			if _, err := geojson.UnmarshalFeatureCollection([]byte(text)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
