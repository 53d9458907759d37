// Mvtpeer is the second peer of scripts/bench tiles: the plainest server of
// vector tiles from PostGIS. Each request is one ST_AsMVT through a pool of
// connections, packed with gzip and kept nowhere. It serves the tables that
// scripts/benchmark/peers/areas.sql makes, in Web Mercator, at /{z}/{x}/{y}. At
// /nothing/{bytes} it is the floor that every server of HTTP stands on.
package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// tileSQL cuts the areas that meet a tile, with the margin of our own tiles: 64
// units of 4096.
const tileSQL = `
WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS edge, ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096) AS wide)
SELECT ST_AsMVT(r, 'areas', 4096, 'shape', 'fid') FROM (
  SELECT ST_AsMVTGeom(a.geom, tile.edge, 4096, 64, true) AS shape, b.*
  FROM tile, public.bench_areas a JOIN public.bench_attributes b USING (fid) WHERE a.geom && tile.wide
) r`

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "mvtpeer:", err)
		os.Exit(1)
	}
}

// run serves until the process is ended.
func run(ctx context.Context) error {
	if len(os.Args) != 2 {
		return fmt.Errorf("want the address of a PostGIS, found %d arguments", len(os.Args)-1)
	}
	pool, err := pgxpool.New(ctx, os.Args[1])
	if err != nil {
		return err
	}
	defer pool.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{z}/{x}/{y}", func(w http.ResponseWriter, r *http.Request) { answer(w, r, pool) })
	mux.HandleFunc("GET /nothing/{bytes}", nothing)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.Serve(listener)
}

// nothing sends so many bytes, at most 16 MB, and does nothing else: what a server
// of HTTP in Go cannot be quicker than.
func nothing(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseUint(r.PathValue("bytes"), 10, 24)
	if err != nil {
		http.Error(w, "want a whole number below 16,777,216", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", r.PathValue("bytes"))
	_, _ = w.Write(zeros[:n]) // the client may be gone
}

// zeros are what nothing sends.
var zeros = make([]byte, 1<<24)

// answer sends one tile.
func answer(w http.ResponseWriter, r *http.Request, pool *pgxpool.Pool) {
	var at [3]int
	for i, name := range []string{"z", "x", "y"} {
		n, err := strconv.Atoi(r.PathValue(name))
		if err != nil {
			http.Error(w, name+": want a whole number", http.StatusBadRequest)
			return
		}
		at[i] = n
	}
	var body []byte
	if err := pool.QueryRow(r.Context(), tileSQL, at[0], at[1], at[2]).Scan(&body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
	w.Header().Set("Content-Encoding", "gzip")
	const level = 5
	z, err := gzip.NewWriterLevel(w, level)
	if err == nil {
		_, err = z.Write(body)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return // the client is gone
	}
}
