package walk

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"

	"hubreach/geo"
)

// A stored graph is a head and columns, all numbers little-endian:
//
//	magic     8 bytes: "hubwalk", and the version
//	length    uint32 of the description
//	columns   uint32
//	per column: uint64 bytes, uint32 CRC-32C
//	description  JSON: Params, Report, kinds
//	CRC-32C   uint32 of all of the above
//	the columns, one after another
const (
	storeMagic = "hubwalk"
	// storeVersion changes with the format, and whenever Build makes another
	// graph of the same streets: graphs are kept from run to run.
	storeVersion = 1
	// maxDescription bounds the description, of a few kilobytes.
	maxDescription = 1 << 24
)

// ErrStored means that what was read is not a stored graph of this version, or
// not all of one, or damaged. The streets have to be built anew.
var ErrStored = errors.New("not a whole stored graph of this version")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// description is what is stored of a graph besides its columns.
type description struct {
	Params storedParams
	Report Report
	Kinds  [][2]uint32 // feature and barred
	Pieces int
}

// storedParams is Params to the last bit: geo.Metres are rounded in JSON.
type storedParams struct {
	Profiles    []Profile
	SnapLimitM  float64
	IslandNodes int
	Slope       Slope
}

func stored(p Params) storedParams {
	return storedParams{p.Profiles, float64(p.SnapLimit), p.IslandNodes, p.Slope}
}

func (p storedParams) params() Params {
	return Params{p.Profiles, geo.Metres(p.SnapLimitM), p.IslandNodes, p.Slope}
}

// Write stores g, for Read. The bytes are the same for the same graph. Errors
// are those of w.
func Write(w io.Writer, g *Graph) error {
	d := description{Params: stored(g.params), Report: g.report, Pieces: g.report.Pieces}
	for _, k := range g.kinds {
		d.Kinds = append(d.Kinds, [2]uint32{uint32(k.feature), k.barred})
	}
	about, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("store walking graph: %w", err)
	}
	columns := g.columns()
	head := append([]byte(storeMagic), storeVersion)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(about)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(columns)))
	for _, c := range columns {
		raw := c.raw()
		head = binary.LittleEndian.AppendUint64(head, uint64(len(raw)))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(raw, castagnoli))
	}
	head = append(head, about...)
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(head, castagnoli))
	if _, err := w.Write(head); err != nil {
		return fmt.Errorf("store walking graph: %w", err)
	}
	for _, c := range columns {
		if _, err := w.Write(c.raw()); err != nil {
			return fmt.Errorf("store walking graph: %w", err)
		}
	}
	return nil
}

// Read returns the graph that Write stored. Searches, links and reports on it
// are those on the graph that was written, to the last bit. r is read to its
// end. Where r tells its size, as a file does, memory is taken in one go.
//
// Every number is checked before the graph is used, besides the checksums: a
// file that was damaged on purpose gives wrong walks at worst. The error wraps
// ErrStored, or is that of r.
func Read(r io.Reader) (*Graph, error) {
	g, err := read(r)
	if err != nil {
		return nil, fmt.Errorf("read stored walking graph: %w", err)
	}
	return g, nil
}

func read(r io.Reader) (*Graph, error) {
	known := sizeOf(r)
	d, sizes, err := readHead(r)
	if err != nil {
		return nil, err
	}
	g := &Graph{params: d.Params.params(), report: d.Report}
	for _, k := range d.Kinds {
		if k[0] > math.MaxUint16 {
			return nil, fmt.Errorf("feature %d: want at most %d: %w", k[0], math.MaxUint16, ErrStored)
		}
		g.kinds = append(g.kinds, kind{feature(k[0]), k[1]})
	}
	g.makeTables(len(d.Params.Profiles))
	columns := g.columns()
	if len(columns) != len(sizes) {
		return nil, fmt.Errorf("%d columns: want %d: %w", len(sizes), len(columns), ErrStored)
	}
	sure := known >= 0
	for _, s := range sizes {
		if sure && s.bytes > uint64(known) {
			return nil, fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, ErrStored)
		}
		known -= int64(s.bytes)
	}
	for i, c := range columns {
		if err := c.take(r, sizes[i].bytes, sure); err != nil {
			return nil, err
		}
		if crc32.Checksum(c.raw(), castagnoli) != sizes[i].sum {
			return nil, fmt.Errorf("%s: wrong checksum: %w", c.name, ErrStored)
		}
	}
	var one [1]byte
	if n, err := io.ReadFull(r, one[:]); n != 0 || !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("more after the last column: %w", ErrStored)
	}
	if err := g.check(d.Pieces); err != nil {
		return nil, err
	}
	g.derive()
	return g, nil
}

// columnSize is what the head says of a column.
type columnSize struct {
	bytes uint64
	sum   uint32
}

func readHead(r io.Reader) (d description, sizes []columnSize, err error) {
	fixed := make([]byte, len(storeMagic)+1+8)
	if err := fill(r, fixed); err != nil {
		return d, nil, err
	}
	if string(fixed[:len(storeMagic)]) != storeMagic || fixed[len(storeMagic)] != storeVersion {
		return d, nil, fmt.Errorf("begins with %q: %w", fixed[:len(storeMagic)+1], ErrStored)
	}
	about := binary.LittleEndian.Uint32(fixed[len(storeMagic)+1:])
	columns := binary.LittleEndian.Uint32(fixed[len(storeMagic)+5:])
	const mostColumns = 1 << 10
	if about > maxDescription || columns > mostColumns {
		return d, nil, fmt.Errorf("a description of %d bytes, %d columns: %w", about, columns, ErrStored)
	}
	rest := make([]byte, 12*columns+about+4)
	if err := fill(r, rest); err != nil {
		return d, nil, err
	}
	summed, sum := rest[:len(rest)-4], binary.LittleEndian.Uint32(rest[len(rest)-4:])
	if crc32.Update(crc32.Checksum(fixed, castagnoli), castagnoli, summed) != sum {
		return d, nil, fmt.Errorf("head: wrong checksum: %w", ErrStored)
	}
	for ; columns > 0; columns-- {
		sizes = append(sizes, columnSize{binary.LittleEndian.Uint64(summed), binary.LittleEndian.Uint32(summed[8:])})
		summed = summed[12:]
	}
	// Unknown fields would mean another version.
	in := json.NewDecoder(bytes.NewReader(summed))
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return d, nil, fmt.Errorf("description: %w: %w", err, ErrStored)
	}
	if err := d.Params.params().Validate(); err != nil {
		return d, nil, fmt.Errorf("description: %w: %w", err, ErrStored)
	}
	return d, sizes, nil
}

// fill reads all of b; too little is ErrStored.
func fill(r io.Reader, b []byte) error {
	_, err := io.ReadFull(r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, ErrStored)
	}
	return err
}

// Key names the graph that is built with p from inputs, for a cache: the
// hexadecimal SHA-256 of the parameters, of the inputs and of the version of
// stored graphs. inputs say all else that the graph depends on: the SHA-256 of
// the street data, what the projection goes through, the SHA-256 of the heights.
func Key(p Params, inputs ...string) string {
	about, err := json.Marshal(struct {
		Version int
		Params  storedParams
		Inputs  []string
	}{storeVersion, stored(p), inputs})
	if err != nil { // only a number that is not one, which no graph is built with
		about = fmt.Appendf(nil, "%d %+v %q", storeVersion, p, inputs)
	}
	sum := sha256.Sum256(about)
	return hex.EncodeToString(sum[:])
}
