package tile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/maypok86/otter/v2"
	"github.com/maypok86/otter/v2/stats"

	"hubreach/internal/study"
)

// Params say how tiles are kept.
type Params struct {
	// CacheBytes is how much of tiles already packed is kept in memory, in bytes;
	// 0: none. Levels, which tiles are cut from, come on top, one a zoom and set that
	// anybody has asked for.
	CacheBytes int64
}

// DefaultParams keep 64 MB.
func DefaultParams() Params { return Params{CacheBytes: 64 << 20} }

// format is raised when the same study gives other tiles than before.
const format = "2"

// Sets are the tiles of a study. Their methods may be called from any number of
// goroutines; a tile that several ask for at once is made once.
type Sets struct {
	results *study.Results
	ground  *ground
	sets    [allSets]struct {
		drawing
		levels [Deepest + 1]struct {
			once  sync.Once
			level *level
		}
	}
	params  Params
	packer  packer
	bodies  sync.Pool                 // of tiles before they are packed
	cache   *otter.Cache[key, []byte] // nil: none
	counter *stats.Counter
	version string
}

// key is what a tile is kept by.
type key struct {
	choice   Choice
	id       ID
	encoding Encoding
}

// New makes the tiles of finished results ready; levels are drawn when a tile of
// theirs is first asked for. The error is that of an area, site or catchment
// that lies off the British National Grid or has no ground.
func New(r *study.Results, p Params) (*Sets, error) {
	g, err := newGround(r, nil)
	if err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return newSets(r, g, p)
}

// With returns the tiles of other results, as New does, and takes over what is
// the same: Results.With, which adds options, changes attributes and sites, and
// no border.
func (s *Sets) With(r *study.Results) (*Sets, error) {
	g, err := newGround(r, s.ground)
	if err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	return newSets(r, g, s.params)
}

func newSets(r *study.Results, g *ground, p Params) (*Sets, error) {
	s := &Sets{results: r, ground: g, params: p, counter: stats.NewCounter()}
	for i, d := range drawings(r, g) {
		s.sets[i].drawing = d
	}
	var err error
	if s.version, err = versionOf(r); err != nil {
		return nil, fmt.Errorf("tiles: %w", err)
	}
	if p.CacheBytes > 0 {
		const overhead = 200 // bytes an entry takes besides its tile
		s.cache, err = otter.New(&otter.Options[key, []byte]{
			MaximumWeight: uint64(p.CacheBytes), StatsRecorder: s.counter,
			Weigher: func(_ key, body []byte) uint32 { return uint32(len(body)) + overhead },
		})
		if err != nil {
			return nil, fmt.Errorf("cache of tiles: %w", err)
		}
	}
	return s, nil
}

// versionOf tells apart results whose tiles differ: the inputs by the study's
// fingerprint, the options by what they are.
func versionOf(r *study.Results) (string, error) {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode([]any{format, r.Fingerprint, len(r.Lines) > 0}); err != nil {
		return "", err
	}
	for _, o := range r.Options {
		if err := json.NewEncoder(h).Encode(o.Option); err != nil {
			return "", fmt.Errorf("option %s: %w", o.Option.ID, err)
		}
	}
	const digits = 16
	return hex.EncodeToString(h.Sum(nil))[:digits], nil
}

// Version is the same as long as every tile is: sixteen hexadecimal digits.
func (s *Sets) Version() string { return s.version }

// Tile returns a vector tile (Mapbox Vector Tile 2.1) with the layers of the
// chosen sets, packed as asked. It is empty when nothing is there. The bytes must
// not be changed. The error wraps ErrNoSet or ErrBadTile for a choice or a tile
// that cannot be, or is ctx's.
func (s *Sets) Tile(ctx context.Context, c Choice, id ID, e Encoding) ([]byte, error) {
	switch {
	case c == 0 || c > All:
		return nil, fmt.Errorf("%w: choice %d: want one or more of %s", ErrNoSet, c, All)
	case id.Z > Deepest || id.X>>id.Z != 0 || id.Y>>id.Z != 0:
		return nil, fmt.Errorf("%w: %s: want a zoom of 0 to %d and a column and row below 2 to the power of it", ErrBadTile, id, Deepest)
	case e > Brotli:
		return nil, fmt.Errorf("%w: encoding %d: want plain, gzip or br", ErrBadTile, e)
	}
	if s.cache == nil {
		return s.make(c, id, e)
	}
	return s.cache.Get(ctx, key{c, id, e}, otter.LoaderFunc[key, []byte](func(context.Context, key) ([]byte, error) { return s.make(c, id, e) }))
}

// make draws and packs a tile. Layers of several sets stand one after another:
// a tile is a list of layers, so that whole tiles put together are a tile.
func (s *Sets) make(c Choice, id ID, e Encoding) ([]byte, error) {
	body, _ := s.bodies.Get().(*[]byte)
	if body == nil {
		body = new([]byte)
	}
	defer s.bodies.Put(body)
	*body = (*body)[:0]
	for i := range s.sets {
		if c&(1<<i) != 0 {
			*body = s.level(i, id.Z).draw(*body, id)
		}
	}
	return s.packer.pack(*body, e)
}

// level returns a set at a zoom.
func (s *Sets) level(i int, zoom uint8) *level {
	l := &s.sets[i].levels[zoom]
	l.once.Do(func() { l.level = newLevel(s.sets[i].figures(zoom), s.sets[i].words) })
	return l.level
}

// Use says how the cache is used.
type Use struct {
	Tiles        int
	Bytes        uint64
	Hits, Misses uint64 // since the tiles were made ready
}

// Use returns how the cache is used; zero without one.
func (s *Sets) Use() Use {
	if s.cache == nil {
		return Use{}
	}
	counts := s.counter.Snapshot()
	return Use{Tiles: s.cache.EstimatedSize(), Bytes: s.cache.WeightedSize(), Hits: counts.Hits, Misses: counts.Misses}
}
