// Package county holds the model of a county: its small areas with their people
// and indicators, its population points, sites and venues, joined by code,
// projected to the British National Grid, checked, and then never changed.
//
// # Why the people of an area live on points
//
// An area can be 69 square kilometres with everyone at one end. So each area's
// people are shared over its population points (postcodes, stretches of
// residential street, or a centroid), the shares of an area add up to one, and
// whoever sums over points gets the published number of the area back.
package county
