package study_test

import (
	"errors"
	"io"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// place returns lon and lat of a place on the grid.
func place(t *testing.T, e, n float64) (lon, lat *float64) {
	t.Helper()
	p, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	at, err := p.ToLonLat(geo.Grid{e, n})
	if err != nil {
		t.Fatal(err)
	}
	return &at[0], &at[1]
}

func smallRun(t *testing.T, files map[string]string) *study.Results {
	t.Helper()
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func optionOf(t *testing.T, r *study.Results, id estate.OptionID) *study.OptionResult {
	t.Helper()
	o, _, ok := r.Option(id)
	if !ok {
		t.Fatalf("no option %s", id)
	}
	return o
}

// In the small county a point is the middle of its square, and 1,300 m of walk
// lie between two that touch: 16.25 minutes. Across the corner it is 22.98.
func TestWith(t *testing.T) {
	r := smallRun(t, small)
	lon, lat := place(t, 601500, 150500) // the middle of B
	moved, movedTo := place(t, 600500, 151500)
	docs := []study.OptionDocument{
		{ID: "new", Name: "New in B", Sites: []study.OptionSite{{ID: "b1", Name: "Hub B", Lon: lon, Lat: lat}}},
		{ID: "more", Name: "And A again", BasedOn: "new", Sites: []study.OptionSite{{ID: "hub-a", Status: "hub", YouthSpace: "yes", Running: known(5), Staffing: known(6)}}},
		{ID: "moved", Name: "A goes to C", BasedOn: "one", Sites: []study.OptionSite{{ID: "hub-a", Lon: moved, Lat: movedTo}}},
	}
	own, err := r.With(t.Context(), docs...)
	if err != nil {
		t.Fatal(err)
	}
	// The middle of B reaches A, B and D: 0.5 + 0.1 + 0.02 of 200 each in need.
	n := optionOf(t, own, "new")
	if math.Abs(n.CoveredInNeed-124) > 0.001 || n.Covered != 600 {
		t.Errorf("a new hub in B covers %g, %g in need, want 600 and 124", n.Covered, n.CoveredInNeed)
	}
	if n.Costed {
		t.Error("a new hub that nobody costed counts as costed")
	}
	// C is 0.4 and reached from A: all but nobody is left out.
	more := optionOf(t, own, "more")
	if more.Covered != 800 || !slices.Equal(more.YouthDistricts, []county.DistrictCode{"E07000001"}) {
		t.Errorf("with A beside it %g are covered, youth spaces in %v, want 800 and E07000001", more.Covered, more.YouthDistricts)
	}
	// Moved to the middle of C it reaches A, C and D: 0.5 + 0.4 + 0.02.
	m := optionOf(t, own, "moved")
	if math.Abs(m.CoveredInNeed-184) > 0.001 {
		t.Errorf("A moved to C covers %g in need, want 184", m.CoveredInNeed)
	}
	last := own.County.Sites[len(own.County.Sites)-1]
	if last.ID != "hub-a@moved" || last.Name != "Hub A (moved)" || last.StandsFor != "hub-a" || last.District != "E07000002" {
		t.Errorf("the place that hub-a is moved to is %+v", last)
	}
	// Nothing else moves, and the results that it was asked of least of all.
	if len(r.Options) != 2 || len(r.County.Sites) != 2 || len(r.Options[0].Option.Status) != 2 || len(r.Spec.Options) != 0 {
		t.Errorf("With changed the results it stands on: %d options, %d sites", len(r.Options), len(r.County.Sites))
	}
	for k, o := range r.Options {
		if own.Options[k].Score.Score != o.Score.Score || own.Options[k].Covered != o.Covered {
			t.Errorf("option %s has score %v and covers %v beside more options, want %v and %v", o.Option.ID, own.Options[k].Score.Score, own.Options[k].Covered, o.Score.Score, o.Covered)
		}
	}
	one, err := r.Assess(t.Context(), docs[0])
	if err != nil {
		t.Fatal(err)
	}
	if one.Score.Score != n.Score.Score || one.Covered != n.Covered {
		t.Errorf("assessed alone the new option scores %v, beside others %v", one.Score.Score, n.Score.Score)
	}
}

func TestWithRefuses(t *testing.T) {
	r := smallRun(t, small)
	lon, lat := place(t, 601500, 150500)
	far, out := place(t, 650500, 150500)
	site := func(s study.OptionSite) study.OptionDocument {
		return study.OptionDocument{ID: "x", Name: "X", BasedOn: "both", Sites: []study.OptionSite{s}}
	}
	for _, tt := range []struct {
		name string
		doc  study.OptionDocument
		is   error
		want string
	}{
		{"an id that is taken", study.OptionDocument{ID: "both", BasedOn: "one"}, study.ErrBadDocument, "option both: bad option document: the study has an option of that id: give this one another"},
		{"based on nobody", study.OptionDocument{ID: "x", BasedOn: "y"}, estate.ErrNoOption, `option x: based_on: option "y": no such option: want one of both, one`},
		{"a site of nobody", site(study.OptionSite{ID: "hub-e", Status: "hub"}), study.ErrBadDocument, `option x: site "hub-e": bad option document: want the id of a site, or lon and lat for a new one; add the site, or correct the id (nearest: hub-a)`},
		{"a new site without a name", site(study.OptionSite{ID: "n", Lon: lon, Lat: lat}), study.ErrBadDocument, `option x: site "n": bad option document: name: want one for a new site`},
		{"in the sea", site(study.OptionSite{ID: "n", Name: "N", Lon: far, Lat: out}), study.ErrBadDocument, ""},
		{"off the map", site(study.OptionSite{ID: "n", Name: "N", Lon: known(100), Lat: known(0)}), geo.ErrOutside, ""},
		{"nothing open", study.OptionDocument{ID: "x"}, study.ErrBadDocument, "option x: bad option document: no site is open: an option keeps at least one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := r.With(t.Context(), tt.doc)
			if !errors.Is(err, tt.is) || tt.want != "" && err.Error() != tt.want {
				t.Errorf("With gives\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
	if _, err := new(study.Results).With(t.Context()); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("With over nothing assessed gives %v, want one that wraps ErrNoOption", err)
	}
}

// whole compares results but for what only tells how they were made.
var whole = []cmp.Option{bits, cmpopts.IgnoreUnexported(study.Results{}, study.TransitTimes{}, estate.Curves{}), cmpopts.EquateEmpty()}

// With is Run with the same options in the study file, to the last bit: on the
// sample county with its streets, its buses and its profiles.
func TestWithIsARun(t *testing.T) {
	r := sampleRun(t)
	s31 := r.County.Sites[slices.IndexFunc(r.County.Sites, func(s county.Site) bool { return s.ID == "S25" })]
	near, north := place(t, s31.At[0]+900, s31.At[1]-450)
	moved, movedTo := place(t, s31.At[0]+400, s31.At[1]-250)
	docs := []study.OptionDocument{
		{ID: "T1", Name: "One more", BasedOn: "O5", Sites: []study.OptionSite{
			{ID: "N1", Name: "The old library", Lon: near, Lat: north, YouthSpace: "yes", Running: known(50_000)},
			{ID: "S01", Status: "outreach_only", YouthSpace: "no"}}},
		{ID: "T2", Name: "Moved", BasedOn: "T1", Sites: []study.OptionSite{{ID: "S25", Status: "hub", Lon: moved, Lat: movedTo}}},
	}
	got, err := r.With(t.Context(), docs...)
	if err != nil {
		t.Fatal(err)
	}
	files := data.Sample()
	s := r.Spec
	s.Options = slices.Clone(got.Spec.Options)
	want, err := study.Run(t.Context(), s, study.Env{Workers: 2, Open: func(p string) (io.ReadCloser, error) { return files.Open(p) }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Options, got.Options, whole...); diff != "" {
		t.Errorf("options (-run +with):\n%.4000s", diff)
	}
	for k := range want.Transit.Windows {
		a, b := &want.Transit.Windows[k], &got.Transit.Windows[k]
		for p := range want.County.Points {
			if !slices.Equal(a.At(p), b.At(p)) {
				t.Fatalf("window %d, point %d: journeys %+v, want %+v", k, p, b.At(p), a.At(p))
			}
		}
	}
	if diff := cmp.Diff(want.County.Sites, got.County.Sites, whole...); diff != "" {
		t.Errorf("sites (-run +with):\n%s", diff)
	}
	if want.Fingerprint != got.Fingerprint || got.Fingerprint == r.Fingerprint {
		t.Errorf("fingerprint %s, want that of the run, %s, and not that without the options", got.Fingerprint, want.Fingerprint)
	}
	if diff := cmp.Diff([]any{want.Catchments, want.NotAssessed, want.Checks, want.Scales, want.Thresholds}, []any{got.Catchments, got.NotAssessed, got.Checks, got.Scales, got.Thresholds}, whole...); diff != "" {
		t.Errorf("the rest (-run +with):\n%.4000s", diff)
	}
	drafted, err := got.DraftOption("T2", "T3", "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := got.Assess(t.Context(), drafted)
	if err != nil {
		t.Fatal(err)
	}
	t2 := *optionOf(t, got, "T2")
	sameBut := *again
	a := *again.Assessment
	a.Option = t2.Option
	sameBut.Assessment, sameBut.Score.Option, sameBut.Score.Rank = &a, t2.Score.Option, t2.Score.Rank
	if diff := cmp.Diff(t2, sameBut, whole...); diff != "" {
		t.Errorf("an option and its draft (-option +draft):\n%.4000s", diff)
	}
	for i, status := range again.Option.Status {
		if status != t2.Option.Status[i] {
			t.Errorf("site %s: status %s in the draft, want %s", got.County.Sites[i].ID, status, t2.Option.Status[i])
		}
	}
}

// A study file may hold documents, and refuses what contradicts them.
func TestOptionsOfAStudyFile(t *testing.T) {
	study1 := small["study.toml"] + "[[option]]\nid = \"third\"\nbased_on = \"both\"\nauthor = \"A\"\n[[option.site]]\nid = \"hub-d\"\nstatus = \"closed\"\n"
	r := smallRun(t, with(map[string]string{"study.toml": study1}))
	third, one := optionOf(t, r, "third"), optionOf(t, r, "one")
	if third.Covered != one.Covered || third.Option.Name != "third" {
		t.Errorf("third, %q, covers %g, want as much as one, %g", third.Option.Name, third.Covered, one.Covered)
	}
	_, err := runSmall(with(map[string]string{"study.toml": study1 + "[[option]]\nid = \"f\"\nbased_on = \"both\"\nopen = [\"hub-a\"]\n"}))
	if !errors.Is(err, study.ErrBadSpec) {
		t.Errorf("an option with based_on and open: %v, want one that wraps ErrBadSpec", err)
	}
}
