package source

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
	"google.golang.org/protobuf/encoding/protowire"
)

// pbfPass is one reading of an OpenStreetMap PBF file. The filters run on
// several goroutines at once; each gets the objects in the order of the file.
type pbfPass struct {
	node func(*osm.Node) bool // nil: no nodes
	way  func(*osm.Way) bool  // nil: no ways
	each func(osm.Object) error
}

// run decodes a whole file. Whatever is damaged, too large or not understood is
// a *RowError.
//
// # Why a gate
//
// The decoder runs on goroutines of its own, where a panic ends the program, and
// it panics on damaged blocks: it indexes the string table unchecked and trusts
// declared sizes. It therefore reads from a gate that unpacks each block within
// bounds, checks every index in it, and passes on an uncompressed block that
// holds only what is read here. That also spares the decoder the versions, dates
// and users, so that the gate costs less than it saves.
func (p pbfPass) run(data []byte, file string, o Options) error {
	// The decoder takes a context to stop by; Close stops it as well.
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	gate := &pbfGate{ctx: ctx, in: data, left: o.limit(), nodes: p.node != nil, ways: p.way != nil}
	s := osmpbf.New(ctx, gate, runtime.GOMAXPROCS(0))
	s.SkipNodes, s.SkipWays, s.SkipRelations = p.node == nil, p.way == nil, true
	s.FilterNode, s.FilterWay = p.node, p.way
	var err error
	for err == nil && s.Scan() {
		err = p.each(s.Object())
	}
	if err == nil {
		err = s.Err()
	}
	cancel()
	s.Close() // waits for the goroutines: the gate is ours again
	if gate.err != nil {
		err = gate.err
	}
	refused, isRefused := errors.AsType[*RowError](err)
	switch {
	case errors.Is(err, errTooLarge):
		return sizeError(file, o, err)
	case isRefused:
		refused.File = file
		return refused
	case err != nil:
		return &RowError{File: file, Want: "a whole OpenStreetMap PBF file", Err: err, Do: refetch}
	case gate.blocks == 0:
		return &RowError{File: file, Want: "a whole OpenStreetMap PBF file, found no data in it", Do: refetch}
	}
	return nil
}

// Bounds of the format. Source: OpenStreetMap wiki, "PBF Format": a blob header
// should stay under 32 KiB and must under 64 KiB, a blob under 16 and 32 MiB.
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

// rewritePBF is the step to take with a file in a rare dialect.
const rewritePBF = "write the file anew with osmium cat"

// pbfGate is the reader in front of the decoder; see pbfPass.run.
type pbfGate struct {
	ctx         context.Context
	in          []byte // what is left of the file
	out         []byte // what is left of the block to pass on
	left        int64  // bytes that the file may still unpack to
	nodes, ways bool   // what is passed on
	started     bool
	blocks      int // blocks of data seen
	err         error
}

// Read passes on the next bytes. Faults come between two blocks, so that the
// decoder hands them on as they are.
func (g *pbfGate) Read(p []byte) (int, error) {
	for len(g.out) == 0 {
		if g.ctx.Err() != nil || (g.err == nil && len(g.in) == 0) {
			return 0, io.EOF
		}
		if g.err == nil {
			g.err = g.next()
		}
		if g.err != nil {
			return 0, g.err
		}
	}
	n := copy(p, g.out)
	g.out = g.out[n:]
	return n, nil
}

// next checks the next block and sets out to what is passed on of it.
func (g *pbfGate) next() error {
	kind, blob, err := g.frame()
	if err != nil {
		return err
	}
	if !g.started {
		g.started = true
		if kind != "OSMHeader" {
			return fmt.Errorf("the first block is %q: want OSMHeader", clip(kind))
		}
		header, err := g.inflate(blob)
		if err != nil {
			return err
		}
		if err := checkPBFHeader(header); err != nil {
			return err
		}
		g.out = pbfFrame(kind, header)
		return nil
	}
	if kind != "OSMData" {
		return nil // the format says to pass over blocks of another kind
	}
	g.blocks++
	block, err := g.inflate(blob)
	if err != nil {
		return err
	}
	if block, err = g.rewrite(block); err != nil || block == nil {
		return err
	}
	if len(block) >= maxBlob {
		return errors.New("a block is over 32 MiB")
	}
	g.out = pbfFrame(kind, block)
	return nil
}

// frame takes the next block off the file.
func (g *pbfGate) frame() (kind string, blob []byte, err error) {
	if len(g.in) < 4 {
		return "", nil, io.ErrUnexpectedEOF
	}
	size := binary.BigEndian.Uint32(g.in)
	if size >= maxBlobHeader {
		return "", nil, errors.New("a block header is over 64 KiB")
	}
	header, rest, err := cutBytes(g.in[4:], uint64(size))
	if err != nil {
		return "", nil, err
	}
	var data uint64
	err = eachField(header, func(f pbfField) error {
		switch f.number {
		case 1:
			kind = string(f.bytes)
		case 3:
			data = f.varint
		}
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	if data >= maxBlob {
		return "", nil, errors.New("a block is over 32 MiB")
	}
	blob, g.in, err = cutBytes(rest, data)
	return kind, blob, err
}

// cutBytes splits b after n bytes.
func cutBytes(b []byte, n uint64) (head, rest []byte, err error) {
	if n > uint64(len(b)) {
		return nil, nil, io.ErrUnexpectedEOF
	}
	return b[:n], b[n:], nil
}

// inflate unpacks a blob, raw or zlib.
func (g *pbfGate) inflate(blob []byte) ([]byte, error) {
	var raw, packed []byte
	var size uint64
	other := false
	err := eachField(blob, func(f pbfField) error {
		switch f.number {
		case 1:
			raw = f.bytes
		case 2:
			size = f.varint
		case 3:
			packed = f.bytes
		default:
			other = true
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case raw == nil && packed == nil && other:
		return nil, &RowError{Want: "blocks packed with zlib, or not at all", Do: rewritePBF}
	case packed != nil && size >= maxBlob:
		return nil, errors.New("a block is over 32 MiB")
	case packed != nil:
		if raw, err = unzlib(packed, int64(size)); err != nil {
			return nil, err
		}
	}
	if g.left -= int64(len(raw)); g.left < 0 {
		return nil, errTooLarge
	}
	return raw, nil
}

// unzlib unpacks exactly size bytes.
func unzlib(packed []byte, size int64) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	b := bytes.NewBuffer(make([]byte, 0, min(size+bytes.MinRead, 64*int64(len(packed))+bytes.MinRead)))
	if _, err := b.ReadFrom(io.LimitReader(z, size+1)); err != nil {
		return nil, err
	}
	if int64(b.Len()) != size {
		return nil, errors.New("a block does not unpack to its declared size")
	}
	return b.Bytes(), nil
}

// checkPBFHeader refuses files with every past version of the streets.
func checkPBFHeader(header []byte) error {
	const requiredFeatures = 4
	return eachField(header, func(f pbfField) error {
		if f.number == requiredFeatures && string(f.bytes) == "HistoricalInformation" {
			return &RowError{Want: "the map of one day, found its whole history", Do: "fetch an extract without history"}
		}
		return nil
	})
}

// pbfFrame wraps a block as the decoder expects it, uncompressed.
func pbfFrame(kind string, block []byte) []byte {
	const raw, kindField, sizeField = 1, 1, 3
	blob := protowire.AppendTag(make([]byte, 0, len(block)+16), raw, protowire.BytesType)
	blob = protowire.AppendBytes(blob, block)
	header := protowire.AppendTag(nil, kindField, protowire.BytesType)
	header = protowire.AppendString(header, kind)
	header = protowire.AppendTag(header, sizeField, protowire.VarintType)
	header = protowire.AppendVarint(header, uint64(len(blob)))
	out := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(header)+len(blob)), uint32(len(header)))
	return append(append(out, header...), blob...)
}
