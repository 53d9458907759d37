package study_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// bits compares two floats by their bits; any two that are not a number agree.
var bits = cmp.Comparer(func(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
})

// grid is a drawn county of side x side square kilometres in two districts, its
// people, deprivation and class drawn from a seed, with sites here and there.
// Walks are straight lines.
func grid(seed uint64, side, sites int) map[string]string {
	r := rand.New(rand.NewPCG(seed, 7))
	var areas []string
	people := strings.Builder{}
	people.WriteString("LSOA21CD,0-4,5-9,10-15,16-19,20-24,25+\n")
	imd, rural, towns := "LSOA21CD,rank,decile,rate\n", "LSOA21CD,class\n", "LSOA21CD,town,town_name\n"
	for i := range side * side {
		code := fmt.Sprintf("E0100%04d", i)
		areas = append(areas, square(code, fmt.Sprintf("Area %03dA", i), fmt.Sprintf("E0700000%d", 1+i/side*2/side), 600000+i%side*1000, 150000+i/side*1000))
		fmt.Fprintf(&people, "%s,%d,%d,%d,%d,%d,%d\n", code, r.IntN(90), r.IntN(90), r.IntN(100), r.IntN(70), r.IntN(90), 500+r.IntN(900))
		rank := 1 + r.IntN(33755)
		imd += fmt.Sprintf("%s,%d,%d,%.3f\n", code, rank, min(10, 1+rank*10/33756), r.Float64()/2)
		rural += fmt.Sprintf("%s,%s\n", code, []string{"UN1", "RLN1"}[r.IntN(2)])
		if town := r.IntN(6); town > 0 {
			towns += fmt.Sprintf("%s,T%d,Town %d\n", code, town, town)
		}
	}
	rows, options := "id,name,easting,northing,youth_space\n", "option_id,option_name,site_id,status\n"
	for i := range sites {
		rows += fmt.Sprintf("s%02d,Site %d,%d,%d,%s\n", i, i, 600000+r.IntN(side*1000), 150000+r.IntN(side*1000), []string{"yes", "no", ""}[r.IntN(3)])
		options += fmt.Sprintf("all,All,s%02d,hub\n", i)
		if i%2 == 0 {
			options += fmt.Sprintf("half,Half,s%02d,hub\n", i)
		}
	}
	return with(map[string]string{
		"areas.geojson": `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[` + strings.Join(areas, ",") + "]}",
		"people.csv":    people.String(), "imd.csv": imd, "sites.csv": rows, "options.csv": options, "rural.csv": rural, "towns.csv": towns,
		"study.toml": strings.NewReplacer(`baseline = "both"`, `baseline = "all"`, "[need]", `[[input]]
role = "rural_urban"
file = "rural.csv"
columns = { code = "LSOA21CD", class = "class" }
[[input]]
role = "settlements"
file = "towns.csv"
columns = { code = "LSOA21CD", settlement = "town", settlement_name = "town_name" }
[need]`).Replace(small["study.toml"]),
	})
}

func mustGrid(t testing.TB, seed uint64, side, sites int) *study.Results {
	t.Helper()
	r, err := runSmall(grid(seed, side, sites))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// somewhere draws a place in a grid county, or a little way out of it.
func somewhere(r *rand.Rand, side int) geo.Grid {
	return geo.Grid{599900 + r.Float64()*float64(side*1000+200), 149900 + r.Float64()*float64(side*1000+200)}
}

// drawChange draws a change; a site to remove may be refused.
func drawChange(r *rand.Rand, w *study.WhatIf, side, n int) study.Change {
	sites := w.Picture().Sites
	site := sites[r.IntN(len(sites))].ID
	switch r.IntN(8) {
	case 0, 1, 2, 3:
		return study.SetStatus(site, estate.Status(r.IntN(5)))
	case 4, 5:
		return study.MoveSite(site, somewhere(r, side), nil)
	case 6:
		return study.AddSite(county.Site{ID: county.SiteID(fmt.Sprint("new", n)), Name: "New", At: somewhere(r, side), YouthSpace: county.Tri(r.IntN(3))}, nil)
	}
	return study.RemoveSite(site)
}

// Whatever is changed, the picture is that of a full assessment, and taking
// every change back in turn brings back the first one, to the last bit.
func TestWhatIfIsAFullRecompute(t *testing.T) {
	const side = 6
	for seed := range uint64(12) {
		r := mustGrid(t, seed, side, 8)
		draw := rand.New(rand.NewPCG(seed, 1))
		w, err := study.NewWhatIf(r, []estate.OptionID{"", "half"}[seed%2])
		if err != nil {
			t.Fatal(err)
		}
		first := w.Picture()
		if diff := cmp.Diff(w.Recomputed(), first, bits); diff != "" {
			t.Fatalf("seed %d: unchanged (-recomputed +picture):\n%s", seed, diff)
		}
		if len(first.Changed) > 0 {
			t.Errorf("seed %d: unchanged: areas %v changed, want none", seed, first.Changed)
		}
		var undos []study.Change
		for n := range 15 {
			undo, err := w.Apply(drawChange(draw, w, side, n))
			if errors.Is(err, study.ErrBadChange) {
				continue
			}
			if err != nil {
				t.Fatalf("seed %d, change %d: %v", seed, n, err)
			}
			undos = append(undos, undo)
			if diff := cmp.Diff(w.Recomputed(), w.Picture(), bits); diff != "" {
				t.Fatalf("seed %d, change %d (-recomputed +picture):\n%s", seed, n, diff)
			}
		}
		for _, undo := range slices.Backward(undos) {
			if _, err := w.Apply(undo); err != nil {
				t.Fatalf("seed %d: undo: %v", seed, err)
			}
		}
		if diff := cmp.Diff(first, w.Picture(), bits); diff != "" {
			t.Fatalf("seed %d: undone (-first +now):\n%s", seed, diff)
		}
	}
}

// A what-if is a run: an option tried is the same option written in the study
// file, and a site moved is the same site moved in the sites file.
func TestWhatIfIsARun(t *testing.T) {
	files := grid(5, 6, 8)
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	w, err := study.NewWhatIf(r, "half")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Apply(study.SetStatus("s03", estate.Hub)); err != nil {
		t.Fatal(err)
	}
	got := w.Picture()
	files["options.csv"] += "tried,Tried,s00,hub\ntried,Tried,s02,hub\ntried,Tried,s03,hub\ntried,Tried,s04,hub\ntried,Tried,s06,hub\n"
	again, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	want := again.Options[2]
	want.Option.ID, want.Option.Name, want.Score.Option, want.Score.Rank = "half", "Half", "half", got.Score.Rank
	if diff := cmp.Diff(want, got.OptionResult, bits); diff != "" {
		t.Errorf("site 3 opened (-run +what-if):\n%s", diff)
	}

	to := r.County.Sites[5].At
	if _, err := w.Apply(study.MoveSite("s03", to, nil)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(files["sites.csv"], "\n")
	cells := strings.Split(lines[4], ",")
	cells[2], cells[3] = fmt.Sprint(to[0]), fmt.Sprint(to[1])
	lines[4] = strings.Join(cells, ",")
	files["sites.csv"] = strings.Join(lines, "\n")
	if again, err = runSmall(files); err != nil {
		t.Fatal(err)
	}
	moved := again.Options[2].Assessment
	moved.Option.ID, moved.Option.Name = "half", "Half"
	if diff := cmp.Diff(moved, w.Picture().Assessment, bits); diff != "" {
		t.Errorf("site 3 moved onto site 5 (-run +what-if):\n%s", diff)
	}
	if got, want := w.Picture().Sites[3], r.County.Sites[5]; got.Area != want.Area || got.District != want.District || got.Settlement != want.Settlement {
		t.Errorf("site 3 stands in area %d, %s, %s; want what site 5 stands in: %d, %s, %s", got.Area, got.District, got.Settlement, want.Area, want.District, want.Settlement)
	}
}

func TestWhatIfRefusals(t *testing.T) {
	r := mustGrid(t, 1, 4, 3)
	if _, err := study.NewWhatIf(r, "none"); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("an option that is not there: %v, want %v", err, estate.ErrNoOption)
	}
	w, err := study.NewWhatIf(r, "")
	if err != nil {
		t.Fatal(err)
	}
	before := w.Picture()
	for _, tt := range []struct {
		name   string
		change study.Change
		want   error
	}{
		{"no change", study.Change{}, study.ErrBadChange},
		{"status of a site that is not there", study.SetStatus("s99", estate.Hub), study.ErrNoSite},
		{"move of a site that is not there", study.MoveSite("s99", geo.Grid{}, nil), study.ErrNoSite},
		{"an id that is taken", study.AddSite(county.Site{ID: "s01"}, nil), study.ErrBadChange},
		{"no id", study.AddSite(county.Site{}, nil), study.ErrBadChange},
		{"a site of the study's own removed", study.RemoveSite("s02"), study.ErrBadChange},
		{"a site that is not there removed", study.RemoveSite("s99"), study.ErrNoSite},
	} {
		if _, err := w.Apply(tt.change); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if diff := cmp.Diff(before, w.Picture(), bits); diff != "" {
		t.Errorf("after refused changes (-before +after):\n%s", diff)
	}
}

// A fork goes its own way.
func TestWhatIfFork(t *testing.T) {
	w, err := study.NewWhatIf(mustGrid(t, 2, 5, 6), "")
	if err != nil {
		t.Fatal(err)
	}
	before := w.Picture()
	f := w.Fork()
	for _, c := range []study.Change{study.SetStatus("s01", estate.Closed), study.MoveSite("s02", geo.Grid{600100, 150100}, nil), study.AddSite(county.Site{ID: "n", At: geo.Grid{601000, 151000}}, nil)} {
		if _, err := f.Apply(c); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(before, w.Picture(), bits); diff != "" {
		t.Errorf("changes of a fork reached the original (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(f.Recomputed(), f.Picture(), bits); diff != "" {
		t.Errorf("fork (-recomputed +picture):\n%s", diff)
	}
}

// On real Kent every site closed and opened again, and one dragged about.
func TestWhatIfKent(t *testing.T) {
	r := kent(t)
	w, err := study.NewWhatIf(r, "")
	if err != nil {
		t.Fatal(err)
	}
	var took []time.Duration
	for k, site := range r.County.Sites {
		if k%12 > 0 {
			continue
		}
		for n, c := range []study.Change{study.SetStatus(site.ID, estate.Closed), study.MoveSite(site.ID, geo.Grid{site.At[0] + 300, site.At[1] - 200}, nil), study.SetStatus(site.ID, estate.Hub)} {
			start := time.Now()
			if _, err := w.Apply(c); err != nil {
				t.Fatal(err)
			}
			got := w.Picture()
			took = append(took, time.Since(start))
			if k%60 == 0 {
				if diff := cmp.Diff(w.Recomputed(), got, bits); diff != "" {
					t.Fatalf("site %s, change %d (-recomputed +picture):\n%s", site.ID, n, diff)
				}
			}
		}
	}
	slices.Sort(took)
	t.Logf("%d changes on %d points and %d sites: median %v, 95%% within %v", len(took), len(r.County.Points), len(r.County.Sites), took[len(took)/2], took[len(took)*95/100])
}

// synthetic is a county of Kent's size: 900 areas of a square kilometre, 48
// postcodes in each, 98 sites.
func synthetic(b testing.TB) *study.Results {
	const side, perArea = 30, 48
	files := grid(1, side, 98)
	r := rand.New(rand.NewPCG(1, 2))
	points := strings.Builder{}
	points.WriteString("Postcode,Eastings,Northings\n")
	for i := range side * side * perArea {
		area := i / perArea
		fmt.Fprintf(&points, "AA%d %dAA,%d,%d\n", area, i%perArea, 600000+area%side*1000+r.IntN(1000), 150000+area/side*1000+r.IntN(1000))
	}
	files["points.csv"] = points.String()
	files["study.toml"] = strings.Replace(files["study.toml"], "[need]", "[[input]]\nrole = \"points\"\nfile = \"points.csv\"\ncrs = \"EPSG:27700\"\n[need]", 1)
	res, err := runSmall(files)
	if err != nil {
		b.Fatal(err)
	}
	return res
}

// One site closed and opened again, or dragged by 20 m, with the whole answer:
// on Kent, on a drawn county of its size, and on the streets of Newport.
func BenchmarkWhatIf(b *testing.B) {
	for _, county := range []struct {
		name string
		run  func(testing.TB) *study.Results
	}{{"kent", kent}, {"synthetic", synthetic}, {"newport", newport}} {
		b.Run(county.name, func(b *testing.B) {
			r := county.run(b)
			w, err := study.NewWhatIf(r, "")
			if err != nil {
				b.Fatal(err)
			}
			sites := r.County.Sites
			b.Run("status", func(b *testing.B) {
				benchmarkChanges(b, w, func(i int) study.Change {
					return study.SetStatus(sites[i/2%len(sites)].ID, []estate.Status{estate.Closed, estate.Hub}[i%2])
				})
			})
			b.Run("drag", func(b *testing.B) {
				site := sites[len(sites)/2]
				benchmarkChanges(b, w, func(i int) study.Change {
					return study.MoveSite(site.ID, geo.Grid{site.At[0] + float64(i%50)*20, site.At[1]}, nil)
				})
			})
		})
	}
}

// benchmarkChanges reports how long 19 in 20 answers take at most. A place that
// cannot be joined to the streets is passed over.
func benchmarkChanges(b *testing.B, w *study.WhatIf, change func(i int) study.Change) {
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := w.Apply(change(i)); err != nil {
			continue
		}
		w.Picture()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100])/1e6, "p95-ms")
}

// On the sample county, streets, buses and all, a what-if is a run with the same
// option in its study file; a site that was dragged is that site in the sites
// file, its buses included.
func TestWhatIfOfTheSample(t *testing.T) {
	open := []county.SiteID{"S01", "S09", "S15", "S18", "S20", "S25", "S29", "S34", "S37", "S41", "S45", "S51"}
	tried := study.OptionDocument{ID: "tried", Name: "Tried"}
	for _, site := range sampleRun(t).County.Sites {
		status := "closed"
		if slices.Contains(open, site.ID) {
			status = "hub"
		}
		tried.Sites = append(tried.Sites, study.OptionSite{ID: site.ID, Status: status})
	}
	r, err := sampleRun(t).With(t.Context(), tried) // as a run has it: TestWithIsARun
	if err != nil {
		t.Fatal(err)
	}
	w, err := study.NewWhatIf(r, "O2")
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, site := range r.County.Sites {
		to := estate.Closed
		if slices.Contains(open, site.ID) {
			to = estate.Hub
		}
		if r.Options[1].Option.Status[i].Open() != to.Open() {
			changed++
		}
		if _, err := w.Apply(study.SetStatus(site.ID, to)); err != nil {
			t.Fatal(err)
		}
	}
	if changed < 5 {
		t.Fatalf("option tried opens and closes %d sites of O2, want a few", changed)
	}
	got := w.Picture()
	want := r.Options[len(r.Options)-1]
	o2 := r.Options[1].Option
	want.Option.ID, want.Option.Name, want.Score.Option, want.Score.Rank = o2.ID, o2.Name, o2.ID, got.Score.Rank
	if diff := cmp.Diff(want, got.OptionResult, bits); diff != "" {
		t.Errorf("sites closed and opened (-run +what-if):\n%s", diff)
	}

	dragged := r.County.Sites[slices.IndexFunc(r.County.Sites, func(s county.Site) bool { return s.ID == "S25" })]
	to := geo.Grid{dragged.At[0] + 400, dragged.At[1] - 250}
	if _, err := w.Apply(study.MoveSite(dragged.ID, to, nil)); err != nil {
		t.Fatal(err)
	}
	got = w.Picture()
	s, files := r.Spec, data.Sample()
	s.Inputs = slices.DeleteFunc(slices.Clone(s.Inputs), func(in study.Input) bool { return in.Role == "venues" })
	s.Transit.Windows = s.Transit.Windows[:1] // the one that decides
	run, err := study.Run(t.Context(), s, study.Env{Workers: 2, Open: func(p string) (io.ReadCloser, error) {
		if p != "sites.csv" {
			return files.Open(p)
		}
		sites, err := fs.ReadFile(files, p)
		old := fmt.Sprintf(",%.0f,%.0f,", dragged.At[0], dragged.At[1])
		if n := strings.Count(string(sites), old); n != 1 {
			t.Errorf("%q stands %d times in sites.csv, want once", old, n)
		}
		return io.NopCloser(strings.NewReader(strings.Replace(string(sites), old, fmt.Sprintf(",%.0f,%.0f,", to[0], to[1]), 1))), err
	}})
	if err != nil {
		t.Fatal(err)
	}
	moved := run.Options[len(run.Options)-1]
	moved.Option.ID, moved.Option.Name = o2.ID, o2.Name
	if got.ByTransit == want.ByTransit {
		t.Errorf("%g reach a hub by bus or on foot in 30 minutes before and after", got.ByTransit)
	}
	if diff := cmp.Diff(moved.Assessment, got.Assessment, bits); diff != "" {
		t.Errorf("site dragged (-run +what-if):\n%s", diff)
	}
	if diff := cmp.Diff(moved.TransitMin, got.TransitMin, bits); diff != "" {
		t.Errorf("minutes by public transport of a site dragged (-run +what-if):\n%s", diff)
	}
}
