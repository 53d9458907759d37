package api

import (
	"context"

	"hubreach/internal/county"
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
		before, after := both(l.Kept, l.Lost), both(l.Kept, l.Gained)
		row := Loser{
			ID: option, Dimension: l.Dimension, Group: l.Group, GroupName: s.groupName(l), People: told(l.People),
			Before: before, After: after, Lost: told(l.Lost), Gained: told(l.Gained), LostShare: share(float64(told(l.Lost)), float64(before)),
			ExtraMin: known[Minutes](l.ExtraMin, !l.Lost.Suppressed && l.Lost.People > 0), Walk: walkBasis(s.Results), Hidden: []string{},
		}
		for _, c := range []struct {
			name string
			cell estate.Cell
		}{{"people", l.People}, {"kept", l.Kept}, {"lost", l.Lost}, {"gained", l.Gained}, {"neither", l.Neither}} {
			if c.cell.Suppressed {
				row.Hidden = append(row.Hidden, c.name)
			}
		}
		out = append(out, row)
	}
	return out
}

// told is a number of people that may be published.
func told(c estate.Cell) People { return known[People](c.People, !c.Suppressed) }

// both adds two numbers of people up, unknown where one is hidden.
func both(a, b estate.Cell) People {
	return known[People](a.People+b.People, !a.Suppressed && !b.Suppressed)
}

// groupName returns a group as people say it.
func (s *Snapshot) groupName(l estate.PublicRow) string {
	switch l.Dimension {
	case "district":
		return s.Results.County.DistrictName(county.DistrictCode(l.Group))
	case "decile":
		return "deprivation decile " + l.Group
	case "age":
		return "aged " + l.Group
	}
	return l.Group
}
