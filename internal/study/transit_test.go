package study_test

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"hubreach/data"
	"hubreach/internal/reach"
	"hubreach/internal/study"
)

const newportTimetable = `
[[input]]
role = "timetable"
file = "newport_wales/newport-20230613_gtfs.zip"
`

// newportTransit is Newport with its timetable.
func newportTransit(t testing.TB) (study.Spec, study.Open) {
	t.Helper()
	dir := realData(t)
	text, err := os.ReadFile(filepath.Join("..", "..", "data", "studies", "newport.toml"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ParseSpec([]byte(string(text)+newportTimetable), "newport.toml")
	if err != nil {
		t.Fatal(err)
	}
	return s, openIn(dir)
}

// sampleTransit is the sample county, whose study has a timetable.
func sampleTransit(t testing.TB) (study.Spec, study.Open) {
	t.Helper()
	text, err := fs.ReadFile(data.Sample(), data.Study)
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ParseSpec(text, data.Study)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(p string) (io.ReadCloser, error) { return data.Sample().Open(p) }
}

func TestTransitPlaces(t *testing.T) {
	for _, test := range []struct {
		name string
		spec func(testing.TB) (study.Spec, study.Open)
	}{{"Newport", newportTransit}, {"sample county", sampleTransit}} {
		t.Run(test.name, func(t *testing.T) {
			s, open := test.spec(t)
			began := time.Now()
			var stage string
			var at time.Time
			r, got, err := study.MeasureTransit(context.Background(), s, study.Env{Open: open, Workers: 2, Progress: func(name string, done, total int) {
				if name != stage {
					if stage != "" {
						t.Logf("%6.2f s %s", time.Since(at).Seconds(), stage)
					}
					stage, at = name, time.Now()
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%.2f s, %d points, %d sites, %d stops", time.Since(began).Seconds(), len(r.County.Points), len(r.County.Sites), got.Stops)
			for _, n := range append(got.Findings, got.Notes...) {
				t.Log(n)
			}
			every := make([]bool, len(r.County.Sites))
			for i := range every {
				every[i] = true
			}
			for _, w := range got.Windows {
				foot := study.OnFoot(r.County, r.Walks(w.Profile), every, 30)
				ride := w.Within(r.County, every, 30)
				t.Logf("%-12s %-9s %v %d trips, %d journeys: sites within 30 min %.2f on foot, %.2f; reach one %.3f on foot, %.3f", w.Name, w.Profile, w.Date, w.Trips, w.Len(), foot.Sites, ride.Sites, foot.Share, ride.Share)
			}
		})
	}
}

var _ = reflect.DeepEqual
var _ = reach.NoWalk
