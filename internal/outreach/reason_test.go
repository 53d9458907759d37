package outreach_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/outreach"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// scenes are what a councillor may be told, one for each turn of phrase.
var scenes = []struct {
	name string
	make func() (outreach.Input, outreach.Params)
}{
	{"covered, nobody young", func() (outreach.Input, outreach.Params) {
		return input(patch{covered: 1, nearest: 1, walk: 1.2}), params()
	}},
	{"outside, nobody young", func() (outreach.Input, outreach.Params) { return input(patch{}), params() }},
	{"covered", func() (outreach.Input, outreach.Params) {
		return input(patch{young: 1234, covered: 0.996, nearest: 1, walk: 14}), params()
	}},
	{"edge of town, one area, venue, public transport", func() (outreach.Input, outreach.Params) {
		in := with(patch{town: "T1", young: 488, inNeed: 61, covered: 0.29, decile: 3, class: "UN1", nearest: 1, walk: 20.4, youth: 9})
		in.Open[0], in.Transit, in.Youth = true, append([]float64{30.2}, make([]float64, 8)...), make([]float64, 9)
		venues(&in, slices.Repeat([][]float64{{9}}, 9)...)
		return in, params()
	}},
	{"whole town that crosses the line, no venue near, frequency steps down", func() (outreach.Input, outreach.Params) {
		p := patch{town: "T2", young: 1600, adults: 5000, inNeed: 45.3, decile: 8, class: "UF1", nearest: 1, youth: 9}
		in := with(p, p)
		in.County.Settlements[0].Crosses = true
		in.Transit, in.Youth = make([]float64, 10), make([]float64, 10)
		in.Transit[0] = math.NaN()
		venues(&in, slices.Repeat([][]float64{{16}}, 10)...)
		q := params()
		q.SessionsPerWeek = 0.5
		return in, q
	}},
	{"building warranted by a hair", func() (outreach.Input, outreach.Params) {
		in := with(patch{town: "T2", young: 1600, adults: 5000, inNeed: 100.2, decile: 8, class: "UF1", nearest: 1, walk: 55, youth: 9})
		return in, params()
	}},
	{"rural village of two areas, hub too far, nobody else in need", func() (outreach.Input, outreach.Params) {
		p := patch{town: "T3", young: 120, inNeed: 6, decile: 9, class: "RSF1", nearest: 1, youth: 9}
		in := with(p, p)
		in.Transit, in.Youth = []float64{45, 45, 0, 0, 0, 0, 0, 0, 0, 0}, make([]float64, 10)
		return in, params()
	}},
	{"rural, fewer than five in need, no sessions left", func() (outreach.Input, outreach.Params) {
		in := with(patch{young: 120, inNeed: 3, decile: 2, class: "RSF1", youth: 9})
		q := params()
		q.SessionsPerWeek = 0.01
		return in, q
	}},
	{"detached youth", func() (outreach.Input, outreach.Params) {
		in := input(patch{town: "T1", young: 700, inNeed: 300, decile: 8, class: "UN1", youth: 1, nearest: 2, walk: 31}, patch{covered: 1}, patch{covered: 1}, patch{covered: 1}, patch{covered: 1})
		in.Youth = []float64{0.12, 1, 1, 1, 1}
		return in, params()
	}},
	{"no category, nothing known", func() (outreach.Input, outreach.Params) {
		return with(patch{young: 1, inNeed: 1, youth: 9}), params()
	}},
	{"no category in a town with a hub", func() (outreach.Input, outreach.Params) {
		in := with(patch{town: "T1", young: 1600, adults: 5000, inNeed: 40, covered: 0.496, decile: 6, class: "UN1", youth: 9, nearest: 1, walk: 22})
		in.Open[0], in.Covered[0] = true, 0.5
		return in, params()
	}},
	{"everybody counts for want of a rate", func() (outreach.Input, outreach.Params) {
		in := with(patch{young: 120, inNeed: 120, decile: 2, class: "RLN1", youth: 9})
		in.Need.NoRate, in.Need.PopulationOnly, in.Need.Local = true, true, true
		return in, params()
	}},
	{"need ranked within the county", func() (outreach.Input, outreach.Params) {
		in := with(patch{young: 120, inNeed: 20, decile: 2, class: "RLN1", youth: 9})
		in.Need.Local = true
		return in, params()
	}},
}

// with adds areas in reach of a hub to those of a scene, so that youth need has
// somewhere to rank.
func with(patches ...patch) outreach.Input {
	for range 8 {
		patches = append(patches, patch{young: 9, covered: 1})
	}
	return input(patches...)
}

// tell writes all that is said of a scene.
func tell(name string, r *outreach.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", name)
	fmt.Fprintf(&b, "area: %s\n", r.Areas[0].Reason)
	for _, s := range r.Areas[0].Trace {
		answer := "no"
		if s.Holds {
			answer = "yes"
		}
		fmt.Fprintf(&b, "  %s: %s %s: %s\n", s.Category, s.Question, answer, s.Found)
	}
	for _, x := range r.Targets {
		fmt.Fprintf(&b, "target: %s\n", x.Reason)
	}
	return b.String() + "\n"
}

func TestReasons(t *testing.T) {
	var all strings.Builder
	for _, s := range scenes {
		in, p := s.make()
		text := tell(s.name, outreach.Classify(in, p))
		for _, bad := range []string{"NaN", "(s)", " -", "%!", "Inf"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: %q in\n%s", s.name, bad, text)
			}
		}
		all.WriteString(text)
	}
	golden := filepath.Join("testdata", "reasons.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := all.String(); got != string(want) {
		t.Errorf("reasons differ from %s (rewrite with -update):\n%s", golden, got)
	}
}

// Whatever the county, nobody is told a number that is none.
func TestReasonsNeverSayNaN(t *testing.T) {
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		r := outreach.Classify(in, params())
		text := tell("", r)
		for _, a := range r.Areas {
			text += a.Reason
		}
		for _, bad := range []string{"NaN", "(s)", "%!", "Inf", "  typically"} {
			if strings.Contains(text, bad) {
				t.Fatalf("seed %d: %q in\n%s", seed, bad, text)
			}
		}
	}
}
