// Package cache keeps built street graphs in a folder, so that the same streets
// are built once.
//
// A file is named by walk.Key, which stands for all that a graph depends on, and
// is never changed: it is written beside and renamed when it is whole. What
// cannot be read back is built anew and replaced. Several programs may use one
// folder at once. A folder holds up to Most bytes, beyond which the graphs that
// were asked for the longest ago go; it may be deleted at any time.
//
// Why a package of its own: walk, like all of the pipeline, knows no files.
package cache

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"hubreach/internal/walk"
)

// Dir is the folder of a cache. It is made when first stored to. The empty Dir
// keeps nothing.
type Dir string

// ErrKey means that a key is not one of walk.Key.
var ErrKey = errors.New("not a key of a graph")

// path returns the file of a key.
func (d Dir) path(key string) (string, error) {
	if key == "" || strings.Trim(key, "0123456789abcdef") != "" {
		return "", fmt.Errorf("%q: %w", key, ErrKey)
	}
	return filepath.Join(string(d), key+".graph"), nil
}

// Load returns the graph stored under key. The error wraps fs.ErrNotExist when
// there is none, walk.ErrStored when it is damaged or of another version, ErrKey,
// or is that of the file system.
func (d Dir) Load(key string) (*walk.Graph, error) {
	path, err := d.path(key)
	if err != nil {
		return nil, fmt.Errorf("load walking graph: %w", err)
	}
	if d == "" {
		return nil, fmt.Errorf("load walking graph: no folder: %w", fs.ErrNotExist)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("load walking graph: %w", err)
	}
	defer f.Close()
	g, err := walk.Read(f)
	if err != nil {
		return nil, fmt.Errorf("load walking graph from %s: %w", path, err)
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // a folder that cannot be written to is never trimmed either
	return g, nil
}

// Store keeps g under key, in the place of what was there. On an error the
// folder is as it was before.
func (d Dir) Store(key string, g *walk.Graph) error {
	path, err := d.path(key)
	if err != nil {
		return fmt.Errorf("store walking graph: %w", err)
	}
	if d == "" {
		return nil
	}
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return fmt.Errorf("store walking graph: %w", err)
	}
	f, err := os.CreateTemp(string(d), key+".*.new")
	if err != nil {
		return fmt.Errorf("store walking graph: %w", err)
	}
	err = walk.Write(f, g)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store walking graph: %w", err), os.Remove(f.Name()))
	}
	d.trim(Most, filepath.Base(path))
	return nil
}

// Most is how many bytes of graphs a folder holds: four of England, fifty of a
// county. The one stored last stays, whatever its size.
const Most = 4 << 30

// abandoned is the age of a file being written at which nobody writes to it any
// more: its program was killed.
const abandoned = 24 * time.Hour

// ours are the names that Store gives to files: in a folder that is not the
// cache's alone nothing else is touched.
var ours = regexp.MustCompile(`^[0-9a-f]{64}\.(graph|[0-9]+\.new)$`)

// trim deletes graphs, the one asked for the longest ago first, until no more
// than most bytes are left, and what killed programs left behind. What cannot be
// deleted stays. The graph named keep is not touched.
func (d Dir) trim(most int64, keep string) {
	entries, err := os.ReadDir(string(d))
	if err != nil {
		return
	}
	var graphs []fs.FileInfo
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !ours.MatchString(e.Name()) {
			continue
		}
		switch {
		case filepath.Ext(e.Name()) == ".graph":
			graphs = append(graphs, info)
			total += info.Size()
		case time.Since(info.ModTime()) > abandoned:
			_ = os.Remove(filepath.Join(string(d), e.Name()))
		}
	}
	slices.SortFunc(graphs, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	for _, g := range graphs {
		if total <= most {
			return
		}
		if g.Name() != keep && os.Remove(filepath.Join(string(d), g.Name())) == nil {
			total -= g.Size()
		}
	}
}

// Got is a graph, and where it is from.
type Got struct {
	Graph *walk.Graph
	// Loaded says that the graph was in the cache.
	Loaded bool
	// Unusable is why what was stored could not be read, if so: the graph was
	// built anew. Unkept is why it could not be stored. The graph is good all the
	// same.
	Unusable, Unkept error
}

// Get returns the graph stored under key, or else the one that build returns,
// which it stores. The error is that of build.
func (d Dir) Get(key string, build func() (*walk.Graph, error)) (Got, error) {
	g, unusable := d.Load(key)
	if unusable == nil {
		return Got{Graph: g, Loaded: true}, nil
	}
	if errors.Is(unusable, fs.ErrNotExist) {
		unusable = nil
	}
	g, err := build()
	if err != nil {
		return Got{}, err
	}
	return Got{Graph: g, Unusable: unusable, Unkept: d.Store(key, g)}, nil
}
