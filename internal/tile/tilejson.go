package tile

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// tileJSON is the part of TileJSON 3.0.0 that we write. A program that reads it
// needs nothing else to draw the tiles.
type tileJSON struct {
	TileJSON string `json:"tilejson"`
	about
	Scheme  string    `json:"scheme"`
	Tiles   []string  `json:"tiles"`
	MinZoom int       `json:"minzoom"`
	MaxZoom int       `json:"maxzoom"`
	Bounds  []float64 `json:"bounds,omitempty"` // west, south, east, north
	Center  []float64 `json:"center,omitempty"` // longitude, latitude, zoom
}

// about is what TileJSON and the metadata of an archive both say.
type about struct {
	Name         string        `json:"name"`
	Description  string        `json:"description"`
	Attribution  string        `json:"attribution,omitempty"`
	VectorLayers []vectorLayer `json:"vector_layers"`
}

type vectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// TileJSON describes the chosen sets as TileJSON 3.0.0. address is that of a
// tile with {z}, {x} and {y} in it. A set that holds nothing has no layers.
func (s *Sets) TileJSON(c Choice, address string) ([]byte, error) {
	if c == 0 || c > All {
		return nil, fmt.Errorf("%w: choice %d: want one or more of %s", ErrNoSet, c, All)
	}
	t := tileJSON{
		TileJSON: "3.0.0", about: s.about(c), Scheme: "xyz", Tiles: []string{address}, MaxZoom: Deepest,
	}
	if b := s.ground.bound; !b.IsEmpty() {
		middle := b.Center()
		t.Bounds = []float64{degrees(b.Min[0]), degrees(b.Min[1]), degrees(b.Max[0]), degrees(b.Max[1])}
		t.Center = []float64{degrees(middle[0]), degrees(middle[1]), float64(overview(b))}
	}
	return json.MarshalIndent(t, "", "  ")
}

func (s *Sets) about(c Choice) about {
	return about{s.results.Spec.Name + " " + c.String(), s.describe(c), strings.Join(s.licences(), "; "), s.vectorLayers(c)}
}

func (s *Sets) describe(c Choice) string {
	title := s.results.Spec.Title
	if title == "" {
		title = s.results.Spec.Name
	}
	if c&Streets != 0 && len(s.results.Lines) == 0 {
		title += "; no streets: the study has none"
	}
	return title
}

// licences lists what the publishers of the inputs ask to be shown, each once.
func (s *Sets) licences() []string {
	var lines []string
	for _, in := range s.results.Inputs {
		line := strings.TrimPrefix(in.Publisher+", "+in.Licence, ", ")
		if in.Licence != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (s *Sets) vectorLayers(c Choice) []vectorLayer {
	layers := []vectorLayer{}
	for i := range s.sets {
		if c&(1<<i) == 0 {
			continue
		}
		for _, l := range s.sets[i].layers {
			v := vectorLayer{ID: l.name, Description: l.about, MinZoom: int(l.from), MaxZoom: Deepest, Fields: map[string]string{}}
			for _, f := range l.fields {
				v.Fields[f.name] = f.about
			}
			layers = append(layers, v)
		}
	}
	return layers
}

// degrees rounds to seven decimals, about a centimetre.
func degrees(d float64) float64 { return math.Round(d*1e7) / 1e7 }

// overview is the zoom at which a county fills about one tile.
func overview(b orb.Bound) int {
	width := max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	if !(width > 0) {
		return Deepest
	}
	return min(Deepest, max(0, int(math.Log2(360/width))))
}
