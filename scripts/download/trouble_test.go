package main_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	download "hubreach/scripts/download"
)

const (
	streets = "kent-latest.osm.pbf"
	half    = 20000 // bytes; the file has 5000 x 7 and a header
)

// cutAt sends the first n bytes of the streets and then breaks the connection.
func cutAt(n int, tag string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := fileBody(streets)
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body[:n])
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// once answers the first request with h and the others as always, and notes
// the ranges that were asked for.
func once(p *publishers, h http.HandlerFunc, ranges *[]string) http.HandlerFunc {
	var calls atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		*ranges = append(*ranges, r.Header.Get("Range")+" "+r.Header.Get("If-Range"))
		if calls.Add(1) == 1 {
			h(w, r)
			return
		}
		p.file(w, r)
	}
}

func TestACutFileGoesOnWhereItStopped(t *testing.T) {
	for _, tc := range []struct {
		name   string
		first  http.HandlerFunc
		ranges []string
		said   string
	}{
		{"the same file", cutAt(half, `"v1"`), []string{" ", `bytes=20000- "v1"`}, "going on after 0.0 MB"},
		// If-Range does not fit, so the server sends the new file whole.
		{"another edition", cutAt(half, `"v0"`), []string{" ", `bytes=20000- "v0"`}, "starting again"},
		{"nothing came", cutAt(0, `"v1"`), []string{" ", " "}, "broke"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, dir := newPublishers(t), t.TempDir()
			var ranges []string
			p.on(streets, once(p, tc.first, &ranges))
			fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone, tc.said)
			if diff := cmp.Diff(tc.ranges, ranges); diff != "" {
				t.Errorf("ranges asked for (-want +got):\n%s", diff)
			}
			if want, _ := fileBody(streets); read(t, dir, "streets.osm.pbf") != string(want) {
				t.Errorf("the file is not the publisher's")
			}
			if diff := cmp.Diff([]string{"manifest.csv", "streets.osm.pbf"}, files(t, dir)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAChangedSizeStartsAgain(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	var ranges []string
	// A server without validators: the second answer is a part of a longer file.
	body, _ := fileBody(streets)
	answers := []http.HandlerFunc{
		cutAt(half, ""),
		func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", half, len(body)+9, len(body)+10))
			w.WriteHeader(http.StatusPartialContent)
			w.Write(make([]byte, len(body)+10-half))
		},
		p.file,
	}
	p.on(streets, func(w http.ResponseWriter, r *http.Request) {
		h := answers[min(len(ranges), len(answers)-1)]
		ranges = append(ranges, r.Header.Get("Range"))
		h(w, r)
	})
	fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone, "has changed since its first part came")
	if diff := cmp.Diff([]string{"", "bytes=20000-", ""}, ranges); diff != "" {
		t.Errorf("ranges asked for (-want +got):\n%s", diff)
	}
	if got := read(t, dir, "streets.osm.pbf"); got != string(body) {
		t.Errorf("the file is not the publisher's")
	}
}

func TestCtrlCKeepsWhatCame(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	p.on(streets, func(w http.ResponseWriter, r *http.Request) {
		body, _ := fileBody(streets)
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body[:half])
		http.NewResponseController(w).Flush()
		for { // until the first bytes are on the disk, then as if Ctrl-C were pressed
			if info, err := os.Stat(filepath.Join(dir, "streets.osm.pbf.part")); err == nil && info.Size() > 0 {
				stop()
				<-r.Context().Done()
				return
			}
		}
	})
	fetchWithin(t, ctx, p, dir, time.Minute, "--only", "streets").want(t, download.ExitStopped, "call again to go on")
	if diff := cmp.Diff([]string{"streets.osm.pbf.part", "streets.osm.pbf.part.json"}, files(t, dir)); diff != "" {
		t.Errorf("files after the stop (-want +got):\n%s", diff)
	}

	var ranges []string
	p.on(streets, once(p, p.file, &ranges))
	fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone, "going on after")
	if len(ranges) != 1 || !strings.HasPrefix(ranges[0], "bytes=") {
		t.Errorf("ranges asked for = %q, want one, from where it stopped", ranges)
	}
	if want, _ := fileBody(streets); read(t, dir, "streets.osm.pbf") != string(want) {
		t.Errorf("the file is not the publisher's")
	}
}

// A run that ended between the manifest and the last rename leaves a whole
// part: the publisher answers 416, and nothing is sent twice.
func TestAWholePartIsTaken(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone)
	body, _ := fileBody(streets)
	if err := os.Rename(filepath.Join(dir, "streets.osm.pbf"), filepath.Join(dir, "streets.osm.pbf.part")); err != nil {
		t.Fatal(err)
	}
	state := fmt.Sprintf(`{"Address":%q,"ETag":"\"v1\"","Total":%d}`, p.URL+"/download.geofabrik.de/europe/united-kingdom/england/"+streets, len(body))
	if err := os.WriteFile(filepath.Join(dir, "streets.osm.pbf.part.json"), []byte(state), 0o644); err != nil {
		t.Fatal(err)
	}
	var sent atomic.Int64
	p.on(streets, func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		p.file(rec, r)
		sent.Add(int64(rec.Body.Len()))
		for k, v := range rec.Header() {
			w.Header()[k] = v
		}
		w.WriteHeader(rec.Code)
		w.Write(rec.Body.Bytes())
	})
	fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone)
	if n := sent.Load(); n > 200 {
		t.Errorf("the publisher sent %d bytes, want its refusal only", n)
	}
	if got := read(t, dir, "streets.osm.pbf"); got != string(body) {
		t.Errorf("the file is not the publisher's")
	}
}

func TestASilentPublisherIsCalledAgain(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	var ranges []string
	p.on(streets, once(p, func(w http.ResponseWriter, r *http.Request) {
		body, _ := fileBody(streets)
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body[:half])
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}, &ranges))
	c := fetchWithin(t, t.Context(), p, dir, 200*time.Millisecond, "--only", "streets")
	c.want(t, download.ExitDone, "nothing came for too long", "going on after")
}

func TestPagesThatCameAreKept(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	// The second page of the first district does not come.
	p.on("resultOffset=3", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "busy", http.StatusServiceUnavailable) })
	fetch(t, p, dir, "--only", "lookup_2011_2021").want(t, download.ExitMissing, "answered 503", "by hand:")
	if got := len(p.seen("resultOffset=0")); got != 1 {
		t.Errorf("first pages asked for in the first run = %d, want 1", got)
	}
	p.on("resultOffset=3", nil)
	fetch(t, p, dir, "--only", "lookup_2011_2021").want(t, download.ExitDone)
	// Only the second district's first page: that of the first district was kept.
	if got := len(p.seen("resultOffset=0")); got != 1 {
		t.Errorf("first pages asked for in the second run = %d, want 1", got)
	}
	if got, want := strings.Count(read(t, dir, "lookup_2011_2021.csv"), "\n"), 1+areas; got != want {
		t.Errorf("look-up has %d lines, want %d", got, want)
	}
}

func TestWaits(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header http.Header
		status int
		want   []time.Duration // at least; the part below a second is chance
	}{
		{"as long as asked", http.Header{"Retry-After": {"7"}}, 429, []time.Duration{7 * time.Second}},
		{"until a date", http.Header{"Retry-After": {"Sat, 21 Nov 2026 10:00:30 GMT"}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}}, 503, []time.Duration{30 * time.Second}},
		{"a second when nothing is said", nil, 500, []time.Duration{time.Second}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, dir := newPublishers(t), t.TempDir()
			var ranges []string
			p.on(streets, once(p, func(w http.ResponseWriter, r *http.Request) {
				for k, v := range tc.header {
					w.Header()[k] = v
				}
				w.WriteHeader(tc.status)
			}, &ranges))
			c := fetch(t, p, dir, "--only", "streets")
			c.want(t, download.ExitDone, "again in")
			for i := range c.waits {
				c.waits[i] = c.waits[i].Truncate(time.Second)
			}
			if diff := cmp.Diff(tc.want, c.waits); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTroubleIsOneLineAndTheRestGoesOn(t *testing.T) {
	text := func(kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, body)
		}
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) }
	}
	const page = "<!DOCTYPE html><html><body>Page not found</body></html>"
	for _, tc := range []struct {
		name   string
		source string
		on     string
		answer http.HandlerFunc
		said   string
		tries  int // requests for the address
	}{
		{"not found", "streets", streets, status(404), "answered 404 Not Found: the address has moved", 1},
		{"gone", "streets", streets, status(410), "has moved", 1},
		{"refused", "streets", streets, status(403), "refused: 403 Forbidden", 1},
		{"out of order", "streets", streets, status(500), "answered 500", 6},
		{"too busy for us", "streets", streets, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		}, "asks to wait 1h0m0s", 1},
		{"a web page", "iod_2025", "IoD2025", text("text/html; charset=utf-8", page), "leads to a web page", 1},
		{"a web page under another name", "iod_2025", "IoD2025", text("text/csv", page), "it is a web page, not data", 1},
		{"a move to a web page", "iod_2025", "IoD2025", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/www.gov.uk/home", http.StatusMovedPermanently)
		}, "leads to a web page (", 1},
		{"a PDF", "iod_2025", "IoD2025", text("text/csv", "%PDF-1.7\n"), `no column "LSOA code (2021)"; its first line is "%PDF-1.7"`, 1},
		{"another table", "iod_2025", "IoD2025", text("text/csv", "LSOA code (2011),x\n1,2\n"), `no column "LSOA code (2021)"`, 1},
		{"no rows", "iod_2025", "IoD2025", text("text/csv", "LSOA code (2021)\n"), "a header and no rows", 1},
		{"nothing", "iod_2025", "IoD2025", text("text/csv", ""), "the file is empty", 1},
		{"cut off each time", "streets", streets, cutAt(0, ""), "broke", 6},
		{"a picture for an archive", "timetable", "gtfs-file", text("application/zip", "GIF89a"), "not a whole archive", 1},
		{"another archive", "timetable", "gtfs-file", text("application/zip", string(zipOf("readme.txt"))), "holds no stops.txt", 1},
		{"not streets", "streets", streets, text("application/octet-stream", "osm xml"), "not what a .pbf should be", 1},
		{"a layer's own error", "lookup_2011_2021", "FeatureServer/0?f=json", text("application/json", `{"error":{"code":400,"message":"Invalid URL","details":["gone"]}}`), "error 400 (Invalid URL; gone)", 1},
		{"a layer that is busy", "lookup_2011_2021", "FeatureServer/0?f=json", text("application/json", `{"error":{"code":504,"message":"Timeout"}}`), "error 504 (Timeout)", 6},
		{"a layer that lost a field", "lookup_2011_2021", "FeatureServer/0?f=json", text("application/json", `{"objectIdField":"FID","maxRecordCount":9,"fields":[{"name":"LSOA11CD"}]}`), "no field LSOA11NM any more; it has LSOA11CD", 1},
		{"a district nobody knows", "lookup_2011_2021", "returnCountOnly", text("application/json", `{"count":0}`), "nothing for E07000105", 1},
		{"fewer than counted", "lookup_2011_2021", "returnCountOnly", text("application/json", `{"count":5}`), "fewer records than it counts: 7 of 10", 2},
		{"the same page again", "lookup_2011_2021", "resultRecordCount", text("application/json", `{"features":[{"attributes":{}}],"exceededTransferLimit":true}`), "sent a record twice", 2},
		{"pages that are no JSON", "lookup_2011_2021", "resultRecordCount", text("application/json", `{`), "not JSON", 6},
		{"an area without a boundary", "boundaries_2021", "EW_BGC_V5/FeatureServer/0/query", text("application/json", `{"count":6}`), "6 records for the 7 areas E01024000 and on", 1},
		{"what it leans on is missing", "boundaries_2021", "EW_LU_v5/FeatureServer", status(404), "it needs lookup_2011_2021, which is missing", 1},
		{"Nomis says no", "population_2024", "nomisweb", text("text/csv", "Error: query too big"), `begins with "Error: query too big"`, 1},
		{"Nomis lacks an area", "population_2024", "nomisweb", text("text/csv", "GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_AGE,OBS_VALUE\n"), "nothing for area E01024000", 1},
		{"Nomis lacks an age", "population_2024", "nomisweb", text("text/csv", "GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_AGE,OBS_VALUE\nE01024000,A,200,5\n"), `age 0: found "", want a count`, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, dir := newPublishers(t), t.TempDir()
			p.on("/www.gov.uk/home", text("text/html", page))
			p.on(tc.on, tc.answer)
			c := fetch(t, p, dir, "--only", tc.source+",family_hubs")
			c.want(t, download.ExitMissing, tc.said, tc.source+": MISSING: ", "  by hand: open https://", "missing: "+tc.source, "family_hubs: fetched")
			if n := strings.Count(c.stderr, "MISSING"); n != 1 {
				t.Errorf("MISSING is said %d times, want once:\n%s", n, c.stderr)
			}
			if got := len(p.seen(tc.on)); got != tc.tries {
				t.Errorf("asked %d times, want %d", got, tc.tries)
			}
			sources, err := download.LoadSources()
			if err != nil {
				t.Fatal(err)
			}
			file := sources[slices.IndexFunc(sources, func(s download.Source) bool { return s.ID == tc.source })].File
			if slices.Contains(files(t, dir), file) {
				t.Errorf("%s is there, though it could not be fetched whole", file)
			}
		})
	}
}

func TestNoConnectionIsToldOnce(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	p.Close()
	c := fetch(t, p, dir)
	c.want(t, download.ExitMissing, "no answer from 127.0.0.1", "0 of 11")
	// Three tries for the host, two pauses, and no more for the other sources.
	if got := len(c.waits); got != 2 {
		t.Errorf("waited %d times, want 2", got)
	}
	if c.stdout != "" {
		t.Errorf("stdout = %q, want nothing: there is no input", c.stdout)
	}
}

func TestTwoRunsDoNotMix(t *testing.T) {
	p, dir := newPublishers(t), t.TempDir()
	var other call
	p.on(streets, func(w http.ResponseWriter, r *http.Request) {
		var stdout, stderr bytes.Buffer
		other.code = download.NewProgram(&stdout, &stderr, time.Minute, &other.waits).Run(r.Context(), "kent", "--to", dir)
		other.stderr = stderr.String()
		p.file(w, r)
	})
	fetch(t, p, dir, "--only", "streets").want(t, download.ExitDone)
	other.want(t, download.ExitMissing, "another run is fetching into")
}
