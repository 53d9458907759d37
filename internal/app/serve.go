package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/web"
)

// serveCmd answers over HTTP.
type serveCmd struct {
	Study string `arg:"" optional:"" default:"sample" help:"The study file. Default: the sample county inside the program."`
	Data  string `help:"Folder that the paths of the study file start from. Default: the folder of the study file." placeholder:"DIR"`
	cacheFlags
	Style string `help:"Base map from elsewhere: the address of a MapLibre style. Default: the study's own streets." placeholder:"URL"`
	Addr  string `default:"127.0.0.1:8080" help:"Address to listen on; port 0 takes a free one and prints it."`
}

// stopping is how long requests under way may take to end when the service stops.
const stopping = 10 * time.Second

// Run serves until ctx ends, then lets the requests under way end.
func (c *serveCmd) Run(ctx context.Context, s std) error {
	pages, err := web.Handler(web.Settings{StyleURL: c.Style})
	if err != nil {
		return err
	}
	spec, open, err := studyFlags{Study: c.Study, Data: c.Data}.open()
	if err != nil {
		return err
	}
	p := newProgress(s)
	e := c.env(open, p)
	e.Lines = true
	r, err := study.Run(ctx, spec, e)
	p.done()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	keeper := api.NewKeeper(nil)
	now, err := api.NewSnapshot(store.Version{Study: r.Spec.Name}, r, nil)
	if err != nil {
		return err
	}
	keeper.Serve(now)
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w; choose another address by --addr", err)
	}
	fmt.Fprintf(s.out, "Serving %s on http://%s\n", r.Spec.Name, listener.Addr())
	return serve(ctx, api.Limits{}.Server(api.New(api.Deps{Keeper: keeper, Log: log, Program: study.Method, Map: pages})), listener)
}

// serve runs a server until ctx ends.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopping)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close() // those that still read are cut off
	}
	<-failed
	return err
}
