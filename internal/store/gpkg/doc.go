// Package gpkg keeps a store in one file: a GeoPackage 1.3 (OGC 12-128r17) that
// a desktop GIS opens, and that SQLite's own tools back up.
//
// # What is in the file
//
// The layers of the current version of each study are views named as the layer
// ("areas"), in EPSG:27700, registered as the standard asks. Below each stands a
// table with the rows of every version ("areas_versions"). Everything else is in
// tables that begin with hubreach_. The file's own version numbers are those of
// the standard; ours is in hubreach_migrations.
//
// # Why there is no spatial index
//
// The standard's R-tree extension belongs to a table, and a view has none; its
// triggers call ST_ functions that plain SQLite lacks, so that any other program
// that adds a row would fail. A county's layers are a few thousand rows.
//
// # Who may do what
//
// Any number of processes may read and write; SQLite orders the writes, and a
// reader never waits for a writer (WAL). Only one process works through the
// queue or migrates: it holds the lock of a file of the same name with "-lock"
// added, which the operating system lets go when the process dies. The file must
// be on a local disk: network folders do not keep either lock.
package gpkg
