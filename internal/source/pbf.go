package source

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"google.golang.org/protobuf/encoding/protowire"
)

// pbfFile is an OpenStreetMap PBF file, cut into its blocks of data. Errors are
// *RowError.
//
// # Why a decoder of our own
//
// The library that reads this format panics on damaged blocks, on goroutines of
// its own, where a panic ends the program: it indexes the string table unchecked
// and trusts declared sizes. It needed a gate in front of it that read most of
// every block itself. What is kept of a county is a few ways and nodes of many,
// and reading only those, straight into what the readers return, takes a fifth
// of the time (BenchmarkReadStreets).
type pbfFile struct {
	file  string
	o     Options
	blobs [][]byte // packed blocks of data, in the order of the file
	sizes []int64  // of each block unpacked, 0 until it is

	mu   sync.Mutex // over watching
	done int        // blocks read, each round through the file counted
}

// Bounds of the format. Source: OpenStreetMap wiki, "PBF Format": a blob header
// should stay under 32 KiB and must under 64 KiB, a blob under 16 and 32 MiB.
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

// rewritePBF is the step to take with a file in a rare dialect.
const rewritePBF = "write the file anew with osmium cat"

// openPBF reads a file that has to be PBF. PBF has no mark of its own: it
// begins with the length of a header of a few bytes and the word OSMHeader.
func openPBF(r io.Reader, file string, o Options) (*pbfFile, error) {
	c, err := open(r, file, o)
	if err != nil {
		return nil, err
	}
	head := string(c.data[:min(len(c.data), 32)])
	if c.archive != nil || !strings.Contains(head, "OSMHeader") {
		return nil, &RowError{File: file, Want: "an OpenStreetMap PBF file", Do: "fetch the .osm.pbf extract"}
	}
	f := &pbfFile{file: file, o: o}
	if err := f.cut(c.data); err != nil {
		return nil, f.fault(err)
	}
	if len(f.blobs) == 0 {
		return nil, &RowError{File: file, Want: "a whole OpenStreetMap PBF file, found no data in it", Do: refetch}
	}
	f.sizes = make([]int64, len(f.blobs))
	return f, nil
}

// fault words an error of the format for people.
func (f *pbfFile) fault(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, errTooLarge) {
		return sizeError(f.file, f.o, err)
	}
	if refused, ok := errors.AsType[*RowError](err); ok {
		refused.File = f.file
		return refused
	}
	return &RowError{File: f.file, Want: "a whole OpenStreetMap PBF file", Err: err, Do: refetch}
}

// cut lists the blocks of data and checks the header.
func (f *pbfFile) cut(data []byte) error {
	var in pbfInflater
	for started := false; len(data) > 0; started = true {
		kind, blob, rest, err := cutBlob(data)
		if err != nil {
			return err
		}
		data = rest
		switch {
		case !started && kind != "OSMHeader":
			return fmt.Errorf("the first block is %q: want OSMHeader", clip(kind))
		case !started:
			header, err := in.inflate(blob, f.o.limit())
			if err != nil {
				return err
			}
			if err := checkPBFHeader(header); err != nil {
				return err
			}
		case kind == "OSMData": // the format says to pass over blocks of another kind
			f.blobs = append(f.blobs, blob)
		}
	}
	return nil
}

// cutBlob takes a block off a file.
func cutBlob(in []byte) (kind string, blob, rest []byte, err error) {
	if len(in) < 4 {
		return "", nil, nil, io.ErrUnexpectedEOF
	}
	size := binary.BigEndian.Uint32(in)
	if size >= maxBlobHeader {
		return "", nil, nil, errors.New("a block header is over 64 KiB")
	}
	header, rest, err := cutBytes(in[4:], uint64(size))
	if err != nil {
		return "", nil, nil, err
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
		return "", nil, nil, err
	}
	if data >= maxBlob {
		return "", nil, nil, errors.New("a block is over 32 MiB")
	}
	blob, rest, err = cutBytes(rest, data)
	return kind, blob, rest, err
}

// cutBytes splits b after n bytes.
func cutBytes(b []byte, n uint64) (head, rest []byte, err error) {
	if n > uint64(len(b)) {
		return nil, nil, io.ErrUnexpectedEOF
	}
	return b[:n], b[n:], nil
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

// each unpacks and reads the blocks of these numbers, given in ascending order,
// on all processors. read gets them in any order, and its block is only good
// until it returns. The error is that of the first block of the file that has
// one.
func (f *pbfFile) each(numbers []int, read func(i int, b *pbfBlock) error) error {
	if err := f.watch(0); err != nil {
		return err
	}
	errs := make([]error, len(numbers))
	var next, total atomic.Int64
	var stopped atomic.Bool
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(numbers)) {
		all.Go(func() {
			var in pbfInflater
			var b pbfBlock
			for total.Load() <= f.o.limit() && !stopped.Load() {
				n := int(next.Add(1)) - 1
				if n >= len(numbers) {
					return
				}
				i := numbers[n]
				raw, err := in.inflate(f.blobs[i], f.o.limit())
				f.sizes[i] = int64(len(raw))
				total.Add(int64(len(raw)))
				if err == nil {
					err = b.parse(raw)
				}
				if err == nil {
					err = read(i, &b)
				}
				errs[n] = err
				if f.watch(1) != nil {
					stopped.Store(true)
				}
			}
		})
	}
	all.Wait()
	if err := f.watch(0); err != nil {
		return err
	}
	// Blocks are taken in order, so that those up to the one that was too much
	// have all been read.
	left := f.o.limit()
	for n, i := range numbers {
		if errs[n] != nil {
			return f.fault(errs[n])
		}
		if left -= f.sizes[i]; left < 0 {
			return f.fault(errTooLarge)
		}
	}
	return nil
}

// watch says that so many more blocks are read, and returns why to stop, if so.
func (f *pbfFile) watch(more int) error {
	if f.o.Watch == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done += more
	if err := f.o.Watch(min(f.done, len(f.blobs)), len(f.blobs)); err != nil {
		return fmt.Errorf("read %s: %w", f.file, err)
	}
	return nil
}

// checkSize returns an error when the blocks unpacked so far are too much.
func (f *pbfFile) checkSize() error {
	var total int64
	for _, s := range f.sizes {
		total += s
	}
	if total > f.o.limit() {
		return f.fault(errTooLarge)
	}
	return nil
}

// numbersFrom returns the numbers from first to before last.
func numbersFrom(first, last int) []int {
	out := make([]int, 0, last-first)
	for i := first; i < last; i++ {
		out = append(out, i)
	}
	return out
}

// pbfInflater unpacks blobs into a buffer of its own.
type pbfInflater struct {
	z      io.ReadCloser
	packed bytes.Reader
	buffer bytes.Buffer
}

// inflate unpacks a blob, raw or zlib, of at most limit bytes. The result is
// good until the next call.
func (p *pbfInflater) inflate(blob []byte, limit int64) ([]byte, error) {
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
	case packed == nil:
		return raw, nil
	case size >= maxBlob:
		return nil, errors.New("a block is over 32 MiB")
	case int64(size) > limit:
		return nil, errTooLarge
	}
	return p.unzlib(packed, int64(size))
}

// unzlib unpacks exactly size bytes.
func (p *pbfInflater) unzlib(packed []byte, size int64) ([]byte, error) {
	p.packed.Reset(packed)
	var err error
	if p.z == nil {
		p.z, err = zlib.NewReader(&p.packed)
	} else {
		err = p.z.(zlib.Resetter).Reset(&p.packed, nil)
	}
	if err != nil {
		return nil, err
	}
	p.buffer.Reset()
	p.buffer.Grow(int(min(size+bytes.MinRead, 64*int64(len(packed))+bytes.MinRead))) // no more than the block can unpack to soon
	if _, err := p.buffer.ReadFrom(io.LimitReader(p.z, size+1)); err != nil {
		return nil, err
	}
	if int64(p.buffer.Len()) != size {
		return nil, errors.New("a block does not unpack to its declared size")
	}
	return p.buffer.Bytes(), nil
}

// pbfField is a field of a message: varint, or bytes when it has a length.
type pbfField struct {
	number protowire.Number
	kind   protowire.Type
	varint uint64
	bytes  []byte
}

var errDamaged = errors.New("a block is damaged")

// eachField walks a message. Fixed-size fields, which the format does not have,
// are passed over.
func eachField(b []byte, each func(f pbfField) error) error {
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errDamaged
		}
		b = b[n:]
		f := pbfField{number: number, kind: kind}
		switch kind {
		case protowire.VarintType:
			f.varint, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(number, kind, b)
		}
		if n < 0 {
			return errDamaged
		}
		b = b[n:]
		if kind == protowire.VarintType || kind == protowire.BytesType {
			if err := each(f); err != nil {
				return err
			}
		}
	}
	return nil
}
