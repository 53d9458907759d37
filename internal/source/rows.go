package source

import "github.com/paulmach/orb"

// CRS is a coordinate reference system that the readers know.
type CRS string

// The two systems that English public data come in.
const (
	WGS84               CRS = "EPSG:4326"  // degrees, longitude first
	BritishNationalGrid CRS = "EPSG:27700" // metres, easting first
)

// Options says how to read one file.
type Options struct {
	// Fields maps a field of the row type to the file's column or property. A
	// field left out takes the first of its well-known publishers' headers that
	// the file has (each reader lists them).
	Fields map[string]string
	// Keep lists, per column of the file, the values of the rows to read; the
	// others are counted in Filtered. Empty keeps every row.
	Keep map[string][]string
	// Values holds, for every row, the value of a field the file does not have.
	Values map[string]string
	// CRS overrides what the file says of its coordinates.
	CRS CRS
	// Layer is the layer of a GeoPackage, the sheet of a workbook or the file
	// inside an archive; empty takes the only one.
	Layer string
	// Encoding is "utf-8" or "windows-1252"; empty tells by the content, UTF-8 first.
	Encoding string
	// HeaderRow is the line of the column names from 1; 0 tells by the content;
	// NoHeader says that there is none, and columns are named "1", "2" and so on.
	HeaderRow int
	// MaxBytes bounds what a file may unpack to; 0 means DefaultMaxBytes.
	MaxBytes int64
	// Watch, when not nil, is told while a street extract is read how many of its
	// blocks are done, of total. An error stops the reading and is returned,
	// wrapped. It is called from several goroutines, never at the same time.
	Watch func(done, total int) error
}

// NoHeader is the Options.HeaderRow of a table without column names.
const NoHeader = -1

// Boundary is one small area as published. Shape is in the file's CRS and may
// be invalid.
type Boundary struct {
	Line     int // feature number from 1
	Code     string
	Name     string
	District string // empty when the file has no district column
	Shape    orb.MultiPolygon
}

// Value is a number of a table, or its absence: a blank cell (not published,
// suppressed) is not known, and never zero.
type Value struct {
	Number float64
	Known  bool
}

// ValueRow holds the numbers of one area in the order the columns were asked for.
type ValueRow struct {
	Line   int
	Code   string
	Values []Value
}

// AgeBand is a range of ages in whole years, both ends included. To is 90 or
// more for an open band such as "65 and over", and is then OpenAge.
type AgeBand struct{ From, To int }

// OpenAge is the upper end of an open age band.
const OpenAge = 120

// PopulationRow is the residents of one area, Counts in the order of the
// table's bands. Total is the published total, when the table has one.
type PopulationRow struct {
	Line   int
	Code   string
	Counts []float64
	Total  Value
}

// CodeRow holds text columns of one row in the order they were asked for:
// look-ups, classifications, options.
type CodeRow struct {
	Line  int
	Texts []string
}

// Place is a site, venue or population point as published: At is in the file's
// CRS and meaningful only when Located. Attributes holds every other column by
// its header.
type Place struct {
	Line       int
	ID         string
	Name       string
	Kind       string
	District   string
	Postcode   string
	At         orb.Point
	Located    bool
	Weight     Value // homes or delivery points at a population point
	Attributes map[string]string
}

// Catchment is a ready-made walk catchment: the places from which Site is
// reached within Minutes. Shape is in the file's CRS.
type Catchment struct {
	Line    int
	Site    string
	Profile string
	Minutes float64
	Shape   orb.MultiPolygon
}

// Node is a vertex of the street data.
type Node struct {
	ID int64
	At orb.Point // WGS 84
	// Tags holds only what the walk rules read (barrier, kerb, gates, crossing, access, foot, ...).
	Tags Tags
}

// Way is a street, path or other line of the street data; Nodes are in the
// way's own direction. Only ways with a tag that the walk rules read are kept.
type Way struct {
	ID    int64
	Nodes []int64
	Tags  Tags
}

// Tags are the key-value pairs of a node or way.
type Tags map[string]string

// Streets is a street network as published. Nodes are sorted by ID, each once,
// and only those that a kept way uses; Ways are sorted by ID. Missing counts
// the node references that the file does not hold.
type Streets struct {
	Nodes   []Node
	Ways    []Way
	Missing int
	// Barriers are lines no straight link may cross: rivers, canals, railways
	// and motorways, as ways over Nodes.
	Barriers []Way
}
