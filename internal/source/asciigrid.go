package source

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// parseASCIIGrid reads an ESRI ASCII grid: lines of a name and a number, then
// the rows from north to south. Source: Esri, "Esri ASCII raster format". At most
// limit bytes of heights are taken.
func parseASCIIGrid(data []byte, file string, limit int64) (heightGrid, error) {
	a := asciiGrid{file: file, rest: data, head: map[string]float64{}}
	if err := a.readHead(); err != nil {
		return heightGrid{file: file}, err
	}
	g, rows, err := a.grid(limit)
	if err != nil {
		return g, err
	}
	none, hasNone := a.head["nodata_value"]
	g.metres = make([]float32, g.width*rows)
	for row := rows - 1; row >= 0; row-- {
		for i := range g.width {
			v, err := a.number()
			if err != nil {
				return g, err
			}
			if hasNone && v == none || math.IsInf(v, 0) {
				v = math.NaN()
			}
			g.metres[row*g.width+i] = float32(v)
		}
	}
	if word := a.word(); len(word) > 0 {
		return g, a.fault("", string(word), fmt.Sprintf("%d rows of %d heights and no more", rows, g.width))
	}
	return g, nil
}

type asciiGrid struct {
	file string
	rest []byte
	line int
	head map[string]float64
}

func (a *asciiGrid) fault(field, found, want string) error {
	return &RowError{File: a.file, Line: a.line, Field: field, Found: clip(found), Want: want, Do: refetch}
}

// asciiNames are the names of the head, in small letters.
var asciiNames = []string{"ncols", "nrows", "xllcorner", "yllcorner", "xllcenter", "yllcenter", "cellsize", "nodata_value"}

// readHead reads the lines that begin with a name.
func (a *asciiGrid) readHead() error {
	for {
		line, rest, _ := bytes.Cut(a.rest, []byte("\n"))
		words := strings.Fields(string(line[:min(len(line), 200)]))
		if len(words) == 0 || !slices.Contains(asciiNames, strings.ToLower(words[0])) {
			return nil
		}
		a.line++
		a.rest = rest
		name := strings.ToLower(words[0])
		if len(words) != 2 {
			return a.fault(name, strings.Join(words[1:], " "), "a number")
		}
		v, err := strconv.ParseFloat(words[1], 64)
		if err != nil || math.IsInf(v, 0) {
			return a.fault(name, words[1], "a number")
		}
		if _, twice := a.head[name]; twice {
			return a.fault(name, words[1], "once")
		}
		a.head[name] = v
	}
}

// grid returns the grid that the head promises, without heights.
func (a *asciiGrid) grid(limit int64) (g heightGrid, rows int, err error) {
	g.file = a.file
	for _, name := range []string{"ncols", "nrows", "cellsize"} {
		v, ok := a.head[name]
		switch {
		case !ok:
			return g, 0, &RowError{File: a.file, Field: name, Want: "an ESRI ASCII grid or a GeoTIFF, found neither", Do: refetch}
		case !(v > 0 && v <= 1e6) || name != "cellsize" && v != math.Trunc(v):
			return g, 0, a.fault(name, strconv.FormatFloat(v, 'g', -1, 64), "above 0, at most a million")
		}
	}
	g.cell, g.width, rows = a.head["cellsize"], int(a.head["ncols"]), int(a.head["nrows"])
	if 4*int64(g.width)*int64(rows) > limit {
		return g, 0, errTooLarge
	}
	// Each height takes two bytes or more; no file promises more than it holds.
	if g.width*rows > len(a.rest) {
		return g, 0, a.fault("", "", fmt.Sprintf("%d rows of %d heights, found fewer", rows, g.width))
	}
	if g.west, err = a.origin("xll", g.cell); err != nil {
		return g, 0, err
	}
	g.south, err = a.origin("yll", g.cell)
	return g, rows, err
}

// origin returns where the first post is: in the middle of its cell.
func (a *asciiGrid) origin(axis string, cell float64) (float64, error) {
	v, ok := a.head[axis+"center"]
	if corner, isCorner := a.head[axis+"corner"]; isCorner && !ok {
		v, ok = corner+cell/2, true
	}
	if !ok || math.Abs(v) > 1e8 {
		return 0, a.fault(axis+"corner", "", "metres of the grid")
	}
	return v, nil
}

// word takes the next word, empty at the end.
func (a *asciiGrid) word() []byte {
	i := 0
	for i < len(a.rest) && a.rest[i] <= ' ' {
		if a.rest[i] == '\n' {
			a.line++
		}
		i++
	}
	end := i
	for end < len(a.rest) && a.rest[end] > ' ' {
		end++
	}
	word := a.rest[i:end]
	a.rest = a.rest[end:]
	return word
}

func (a *asciiGrid) number() (float64, error) {
	word := a.word()
	if len(word) == 0 {
		a.line++
		return 0, a.fault("", "", "more heights, found the end of the file")
	}
	v, err := strconv.ParseFloat(string(word), 64)
	if err != nil {
		a.line++
		return 0, a.fault("", string(word), "a height in metres")
	}
	return v, nil
}
