package report

import (
	"strings"

	"hubreach/internal/study"
)

// Layer is one table of a run for a database: the columns of study.gpkg, in
// values of Go.
type Layer struct {
	Name, About string
	Columns     []LayerColumn
	// Rows hold, by column, nil for what is not known, bool, int64, float64, string
	// or an orb.Geometry on the British National Grid.
	Rows [][]any
}

// LayerColumn is a column of a Layer. Kind is "bool", "int", "float", "text",
// "point" or "multipolygon".
type LayerColumn struct{ Name, Kind string }

// Layers returns the tables of a run: areas (what is the same under every
// option, with polygons), area_results (what each option does, by area_code),
// sites, outreach, catchments, options, transit, losers, checks, not_assessed and
// provenance (the inputs). Columns are those of the files that Write writes. The
// error wraps ErrUnfinished for results without an option.
func Layers(r *study.Results) ([]Layer, error) {
	if err := finished(r); err != nil {
		return nil, err
	}
	provenance := inputsTable(r)
	provenance.name = "provenance"
	var layers []Layer
	for _, make := range []func() (Layer, error){
		func() (Layer, error) { return layerOf(areasLayer(r)) },
		func() (Layer, error) { return layerOf(areaChanges(r)) },
		func() (Layer, error) { return layerOf(sitesTable(r)) },
		func() (Layer, error) { return layerOf(targetsTable(r)) },
		func() (Layer, error) { return layerOf(catchmentsTable(r)) },
		func() (Layer, error) { return layerOf(optionsTable(r)) },
		func() (Layer, error) { return layerOf(transitTable(r)) },
		func() (Layer, error) { return layerOf(losersTable(r)) },
		func() (Layer, error) { return layerOf(checksTable(r)) },
		func() (Layer, error) { return layerOf(notAssessedTable(r)) },
		func() (Layer, error) { return layerOf(provenance) },
	} {
		l, err := make()
		if err != nil {
			return nil, err
		}
		layers = append(layers, l)
	}
	return layers, nil
}

// areaChanges is area_results with the code of the area, which in a database of
// many versions is a better key than a number of a row.
func areaChanges(r *study.Results) table[areaRow] {
	t := areasTable(r)
	t.name, t.about, t.columns = "area_results", "What each option does for each area", nil
	for _, c := range areaColumns() {
		if !c.stands || c.name == "area_code" {
			t.columns = append(t.columns, c.column)
		}
	}
	return t
}

// kinds are the kinds of columns, by their type in a GeoPackage.
var kinds = map[string]string{sqlText: "text", sqlWhole: "int", sqlReal: "float", sqlFlag: "bool"}

// layerOf makes a Layer of a table, its geometry first.
func layerOf[R any](t table[R]) (Layer, error) {
	l := Layer{Name: t.name, About: t.about}
	if t.place != nil {
		l.Columns = append(l.Columns, LayerColumn{"geom", strings.ToLower(t.kind)})
	}
	for _, c := range t.columns {
		l.Columns = append(l.Columns, LayerColumn{c.name, kinds[c.sql]})
	}
	for r := range t.rows {
		row := make([]any, 0, len(l.Columns))
		if t.place != nil {
			place, err := t.place(r)
			if err != nil {
				return Layer{}, err
			}
			row = append(row, place)
		}
		for _, c := range t.columns {
			row = append(row, typed(c.of(r), c.sql))
		}
		l.Rows = append(l.Rows, row)
	}
	return l, nil
}

// typed returns v in the type of its column: a whole number may stand among
// reals or texts.
func typed(v value, sql string) any {
	switch {
	case v.kind == unknown:
		return nil
	case sql == sqlFlag:
		return v.number != 0
	case sql == sqlReal:
		return v.number
	case sql == sqlWhole:
		return int64(v.number)
	}
	return v.text
}
