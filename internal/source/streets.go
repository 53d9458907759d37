package source

import (
	"cmp"
	"io"
	"slices"
	"strings"
)

// walkTags are the tags that the walk rules read. A key that ends in ":" stands
// for all keys that begin so.
var walkTags = []string{
	"highway", "foot", "foot:", "access", "sidewalk", "sidewalk:", "footway", "bicycle", "motorroad",
	"lit", "surface", "smoothness", "width", "est_width", "maxwidth", "maxwidth:", "incline", "tracktype",
	"step_count", "ramp", "ramp:", "kerb", "kerb:", "wheelchair", "stroller", "barrier", "locked", "crossing", "crossing:", "conveying",
	"abandoned", "disused", "bridge", "tunnel", "covered", "location", "level", "layer", "indoor", "ford", "service", "oneway", "oneway:foot", "area", "name",
	"route", "railway", "man_made", "public_transport", "waterway", "natural",
}

func readsTag(key string) bool {
	if slices.Contains(walkTags, key) {
		return true
	}
	prefix, _, found := strings.Cut(key, ":")
	return found && slices.Contains(walkTags, prefix+":")
}

// ReadStreets reads the street network of an OpenStreetMap extract in PBF.
//
// Ways that can be walked along are those with a highway tag of any value, with
// railway=platform, public_transport=platform, route=ferry, or man_made=pier
// where foot is not "no"; squares (area=yes) come as their outline. Barriers are
// waterway=river or canal, outlines of natural=water, railway=rail and
// highway=motorway, unless the tunnel tag says that they lie below; a motorway
// is a way too. A way with fewer than two nodes is no line and left out, and of
// two ways or nodes with one id the first in the file stays. Relations are not
// read. Whether somebody may walk somewhere is for the walk rules to say.
//
// Blocks are read on all processors; the streets do not depend on how many.
// Ways that say the same share their Tags, which must not be changed.
//
// A file that is truncated or damaged, unpacks to more than Options.MaxBytes,
// holds the map's history or nodes that are not dense is a *RowError.
func ReadStreets(r io.Reader, file string, o Options) (Streets, error) {
	f, err := openPBF(r, file, o)
	if err != nil {
		return Streets{}, err
	}
	d := streetReader{f: f, ways: make([]wayBlock, len(f.blobs)), nodes: make([]nodeBlock, len(f.blobs))}
	// Nearly every file holds all its nodes before its ways. Blocks before the
	// first without nodes are then unpacked once, for their nodes, and those
	// after it once, for their ways. Where a way turns up among the nodes all the
	// same, the ways are read again from the beginning.
	first := d.firstWays()
	if err := d.readWays(first); err != nil {
		return Streets{}, err
	}
	if err := d.readNodes(first); err != nil {
		return Streets{}, err
	}
	if d.early(first) {
		if err := d.readWays(0); err != nil {
			return Streets{}, err
		}
		if err := d.readNodes(0); err != nil {
			return Streets{}, err
		}
	}
	if err := f.checkSize(); err != nil {
		return Streets{}, err
	}
	if err := f.watch(0); err != nil {
		return Streets{}, err
	}
	return d.streets(), nil
}

// streetReader holds what was read of each block.
type streetReader struct {
	f     *pbfFile
	ways  []wayBlock
	nodes []nodeBlock
	used  []int64 // ids of the nodes of all ways kept, ascending, each once
}

// wayBlock is the streets and barriers of one block.
type wayBlock struct {
	ways     []keptWay
	refs     []int64 // ids of their nodes, ascending, each once
	hasNodes bool
}

type keptWay struct {
	Way
	street, barrier bool
}

// nodeBlock is the nodes of one block that a way uses.
type nodeBlock struct {
	ranks   []int32 // places in streetReader.used
	nodes   []Node
	hasWays bool
}

// firstWays returns the number of the first block without nodes, if all before
// it have some; any number if not.
func (d *streetReader) firstWays() int {
	first, last := 0, len(d.f.blobs)
	var in pbfInflater
	var b pbfBlock
	for first < last {
		i := (first + last) / 2
		raw, err := in.inflate(d.f.blobs[i], d.f.o.limit())
		if err == nil {
			err = b.parse(raw)
		}
		if err == nil && len(b.dense) > 0 {
			first = i + 1
		} else {
			last = i // a fault is met again, and in order, when the block is read
		}
	}
	return first
}

// readWays reads the ways of the blocks from first on.
func (d *streetReader) readWays(first int) error {
	err := d.f.each(numbersFrom(first, len(d.f.blobs)), func(i int, b *pbfBlock) error {
		d.ways[i] = wayBlock{hasNodes: len(b.dense) > 0}
		return d.ways[i].read(b)
	})
	if err != nil {
		return err
	}
	total := 0
	for _, w := range d.ways {
		total += len(w.refs)
	}
	refs := make([]int64, 0, total)
	for _, w := range d.ways {
		refs = append(refs, w.refs...)
	}
	sortIDs(refs)
	d.used = slices.Clip(slices.Compact(refs))
	return nil
}

// read keeps the streets and barriers of a block.
func (w *wayBlock) read(b *pbfBlock) error {
	tags := b.tagReader()
	var ends []int // of each way's nodes in w.refs
	err := b.eachWay(func(x pbfWay) (err error) {
		kept := tags.keep(x.tags)
		street, barrier := isStreet(b, kept), isBarrier(b, kept)
		if !street && !barrier {
			return nil
		}
		before := len(w.refs)
		if w.refs, err = appendDeltas(w.refs, x.refs); err != nil {
			return err
		}
		if len(w.refs)-before < 2 {
			w.refs = w.refs[:before]
			return nil
		}
		ends = append(ends, len(w.refs))
		w.ways = append(w.ways, keptWay{Way{ID: x.id, Tags: tags.set(kept)}, street, barrier})
		return nil
	})
	nodes, first := slices.Clone(w.refs), 0 // cut into the ways' own
	for i, end := range ends {
		w.ways[i].Nodes = nodes[first:end:end]
		first = end
	}
	sortIDs(w.refs)
	w.refs = slices.Compact(w.refs)
	return err
}

// early reports whether a block before first, of which only the nodes were
// read, holds ways.
func (d *streetReader) early(first int) bool {
	return slices.ContainsFunc(d.nodes[:first], func(n nodeBlock) bool { return n.hasWays })
}

// readNodes reads the nodes in use of the blocks before first, and of those
// after it that are known to have some.
func (d *streetReader) readNodes(first int) error {
	numbers := numbersFrom(0, first)
	for i := first; i < len(d.ways); i++ {
		if d.ways[i].hasNodes {
			numbers = append(numbers, i)
		}
	}
	return d.f.each(numbers, func(i int, b *pbfBlock) error {
		d.nodes[i] = nodeBlock{hasWays: len(b.ways) > 0}
		return d.nodes[i].read(b, d.used)
	})
}

// read keeps the nodes of a block whose ids are among used.
func (n *nodeBlock) read(b *pbfBlock, used []int64) error {
	tags := b.tagReader()
	rank := 0
	return b.eachNode(func(x pbfNode) error {
		if rank = seek(used, x.id, rank); rank == len(used) || used[rank] != x.id {
			return nil
		}
		if !degrees.Contains(x.at) {
			return errDamaged
		}
		n.ranks = append(n.ranks, int32(rank))
		n.nodes = append(n.nodes, Node{ID: x.id, At: x.at, Tags: tags.set(tags.keep(x.tags))})
		return nil
	})
}

// seek returns the place of the first of ids that is id or more. It looks from
// near on: the nodes of a file mostly come by id.
func seek(ids []int64, id int64, near int) int {
	if near > 0 && ids[near-1] >= id {
		near, _ = slices.BinarySearch(ids[:near], id)
		return near
	}
	step := 1
	for near+step < len(ids) && ids[near+step-1] < id {
		near += step
		step *= 2
	}
	i, _ := slices.BinarySearch(ids[near:min(len(ids), near+step)], id)
	return near + i
}

// streets puts together what was read.
func (d *streetReader) streets() Streets {
	var s Streets
	total := 0
	for _, b := range d.ways {
		total += len(b.ways)
	}
	s.Ways = make([]Way, 0, total) // barriers are few
	for _, b := range d.ways {
		for _, w := range b.ways {
			if w.street {
				s.Ways = append(s.Ways, w.Way)
			}
			if w.barrier {
				s.Barriers = append(s.Barriers, w.Way)
			}
		}
	}
	s.Ways, s.Barriers = sortWays(s.Ways), sortWays(s.Barriers)
	nodes, held := make([]Node, len(d.used)), make([]bool, len(d.used))
	found := 0
	for _, b := range d.nodes {
		for i, rank := range b.ranks {
			if !held[rank] {
				nodes[rank], held[rank] = b.nodes[i], true
				found++
			}
		}
	}
	if found < len(nodes) {
		d.countMissing(&s, held)
		i := 0
		nodes = slices.Clip(slices.DeleteFunc(nodes, func(Node) bool { i++; return !held[i-1] }))
	}
	s.Nodes = nodes
	return s
}

func sortWays(ways []Way) []Way {
	byID := func(a, b Way) int { return cmp.Compare(a.ID, b.ID) }
	if !slices.IsSortedFunc(ways, byID) {
		slices.SortStableFunc(ways, byID)
	}
	return slices.Clip(slices.CompactFunc(ways, func(a, b Way) bool { return a.ID == b.ID }))
}

// countMissing counts the references of the kept ways to nodes that the file
// does not hold; those of a way that is also a barrier count once.
func (d *streetReader) countMissing(s *Streets, held []bool) {
	count := func(w Way) {
		for _, id := range w.Nodes {
			if rank, ok := slices.BinarySearch(d.used, id); !ok || !held[rank] {
				s.Missing++
			}
		}
	}
	for _, w := range s.Ways {
		count(w)
	}
	for _, w := range s.Barriers {
		if _, both := slices.BinarySearchFunc(s.Ways, w.ID, func(x Way, id int64) int { return cmp.Compare(x.ID, id) }); !both {
			count(w)
		}
	}
}

// isStreet tells whether a way may be part of a walk.
func isStreet(b *pbfBlock, tags []pbfTag) bool {
	for _, t := range tags {
		value := b.word(t.value)
		switch string(b.word(t.key)) {
		case "highway":
			return true
		case "railway", "public_transport":
			if string(value) == "platform" {
				return true
			}
		case "route":
			if string(value) == "ferry" {
				return true
			}
		case "man_made":
			if string(value) == "pier" && !closedToFeet(b, tags) {
				return true
			}
		}
	}
	return false
}

func closedToFeet(b *pbfBlock, tags []pbfTag) bool {
	return slices.ContainsFunc(tags, func(t pbfTag) bool {
		return string(b.word(t.key)) == "foot" && string(b.word(t.value)) == "no"
	})
}

// isBarrier tells whether a way is a line that nobody crosses but by a way.
func isBarrier(b *pbfBlock, tags []pbfTag) bool {
	barrier := false
	for _, t := range tags {
		value := string(b.word(t.value))
		switch string(b.word(t.key)) {
		case "waterway":
			barrier = barrier || value == "river" || value == "canal"
		case "natural":
			barrier = barrier || value == "water"
		case "railway":
			barrier = barrier || value == "rail"
		case "highway":
			barrier = barrier || value == "motorway"
		case "tunnel":
			if value != "no" {
				return false
			}
		}
	}
	return barrier
}
