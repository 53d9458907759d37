package main

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strings"
	"time"

	"github.com/paulmach/orb/planar"

	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

const limitMillis = 20 * 60_000

// outlineMinutes are the outlines of the product's map.
var outlineMinutes = []float64{5, 10, 15, 20, 25, 30}

// ours is our engine as the peers are: one search, one outline, and six of them.
// It belongs to one goroutine.
type ours struct {
	g        *walk.Graph
	search   *walk.Search
	worker   *reach.Worker
	searches samples
	outline  samples
	outlines samples
}

func (o *ours) run(origins []origin) error {
	o.searches = append(o.searches, measure(len(origins), func(i int) {
		link := [1]walk.Link{origins[i].link}
		o.search.Run(link[:], walk.Towards, limitMillis)
	})...)
	return nil
}

func (o *ours) drawOne(origins []origin) error { return o.draw(origins, []float64{20}, &o.outline) }

func (o *ours) drawSix(origins []origin) error { return o.draw(origins, outlineMinutes, &o.outlines) }

func (o *ours) draw(origins []origin, minutes []float64, took *samples) error {
	var fault error
	*took = append(*took, measure(len(origins), func(i int) {
		if _, err := o.worker.Outlines(origins[i].at, minutes); err != nil {
			fault = err
		}
	})...)
	return fault
}

// asked is a peer asked in one way, and how long it took.
type asked struct {
	peer  *peer
	mode  string
	group int     // origins a call
	took  samples // for one origin
	fault string
}

// wanted returns how many times longer than we the peer is to take.
func (a *asked) wanted() int {
	switch {
	case a.peer.name == valhalla && strings.Contains(a.mode, "six"):
		return 5
	case a.peer.name == valhalla:
		return 0
	case a.peer.name == pgRouting && a.mode == "one":
		return 500
	case a.peer.name == pgRouting && a.group > 1:
		return 100
	}
	return 50 // of the fastest, so of each
}

// ours returns what took us as long for the same question.
func (a *asked) ours(us *ours) samples {
	switch {
	case a.peer.name == valhalla && strings.Contains(a.mode, "six"):
		return us.outlines
	case a.peer.name == valhalla:
		return us.outline
	}
	return us.searches
}

// compare asks everyone about the same origins, in rounds, each time beginning
// with another one. A way of asking stops in each round when its share of the
// time is used, after one call at least.
func compare(ctx context.Context, us *ours, rows []*asked, origins []origin, rounds int, share time.Duration) error {
	k := max(1, len(origins)/rounds)
	mine := []func([]origin) error{us.run, us.drawOne, us.drawSix}
	for r := range rounds {
		block := origins[min(r*k, len(origins)-k):][:k]
		for i := range len(rows) + len(mine) {
			n := (i + r) % (len(rows) + len(mine))
			if n < len(rows) {
				rows[n].round(ctx, block, origins, share/time.Duration(rounds))
			} else if err := mine[n-len(rows)](block); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			break // what was measured until then counts
		}
	}
	return nil
}

func (a *asked) round(ctx context.Context, block, all []origin, share time.Duration) {
	began := time.Now()
	for i := 0; a.fault == "" && i < len(block); i += a.group {
		of := block[i:min(len(block), i+a.group)]
		if a.group > len(block) {
			of = all[:min(len(all), a.group)]
		}
		took, err := a.peer.run(ctx, a.mode, of)
		if err != nil {
			a.fault = err.Error()
			return
		}
		a.took = append(a.took, took)
		if time.Since(began) > share || a.group > len(block) {
			return
		}
	}
}

// agreement is how the nodes that a peer reaches compare with ours.
type agreement struct {
	peer    string
	origins int
	nodes   int // reached by us
	missing int // reached by us alone
	extra   int // reached by the peer alone
	differ  int // reached by both, at different milliseconds
	largest int // of those differences
	fault   string
}

// agree compares block after block until the time is used.
func agree(ctx context.Context, us *ours, p *peer, origins []origin, share time.Duration) agreement {
	out := agreement{peer: p.name}
	mode, most := "", 0
	for m, group := range p.modes {
		if group > most || group == most && m < mode {
			mode, most = m, group
		}
	}
	began := time.Now()
	const block = 10
	for i := 0; i < len(origins) && (i == 0 || time.Since(began) < share); i += block {
		of := origins[i:min(len(origins), i+block)]
		found, err := p.reached(ctx, mode, of)
		if err != nil {
			out.fault = err.Error()
			return out
		}
		for k, at := range of {
			us.search.Run([]walk.Link{at.link}, walk.Towards, limitMillis)
			maps.DeleteFunc(found[k], func(n walk.NodeID, _ uint32) bool { return int(n) >= us.g.Nodes() }) // bends
			out.origins++
			out.add(us.search, found[k])
		}
	}
	return out
}

func (a *agreement) add(s *walk.Search, found map[walk.NodeID]uint32) {
	shared := 0
	for _, n := range s.Reached() {
		a.nodes++
		theirs, ok := found[n]
		if !ok {
			a.missing++
			continue
		}
		shared++
		if apart := int(math.Abs(float64(theirs) - float64(s.Node(n)))); apart > 0 {
			a.differ++
			a.largest = max(a.largest, apart)
		}
	}
	a.extra += len(found) - shared
}

func (a agreement) String() string {
	switch {
	case a.fault != "":
		return "not compared: " + a.fault
	case a.missing == 0 && a.extra == 0 && a.differ == 0:
		return fmt.Sprintf("the same %s nodes, to the millisecond (%d origins)", count(a.nodes), a.origins)
	}
	return fmt.Sprintf("**not the same**: of our %s nodes it leaves out %s and gives %s another time, up to %s s off; it reaches %s that we do not (%d origins)",
		count(a.nodes), count(a.missing), count(a.differ), figure(float64(a.largest)/1000), count(a.extra), a.origins)
}

// areaRatio returns the median of the peer's area over ours, of the outline of
// thirty minutes.
func areaRatio(ctx context.Context, us *ours, p *peer, mode string, origins []origin) (float64, error) {
	areas, err := p.areas(ctx, mode, origins)
	if err != nil {
		return 0, err
	}
	var ratios []time.Duration // parts in a thousand million, for median
	for i, at := range origins {
		out, err := us.worker.Outlines(at.at, outlineMinutes[len(outlineMinutes)-1:])
		if err != nil || len(out) == 0 || i >= len(areas) {
			continue // a place that either cannot answer about says nothing
		}
		if a := planar.Area(out[0]); a > 0 && areas[i] > 0 {
			ratios = append(ratios, time.Duration(areas[i]/a*1e9))
		}
	}
	return float64(median(ratios)) / 1e9, nil
}
