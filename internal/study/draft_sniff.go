package study

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// How much of a file is read to tell what it is for, in bytes.
const (
	tableHead = 1 << 20   // of a table, unpacked: every table of one county fits whole
	layerHead = 32 << 20  // of a GeoJSON text, unpacked
	extract   = 2 << 20   // of a street extract, packed: some 100,000 nodes
	wholeMost = 256 << 20 // of a GeoPackage or Shapefile, which are read whole or not at all
	zipTables = 60        // tables looked at in one archive
)

// offer is what a file offers a study: one table, layer, feed or extract.
type offer struct {
	file, layer, format string
	header              []string
	rows                [][]string // of the head of a table, or of a layer
	whole               bool       // rows are all there are
	geometry            string     // of a layer: "polygon", "point", "mixed" or "other"; empty for a table
	text                []byte     // header and rows as CSV
	crs                 source.CRS // of a layer
	box                 orb.Bound  // of a layer, on the national grid; empty when not known
	at                  []geo.Grid // places, in no order
	abroad              int        // places outside Great Britain, or not told

	kinds []string // of the columns: what sort of codes they hold
	key   int      // the column of the area codes, -1 when there is none
	codes map[string]bool

	role    string // empty: none
	why     string
	taken   bool
	areas   string // edition of the key: "2001", "2011", "2021" or empty
	year    int    // of the figures, 0 when not told
	level   int    // how good for its role, 0 best
	input   Input
	remarks []string       // lines to write beside the input
	places  []source.Place // of a list of places
	out     bool           // ruled out
	refused string         // why
	// authority is the column that says whose a place is, and authorities its values.
	authority   string
	authorities []string
}

// sniffer tells what files are.
type sniffer struct {
	ctx        context.Context
	fsys       fs.FS
	projection *geo.Projection
	manifests  map[string]manifestEntry
}

// sniff returns what a file offers: one offer at least, without a role when
// nothing fits.
func (s *sniffer) sniff(file string) []*offer {
	offers, err := s.open(file)
	if errors.Is(err, errNothing) {
		return []*offer{{file: file, why: errNothing.Error(), key: -1}}
	}
	if err != nil {
		return []*offer{{file: file, why: "cannot be read: " + oneLine(err.Error()), key: -1}}
	}
	for _, o := range offers {
		o.input.File = file
		o.input.Layer = o.layer
		s.judge(o)
	}
	return offers
}

// errNothing means that a file is of no format that a study reads.
var errNothing = errors.New("not a table, layer, street extract or timetable that a study reads")

// open tells the format by the first bytes.
func (s *sniffer) open(file string) ([]*offer, error) {
	f, err := s.fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(f, 4096)
	head, err := r.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return nil, errors.New("it is empty; fetch it again")
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		return s.content(file, bufio.NewReaderSize(z, 4096))
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		z, err := zipOf(f, r, info.Size())
		if err != nil {
			return nil, err
		}
		return s.archive(file, z, info.Size(), func() (io.ReadCloser, error) { return s.fsys.Open(file) })
	}
	return s.content(file, r)
}

// zipOf lists an archive, in place where the file system allows.
func zipOf(f fs.File, r io.Reader, size int64) (*zip.Reader, error) {
	if at, ok := f.(io.ReaderAt); ok {
		return zip.NewReader(at, size)
	}
	data, err := io.ReadAll(io.LimitReader(r, wholeMost))
	if err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(data), int64(len(data)))
}

// content tells anything but an archive.
func (s *sniffer) content(file string, r *bufio.Reader) ([]*offer, error) {
	head, err := r.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("SQLite format 3\x00")):
		return s.layers(file, "gpkg", r)
	case len(head) > 4 && bytes.Contains(head[:min(64, len(head))], []byte("OSMHeader")):
		return s.extract(file, r)
	case bytes.HasPrefix(first, []byte("{")):
		return s.geoJSON(file, r)
	case bytes.HasPrefix(head, []byte{0, 0, 0x27, 0x0a}):
		return nil, errors.New("a bare Shapefile: zip its .shp, .dbf and .prj together")
	case bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(first, []byte("<")) || isProse(file):
		return nil, errNothing
	}
	o, err := s.table(file, "", r)
	if err != nil {
		return nil, err
	}
	return []*offer{o}, nil
}

// isProse tells texts that happen to have commas from tables.
func isProse(file string) bool {
	name := strings.TrimSuffix(strings.ToLower(file), ".gz")
	return slices.Contains([]string{".md", ".txt", ".html", ".htm", ".pdf", ".xml", ".log", ".yml", ".yaml", ".go", ".py", ".sh", ".prj", ".cpg"}, path.Ext(name))
}

// archive tells what a ZIP file is.
func (s *sniffer) archive(file string, z *zip.Reader, size int64, again func() (io.ReadCloser, error)) ([]*offer, error) {
	members := map[string]*zip.File{}
	var csvs, layers, postcodes []*zip.File
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		base := path.Base(name)
		if strings.HasPrefix(name, "__macosx/") || strings.HasPrefix(base, "._") {
			continue
		}
		members[name] = f
		switch path.Ext(name) {
		case ".csv":
			csvs = append(csvs, f)
			if strings.HasSuffix("/"+path.Dir(name), "/data/csv") {
				postcodes = append(postcodes, f)
			}
		case ".shp", ".geojson", ".gpkg":
			layers = append(layers, f)
		}
	}
	switch {
	case members["xl/workbook.xml"] != nil:
		return s.workbook(file, z)
	case members["stops.txt"] != nil && members["stop_times.txt"] != nil:
		return s.feed(file, members["stops.txt"])
	case len(layers) > 0:
		if size > wholeMost {
			return nil, fmt.Errorf("over %d MB: cut it down to the county", wholeMost>>20)
		}
		r, err := again()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return s.layers(file, "shp", r)
	case len(postcodes) > 0:
		return s.members(file, postcodes[:1], false)
	case len(csvs) > 0:
		return s.members(file, csvs, len(csvs) > 1)
	}
	return nil, errNothing
}

// members reads tables of an archive; named says that the study file has to
// name the member to read.
func (s *sniffer) members(file string, members []*zip.File, named bool) ([]*offer, error) {
	var offers []*offer
	for _, f := range members[:min(zipTables, len(members))] {
		layer := ""
		if named {
			layer = f.Name
		}
		r, err := f.Open()
		if err == nil {
			var o *offer
			if o, err = s.table(file, layer, r); err == nil {
				offers = append(offers, o)
			}
			r.Close()
		}
		if err != nil {
			offers = append(offers, &offer{file: file, layer: layer, key: -1, why: "cannot be read: " + oneLine(err.Error())})
		}
	}
	return offers, nil
}

// table reads the head of comma-separated text.
func (s *sniffer) table(file, layer string, r io.Reader) (*offer, error) {
	text, err := io.ReadAll(io.LimitReader(r, tableHead+1))
	if err != nil {
		return nil, err
	}
	whole := len(text) <= tableHead
	if !whole {
		text = cutLine(text[:tableHead])
	}
	return tableOffer(file, layer, "csv", text, whole)
}

// tableOffer reads text as a table.
func tableOffer(file, layer, format string, text []byte, whole bool) (*offer, error) {
	const tries = 4 // a cut may fall into a cell of several lines
	var t *source.Table
	var err error
	for try := 0; ; try++ {
		t, err = source.ReadTable(bytes.NewReader(text), file, source.Options{})
		if err == nil || whole || try == tries {
			break
		}
		text = cutLine(text[:max(0, len(text)-1)])
	}
	if err != nil {
		return nil, err
	}
	if len(t.Header) < 2 || len(t.Rows) == 0 {
		return nil, errNothing
	}
	o := &offer{file: file, layer: layer, format: format, header: t.Header, whole: whole, text: text, key: -1}
	for _, r := range t.Rows {
		o.rows = append(o.rows, r.Cells)
	}
	return o, nil
}

// cutLine cuts text after its last line break.
func cutLine(text []byte) []byte {
	return text[:bytes.LastIndexByte(text, '\n')+1]
}

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
	depth, last, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 2 && c == '}' {
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

// feed reads the stops of a timetable.
func (s *sniffer) feed(file string, stops *zip.File) ([]*offer, error) {
	r, err := stops.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, layerHead))
	if err != nil {
		return nil, err
	}
	if len(text) == layerHead {
		text = cutLine(text)
	}
	o := &offer{file: file, format: "gtfs", role: "timetable", key: -1, why: "an archive with stops.txt and stop_times.txt: a GTFS timetable"}
	columns := map[string]string{"id": "stop_id", "name": "stop_id", "longitude": "stop_lon", "latitude": "stop_lat"}
	places, err := source.ReadPlaces(bytes.NewReader(text), file, source.Options{Fields: columns})
	if err != nil {
		o.remarks = append(o.remarks, "its stops could not be placed: "+oneLine(err.Error()))
		return []*offer{o}, nil
	}
	s.putPlaces(o, places)
	return []*offer{o}, nil
}

func (s *sniffer) putPlaces(o *offer, places source.Places) {
	for _, p := range places.Rows {
		if p.Located {
			s.put(o, p.At, places.CRS)
		}
	}
}

// extract reads the first blocks of a street extract, which hold nodes.
func (s *sniffer) extract(file string, r io.Reader) ([]*offer, error) {
	data, err := io.ReadAll(io.LimitReader(r, extract+1))
	if err != nil {
		return nil, err
	}
	whole := len(data) <= extract
	if !whole {
		data = cutBlocks(data)
	}
	o := &offer{file: file, format: "pbf", role: "streets", key: -1, why: "an OpenStreetMap extract in PBF"}
	kinds := map[string][]string{}
	for _, k := range []string{"amenity", "barrier", "crossing", "highway", "natural", "place", "power", "public_transport", "railway", "shop"} {
		kinds[k] = nil
	}
	places, err := source.ReadAmenities(bytes.NewReader(data), file, source.Options{}, kinds)
	if err != nil {
		if whole {
			return nil, err
		}
		o.remarks = append(o.remarks, "its first nodes could not be placed: "+oneLine(err.Error()))
		return []*offer{o}, nil
	}
	s.putPlaces(o, places)
	return []*offer{o}, nil
}

// cutBlocks cuts a street extract after its last whole block. A block is a
// length of four bytes, big-endian, a header of that length, and the data whose
// size the header gives. Source: OpenStreetMap wiki, "PBF Format", section "File
// format".
func cutBlocks(data []byte) []byte {
	at := 0
	for len(data)-at >= 4 {
		head := int(data[at])<<24 | int(data[at+1])<<16 | int(data[at+2])<<8 | int(data[at+3])
		if head <= 0 || head > len(data)-at-4 {
			break
		}
		size, ok := blockSize(data[at+4 : at+4+head])
		if !ok || size > len(data)-at-4-head {
			break
		}
		at += 4 + head + size
	}
	return data[:at]
}

// blockSize reads the size of the data, field 3, from a block's header.
func blockSize(head []byte) (int, bool) {
	for len(head) > 0 {
		field, rest, ok := varint(head)
		if !ok {
			return 0, false
		}
		value, after, ok := varint(rest)
		if !ok {
			return 0, false
		}
		switch {
		case field == 3<<3 && value < extract*16:
			return int(value), true
		case field&7 == 0:
			head = after
		case field&7 == 2 && value <= uint64(len(after)):
			head = after[value:]
		default:
			return 0, false
		}
	}
	return 0, false
}

// varint reads a number of seven bits a byte, lowest first.
func varint(b []byte) (v uint64, rest []byte, ok bool) {
	for i, c := range b {
		if i == 10 {
			break
		}
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return v, b[i+1:], true
		}
	}
	return 0, nil, false
}

// oneLine brings a text onto one line of a comment.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
