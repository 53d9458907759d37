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
// villages as blocks (settlement.go) filled with streets (pattern.go), the
// roads and paths between them (roads.go) joined into one network (network.go,
// barriers.go), the homes along the streets (homes.go), the statistical areas
// around the homes (areas.go, outline.go), their people (people.go) and
// deprivation (deprivation.go), and the buildings and plans of the council
// (places.go, estate.go). The files of names write_*.go put it all into the
// published layouts.
//
// # Why the files are the same everywhere
//
// There is no clock, no map order and no library random source. Places are
// rounded to the centimetre as soon as they are final, degrees to seven
// decimals. The arithmetic before that may differ in its last bit between
// processors, which would show only if a number fell within that bit of a
// rounding edge.
package main
