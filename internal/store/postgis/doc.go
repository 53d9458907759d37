// Package postgis keeps a store in PostgreSQL with PostGIS, for a team and for
// several machines.
//
// # What is in the database
//
// Everything is in the schema hubreach. The layers of the current version of
// each study are views named as the layer (hubreach.areas), in EPSG:27700 with
// GiST indexes below, for a desktop GIS or another tile server. Below each
// stands a table with the rows of every version (hubreach.areas_versions).
//
// # Why a table of jobs beside River's
//
// River hands jobs to workers and notices new ones at once; its rows go away
// some time after a job has ended, and its rescue of jobs whose worker died goes
// by the clock, which a run of a whole country would outlast. So hubreach.jobs
// holds what a job is, how far it is and what came of it, and a River job only
// says "take number 7". A worker process holds an advisory lock for as long as it
// lives; PostgreSQL lets go of it in the moment the process dies, and any other
// worker then hands its jobs out again. A worker that was only cut off finds its
// job taken from it and keeps nothing.
package postgis
