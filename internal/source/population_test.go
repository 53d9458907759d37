package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/source"
)

func TestReadPopulation(t *testing.T) {
	for _, test := range []struct {
		name   string
		input  string
		o      source.Options
		bands  []source.AgeBand
		counts []float64
		total  source.Value
		notes  int
	}{
		{
			name: "single years", input: "code,0,1,2,90+\nE1,1,2,3,4\n",
			bands: []source.AgeBand{{0, 0}, {1, 1}, {2, 2}, {90, source.OpenAge}}, counts: []float64{1, 2, 3, 4},
		},
		{ // Girls and boys of an age are added up; 90 is 90 and over.
			name: "by sex", input: "LSOA 2021 Code,Total,F0,F90,M0,M90\nE1,110,10,20,30,50\n",
			bands: []source.AgeBand{{0, 0}, {90, source.OpenAge}}, counts: []float64{40, 70}, total: source.Value{Number: 110, Known: true},
		},
		{
			name: "broad ages by sex", input: "LSOA 2021 Code,F0 to 15,F16 to 29,M0 to 15,M16 to 29\nE1,1,2,10,20\n",
			bands: []source.AgeBand{{0, 15}, {16, 29}}, counts: []float64{11, 22},
		},
		{
			name: "in words, out of order", input: "code,Aged 65 years and over,Aged 16 to 64 years,Aged 15 years and under,total\nE1,3,2,1,6\n",
			bands: []source.AgeBand{{0, 15}, {16, 64}, {65, source.OpenAge}}, counts: []float64{1, 2, 3}, total: source.Value{Number: 6, Known: true},
		},
		{
			name: "under one and over", input: "code,Aged under 1 year,1-4,5 plus\nE1,1,2,3\n",
			bands: []source.AgeBand{{0, 0}, {1, 4}, {5, source.OpenAge}}, counts: []float64{1, 2, 3},
		},
		{
			name: "bands by name", input: "code,kids,0,rest\nE1,\"1,001\",9,3\n", o: source.Options{Fields: map[string]string{"0-15": "kids", "16+": "rest"}},
			bands: []source.AgeBand{{0, 15}, {16, source.OpenAge}}, counts: []float64{1001, 3},
		},
		{
			name: "total only", input: "lsoacd,population\nE1,7\n", total: source.Value{Number: 7, Known: true},
		},
		{
			name: "total not known", input: "lsoacd,population\nE1,\n",
		},
		{ // 1 + 2 is 3, not 4.
			name: "total that differs", input: "code,0-15,16+,total\nE1,1,2,4\n",
			bands: []source.AgeBand{{0, 15}, {16, source.OpenAge}}, counts: []float64{1, 2}, total: source.Value{Number: 4, Known: true}, notes: 1,
		},
		{ // The bands leave the old out, so that the total says nothing of them.
			name: "total of more ages", input: "code,0-15,total\nE1,1,4\n",
			bands: []source.AgeBand{{0, 15}}, counts: []float64{1}, total: source.Value{Number: 4, Known: true},
		},
		{ // Years are not ages.
			name: "years beside ages", input: "code,2019,2020,0-15\nE1,7,8,1\n",
			bands: []source.AgeBand{{0, 15}}, counts: []float64{1},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.ReadPopulation(read(test.input), "x.csv", test.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.bands, got.Bands); diff != "" {
				t.Errorf("bands (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]source.PopulationRow{{Line: 2, Code: "E1", Counts: test.counts, Total: test.total}}, got.Rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if len(got.Notes) != test.notes {
				t.Errorf("notes %q: want %d", got.Notes, test.notes)
			}
		})
	}
}

func TestReadPopulationNote(t *testing.T) {
	got, err := source.ReadPopulation(read("code,0-15,16+,total\nE1,1,2,3\nE2,1,2,4\n"), "x.csv", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"the total differs from the sum of the ages in 1 of 2 rows, first on line 3 (E2): total 4, sum 3"}
	if diff := cmp.Diff(want, got.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
