package village

import "hubreach/internal/source"

// A side is one of the four sides of a cell, in the order of the constants.
type side int

const (
	left side = iota
	right
	up
	down
)

func (s side) opposite() side { return s ^ 1 }

// step is how many rows and columns lead to the neighbour on side s.
func (s side) step() (rows, columns int) {
	return [...]int{0, 0, -1, 1}[s], [...]int{-1, 1, 0, 0}[s]
}

// A kind is what a symbol stands for.
type kind int

const (
	blank   kind = iota
	vertex       // place, junction or gate
	line         // something to walk along, or barred to walkers
	barrier      // water or railway
	crossing
)

// A symbol is one character of the alphabet.
type symbol struct {
	kind kind
	tags source.Tags
	// across and upDown say which ways a line may run; both: as its neighbours have it.
	across, upDown bool
	// against is set for a line whose direction is right to left or upwards.
	against bool
	// blocks is set for a line that is a barrier too.
	blocks bool
}

// alphabet holds every symbol but the places. doc.go explains it.
var alphabet = map[rune]symbol{
	' ': {}, '.': {},

	'+': {kind: vertex},
	'g': {kind: vertex, tags: source.Tags{"barrier": "gate"}},
	'l': {kind: vertex, tags: source.Tags{"barrier": "gate", "access": "private"}},
	's': {kind: vertex, tags: source.Tags{"barrier": "stile"}},
	'k': {kind: vertex, tags: source.Tags{"barrier": "kissing_gate"}},
	'o': {kind: vertex, tags: source.Tags{"barrier": "kerb", "kerb": "raised"}},

	'-': {kind: line, across: true, tags: street},
	'|': {kind: line, upDown: true, tags: street},
	'=': {kind: line, across: true, tags: motorway, blocks: true},
	'H': {kind: line, upDown: true, tags: motorway, blocks: true},
	'>': {kind: line, across: true, tags: oneWay},
	'<': {kind: line, across: true, tags: oneWay, against: true},
	'v': {kind: line, upDown: true, tags: oneWay},
	'^': {kind: line, upDown: true, tags: oneWay, against: true},
	'#': anyWay(source.Tags{"highway": "steps"}),
	'p': anyWay(source.Tags{"highway": "service", "service": "driveway", "access": "private"}),
	'c': anyWay(source.Tags{"highway": "cycleway"}),
	'f': anyWay(source.Tags{"route": "ferry", "foot": "yes"}),
	'x': anyWay(source.Tags{"highway": "secondary", "foot": "no"}),
	't': anyWay(source.Tags{"highway": "trunk", "sidewalk": "no"}),
	'r': anyWay(source.Tags{"highway": "track", "tracktype": "grade5", "surface": "mud"}),
	'i': anyWay(source.Tags{"highway": "path", "width": "0.6"}),
	'u': anyWay(source.Tags{"highway": "footway", "lit": "no"}),
	'w': anyWay(source.Tags{"highway": "construction"}),

	'~': {kind: barrier, tags: source.Tags{"waterway": "river"}},
	':': {kind: barrier, tags: source.Tags{"railway": "rail"}},

	'%': {kind: crossing},
}

var (
	street   = source.Tags{"highway": "residential"}
	motorway = source.Tags{"highway": "motorway"}
	oneWay   = source.Tags{"highway": "footway", "oneway:foot": "yes"}
)

func anyWay(t source.Tags) symbol { return symbol{kind: line, across: true, upDown: true, tags: t} }

// isPlace reports whether c stands for a place.
func isPlace(c rune) bool {
	return c != 'H' && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
}

// symbolOf returns the symbol of c, and whether the alphabet has it.
func symbolOf(c rune) (symbol, bool) {
	if isPlace(c) {
		return symbol{kind: vertex}, true
	}
	s, ok := alphabet[c]
	return s, ok
}

// class returns what c is for joining lines of one kind: the two symbols of a
// street or a motorway are one, other symbols are themselves.
func class(c rune) rune {
	switch c {
	case '|':
		return '-'
	case 'H':
		return '='
	}
	return c
}
