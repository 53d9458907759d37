package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// fetcher brings the sources of one county into one folder.
type fetcher struct {
	county   County
	dir      string
	base     string
	all      []Source
	manifest *manifest
	now      func() time.Time
	client   *client
	progress *progress
	done     map[string]error // what became of each source in this run
}

// bring makes sure that s is in the folder and the manifest: kept if it is
// there as it was fetched, else fetched. What s leans on is brought first.
func (f *fetcher) bring(ctx context.Context, s Source) error {
	if err, ok := f.done[s.ID]; ok {
		return err
	}
	err := f.bringOnce(ctx, s)
	f.done[s.ID] = err
	return err
}

func (f *fetcher) bringOnce(ctx context.Context, s Source) error {
	if need := s.needs(); need != "" {
		if err := f.bring(ctx, f.source(need)); err != nil {
			return fmt.Errorf("it needs %s, which is missing", need)
		}
	}
	address, err := f.address(s)
	if err != nil {
		return err
	}
	queries, filter, err := f.queries(s)
	if err != nil {
		return err
	}
	kept, err := f.kept(s, address, filter)
	if kept || err != nil {
		return err
	}
	path := filepath.Join(f.dir, s.File+".part")
	date := f.now()
	if s.Kind == kindFile {
		p := openPart(path, address)
		if err := p.download(ctx, f.client, f.progress, s.ID); err != nil {
			return err
		}
		date = p.date(date)
	} else if err := f.bringPages(ctx, s, address, queries, path); err != nil {
		return err
	}
	if err := f.record(s, path, address, filter, date); err != nil {
		return err
	}
	if err := os.Rename(path, filepath.Join(f.dir, s.File)); err != nil {
		return err
	}
	return errors.Join(ignoreAbsent(os.Remove(path+".json")), os.RemoveAll(f.pagesDir(s)))
}

func ignoreAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// kept tells whether the file of s is there already and is what is asked for:
// as it was fetched, from the same address with the same filter; or put there
// by hand and fit to use.
func (f *fetcher) kept(s Source, address, filter string) (bool, error) {
	path := filepath.Join(f.dir, s.File)
	if _, err := os.Stat(path); err != nil {
		return false, ignoreAbsent(err)
	}
	n, hash, err := sum(path)
	if err != nil {
		return false, err
	}
	e, known := f.manifest.find(s.ID)
	switch {
	case !known:
		if err := f.record(s, path, byHand, "", f.now()); err != nil {
			return false, fmt.Errorf("%s was put there by hand: %w", path, err)
		}
		f.progress.line(fmt.Sprintf("%s: taken as put there by hand, %.1f MB", s.ID, float64(n)/1e6))
		return true, nil
	case e.Bytes != n || e.SHA256 != hash:
		return false, fmt.Errorf("%s is not as it was fetched (%d bytes then, %d now, or other content): delete it to fetch it again, or delete its line in %s to keep it as it is",
			path, e.Bytes, n, manifestName)
	case e.Address != byHand && (e.Filter != filter || e.Address != address && !strings.Contains(s.Address, "{yyyymmdd}")):
		f.progress.line(s.ID + ": fetching again: its address or the county's districts are not those of last time")
		return false, nil
	}
	f.progress.line(fmt.Sprintf("%s: there already, %.1f MB", s.ID, float64(n)/1e6))
	return true, nil
}

// record checks the content of the file at path and writes its line in the
// manifest. A file with the wrong content is thrown away, unless a person put
// it there.
func (f *fetcher) record(s Source, path, address, filter string, date time.Time) error {
	records, err := checkContent(s, path)
	if err != nil {
		if address != byHand {
			err = errors.Join(err, os.Remove(path))
		}
		return err
	}
	n, hash, err := sum(path)
	if err != nil {
		return err
	}
	if s.Kind == kindFile {
		records = 0 // counted for sources put together here, where the number can be checked
	}
	today := f.now().UTC().Format(time.DateOnly)
	fill := strings.NewReplacer("{modified}", date.UTC().Format(time.DateOnly), "{fetched}", today, "{year}", today[:4])
	e := Entry{
		File: s.File, Bytes: n, Records: records, SHA256: hash, ID: s.ID, Edition: fill.Replace(s.Edition), Fetched: today,
		Address: address, Filter: filter, Publisher: s.Publisher, Licence: s.Licence, Attribution: fill.Replace(s.Attribution),
	}
	if err := f.manifest.put(e); err != nil {
		return err
	}
	if address != byHand {
		of := ""
		if records > 0 {
			of = fmt.Sprintf(", %d records", records)
		}
		f.progress.line(fmt.Sprintf("%s: fetched, %.1f MB%s", s.ID, float64(n)/1e6, of))
	}
	return nil
}

// address is where the county's file, layer or table is.
func (f *fetcher) address(s Source) (string, error) {
	if strings.Contains(s.Address, "{region}") && f.county.Region == "" {
		return "", fmt.Errorf("the region of %s is not known: add --region, such as south_east", f.county.Name)
	}
	text := strings.NewReplacer(
		"{slug}", f.county.Slug, "{region}", f.county.Region, "{yyyymmdd}", f.now().Format("20060102"),
	).Replace(s.Address)
	if f.base == "" {
		return text, nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", err
	}
	mirror, err := url.Parse(f.base)
	if err != nil {
		return "", err
	}
	u.Path = strings.TrimSuffix(mirror.Path, "/") + "/" + u.Host + u.Path
	u.Scheme, u.Host = mirror.Scheme, mirror.Host
	return u.String(), nil
}

func (f *fetcher) source(id string) Source {
	return f.all[slices.IndexFunc(f.all, func(s Source) bool { return s.ID == id })]
}

func (f *fetcher) pagesDir(s Source) string { return filepath.Join(f.dir, "."+s.ID+".pages") }
