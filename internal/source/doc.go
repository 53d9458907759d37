// Package source reads the published formats: bytes in, rows as published out.
// It knows headers, encodings, archives and coordinate reference systems; it
// does not know what a row is for. One file of the package is one format.
//
// Every reader takes the name of the file, for messages only, and an io.Reader,
// which it reads once and whole. What cannot be read is a *RowError that names
// file, line, field, the value found, the value wanted and what to do. No reader
// drops a row in silence: what Options.Keep leaves out is counted. Readers keep
// no state and may run side by side.
//
//	ReadBoundaries  GeoJSON, GeoPackage, zipped Shapefile
//	ReadCatchments  the same
//	ReadTable       CSV, XLSX
//	ReadValues, ReadPopulation, ReadCodes   the same, by column
//	ReadPlaces      the same, GeoJSON points, Code-Point Open
//	ReadStreets, ReadAmenities   OpenStreetMap PBF
//	ReadHeights     ESRI ASCII grid, GeoTIFF
//
// Formats are told by content, never by the name of the file. Anything may be
// packed with gzip, and tables and GeoJSON as the only file of a ZIP.
//
// # Fields and columns
//
// A field of a row, such as "code", takes the column that Options.Fields names,
// else the text of Options.Values, else the first of its well-known headers that
// the file has. The well-known headers stand in one table, in fields.go.
//
// # Why the whole file
//
// A ZIP, a workbook, SQLite and the two passes over a street extract need the
// whole file at hand, and the encoding of a CSV is only sure at its end. A file
// is therefore held in memory, and Options.MaxBytes bounds both its own size and
// what it unpacks to (DefaultMaxBytes without it). The rows that Options.Keep
// leaves out are never stored, so that a county comes out of the national
// postcode directory at the cost of its text. Only the workbook decoder writes
// to disk: sheets over 16 MB, in temporary files that it removes.
//
// # Why so strict about coordinates
//
// A layer in the wrong reference system, or with latitude first, still draws as
// something. Every coordinate is therefore held to the system of its file, and
// the commonest mistakes are named: see RowError.Do.
package source
