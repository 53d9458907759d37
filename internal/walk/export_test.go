package walk

import (
	"encoding/binary"
	"hash/crc32"
	"slices"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Vertex and Line are the streets before anything is joined or copied: what a
// plain search in a test walks on.
type (
	Vertex struct {
		At   geo.Grid
		Gate uint32 // profiles it stops
	}
	Line struct {
		A, B              int
		Ends              bool
		Forward, Backward bool
		Millis            []uint32 // per profile, Never when barred
	}
)

// EveryVertex returns the streets as Build understands them, uncontracted.
func EveryVertex(streets source.Streets, proj Projector, p Params) ([]Vertex, []Line) {
	b := newBuilder(proj, p, Options{})
	if err := b.take(streets); err != nil {
		return nil, nil
	}
	b.joinSegments()
	b.closePrivateGates()
	var vs []Vertex
	for v := range b.nodes {
		vs = append(vs, Vertex{b.at[v].grid(), b.gates[int32(v)]})
	}
	var ls []Line
	for _, s := range b.segments {
		k := b.kinds[s.kind]
		l := Line{
			A: int(s.a), B: int(s.b), Ends: k.feature&featureEnds != 0,
			Forward: k.feature&featureBackward == 0, Backward: k.feature&featureForward == 0,
		}
		for i, pr := range p.Profiles {
			t := Never
			if k.barred>>i&1 == 0 {
				t = millis(b.at[s.a].millimetres(b.at[s.b]), pr.pace(k.feature))
			}
			l.Millis = append(l.Millis, t)
		}
		ls = append(ls, l)
	}
	return vs, ls
}

// ParseMetres reads a tagged width.
var ParseMetres = parseMetres

// Judge returns why a way is barred to everyone, or which profiles are barred.
func Judge(t source.Tags, profiles []Profile) (reason string, barred []string, private bool) {
	g := groundOf(t)
	for _, p := range profiles {
		if g.reason == "" && p.bars(g) {
			barred = append(barred, p.Name)
		}
	}
	return g.reason, barred, g.feature&featureEnds != 0
}

// Stopped returns the profiles that do not pass a node.
func Stopped(t source.Tags, profiles []Profile) []string {
	var out []string
	for i, p := range profiles {
		if gateOf(t, profiles)>>i&1 == 1 {
			out = append(out, p.Name)
		}
	}
	return out
}

// Resum returns a stored graph with the checksums that its bytes should have, as
// far as it has the parts.
func Resum(data []byte) []byte {
	data = slices.Clone(data)
	const fixed = uint64(len(storeMagic) + 1 + 8)
	if uint64(len(data)) < fixed {
		return data
	}
	about := uint64(binary.LittleEndian.Uint32(data[len(storeMagic)+1:]))
	columns := uint64(binary.LittleEndian.Uint32(data[len(storeMagic)+5:]))
	end := fixed + 12*columns + about
	if columns > 1<<10 || about > maxDescription || end+4 > uint64(len(data)) {
		return data
	}
	at := end + 4
	for c := range columns {
		size := data[fixed+12*c:]
		n := binary.LittleEndian.Uint64(size)
		if n > uint64(len(data))-at {
			break
		}
		binary.LittleEndian.PutUint32(size[8:], crc32.Checksum(data[at:at+n], castagnoli))
		at += n
	}
	binary.LittleEndian.PutUint32(data[end:], crc32.Checksum(data[:end], castagnoli))
	return data
}

// Sizes returns the bytes of each part of a graph.
func Sizes(g *Graph) map[string]int {
	sizes := map[string]int{}
	for _, c := range g.columns() {
		sizes[c.name] += len(c.raw())
	}
	return sizes
}
