// Package api answers over HTTP what a study says: JSON described by an OpenAPI
// document, CSV and GeoJSON of every list, problems as RFC 9457, and beside them
// what keeps a service going: access, limits, logs, metrics, health.
//
// # Why reads come from memory
//
// A study is a few megabytes and is never changed once it has been run, so one
// Snapshot of it answers every reader without a lock, and goes on answering when
// the store is away. A request takes the Snapshot that is current when it comes
// and keeps it to the end: what it says belongs together, its ETag too, while a
// new version takes over for the next.
//
// # Why the handlers are thin
//
// A handler turns a request into a question of package study and the answer into
// a row. What a number means is said where it is made, once.
package api
