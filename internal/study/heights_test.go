package study_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hubreach/data"
	"hubreach/internal/county"
	"hubreach/internal/study"
)

// hills is an ASCII grid over the sample county: waves 4 km long and 100 m high,
// up to 1 in 6 steep, on posts 500 m apart. Its western half only when half.
func hills(half bool) string {
	const west, south, cell, columns, rows = 571_000, 366_000, 500, 88, 64
	width := columns
	if half {
		width /= 2
	}
	var b strings.Builder
	fmt.Fprintf(&b, "ncols %d\nnrows %d\nxllcorner %d\nyllcorner %d\ncellsize %d\n", width, rows, west, south, cell)
	for j := range rows {
		for i := range width {
			fmt.Fprintf(&b, "%.0f ", 50*math.Sin(2*math.Pi*float64(i)/8)+50*math.Cos(2*math.Pi*float64(j)/8))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// onSample runs the sample county on foot alone, with the study file changed and
// files of heights added.
func onSample(t *testing.T, env study.Env, files map[string]string, change func(*study.Spec)) *study.Results {
	t.Helper()
	return withSample(t, study.Run, env, files, change)
}

// withSample is onSample with study.Load, say, for study.Run.
func withSample(t *testing.T, run func(context.Context, study.Spec, study.Env) (*study.Results, error), env study.Env, files map[string]string, change func(*study.Spec)) *study.Results {
	t.Helper()
	sample := data.Sample()
	text, err := fs.ReadFile(sample, "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	for name := range files {
		text = fmt.Appendf(text, "\n[[input]]\nrole = \"heights\"\nfile = %q\nname = %q\n", name, name)
	}
	s, err := study.ParseSpec(text, "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	s.Inputs = slices.DeleteFunc(s.Inputs, func(in study.Input) bool { return slices.Contains([]string{"timetable", "venues"}, in.Role) })
	s.Walk.Outlines = []float64{20}
	if change != nil {
		change(&s)
	}
	added := fstest.MapFS{}
	for name, text := range files {
		added[name] = &fstest.MapFile{Data: []byte(text)}
	}
	env.Workers = 2
	env.Open = func(p string) (io.ReadCloser, error) {
		if _, ok := added[p]; ok {
			return added.Open(p)
		}
		return sample.Open(p)
	}
	r, err := run(t.Context(), s, env)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// never says how many walks of the second are longer than those of the first,
// or gone, and fails where one is shorter or new.
func never(t *testing.T, name string, plain, variant *study.Results, profile, as string) (longer int) {
	t.Helper()
	before, after := plain.Walks(profile), variant.Walks(as)
	for p := range before.Points() {
		was := map[int32]uint32{}
		for _, x := range before.At(p) {
			was[x.Place] = x.Millis
		}
		longer += len(was)
		for _, x := range after.At(p) {
			old, ok := was[x.Place]
			if !ok || x.Millis < old {
				t.Fatalf("%s: point %d to site %d: %d ms, without %d (%v)", name, p, x.Place, x.Millis, old, ok)
			}
			if x.Millis == old {
				longer--
			}
		}
	}
	return longer
}

// Heights and darkness never bring anybody nearer, and the results say which
// counted (V11).
func TestHeightsAndDark(t *testing.T) {
	two := func(s *study.Spec) { s.Walk.Profiles = s.Walk.Profiles[:2] }
	level := onSample(t, study.Env{}, nil, two)
	const off = "slope: not assessed: no input has the role heights; all ground is taken as level"
	if !slices.Contains(level.NotAssessed, off) {
		t.Errorf("without heights, not assessed: %q, want %q", level.NotAssessed, off)
	}
	grid := map[string]string{"hills.asc": hills(false)}
	for _, slope := range []string{"tobler", "naismith"} {
		r := onSample(t, study.Env{}, grid, func(s *study.Spec) {
			two(s)
			if slope != "tobler" { // that is the default where there are heights
				s.Walk.Slope = slope
			}
		})
		if r.Spec.Walk.Slope != slope || r.Streets.Slope != slope || string(r.Walk.Slope) != slope || slices.ContainsFunc(r.NotAssessed, func(s string) bool { return strings.HasPrefix(s, "slope") }) {
			t.Errorf("%s: slope %q by the study, %q by the graph; not assessed %q", slope, r.Spec.Walk.Slope, r.Streets.Slope, r.NotAssessed)
		}
		for _, profile := range []string{"adult", "pushchair"} {
			if never(t, slope, level, r, profile, profile) == 0 {
				t.Errorf("%s: no walk of %s is longer on hills of 1 in 6", slope, profile)
			}
		}
		if all, fewer := level.Options[0].Covered, r.Options[0].Covered; !(fewer < all) {
			t.Errorf("%s: %.0f covered, %.0f on the level: want fewer", slope, fewer, all)
		}
		c := checkNamed(t, r, "Nearly all streets have heights")
		if !c.Passed || !strings.Contains(c.Detail, "slope by "+slope+"; 5632 heights of hills.asc; not known at 0 of") { // 88 x 64 posts
			t.Errorf("%s: check %+v", slope, c)
		}
	}
	half := onSample(t, study.Env{}, map[string]string{"hills.asc": hills(true)}, two)
	if c := checkNamed(t, half, "Nearly all streets have heights"); c.Passed {
		t.Errorf("with heights of half the county: %+v, want it failed", c)
	}
	never(t, "half", level, half, "adult", "adult")
	none := onSample(t, study.Env{}, grid, func(s *study.Spec) { two(s); s.Walk.Slope = "none" })
	if longer := never(t, "none", level, none, "adult", "adult"); longer > 0 {
		t.Errorf("walk.slope none: %d walks are longer", longer)
	}
	if want := "slope: not assessed: walk.slope is none; all ground is taken as level"; !slices.Contains(none.NotAssessed, want) {
		t.Errorf("walk.slope none: not assessed %q, want %q", none.NotAssessed, want)
	}
	dark := onSample(t, study.Env{}, nil, func(s *study.Spec) {
		two(s)
		for _, p := range s.Walk.Profiles {
			p.Name, p.LitOnly = p.Name+"_dark", true
			s.Walk.Profiles = append(s.Walk.Profiles, p)
		}
	})
	for _, profile := range []string{"adult", "pushchair"} {
		if never(t, "dark", dark, dark, profile, profile+"_dark") == 0 {
			t.Errorf("no walk of %s is longer after dark", profile)
		}
	}
}

func checkNamed(t *testing.T, r *study.Results, title string) county.Check {
	t.Helper()
	for _, c := range r.Checks {
		if c.Title == title {
			return c
		}
	}
	t.Fatalf("no check %q", title)
	return county.Check{}
}

// A study asks for profiles after dark by name.
func TestDarkProfiles(t *testing.T) {
	text := small["study.toml"]
	s, err := study.ParseSpec([]byte(text+"[walk]\ndark = [\"adult\", \"wheelchair\"]\n"), "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range s.Walk.Profiles {
		if p.LitOnly {
			got = append(got, p.Name)
		}
	}
	if want := []string{"adult_dark", "wheelchair_dark"}; len(s.Walk.Profiles) != 6 || !slices.Equal(got, want) {
		t.Errorf("%d profiles, after dark %q; want 6 and %q", len(s.Walk.Profiles), got, want)
	}
	for _, tt := range []struct{ walk, want string }{
		{`dark = ["runner"]`, `study.toml: bad study file: walk.dark: profile "runner": want the name of a profile of the study, such as adult`},
		{`dark = ["adult", "adult"]`, `study.toml: bad study file: walk.profile "adult_dark": want a name of its own for each profile`},
		{`slope = "steep"`, `study.toml: bad study file: walk.slope "steep": want none, tobler or naismith`},
	} {
		if _, err := study.ParseSpec([]byte(text+"[walk]\n"+tt.walk+"\n"), "study.toml"); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.walk, err, tt.want)
		}
	}
}
