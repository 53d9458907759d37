package main_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"sync"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"hubreach/data"
	generate "hubreach/data/generate"
	"hubreach/internal/detector"
)

var made = sync.OnceValues(func() (*generate.County, error) { return generate.New(generate.Seed) })

// county is the sample county, made once.
func county(t *testing.T) *generate.County {
	t.Helper()
	detector.Without(t, "one goroutine makes the whole county")
	c, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The files in data/sample are those that the generator makes. Archives are
// compared unpacked: how tightly flate packs belongs to the release of Go.
func TestSampleIsUpToDate(t *testing.T) {
	files, err := county(t).Files()
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{data.Study: true, "README.md": true} // written by hand
	for _, f := range files {
		made[f.Name] = true
		have, err := fs.ReadFile(data.Sample(), f.Name)
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := unpacked(f.Name, f.Data)
		if err != nil {
			t.Fatal(err)
		}
		want, err := unpacked(f.Name, have)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes: run go generate ./data/...", f.Name)
		}
	}
	entries, err := fs.ReadDir(data.Sample(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !made[e.Name()] {
			t.Errorf("%s is in the sample, and nothing makes it", e.Name())
		}
	}
}

func unpacked(name string, b []byte) ([]byte, error) {
	switch {
	case bytes.HasSuffix([]byte(name), []byte(".zip")):
		return unzipped(b)
	case bytes.HasSuffix([]byte(name), []byte(".pbf")):
		return blocks(b)
	}
	return b, nil
}

func unzipped(b []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(&out, f.Name)
		if _, err := io.Copy(&out, r); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// blocks returns the uncompressed blocks of an OpenStreetMap PBF file.
func blocks(b []byte) ([]byte, error) {
	var out bytes.Buffer
	for len(b) > 0 {
		n := int(binary.BigEndian.Uint32(b))
		head := fields(b[4 : 4+n])
		size := int(head[3].number)
		blob := fields(b[4+n : 4+n+size])
		b = b[4+n+size:]
		z, err := zlib.NewReader(bytes.NewReader(blob[3].bytes))
		if err != nil {
			return nil, err
		}
		out.Write(head[1].bytes)
		if _, err := io.Copy(&out, z); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

type field struct {
	number uint64
	bytes  []byte
}

func fields(b []byte) map[protowire.Number]field {
	out := map[protowire.Number]field{}
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		b = b[n:]
		var f field
		switch kind {
		case protowire.VarintType:
			f.number, n = protowire.ConsumeVarint(b)
		default:
			f.bytes, n = protowire.ConsumeBytes(b)
		}
		out[num] = f
		b = b[n:]
	}
	return out
}

func TestDraw(t *testing.T) {
	c := county(t)
	var b bytes.Buffer
	f := generate.Whole
	f.MetresPerPixel = 470
	if err := c.Draw(&b, f); err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	// 47 by 35 km at 470 m a pixel.
	if got := p.Bounds().Size(); got.X != 100 || got.Y != 74 {
		t.Errorf("picture of %v, want 100 by 74", got)
	}
}
