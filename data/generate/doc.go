// Generate makes the sample county: an invented English county in the
// publishers' own file formats, as a pure function of a seed. It writes all
// files of data/sample but the study file and the README, which are written by
// hand; with -png it draws the county instead.
//
//	go run ./data/generate -dir data/sample
//	go run ./data/generate -png /tmp/county.png [-frame west,south,east,north] [-m 24]
//
// It works the way a county grew, and each step is a file: the plan drawn by
// hand (plan.go), the land, rivers and railways (land.go), the towns and
// villages as blocks (settlement.go) filled with streets (pattern.go, fill.go),
// the roads and paths between them (country.go, routes.go) drawn as one network
// (network.go, streets.go, bridges.go), the homes along the streets (homes.go),
// the statistical areas around the homes (districts.go, divide.go, areas.go,
// outline.go), their people (people.go) and deprivation (deprivation.go), the
// buses (timetable.go), and the buildings and plans of the council (places.go,
// estate.go). The files of names write_*.go put it all into the published
// layouts.
//
// # Why the files are the same everywhere
//
// There is no clock, no map order and no library random source. A processor
// that fuses a multiplication with an addition rounds once where another rounds
// twice, and the search for roads and areas, full of ties between cells, turned
// that last bit into another county. So places are kept to 1/1024 m, costs too,
// directions to 30 binary digits (see point): sums and cross products are then
// exact, and ties are ties. Rounding everything at the end only was tried first,
// and gave 1,871 postcodes another ward on arm64. Since then both processors
// give the same bytes. degrees, which is not exact, rounds to seven decimals.
package main
