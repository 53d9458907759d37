package source

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// DefaultMaxBytes bounds what a file may hold and unpack to when
// Options.MaxBytes is 0: 2 GiB, in bytes. A county's street extract unpacks to
// about a tenth of it, the largest ONS population workbook to about a third.
const DefaultMaxBytes = 2 << 30

// refetch is the step to take with a file that arrived damaged.
const refetch = "fetch the file again"

// limit returns the number of bytes that a file may hold or unpack to.
func (o Options) limit() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// content is a file in memory, with an outer gzip taken off. Exactly one of
// data and archive is set.
type content struct {
	file    string
	data    []byte
	archive *zip.Reader
	raw     []byte // the bytes of the archive
}

// open reads r whole and unpacks it as far as gzip and the list of a ZIP go.
func open(r io.Reader, file string, o Options) (content, error) {
	data, err := readAtMost(r, o.limit())
	if err != nil {
		return content{}, sizeError(file, o, err)
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		if data, err = gunzip(data, o.limit()); err != nil {
			return content{}, gzipError(file, o, err)
		}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return content{}, &RowError{File: file, Want: "a file with data, found an empty one", Do: refetch}
	}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return content{file: file, data: data}, nil
	}
	z, err := openZip(data, file, o)
	if err != nil {
		return content{}, err
	}
	return content{file: file, archive: z, raw: data}, nil
}

// errTooLarge means that a file holds more than it may.
var errTooLarge = errors.New("too large")

// readAtMost reads r to its end; more than limit bytes is errTooLarge.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, errTooLarge
	}
	return b.Bytes(), nil
}

func gunzip(data []byte, limit int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return readAtMost(z, limit)
}

func gzipError(file string, o Options, err error) error {
	if errors.Is(err, errTooLarge) {
		return sizeError(file, o, err)
	}
	return &RowError{File: file, Want: "a whole gzip file", Err: err, Do: refetch}
}

// sizeError words errTooLarge for people; any other error is that of the reader.
func sizeError(file string, o Options, err error) error {
	if errors.Is(err, errTooLarge) {
		return &RowError{File: file, Want: fmt.Sprintf("at most %d bytes unpacked", o.limit()), Do: "cut the file down to the county"}
	}
	return fmt.Errorf("read %s: %w", file, err)
}

// openZip lists an archive and refuses one that would unpack to more than
// o.limit, or that names a file outside itself. The sizes declared in the list
// bind: archive/zip stops a member that unpacks to more than it declared.
func openZip(data []byte, file string, o Options) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &RowError{File: file, Want: "a whole ZIP file", Err: err, Do: refetch}
	}
	left := uint64(o.limit())
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return nil, sizeError(file, o, errTooLarge)
		}
		left -= f.UncompressedSize64
		if path.IsAbs(f.Name) || strings.Contains(f.Name, `\`) || slices.Contains(strings.Split(f.Name, "/"), "..") {
			return nil, &RowError{File: file, Field: "member", Found: clip(f.Name), Want: "a name inside the archive", Do: refetch}
		}
	}
	return z, nil
}

// members returns the files of an archive that end in ext, in the order of
// their names, without the side files that some systems add.
func members(z *zip.Reader, ext string) []*zip.File {
	var fs []*zip.File
	for _, f := range z.File {
		if strings.HasSuffix(strings.ToLower(f.Name), ext) && !strings.HasPrefix(f.Name, "__MACOSX/") && !strings.HasPrefix(path.Base(f.Name), "._") {
			fs = append(fs, f)
		}
	}
	slices.SortFunc(fs, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return fs
}

// memberNames returns the names of fs for a message, at most ten of them.
func memberNames(fs []*zip.File) string {
	var names []string
	for _, f := range fs {
		names = append(names, f.Name)
	}
	return quoteList(names, 10)
}

// isMember tells whether f is the member that a layer names: by its path in
// the archive or by its base name, with or without the ending.
func isMember(f *zip.File, layer string) bool {
	base := path.Base(f.Name)
	return f.Name == layer || base == layer || strings.TrimSuffix(base, path.Ext(base)) == layer
}

// readMember unpacks one member.
func readMember(f *zip.File, file string, o Options) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &RowError{File: file + "/" + f.Name, Want: "a whole ZIP member", Err: err, Do: refetch}
	}
	defer r.Close()
	data, err := readAtMost(r, o.limit())
	if errors.Is(err, errTooLarge) {
		return nil, sizeError(file, o, err)
	}
	if err != nil {
		return nil, &RowError{File: file + "/" + f.Name, Want: "a whole ZIP member", Err: err, Do: refetch}
	}
	return data, nil
}

// quoteList joins quoted names for a message: the first most of them, then how
// many more there are.
func quoteList(names []string, most int) string {
	if len(names) == 0 {
		return "none"
	}
	var b strings.Builder
	for i, n := range names {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(names)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", clip(n))
	}
	return b.String()
}

// clip shortens a text found in a file for a message.
func clip(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "..."
}
