package main

import "slices"

// namer gives out names of villages and streets. Any likeness to a real place
// is chance.
type namer struct{ taken map[string]bool }

func newNamer() *namer {
	n := &namer{map[string]bool{}}
	for _, t := range towns {
		n.taken[t.name] = true
	}
	return n
}

var (
	villageStarts = []string{"Ald", "Brax", "Cleth", "Drim", "Emmer", "Fosk", "Grim", "Haver", "Ister", "Keld", "Lusk", "Maw", "Nether", "Orm", "Pinx", "Quarl", "Rusk", "Skel", "Tharl", "Ulver", "Vask", "Wrax", "Yarl", "Bessen", "Corm", "Dunnel", "Elsen", "Frith", "Gosmer", "Hollen", "Ivel", "Kettel", "Lamber", "Mickel", "Norrel", "Ockel", "Pemmer", "Rammer", "Sallow", "Tembel", "Usk", "Waver", "Wilsen", "Yexel"}
	villageEnds   = []string{"by", "thorpe", "ham", "ton", "wick", "worth", "den", "ley", "stow", "mere", "fold", "garth", "croft", "holme", "well", "ford"}
	villageFore   = []string{"Great ", "Little ", "Upper ", "Nether ", "Long ", "Market ", "High ", "Low "}
	saints        = []string{"St Mary", "St Peter", "St Anne", "All Saints", "St John", "St Botolph", "St Oswald", "Holy Trinity", "St Hilda", "St Chad"}
	streetFirst   = []string{"Albert", "Alma", "Ash", "Baker", "Beech", "Bell", "Birch", "Brook", "Cedar", "Chapel", "Cherry Tree", "Clarence", "Coronation", "Cromwell", "Dale", "Elm", "Fairfield", "Farm", "Field", "Garden", "George", "Gladstone", "Grange", "Green", "Hawthorn", "Hazel", "Heath", "Henry", "Hill", "Holly", "Ivy", "Kestrel", "Kitchener", "Lark", "Laurel", "Lime", "Linden", "Maple", "Marlborough", "May", "Meadow", "Milton", "Nelson", "Newton", "Norfolk", "Oak", "Orchard", "Park", "Pasture", "Poplar", "Primrose", "Priory", "Queen", "Rectory", "Redwood", "Rose", "Rowan", "Russell", "Salisbury", "School", "Shakespeare", "Spring", "Stanley", "Sycamore", "Tennyson", "Thorn", "Trafalgar", "Victoria", "Vine", "Waterloo", "Wellington", "West", "Willow", "Windmill", "Woodland", "Wren", "York"}
	streetLast    = []string{"Street", "Road", "Avenue", "Road", "Street", "Drive", "Terrace", "Grove", "Crescent"}
	closeLast     = []string{"Close", "Court", "Way", "Gardens", "Mews", "Place", "Walk", "Rise"}
	roadFirst     = []string{"High", "London", "Station", "Church", "Mill", "Bridge", "North", "South", "East", "West", "Castle", "Market", "Abbey", "Common", "Sea", "Priory", "Manor", "New", "Old", "Carr", "Toll", "Cross", "Well", "Beacon", "Dyke", "Moor", "Marsh", "Warren", "Quarry", "Ferry"}
	roadLast      = []string{"Road", "Road", "Road", "Street", "Lane", "Way", "Hill"}
	laneFirst     = []string{"Back", "Blind", "Bog", "Carr", "Church", "Cow", "Cut", "Dark", "Drove", "Fen", "Fox", "Goose", "Green", "Hollow", "Hurst", "Long", "Love", "Marsh", "Mill", "Narrow", "Pound", "Rook", "Sandy", "Sheep", "Stone", "Withy", "Wold"}
)

// village returns a name that no other settlement has.
func (n *namer) village(d *dice) string {
	for {
		name := pick(d, villageStarts) + pick(d, villageEnds)
		if d.chance(0.12) {
			name = pick(d, villageFore) + name
		}
		if !n.taken[name] {
			n.taken[name] = true
			return name
		}
	}
}

func (n *namer) street(d *dice) string { return pick(d, streetFirst) + " " + pick(d, streetLast) }
func (n *namer) close(d *dice) string  { return pick(d, streetFirst) + " " + pick(d, closeLast) }
func (n *namer) lane(d *dice) string   { return pick(d, laneFirst) + " Lane" }
func (n *namer) works(d *dice) string  { return pick(d, roadFirst) + " Industrial Estate" }

// road names a through street of t.
func (n *namer) road(d *dice, t town) string {
	if t.style == village {
		return pick(d, []string{"Main Street", "Church Lane", "Back Lane", "The Street", "Mill Lane", "School Lane", "Chapel Lane"})
	}
	return pick(d, roadFirst) + " " + pick(d, roadLast)
}

// unique returns name, or name with the next free number, and marks it taken.
func unique(taken *[]string, name string) string {
	out := name
	for k := 2; slices.Contains(*taken, out); k++ {
		out = name + " " + string(rune('0'+k))
	}
	*taken = append(*taken, out)
	return out
}
