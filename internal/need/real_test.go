package need_test

import (
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/need"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// The deciles that are published beside the ranks of the Indices of 2025 are
// those that a score of one indicator gives back, for all 938 areas of Kent.
func TestKentDeciles(t *testing.T) {
	const name = "deprivation/kent_iod2025_domains.csv"
	values, err := source.ReadValues(realdata.Open(t, name), name, source.Options{Fields: map[string]string{"code": "lsoa21_code"}},
		[]string{"IMD_rank", "IMD_decile", "Income_rank", "Income_decile", "Health_rank", "Health_decile", "Crime_rank", "Crime_decile"})
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"imd", "income", "health", "crime"}
	c := &county.County{}
	for _, id := range ids {
		c.Indicators = append(c.Indicators, county.Indicator{ID: id, Of: 33755})
	}
	for _, row := range values.Rows {
		a := county.Area{Code: county.AreaCode(row.Code)}
		for k := range ids {
			a.Measures = append(a.Measures, county.Measure{Rank: known(row.Values[2*k].Number), Decile: known(row.Values[2*k+1].Number)})
		}
		c.Areas = append(c.Areas, a)
	}
	if len(c.Areas) != 938 {
		t.Fatalf("%d areas, want 938", len(c.Areas))
	}
	for k, id := range ids {
		r := assess(t, c, need.Params{Weights: map[string]float64{id: 1}})
		for i, a := range r.Areas {
			m := c.Areas[i].Measures[k]
			if float64(a.Rank) != m.Rank.Number || float64(a.Decile) != m.Decile.Number {
				t.Errorf("%s of %s: rank %d, decile %d, want the published %g, %g", id, c.Areas[i].Code, a.Rank, a.Decile, m.Rank.Number, m.Decile.Number)
			}
		}
	}
}
