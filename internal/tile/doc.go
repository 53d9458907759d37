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
// # Why levels are kept and tiles are cut on demand
//
// Projection and simplification are the expensive part, and the same for every
// tile of a zoom: they are done once, when the first tile of a zoom is asked for.
// What is left for a tile is a look-up in an R-tree, clipping, encoding and
// compression: a few milliseconds for a whole county. So nothing needs to be
// drawn beforehand, and edited options are served at once: With keeps the
// borders and changes the attributes.
//
// # Why the encoder is our own
//
// orb's encoder sorts and compares the attributes of every feature of every tile:
// on a tile of 334 areas with 29 attributes it took 6.1 ms where ours, which
// numbers them once a study, takes 1.2 (BenchmarkTile). orb's decoder reads every
// tile of our tests, and GDAL's too.
//
// # Attributes
//
// Names are those of the files of a run. What an option changes has the option's
// id at its end: covered_share_O1. An attribute that is not known is not there,
// as vector tiles have no null. TileJSON lists every attribute and says what it
// is. Ids of features are hashes of codes, the same in every tile and version.
package tile
