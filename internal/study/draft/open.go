package draft

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"hubreach/internal/source"
)

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
	case isHeights(head):
		return s.heights(file, r)
	case bytes.HasPrefix(head, []byte{0, 0, 0x27, 0x0a}):
		return nil, errors.New("a bare Shapefile: zip its .shp, .dbf and .prj together")
	case path.Base(file) == "stop_times.txt":
		return nil, errors.New("part of an unpacked GTFS timetable: zip the files of its folder together")
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
	grids := false
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		base := path.Base(name)
		if strings.HasPrefix(name, "__macosx/") || strings.HasPrefix(base, "._") {
			continue
		}
		members[name] = f
		grids = grids || mayHoldHeights(name)
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
	case grids:
		r, err := again()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return s.archivedHeights(file, r)
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
			_ = r.Close() // it was read, not written
		}
		if err != nil {
			offers = append(offers, unread(file, layer, err))
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
