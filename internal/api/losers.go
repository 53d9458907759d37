package api

import (
	"context"

	"hubreach/internal/estate"
)

func (s *service) listLosers(ctx context.Context, in *struct {
	Paging
	OptionID
	Against   string `query:"against" maxLength:"64" doc:"id of an option; without: the baseline"`
	Dimension string `query:"dimension" maxLength:"64" doc:"of the groups, such as district or decile"`
}) (listed[Loser], error) {
	now := snapshotOf(ctx)
	to, k, err := now.option(in.ID)
	if err != nil {
		return listed[Loser]{}, err
	}
	from, base, err := now.option(in.Against)
	if err != nil {
		return listed[Loser]{}, err
	}
	var all []estate.PublicRow
	switch {
	case base == now.Results.Baseline && k != base: // as in losers.csv
		all = now.Results.EqualityImpact(k).Rows
	default:
		rows, err := now.Results.Compare(from.Option.ID, to.Option.ID)
		if err != nil {
			return listed[Loser]{}, err
		}
		all = now.Results.Published(rows)
	}
	var rows []Loser
	for _, l := range now.losersOf(to.Option.ID, all) {
		if in.Dimension == "" || l.Dimension == in.Dimension {
			rows = append(rows, l)
		}
	}
	return listed[Loser]{rows: rows}, nil
}

// losersOf writes a table of losers.
func (s *Snapshot) losersOf(option estate.OptionID, rows []estate.PublicRow) []Loser {
	out := []Loser{}
	for _, l := range rows {
		before, after := told(l.Before()), told(l.After())
		out = append(out, Loser{
			ID: option, Dimension: l.Dimension, Group: l.Group, GroupName: s.Results.GroupName(l.Dimension, l.Group), People: told(l.People),
			Before: before, After: after, Lost: told(l.Lost), Gained: told(l.Gained), LostShare: share(float64(told(l.Lost)), float64(before)),
			ExtraMin: known[Minutes](l.ExtraMin, !l.Lost.Suppressed && l.Lost.People > 0), Walk: walkBasis(s.Results), Hidden: l.Hidden(),
		})
	}
	return out
}

// told is a number of people that may be published.
func told(c estate.Cell) People { return known[People](c.People, !c.Suppressed) }
