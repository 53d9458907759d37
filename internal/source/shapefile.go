package source

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-shapefile"
)

// readShapefile reads the Shapefile of Options.Layer, or the only one, from an
// archive. Records that the .dbf marks as deleted are left out and noted.
func readShapefile(c content, o Options) (layer, error) {
	parts, err := pickShapefile(c, o)
	if err != nil {
		return layer{}, err
	}
	options, err := shapefileBounds(c.file, parts)
	if err != nil {
		return layer{}, err
	}
	var s *shapefile.Shapefile
	err = guard(c.file, "a Shapefile", func() error {
		s, err = shapefile.ReadZipReader(&zip.Reader{File: parts}, options)
		return err
	})
	if err != nil {
		if _, ok := errors.AsType[*RowError](err); ok {
			return layer{}, err
		}
		return layer{}, &RowError{File: c.file, Want: "a Shapefile", Err: err, Do: refetch}
	}
	if s.DBF == nil || s.SHP == nil {
		return layer{}, &RowError{File: c.file, Want: "a Shapefile with its .shp and .dbf"}
	}
	said, told, known := "", CRS(""), false
	if s.PRJ != nil {
		told, known = wktCRS(s.PRJ.Projection)
		said = wktName(s.PRJ.Projection)
	}
	crs, notes, err := chooseCRS(c.file, said, told, known, o)
	if err != nil {
		return layer{}, err
	}
	l := layer{crs: crs, notes: notes}
	l.fillFrom(c.file, s)
	if len(l.rows) == 0 {
		return layer{}, &RowError{File: c.file, Want: "one feature or more, found none", Do: refetch}
	}
	return l, nil
}

// pickShapefile returns the members of one Shapefile: those with the name of
// its .shp and another ending.
func pickShapefile(c content, o Options) ([]*zip.File, error) {
	shps := members(c.archive, ".shp")
	var chosen []*zip.File
	for _, f := range shps {
		if o.Layer == "" || isMember(f, o.Layer) {
			chosen = append(chosen, f)
		}
	}
	if len(chosen) != 1 && o.Layer != "" {
		return nil, &RowError{File: c.file, Field: "layer", Found: clip(o.Layer), Want: "one of " + memberNames(shps)}
	}
	if len(chosen) != 1 {
		return nil, &RowError{File: c.file, Want: "one Shapefile in the archive, found " + memberNames(shps), Do: "name one in layer"}
	}
	stem := strings.TrimSuffix(chosen[0].Name, path.Ext(chosen[0].Name))
	var parts []*zip.File
	for _, ext := range []string{".shp", ".dbf", ".prj", ".cpg"} { // the index, .shx, says nothing new
		for _, f := range members(c.archive, ext) {
			if strings.TrimSuffix(f.Name, path.Ext(f.Name)) == stem {
				parts = append(parts, f)
			}
		}
	}
	return parts, nil
}

// shapefileBounds keeps the decoder from allocating for counts that the files
// declare and do not hold.
func shapefileBounds(file string, parts []*zip.File) (*shapefile.ReadShapefileOptions, error) {
	o := &shapefile.ReadShapefileOptions{DBF: &shapefile.ReadDBFOptions{}, SHP: &shapefile.ReadSHPOptions{MaxPoints: MaxVertices}}
	for _, f := range parts {
		switch strings.ToLower(path.Ext(f.Name)) {
		case ".shp":
			o.SHP.MaxRecordSize = max(1, int(f.UncompressedSize64))
		case ".dbf":
			most, err := dbfRecords(f)
			if err != nil {
				return nil, &RowError{File: file + "/" + f.Name, Want: "a dBase table", Err: err, Do: refetch}
			}
			o.DBF.MaxRecords = max(1, most)
		}
	}
	return o, nil
}

// dbfRecords returns how many records of the declared size a .dbf can hold.
func dbfRecords(f *zip.File) (int, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	head := make([]byte, 32)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, err
	}
	size := max(2, int(binary.LittleEndian.Uint16(head[10:]))) // a record is a mark and a field
	return int(f.UncompressedSize64) / size, nil
}

func (l *layer) fillFrom(file string, s *shapefile.Shapefile) {
	var names []string
	for _, d := range s.DBF.FieldDescriptors {
		names = append(names, strings.TrimSpace(d.Name))
	}
	l.columns = newColumns(file, 0, names)
	deleted := 0
	for i := range s.NumRecords() {
		if s.DBF.Records[i] == nil {
			deleted++
			continue
		}
		f := feature{line: i + 1, cells: make([]string, len(names))}
		for j, v := range s.DBF.Records[i] {
			f.cells[j] = dbfText(v)
		}
		f.shape, f.err = orbShape(s.SHP.Record(i))
		l.rows = append(l.rows, f)
	}
	if deleted > 0 {
		l.notes = append(l.notes, fmt.Sprintf("%d records are marked as deleted in the .dbf and were left out", deleted))
	}
}

// dbfText writes a field as text: numbers as whole as they are.
func dbfText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return plainNumber(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// orbShape turns a polygon or point of the Shapefile decoder into orb's.
func orbShape(g geom.T) (orb.Geometry, error) {
	switch g := g.(type) {
	case nil:
		return nil, nil
	case *geom.Point:
		return orb.Point{g.X(), g.Y()}, nil
	case *geom.MultiPolygon:
		stride, flat := g.Stride(), g.FlatCoords()
		var mp orb.MultiPolygon
		at := 0
		for _, ends := range g.Endss() {
			var p orb.Polygon
			for _, end := range ends {
				ring := make(orb.Ring, 0, (end-at)/stride)
				for ; at < end; at += stride {
					ring = append(ring, orb.Point{flat[at], flat[at+1]})
				}
				p = append(p, ring)
			}
			mp = append(mp, p)
		}
		return mp, nil
	}
	return nil, fmt.Errorf("found a shape of type %T", g)
}
