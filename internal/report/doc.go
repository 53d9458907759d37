// Package report turns a finished study into files, and into a table for a
// terminal.
//
// # What the numbers look like
//
// Every file writes a number the same way. A ratio, a rate or an index has up to
// six decimals, people and metres up to one, minutes exactly one. People are not
// rounded to whole people, so that areas add up to districts; whoever prints
// them rounds. What is not known (no walk found, no published rank, a site that
// nobody costed) is an empty cell in CSV, null in JSON and NULL in the
// GeoPackage, and never zero. Several values in one cell are separated by ";",
// and a ";" inside one of them becomes ",".
//
// The same Results give the same bytes: rows follow the study's options, the
// codes of areas, the ids of sites and the order of targets, and no file holds
// a time or a path of this machine.
//
// # Why texts in CSV can begin with an apostrophe
//
// A spreadsheet runs a cell that begins with =, +, - or @ as a formula, and the
// names in our files come from files of others. Such a text, and one that
// begins with a tab or a carriage return, gets a leading '. JSON, GeoJSON and
// GeoPackage hold the text as it was read.
//
// # Why the GeoPackage has a view for each option
//
// Somebody with a desktop GIS wants to open "the areas under option X" and
// colour them. One layer a option would hold every polygon of the county as
// many times as there are options. So the polygons stand once, in areas; what
// differs stands in area_results, without geometry; and areas_<option> is a view
// of the two, registered as a layer. Sites and target areas are few, and their
// layers repeat them for each option.
//
// # Why a run is moved into place as a whole
//
// Six files of one run and one of another would be a study that nobody ran. So
// the files are written beside the wanted folder and put in its place by
// renaming once all of them are on the disk: see Write.
package report
