package tile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Why a tile cannot be had. Ask with errors.Is; the error that wraps it has the
// value found and the value wanted.
var (
	ErrNoSet   = errors.New("no such set of tiles")
	ErrBadTile = errors.New("no such tile")
)

// ID names a tile of the scheme of the web: tile 0/0/0 is the world in Web
// Mercator, each zoom halves the sides, X counts from the antimeridian eastward
// and Y from the north southward.
type ID struct {
	Z    uint8
	X, Y uint32
}

// Deepest is the greatest zoom that any set is drawn for. Clients enlarge its
// tiles for more.
const Deepest = 14

// ParseID reads zoom, column and row as they stand in an address: decimal digits
// without sign or leading zeros. The error wraps ErrBadTile for anything else,
// for a zoom over Deepest, and for a tile outside the world.
func ParseID(z, x, y string) (ID, error) {
	zoom, err := number("zoom", z, Deepest)
	if err != nil {
		return ID{}, err
	}
	last := uint32(1)<<zoom - 1
	col, err := number("x", x, last)
	if err != nil {
		return ID{}, err
	}
	row, err := number("y", y, last)
	if err != nil {
		return ID{}, err
	}
	return ID{Z: uint8(zoom), X: col, Y: row}, nil
}

// number reads a whole number from 0 to most.
func number(name, text string, most uint32) (uint32, error) {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || n > uint64(most) || strconv.FormatUint(n, 10) != text {
		const shown = 20
		if len(text) > shown {
			text = text[:shown] + "..."
		}
		return 0, fmt.Errorf("%w: %s %q: want a whole number, 0 to %d", ErrBadTile, name, text, most)
	}
	return uint32(n), nil
}

// String returns zoom, column and row with slashes between.
func (id ID) String() string { return fmt.Sprintf("%d/%d/%d", id.Z, id.X, id.Y) }

// Choice is one or more sets of tiles. The zero value is none.
type Choice uint8

// The sets.
const (
	Areas      Choice = 1 << iota // small areas, what each option leaves them, and points for their names and those of towns and villages
	Catchments                    // ground from which each site is reached
	Sites                         // sites, and what each option does with them
	Outreach                      // target areas of each option
	Streets                       // streets, where the study has them
	allSets    = iota
	All        = Choice(1<<allSets - 1)
)

var setNames = [allSets]string{"areas", "catchments", "sites", "outreach", "streets"}

// ParseChoice reads the name of a set, or several with commas between, each
// once and in any order: the tiles then hold the layers of all of them. The
// error wraps ErrNoSet.
func ParseChoice(text string) (Choice, error) {
	var c Choice
	for name := range strings.SplitSeq(text, ",") {
		set := Choice(0)
		for i, known := range setNames {
			if name == known {
				set = 1 << i
			}
		}
		if set == 0 || c&set != 0 {
			const shown = 60
			if len(text) > shown {
				text = text[:shown] + "..."
			}
			return 0, fmt.Errorf("%w: %q: want %s, or several of them, each once, with commas between", ErrNoSet, text, All)
		}
		c |= set
	}
	return c, nil
}

// String returns the names of the sets with commas between.
func (c Choice) String() string {
	var names []string
	for i, name := range setNames {
		if c&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// Encoding is how the bytes of a tile are packed.
type Encoding uint8

// The encodings, by the names that HTTP has for them. Plain is the vector tile
// itself.
const (
	Plain Encoding = iota
	Gzip
	Brotli
)

// String returns "", "gzip" or "br".
func (e Encoding) String() string { return [...]string{"", "gzip", "br"}[e] }
