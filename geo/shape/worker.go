package shape

import (
	"errors"
	"runtime"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"
)

// collectEvery is how many bytes of geometry a Worker moves through GEOS before
// it has the Go collector free what was dropped, counted as well-known binary
// and the overheads below. What is really held is four to six times as much
// (TestMemory). A collection costs as much as the Go heap is large, 1 ms to some
// 100 ms; at 32 MiB there is one in some 7,000 operations on small areas.
const collectEvery = 32 << 20

// What a geometry costs in GEOS besides its vertices, in bytes.
const (
	overhead      = 512
	pointOverhead = 192
)

// Worker does polygon work with a GEOS context of its own. It must not be used
// by two goroutines at once; make one for each goroutine and keep it, since the
// 3 kB of a context are given back only when the process ends. The zero value
// is not usable.
type Worker struct {
	ctx   *geos.Context
	moved int // bytes since the last collection
}

// NewWorker returns a Worker.
func NewWorker() *Worker { return &Worker{ctx: geos.NewContext()} }

// account adds n bytes moved through GEOS and collects when it is time.
func (w *Worker) account(n int) {
	w.moved += n
	if w.moved < collectEvery {
		return
	}
	w.moved = 0
	runtime.GC()
}

// read hands m to GEOS, which may find it not to be a polygon at all.
func (w *Worker) read(op string, m orb.MultiPolygon) (*geos.Geom, error) {
	b, err := encode(m)
	if err != nil {
		return nil, &Error{Op: op, Err: err}
	}
	w.account(len(b) + overhead)
	g, err := w.ctx.NewGeomFromWKB(b)
	if err != nil {
		return nil, &Error{Op: op, Reason: err.Error(), Err: ErrInvalid}
	}
	return g, nil
}

// readAll hands several polygons to GEOS.
func (w *Worker) readAll(op string, ms ...orb.MultiPolygon) ([]*geos.Geom, error) {
	gs := make([]*geos.Geom, len(ms))
	for i, m := range ms {
		g, err := w.read(op, m)
		if err != nil {
			return nil, err
		}
		gs[i] = g
	}
	return gs, nil
}

// write takes the polygons of g back from GEOS. A nil g is an operation that
// GEOS could not do: the inputs are then asked why.
func (w *Worker) write(op string, g *geos.Geom, inputs ...*geos.Geom) (orb.MultiPolygon, error) {
	if g == nil {
		return nil, blame(op, inputs)
	}
	b := g.Normalize().ToWKB()
	w.account(len(b) + overhead)
	m, err := decode(b)
	if err != nil {
		return nil, &Error{Op: op, Reason: err.Error()}
	}
	return Wind(m), nil
}

// blame finds the input that made an operation fail.
func blame(op string, inputs []*geos.Geom) error {
	for _, g := range inputs {
		if !g.IsValid() {
			return &Error{Op: op, Reason: readable(g.IsValidReason()), Err: ErrInvalid}
		}
	}
	return &Error{Op: op, Reason: "no result"}
}

// guard turns a panic of the GEOS binding into an error. Any other panic goes on.
func guard(op string, err *error) {
	switch p := recover().(type) {
	case nil:
	case geos.Error:
		*err = &Error{Op: op, Reason: string(p)}
	case *runtime.PanicNilError: // GEOS failed and left no message
		*err = &Error{Op: op, Reason: "no result"}
	default:
		panic(p)
	}
}

// invalid makes err, if it came out of GEOS without a kind, the fault of the
// first of the inputs that is invalid.
func invalid(op string, err error, inputs []*geos.Geom) error {
	var e *Error
	if errors.As(err, &e) && e.Err == nil {
		if b := blame(op, inputs); errors.Is(b, ErrInvalid) {
			return b
		}
	}
	return err
}
