package draft

import (
	"archive/zip"
	"bytes"
	"io"

	"hubreach/internal/source"
)

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
