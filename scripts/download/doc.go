// Download brings the official inputs of an English county into
// data/<county>/, as sources.csv lists them, and writes down what came from
// where under which licence. scripts/fetch calls it.
//
// # Why
//
// Publishers move files, cut connections and answer with web pages. So every
// source is fetched on its own, in pieces that survive a stop; nothing gets its
// final name before its content was looked at; and what cannot be had by
// machine is said in one line with what to do by hand. A file put in place by
// hand is checked and taken into the manifest like any other.
//
// What was fetched is never changed: national files are kept whole, and the
// lines for the study file say which rows to keep. Only layers and tables that
// are asked for in pages are put together here, as GeoJSON or CSV.
package main
