// Package index answers which items lie where, on tidwall/rtree.
package index

import (
	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"

	"hubreach/geo"
)

// Index holds items by their bounds. It is built once, never changed, and may
// be read by many goroutines at once. The zero value is an empty index.
type Index[T any] struct {
	tree rtree.RTreeGN[float64, T]
}

// New indexes items by bound.
func New[T any](items []T, bound func(T) orb.Bound) *Index[T] {
	var x Index[T]
	for _, it := range items {
		b := bound(it)
		x.tree.Insert(b.Min, b.Max, it)
	}
	return &x
}

// Len returns the number of items.
func (x *Index[T]) Len() int { return x.tree.Len() }

// Intersecting calls yield for each item whose bound meets b, edges included,
// until yield returns false. The order is not defined.
func (x *Index[T]) Intersecting(b orb.Bound, yield func(T) bool) {
	x.tree.Search(b.Min, b.Max, func(_, _ [2]float64, it T) bool { return yield(it) })
}

// Nearest calls yield with items in order of dist, nearest first, until yield
// returns false. dist is the distance from p to the item itself and is never
// less than the distance from p to its bound.
func (x *Index[T]) Nearest(p geo.Grid, dist func(T) geo.Metres, yield func(T, geo.Metres) bool) {
	x.tree.Nearby(
		func(min, max [2]float64, it T, item bool) float64 {
			if item {
				return float64(dist(it))
			}
			return boxDistance(p, min, max)
		},
		func(_, _ [2]float64, it T, d float64) bool { return yield(it, geo.Metres(d)) },
	)
}

func boxDistance(p geo.Grid, min, max [2]float64) float64 {
	dx := maxOf(0, min[0]-p[0], p[0]-max[0])
	dy := maxOf(0, min[1]-p[1], p[1]-max[1])
	return float64(geo.Grid{}.Distance(geo.Grid{dx, dy}))
}

func maxOf(a, b, c float64) float64 { return max(a, b, c) }
