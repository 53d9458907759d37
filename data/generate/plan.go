package main

// The plan is the county as drawn by hand, in kilometres from its south-west
// corner. Everything else follows from it and the seed.

// countyName is the invented county. Its codes have the shape of real ones but
// lie outside the ranges in use.
const (
	countyName = "Estermere"
	countyCode = "E10900001"
	planWidth  = 47000.0
	planHeight = 35000.0
)

// district is one of the county's twelve; towns name theirs by its position.
var districts = [12]string{
	"Harrowmere", "Sandrey", "Drayhaven", "Calderstow", "Astelford", "Pellingham",
	"Merrowby", "Brindlow", "Kelverdon", "Fenwardine", "Upwolden", "Osmouth",
}

// style is what kind of place a settlement is; it decides the streets.
type style int

const (
	oldTown    style = iota // lanes in the middle, terraces, then suburbs
	industrial              // terraces nearly to the edge
	newTown                 // loops, closes and footpaths, few terraces
	suburban                // crescents and closes
	village                 // a street and its lanes
	hamlet                  // homes along the road, no streets of its own
)

// town is a settlement of the plan. Need is how deprived it is against England,
// in standard deviations, positive for more. Sites is the number of buildings
// the council runs there today.
type town struct {
	name     string
	x, y     float64 // kilometres
	people   int
	district int
	style    style
	need     float64
	sites    int
}

var towns = []town{
	{"Harrowmere", 18.0, 16.5, 92000, 0, oldTown, 0.15, 8},
	{"Sandrey", 38.3, 13.6, 45000, 1, industrial, 1.00, 6},
	{"Drayhaven", 28.3, 28.6, 34000, 2, industrial, 0.60, 5},
	{"Calderstow", 30.2, 11.6, 38000, 3, industrial, 0.75, 5},
	{"Astelford", 11.0, 20.9, 30000, 4, suburban, -0.95, 4},
	{"Pellingham", 25.0, 7.2, 42000, 5, newTown, 0.20, 5},
	{"Merrowby", 13.2, 7.2, 17000, 6, oldTown, -0.45, 3},
	{"Brindlow", 6.6, 27.2, 14500, 7, oldTown, 0.10, 2},
	{"Kelverdon", 34.0, 23.6, 19000, 8, suburban, 0.45, 2},
	{"Fenwardine", 5.2, 13.9, 12500, 9, oldTown, 0.25, 2},
	{"Upwolden", 19.0, 27.3, 11000, 10, oldTown, -0.70, 2},
	{"Osmouth", 37.6, 19.6, 12500, 11, oldTown, 0.35, 2},
	// Towns of a whole-town size without a hub.
	{"Cranwold", 14.0, 25.6, 6500, 10, suburban, 0.10, 0},
	{"Dunmarsh", 7.6, 8.2, 5800, 9, oldTown, 0.20, 0},
	{"Ockerby", 31.4, 26.9, 7200, 2, industrial, 0.80, 0},
	{"Tarnford", 34.6, 6.4, 7600, 3, suburban, -0.10, 0},
	{"Hallowick", 19.6, 3.6, 6200, 6, oldTown, -0.20, 0},
	{"Thaxley", 30.0, 18.6, 6900, 8, suburban, 0.10, 0},
	// Morrey Quay is on the island: no bridge, a ferry from Osmouth.
	{"Morrey Quay", 42.9, 21.6, 4300, 11, oldTown, 0.80, 1},
}

// pocket is a neighbourhood or a stretch of country that differs from the place
// around it: need is added in the middle and fades to nothing at radius.
type pocket struct {
	x, y, radius float64 // kilometres
	need         float64
}

var pockets = []pocket{
	{18.7, 19.0, 1.4, 2.2},  // the estates on Harrowmere's northern edge
	{16.0, 15.0, 0.9, 1.5},  // Harrowmere, behind the goods yard
	{20.3, 16.0, 1.6, -1.9}, // Harrowmere's eastern suburbs
	{11.0, 22.7, 1.25, 3.4}, // the deprived pocket of affluent Astelford, beyond the motorway
	{39.0, 13.9, 1.5, 1.5},  // Sandrey's sea front
	{37.4, 12.6, 1.0, -1.4}, // Sandrey, up the hill
	{28.9, 27.7, 1.2, 1.9},  // Drayhaven, by the docks
	{29.6, 12.8, 1.2, 1.3},  // Calderstow, north
	{24.2, 5.9, 1.2, 2.0},   // Pellingham, the first estates
	{26.2, 8.3, 1.3, -1.8},  // Pellingham, the newest
	{34.9, 23.0, 0.8, 0.9},  // Kelverdon, east
	{13.4, 8.2, 0.6, 1.5},   // Merrowby, one estate
	{5.2, 11.0, 4.2, 0.9},   // the fen villages
	{31.5, 14.9, 2.6, 1.2},  // old pit villages north of Calderstow
	{36.5, 28.0, 2.8, 0.9},  // the north-east corner
	{15.0, 11.5, 3.0, -0.7}, // stockbroker villages
	{9.0, 17.6, 2.6, -0.9},  // west of Harrowmere
	{22.0, 25.0, 3.2, -0.5}, // the downs
}

// coast is the county's outline, anticlockwise from the south-west; the west
// and south are its border with a neighbour, the rest is sea. The notch at the
// north is the mouth of the Wen.
var coast = []point{
	{1.2, 3.0}, {5, 1.2}, {11, 2.0}, {18, 0.9}, {24, 2.2}, {30, 1.1}, {35, 2.4}, {37.6, 5.2}, {39.6, 8.4}, {40.4, 12},
	{39.8, 15.6}, {38.6, 17.6}, {38.9, 20.4}, {39.6, 23}, {38.6, 26.6}, {36.2, 29.6}, {32, 31.2}, {28.6, 31.4},
	{26.9, 30.2}, {26.6, 27.6}, {25.6, 25.4}, {25.0, 25.2}, {25.3, 27.8}, {25.0, 30}, {23, 31}, {20, 32.4}, {16, 31.4},
	{12, 29.2}, {8.4, 29.6}, {4.6, 28.6}, {2.6, 25}, {1.6, 20.6}, {0.9, 15}, {2.0, 9},
}

// island is Morrey.
var island = []point{
	{42.0, 19.3}, {43.6, 19.0}, {44.6, 20.6}, {44.9, 22.8}, {44.0, 24.4}, {42.6, 24.2}, {41.9, 22.6}, {41.5, 20.8},
}

// The lines that cut walks.
var (
	riverWen  = []point{{0, 11.4}, {3, 12.2}, {6.4, 12.5}, {10, 11.8}, {13.2, 13.2}, {16.4, 15.6}, {18.2, 17.2}, {20.8, 18.2}, {23.2, 20.6}, {24.6, 23}, {25.2, 25.6}, {25.9, 28}}
	riverMere = []point{{11.6, 0}, {12.4, 4}, {12.7, 7}, {13.9, 10}, {13.6, 13.4}}
	motorway  = []point{{-1, 18.4}, {4, 19.4}, {8, 21.2}, {11, 21.75}, {15, 21.9}, {20, 22}, {24, 21.6}, {28, 20.2}, {31.6, 16.4}, {33.2, 12}, {32.4, 7}, {31.6, 0}}
	mainLine  = []point{{9.2, 0}, {11.2, 5}, {14.2, 9.6}, {16.6, 14.2}, {19, 15.7}, {23, 14.4}, {27, 12.9}, {30.2, 12.5}, {34, 12.8}, {38, 14.0}}
	northLine = []point{{19, 15.7}, {21.6, 17.2}, {22.8, 21.6}, {24.0, 24.6}, {24.2, 25.0}}
	southLine = []point{{30.2, 12.5}, {27.6, 9.4}, {25, 7.7}, {22, 4.2}, {20.6, 0}}
)

// footbridges are the only other ways over a barrier for people on foot:
// kilometres, and which barrier.
var footbridges = []struct {
	at   point
	over barrierKind
}{
	{point{10.1, 21.7}, overMotorway}, // Astelford, to the estate beyond
	{point{17.5, 16.6}, overRiver},    // Harrowmere, by the park
	{point{30.9, 12.5}, overRail},     // Calderstow station
	{point{24.9, 7.6}, overRail},      // Pellingham station
}
