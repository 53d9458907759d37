package app

import (
	"context"
	"encoding/json"
	"fmt"

	"hubreach/internal/study"
)

// fitCmd fits the detour factor.
type fitCmd struct {
	studyFlags
	Kmh  float64 `required:"" help:"Walking speed of the engine that made the catchments, in km/h."`
	JSON bool    `name:"json" help:"Print the fit as JSON."`
}

// Run prints the factor and how well it fits.
func (c *fitCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	if !(c.Kmh >= 0.5 && c.Kmh <= 10) {
		return fmt.Errorf("--kmh %g: want 0.5 to 10", c.Kmh)
	}
	p := newProgress(s)
	fit, err := study.FitDetour(ctx, spec, c.Kmh, c.env(open, p))
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(map[string]any{"detour_factor": fit.Factor, "agreement": fit.Agreement, "spill": fit.Spill, "miss": fit.Miss, "pairs": fit.N})
	}
	_, err = fmt.Fprintf(s.out, "detour_factor = %.2f\nAgrees on %.1f%% of %d pairs of a population point and a catchment.\nPer point in a catchment, %.1f%% outside are taken in and %.1f%% inside are left out.\n",
		fit.Factor, fit.Agreement*100, fit.N, fit.Spill*100, fit.Miss*100)
	return err
}
