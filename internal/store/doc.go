// Package store is the seam between hubreach and where it keeps things: study
// versions, edited options with their history, tokens and jobs. A GeoPackage
// file (store/gpkg) and PostGIS (store/postgis) stand behind it and pass one
// suite, storetest.
//
// # Why inputs and not only results
//
// A version keeps the study file and the bytes of every input beside the tables
// made from them. A server runs the study again from its own store, gets the
// same fingerprint or refuses to serve, and answers from memory; the tables are
// for people with a desktop GIS or SQL. So nothing that is served depends on how
// a store rounds, and a county of any size is one read.
//
// # Why refused edits are kept
//
// Two planners who edit one option at once are both doing their work. One is
// told that the other was first, and what she wrote is still there to copy from.
package store
