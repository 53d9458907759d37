// Package tile turns finished results into vector tiles (Mapbox Vector Tile
// 2.1): sets areas, catchments, sites, outreach and streets, with TileJSON 3.0
// and as one PMTiles archive.
//
// # Why tiles are cut from a mesh
//
// Polygons simplified one by one come apart from their neighbours, and a map
// shows cracks. So each zoom has a mesh of its own (geo/shape): borders are put
// on the zoom's units, simplified once for both sides, and strung together
// again. Target areas are unions of areas in the same mesh, so that their edges
// lie on those of the areas unit by unit. An area that vanishes on the units of
// a zoom becomes a dot of half a pixel.
//
// # Why every polygon is valid
//
// A map draws anything; a desktop GIS that reads tiles, or a program that counts
// what lies in them, wants polygons. Rounding lays sides across one another and
// clipping leaves parts of a ring hanging together along a tile's edge, so both
// are put right on the units: borders are parted where they cross, for all who
// share them (shape.NewMesh), and rings are cut at a tile's edge into polygons of
// their own (clipper). TestEveryPolygonIsValid asks GEOS about every polygon of
// the sample county, Kent and Newport at every zoom.
//
// # Why levels are kept and tiles are cut on demand
//
// Projection and simplification are the expensive part, and the same for every
// tile of a zoom: they are done once, when the first tile of a zoom is asked for.
// So is the geometry of a figure that lies whole in a tile, but for its first spot:
// it is written once a zoom and copied. What is left for a tile is a look-up in an
// R-tree, clipping at the edges, numbering attributes and compression: under half
// a millisecond for a tile of 48 kB, two thirds of it compression. So
// nothing needs to be drawn beforehand, and edited options are served at once:
// With keeps the borders and changes the attributes.
//
// A tile is made in memory that the next one uses again. A service holds a county
// in memory, and what is thrown away makes the collector walk all of it: with 30 kB
// a tile in place of 620 kB a busy service made 3.5 times as many.
//
// # Why the encoder is our own
//
// orb's encoder sorts and compares the attributes of every feature of every tile:
// on a tile of 334 areas with 29 attributes it took 6.1 ms where ours, which
// numbers them once a study, took 1.2, and 0.2 since (BenchmarkTile). orb's decoder reads every
// tile of our tests, and GDAL's too.
//
// # Attributes
//
// Names are those of the files of a run. What an option changes has the option's
// id at its end: covered_share_O1. An attribute that is not known is not there,
// as vector tiles have no null. TileJSON lists every attribute and says what it
// is. Ids of features are hashes of codes, the same in every tile and version.
package tile
