package draft

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/study"
)

// How much of a file is read to tell what it is for, in bytes.
const (
	tableHead = 1 << 20   // of a table, unpacked: every table of one county fits whole
	layerHead = 32 << 20  // of a GeoJSON text, unpacked
	extract   = 2 << 20   // of a street extract, packed: some 100,000 nodes
	wholeMost = 256 << 20 // of a GeoPackage or Shapefile, which are read whole or not at all
	zipTables = 60        // tables looked at in one archive
)

// offer is what a file offers a study: one table, layer, feed or extract.
type offer struct {
	file, layer, format string
	header              []string
	rows                [][]string // of the head of a table, or of a layer
	whole               bool       // rows are all there are
	geometry            string     // of a layer: "polygon", "point", "mixed" or "other"; empty for a table
	text                []byte     // header and rows as CSV
	crs                 source.CRS // of a layer
	box                 orb.Bound  // of a layer, on the national grid; empty when not known
	at                  []geo.Grid // places, in no order
	abroad              int        // places outside Great Britain, or not told

	kinds []string // of the columns: what sort of codes they hold
	key   int      // the column of the area codes, -1 when there is none
	codes map[string]bool

	role    string // empty: none
	why     string
	taken   bool
	areas   string // edition of the key: "2001", "2011", "2021" or empty
	year    int    // of the figures, 0 when not told
	level   int    // how good for its role, 0 best
	input   study.Input
	remarks []string       // lines to write beside the input
	places  []source.Place // of a list of places
	out     bool           // ruled out
	refused string         // why
	// authority is the column that says whose a place is, and authorities its values.
	authority   string
	authorities []string
}

// sniffer tells what files are.
type sniffer struct {
	ctx        context.Context
	fsys       fs.FS
	projection *geo.Projection
	manifests  map[string]manifestEntry
}

// sniff returns what a file offers: one offer at least, without a role when
// nothing fits.
func (s *sniffer) sniff(file string) []*offer {
	offers, err := s.open(file)
	if err != nil {
		return []*offer{unread(file, "", err)}
	}
	for _, o := range offers {
		o.input.File = file
		o.input.Layer = o.layer
		s.judge(o)
	}
	return offers
}

// unread is the offer of what cannot be read.
func unread(file, layer string, err error) *offer {
	o := &offer{file: file, layer: layer, key: -1, why: errNothing.Error()}
	if !errors.Is(err, errNothing) {
		o.why = "cannot be read: " + oneLine(strings.TrimPrefix(err.Error(), file+": "))
	}
	return o
}

// oneLine brings a text onto one line of a comment.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
