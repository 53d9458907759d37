package draft

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// geoJSON reads the head of a GeoJSON text, cut after its last whole feature.
func (s *sniffer) geoJSON(file string, r io.Reader) ([]*offer, error) {
	text, err := io.ReadAll(io.LimitReader(r, layerHead+1))
	if err != nil {
		return nil, err
	}
	whole := len(text) <= layerHead
	if !whole {
		if text = cutFeatures(text[:layerHead]); text == nil {
			return nil, fmt.Errorf("its first feature is over %d MB", layerHead>>20)
		}
	}
	return s.layersOf(file, "geojson", bytes.NewReader(text), whole)
}

// cutFeatures closes a FeatureCollection that ends somewhere in its features
// after the last whole one; nil when there is none.
func cutFeatures(text []byte) []byte {
	depth, last := 0, 0
	quoted, inList := false, false // within a text; within an array of the outermost object
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth == 2 {
				inList = c == '['
			}
		case c == '}' || c == ']':
			if depth--; depth == 2 && inList {
				last = i + 1
			}
		}
	}
	if last == 0 {
		return nil
	}
	return append(text[:last:last], "]}"...)
}

func (s *sniffer) layers(file, format string, r io.Reader) ([]*offer, error) {
	data, err := io.ReadAll(io.LimitReader(r, wholeMost+1))
	if err != nil {
		return nil, err
	}
	if len(data) > wholeMost {
		return nil, fmt.Errorf("over %d MB: cut it down to the county", wholeMost>>20)
	}
	return s.layersOf(file, format, bytes.NewReader(data), true)
}

// layersOf describes layers.
func (s *sniffer) layersOf(file, format string, r io.Reader, whole bool) ([]*offer, error) {
	layers, err := source.ReadLayers(r, file, source.Options{MaxBytes: 4 * wholeMost})
	if err != nil {
		return nil, err
	}
	var offers []*offer
	for _, l := range layers {
		o := &offer{file: file, format: format, header: l.Header, rows: l.Rows, whole: whole, geometry: l.Geometry, crs: l.CRS, key: -1}
		if len(layers) > 1 {
			o.layer = l.Name
		}
		if o.text, err = csvText(l.Header, l.Rows); err != nil {
			return nil, err
		}
		s.locate(o, l)
		offers = append(offers, o)
	}
	return offers, nil
}

// csvText writes a table as CSV.
func csvText(header []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		return nil, err
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// locate puts the features of a layer on the national grid.
func (s *sniffer) locate(o *offer, l source.Layer) {
	for _, p := range l.At {
		s.put(o, p, l.CRS)
	}
	for i, at := range o.at {
		if i == 0 {
			o.box = orb.Bound{Min: orb.Point(at), Max: orb.Point(at)}
		}
		o.box = o.box.Extend(orb.Point(at))
	}
}

// put adds a place to an offer's.
func (s *sniffer) put(o *offer, p orb.Point, crs source.CRS) {
	at := geo.Grid(p)
	if crs != source.BritishNationalGrid {
		var err error
		if at, err = s.projection.ToGrid(geo.LonLat(p)); err != nil {
			o.abroad++
			return
		}
	}
	o.at = append(o.at, at)
}
