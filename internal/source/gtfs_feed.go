package source

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// feed is a GTFS feed while it is read: its files, what has become of it so
// far, and the positions of its ids.
type feed struct {
	file  string
	files map[string]*zip.File // by name in lower case
	out   Timetable
	found findings

	stop, route, service, trip map[string]int32
	block                      map[string]int32 // from 1
	// usable says which trips may be kept, by position in the file.
	usable []bool
	// moved is where each trip of the file stands in out.Trips, -1 for nowhere.
	moved []int32
}

// callsFile is the file that tells a feed from any other archive.
const callsFile = "stop_times.txt"

// openFeed finds the folder of the feed.
func openFeed(r io.Reader, file string, o Options) (*feed, error) {
	c, err := open(r, file, o)
	if err != nil {
		return nil, err
	}
	if c.archive == nil {
		return nil, &RowError{File: file, Want: "a GTFS feed packed as ZIP", Do: "pack its text files into one ZIP"}
	}
	texts := members(c.archive, ".txt")
	var folders []string
	for _, f := range texts {
		folder := path.Dir(f.Name)
		if strings.ToLower(path.Base(f.Name)) == callsFile && (o.Layer == "" || folder == o.Layer || path.Base(folder) == o.Layer) {
			folders = append(folders, folder)
		}
	}
	if len(folders) == 0 {
		return nil, &RowError{File: file, Field: "file", Found: callsFile, Want: "that file of a GTFS feed, found " + memberNames(texts), Do: refetch}
	}
	if len(folders) > 1 {
		return nil, &RowError{File: file, Field: "folder", Want: "one feed, found " + quoteList(folders, 10), Do: "name one as layer, or give each feed a ZIP of its own"}
	}
	fd := &feed{file: file, files: map[string]*zip.File{}}
	for _, f := range texts {
		if path.Dir(f.Name) == folders[0] {
			fd.files[strings.ToLower(path.Base(f.Name))] = f
		}
	}
	return fd, nil
}

// has reports whether the feed has a file of that name.
func (f *feed) has(name string) bool { return f.files[name] != nil }

// line is one row of a feed's file: the cells of the columns that were asked
// for, in that order, without the blanks around them. A column that the file
// does not have is empty. It is valid until the next line.
type line struct {
	number int
	cells  []string
}

// read calls each with every row of a file. The columns that begin with "?"
// may be missing, the others are a *RowError.
func (f *feed) read(name string, columns []string, each func(line)) error {
	at := f.file + "/" + name
	member := f.files[name]
	if member == nil {
		return &RowError{File: f.file, Field: "file", Found: name, Want: "that file of a GTFS feed", Do: refetch}
	}
	r, err := member.Open()
	if err != nil {
		return &RowError{File: at, Want: "a whole ZIP member", Err: err, Do: refetch}
	}
	defer r.Close()
	text := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := text.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = text.Discard(len(mark)) // peeked: it is there
	}
	rows := csv.NewReader(text)
	rows.FieldsPerRecord = -1
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return feedError(at, err)
	}
	where, err := locateColumns(at, header, columns)
	if err != nil {
		return err
	}
	l := line{cells: make([]string, len(columns))}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return feedError(at, err)
		}
		l.number, _ = rows.FieldPos(0)
		for i, k := range where {
			l.cells[i] = ""
			if k >= 0 && k < len(cells) {
				l.cells[i] = strings.TrimSpace(cells[k])
			}
		}
		each(l)
	}
}

// locateColumns returns the position of each column in the header, -1 for none.
func locateColumns(at string, header, columns []string) ([]int, error) {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.ToLower(strings.TrimSpace(h))
	}
	where := make([]int, len(columns))
	for i, c := range columns {
		name, optional := strings.CutPrefix(c, "?")
		if where[i] = slices.Index(names, name); where[i] < 0 && !optional {
			return nil, &RowError{File: at, Line: 1, Field: "column", Found: name, Want: "that column, found " + quoteList(header, 12), Do: refetch}
		}
	}
	return where, nil
}

// feedError words what is wrong with the text of a member.
func feedError(at string, err error) error {
	if _, bad := errors.AsType[*csv.ParseError](err); bad {
		return csvError(at, err)
	}
	if errors.Is(err, io.EOF) {
		return &RowError{File: at, Want: "a header, found an empty file", Do: refetch}
	}
	return &RowError{File: at, Want: "a whole ZIP member", Err: err, Do: refetch}
}

// findings counts what is wrong, each kind once, in the order of first sight.
type findings struct {
	order []string
	count map[string]int
	first map[string]string
}

// add counts one more of a kind. example is kept for the first.
func (f *findings) add(kind, example string) {
	if f.count == nil {
		f.count, f.first = map[string]int{}, map[string]string{}
	}
	if f.count[kind] == 0 {
		f.order = append(f.order, kind)
		f.first[kind] = clip(strings.ToValidUTF8(strings.Clone(example), "?"))
	}
	f.count[kind]++
}

// sentences returns a sentence for each kind: the kind, its count, the first.
func (f *findings) sentences() []string {
	var out []string
	for _, kind := range f.order {
		s := fmt.Sprintf("%s: %d", kind, f.count[kind])
		if f.first[kind] != "" {
			s += fmt.Sprintf(", first %q", f.first[kind])
		}
		out = append(out, s)
	}
	return out
}

func joined(sentences []string) string {
	if len(sentences) == 0 {
		return "the feed has no rows"
	}
	return strings.Join(sentences, "; ")
}

// number gives an id the next position. It reports false for an id that has
// one already, or is empty.
func number(at *map[string]int32, id string, next int) bool {
	if *at == nil {
		*at = map[string]int32{}
	}
	if _, have := (*at)[id]; have || id == "" {
		return false
	}
	(*at)[strings.Clone(id)] = int32(next) // the cell keeps its whole row alive
	return true
}

// position returns the position of an id, -1 for one that is not known.
func position(at map[string]int32, id string) int32 {
	if i, ok := at[id]; ok {
		return i
	}
	return -1
}
