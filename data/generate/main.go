package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	dir := flag.String("dir", "sample", "write the files to this folder")
	picture := flag.String("png", "", "draw the county to this file instead")
	frame := flag.String("frame", "", "part to draw: west,south,east,north in metres of the plan")
	metres := flag.Float64("m", Whole.MetresPerPixel, "metres per pixel")
	flag.Parse()
	if err := run(*dir, *picture, *frame, *metres); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(dir, picture, frame string, metres float64) error {
	county, err := New(Seed)
	if err != nil {
		return err
	}
	if picture != "" {
		return draw(county, picture, frame, metres)
	}
	files, err := county.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func draw(county *County, name, frame string, metres float64) error {
	f := Whole
	if frame != "" {
		if _, err := fmt.Sscanf(frame, "%f,%f,%f,%f", &f.West, &f.South, &f.East, &f.North); err != nil {
			return fmt.Errorf("frame %q: want west,south,east,north: %w", frame, err)
		}
	}
	f.MetresPerPixel = metres
	w, err := os.Create(name) // #nosec G304 -- who draws the county names the picture
	if err != nil {
		return err
	}
	if err := county.Draw(w, f); err != nil {
		return errors.Join(err, w.Close())
	}
	return w.Close()
}
