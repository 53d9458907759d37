// Package source reads the published formats: bytes in, rows as published out.
// It knows headers, encodings, archives and coordinate reference systems; it
// does not know what a row is for. One file of the package is one format.
//
// Every reader takes the name of the file, for messages only, and an io.Reader.
// What cannot be read is a *RowError that names file, line, field, the value
// found, the value wanted and what to do. No reader drops a row in silence.
package source
