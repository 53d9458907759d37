package api

import (
	"context"

	"hubreach/internal/county"
)

// Comparison is any number of options beside the first of them.
type Comparison struct {
	Fingerprint string     `json:"fingerprint"`
	Options     []Compared `json:"options" nullable:"false" doc:"in the order asked for; the first is what the others are compared with"`
}

// Compared is one option of a comparison.
type Compared struct {
	Option
	Score  Score           `json:"score_detail"`
	Opens  []county.SiteID `json:"opens" nullable:"false" doc:"sites open here and not in the first option"`
	Closes []county.SiteID `json:"closes" nullable:"false" doc:"sites open in the first option and not here"`
	Losers []Loser         `json:"losers" nullable:"false" doc:"against the first option"`
}

type compareOut struct{ Body Comparison }

func (s *service) compareResource() {
	get(s, operation("compare", "/compare", "Options side by side: what opens and closes, who gains and who loses against the first", "options"), s.getComparison)
}

func (s *service) getComparison(ctx context.Context, in *struct {
	Options []string `query:"options,explode" required:"true" minItems:"1" maxItems:"50" doc:"ids of options, each by itself or separated by commas" example:"O1,O2"`
}) (*compareOut, error) {
	now := snapshotOf(ctx)
	at, err := now.options(in.Options)
	if err != nil {
		return nil, err
	}
	out := Comparison{Fingerprint: now.Results.Fingerprint}
	for _, k := range at {
		c, err := now.compared(at[0], k)
		if err != nil {
			return nil, err
		}
		out.Options = append(out.Options, c)
	}
	return &compareOut{out}, nil
}

// compared returns option k beside option first, both by position.
func (s *Snapshot) compared(first, k int) (Compared, error) {
	a, b := &s.Results.Options[first], &s.Results.Options[k]
	out := Compared{Option: s.optionOf(b, k == s.Results.Baseline), Score: scoreOf(s.Results.Scales, b.Score), Opens: []county.SiteID{}, Closes: []county.SiteID{}, Losers: []Loser{}}
	for i, site := range s.Results.County.Sites {
		switch before, after := a.Option.Status[i].Open(), b.Option.Status[i].Open(); {
		case after && !before:
			out.Opens = append(out.Opens, site.ID)
		case before && !after:
			out.Closes = append(out.Closes, site.ID)
		}
	}
	rows, err := s.Results.Compare(a.Option.ID, b.Option.ID)
	out.Losers = s.losersOf(b.Option.ID, s.Results.Published(rows))
	return out, err
}
