package county

import (
	"hubreach/geo"
	"hubreach/internal/source"
)

// Head names an input and says which edition of the areas its rows are keyed to.
type Head struct {
	Name string // as the study file calls it
	File string
	// Older is set when the rows are keyed to the older edition of the areas and
	// have to be carried over by the look-up.
	Older bool
	// Neighbours is set for sites of another authority, which are expected to lie
	// outside the county.
	Neighbours bool
}

// IndicatorColumns says which of the values of a row mean what. A column that
// the table does not have is NoColumn.
type IndicatorColumns struct {
	Indicator
	Rank, Decile, Score, Rate, Numerator, Value int
	Percent                                     bool   // Rate is 0 to 100
	Ages                                        [2]int // Numerator counts residents of these ages, both included
	LowIsBad                                    bool   // low values of Value are the deprived end
}

// NoColumn stands for a column that a table of indicators does not have.
const NoColumn = -1

// Table is one input as it was read.
type Table[R any] struct {
	Head
	Data R
}

// IndicatorTable is a table of indicators and what its columns mean.
type IndicatorTable struct {
	Table[source.Values]
	Columns []IndicatorColumns
}

// Tables are the inputs of a county as they were read. Only Boundaries, one
// Population and Sites have to be there. The comments name the texts of a row
// of codes, in their order; each may be empty.
type Tables struct {
	Boundaries       Table[source.Boundaries]
	Districts        []Table[source.Codes]      // area, district, district's name
	Lookup           []Table[source.Codes]      // from, to, change, district
	Population       []Table[source.Population] // the first counts the people, the others weight splits
	Indicators       []IndicatorTable
	RuralUrban       []Table[source.Codes] // area, class
	SettlementCodes  []Table[source.Codes] // area, settlement, name, part, part's name
	SettlementShapes []Table[source.Boundaries]
	Centroids        []Table[source.Places] // the id is the area code
	Points           []Table[source.Places]
	Sites            []Table[source.Places]
	Venues           []Table[source.Places]
	Costs            []Table[source.Codes] // site, running, staffing, backlog, one-off
	Streets          *source.Streets
}

// PointMethod says where the people of an area are put.
type PointMethod string

// The point methods. BestPoints takes the first of the others that the inputs allow.
const (
	BestPoints      PointMethod = ""
	PublishedPoints PointMethod = "points"    // postcodes or addresses
	StreetPoints    PointMethod = "streets"   // along the residential streets in the area
	CentroidPoints  PointMethod = "centroids" // population-weighted centroid, or a point inside the area
)

// Params of Build.
type Params struct {
	Projection *geo.Projection
	// Districts, when not empty, are the only districts whose areas are kept.
	Districts []DistrictCode
	Points    PointMethod
	// Spacing is the distance between points along residential streets.
	Spacing geo.Metres
}
