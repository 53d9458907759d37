// Package report turns a finished study into files, into a map of each option
// and into a table for a terminal.
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
// # Small numbers
//
// What an option does to groups of people is published in losers.csv, equality.csv,
// closures.csv and closure_groups.csv, and nowhere else. They hide every number of
// people over 0 and under the study's threshold (five), and as many others as it
// takes that none can be told by adding up and subtracting, within a table or from
// one to another: they come from one suppressed table. What is left is rounded to
// the nearest multiple of the threshold, so that two options that differ by a few
// people cannot be subtracted either; see estate.Publish. No file counts a group
// of people by area.
//
// areas.csv, sites.csv and outreach.csv are not suppressed. They hold residents by
// age and people in need of areas and target areas, no other group, and they are
// no counts of anybody: published estimates of residents, and published rates,
// times the share of an area's points. Whoever adds them up by district gets what
// losers.csv hides of all residents aged 0-19, and so would anybody who has the
// publishers' own tables; nobody gets a group.
//
// # Why the tier of the best can differ from machine to machine
//
// How far an option is from the best set of as many buildings is proven where cbc
// is installed and certified by a bound where it is not. The best is the same;
// "tier" and, where the bound is not tight, "bound" say which. A run is the same
// bytes on machines that agree in having cbc.
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
// # Why the map is drawn by ourselves
//
// The map of an option goes into a committee paper. It has to be the same bytes
// for the same results, to print in black and white, and to open anywhere, which
// rules out tiles from a server and a browser's script; and no SVG library knows
// that two areas share a border. So a mesh of borders is made, each simplified
// once for both neighbours, and strung together again into one path a class: a
// map of Kent has 230 kB where its outlines have 1.5 MB. Colours
// are never alone: each class has a hatch, and the legend counts its areas and
// residents, since most of a county's ground has few of its people.
//
// # Why the committee report has one content and three forms
//
// A councillor reads the HTML, a clerk files the PDF and an officer wants the
// numbers. Were each made by itself, they would come to differ. So a report is
// gathered once, as sections of prose, lists, tables and figures (paper.go), and
// laid out three times. A figure of summary.json carries its place there, and a
// test compares all of them. No browser is needed: maps and bars are drawn by us,
// as SVG and as lines of a PDF. Tables of people go through estate.Publish, as all
// that is published does.
//
// # Why the tags of the PDF are written by ourselves
//
// A PDF without tags is silent to a screen reader. The library that sets our pages
// writes none, and of those for Go that do none could be had. It does let marks be
// put around what is drawn, and PDF lets anybody write objects after a finished
// file (ISO 32000-1, 7.5.6): so the marks are made while the pages are set
// (paper_pdf_tags.go), and the structure that gives them a meaning is added at the
// end (paper_pdf_update.go). A test reads the tags with poppler and wants every
// heading, head and cell of the HTML in its order. Whether the file meets PDF/UA in
// full was not tested, and it does not say that it does.
//
// # Why a run is moved into place as a whole
//
// Six files of one run and one of another would be a study that nobody ran. So
// the files are written beside the wanted folder and put in its place by
// renaming once all of them are on the disk: see Write.
package report
