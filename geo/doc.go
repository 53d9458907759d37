// Package geo holds the vocabulary of places on the ground: lengths in metres,
// points in degrees (LonLat, WGS 84) and points in metres (Grid, the British
// National Grid, EPSG:27700), and the projection between the two.
//
// LonLat and Grid are different types, so that a degree is never added to a
// metre. Everything between reading a file and writing a result is in Grid.
//
// # How exact
//
// Ordnance Survey defines the grid by a file of shifts, OSTN15. Where PROJ finds
// the file (GridFiles says under which names) points are right to a centimetre;
// without it, to about two metres. Projection.Accuracy says which. Heights are
// not used.
package geo
