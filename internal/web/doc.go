// Package web holds the pages of hubreach, in which planners and outreach leads
// decide, and serves them. The pages are written in TypeScript (src), built by
// Node into dist/pages and embedded in the program; they ask the service that
// serves them for everything else, and nobody else unless a base map from
// elsewhere is set.
//
// # Why the program builds without Node
//
// The pages are build output and are not in the repository, and the service is
// of use without them: scripts, a desktop GIS and other programs speak to it. So
// dist is embedded as it stands; without built pages the five addresses answer
// with one plain page that says how to build them.
package web
