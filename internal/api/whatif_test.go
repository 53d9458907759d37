package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/estate"
)

// What-ifs can be asked without end, so their tables of losers hold no number
// that is worth subtracting: all are multiples of five, those under it are not
// said, and no table that the study was given of groups of people is told.
func TestWhatIfTellsNoSmallNumber(t *testing.T) {
	type loser struct {
		Dimension            string
		People, Lost, Gained *float64
		Before               *float64 `json:"covered_before"`
		After                *float64 `json:"covered_after"`
		Hidden               []string
		ExtraMin             *float64 `json:"mean_extra_walk_min"`
	}
	hidden, shown := 0, 0
	for n := range 50 {
		site := fmt.Sprintf("S%02d", n+1)
		r := httptest.NewRequest("POST", "/api/v1/what-if", strings.NewReader(`{"changes": [{"do": "close", "site_id": "`+site+`"}]}`))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		sampleService(t).ServeHTTP(w, r)
		var got struct {
			Losers []loser
			Since  []loser `json:"losers_since"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || len(got.Losers) == 0 || len(got.Since) == 0 {
			t.Fatalf("closing %s: %d, %v: %.200s", site, w.Code, err, w.Body)
		}
		for _, l := range slices.Concat(got.Losers, got.Since) {
			if !slices.Contains([]string{"county", "age", estate.Infants, "need", "decile", "district", "rural_urban"}, l.Dimension) {
				t.Errorf("closing %s: people by %s, want no groups of people", site, l.Dimension)
			}
			for _, n := range []*float64{l.People, l.Lost, l.Gained, l.Before, l.After} {
				if n != nil && math.Mod(*n, 5) != 0 {
					t.Errorf("closing %s: %g people by %s, want a multiple of five", site, *n, l.Dimension)
				}
			}
			if l.Lost == nil && l.ExtraMin != nil {
				t.Errorf("closing %s: an extra walk of %g minutes for losers who are not told", site, *l.ExtraMin)
			}
			hidden += len(l.Hidden)
			shown++
		}
	}
	if hidden == 0 || hidden > shown {
		t.Errorf("%d numbers hidden in %d rows, want some and not all", hidden, shown)
	}
}
