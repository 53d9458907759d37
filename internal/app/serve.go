package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/web"
)

// serveCmd answers over HTTP.
type serveCmd struct {
	Study string `arg:"" optional:"" help:"The study file. Default: what --store holds, else the sample county inside the program."`
	Data  string `help:"Folder that the paths of the study file start from. Default: the folder of the study file." placeholder:"DIR"`
	Store string `env:"HUBREACH_STORE" help:"Where versions, options, tokens and jobs are kept: the path of a .gpkg file, or postgres://... Default: hubreach/hubreach.gpkg in the user's data folder." placeholder:"DSN"`
	cacheFlags
	Style     string        `help:"Base map from elsewhere: the address of a MapLibre style. Default: the study's own streets." placeholder:"URL"`
	Addr      string        `default:"127.0.0.1:8080" help:"Address to listen on; port 0 takes a free one and prints it."`
	AllowOpen bool          `help:"Listen on a network although nobody needs a token to read."`
	Proxy     []string      `name:"trust-proxy" env:"HUBREACH_TRUST_PROXY" default:"127.0.0.1/32,::1/128" help:"Networks of proxies in front, such as 10.0.0.0/8: their X-Forwarded-For says who asks, X-Forwarded-Proto whether by HTTPS. Nobody else's does." placeholder:"CIDR"`
	Rate      int           `help:"Most requests of one client in a minute. Default: 6000 on a network, any number on this machine." placeholder:"N"`
	Workers   int           `default:"1" help:"Jobs at a time; 0 leaves them to hubreach work."`
	TileCache int           `default:"64" help:"Memory for vector tiles that are packed already, in MB; 0: every tile is made anew." placeholder:"MB"`
	Poll      time.Duration `default:"2s" help:"How often the store is asked for a new version or new edits."`
}

// Validate refuses a call that cannot be meant.
func (c *serveCmd) Validate() error {
	if c.Poll < 10*time.Millisecond {
		return errors.New("--poll: want 10ms or more")
	}
	if c.Rate < 0 || c.Workers < 0 || c.TileCache < 0 {
		return errors.New("--rate, --workers and --tile-cache: want 0 or more")
	}
	_, err := c.proxies()
	return err
}

// proxies reads the networks of proxies; an address by itself is a network of
// one.
func (c *serveCmd) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range c.Proxy {
		network, err := netip.ParsePrefix(text)
		if one, bad := netip.ParseAddr(text); bad == nil {
			network, err = netip.PrefixFrom(one, one.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("--trust-proxy %.60q: want an address or a network, such as 10.0.0.0/8", text)
		}
		all = append(all, network)
	}
	return all, nil
}

// stopping is how long requests under way may take to end when the service stops.
const stopping = 10 * time.Second

// Run serves until ctx ends, then lets the requests under way end.
func (c *serveCmd) Run(ctx context.Context, s std) (err error) {
	pages, err := web.Handler(web.Settings{StyleURL: c.Style})
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	dsn, err := c.dsn()
	if err != nil {
		return err
	}
	st, err := openStore(ctx, dsn, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	closed, err := c.closed(ctx, st)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w; choose another address by --addr", err)
	}
	keeper, err := c.keeper(ctx, s, st, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	limits := api.Limits{Requests: c.Rate}
	if closed && c.Rate == 0 {
		limits.Requests = 6000
	}
	proxies, err := c.proxies()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	handler := api.New(api.Deps{Keeper: keeper, Log: log, Limits: limits, Program: version(), Closed: closed, Proxies: proxies, Map: pages, Books: books()})
	now := keeper.Now()
	fmt.Fprintf(s.out, "Serving %s, version %d of %s, on http://%s\n", now.Results.Spec.Name, now.Version.ID, shown(dsn), listener.Addr())
	if !web.Built() {
		fmt.Fprintln(s.out, "The pages are not in this program: scripts/run builds them where there is Node 20.19 or later. The API and the tiles are served.")
	}
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { keeper.Watch(ctx, c.Poll) })
	if c.Workers > 0 {
		d := &desk{store: st, runner: s.run, graphs: c.graphs(), log: log, served: keeper.Now}
		beside.Go(func() { d.work(ctx, c.Workers) })
	}
	err = serve(ctx, limits.Server(handler), listener)
	cancel()
	beside.Wait()
	return err
}

// dsn is the store to keep things in. The default folder is made.
func (c *serveCmd) dsn() (string, error) {
	if c.Store != "" {
		return c.Store, nil
	}
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no folder to keep things in: %w; choose one by --store FILE.gpkg", err)
		}
		dir = filepath.Join(home, ".local", "share")
	}
	dir = filepath.Join(dir, "hubreach")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("folder to keep things in: %w; choose one by --store FILE.gpkg", err)
	}
	return filepath.Join(dir, "hubreach.gpkg"), nil
}

// closed reports whether everybody needs a token to read: on any address but
// loopback, unless --allow-open says otherwise. Such an address is refused while
// there is no token at all.
func (c *serveCmd) closed(ctx context.Context, st store.Store) (bool, error) {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false, fmt.Errorf("--addr %s: want an address and a port, such as 127.0.0.1:8080", c.Addr)
	}
	ip := net.ParseIP(host)
	if c.AllowOpen || host == "localhost" || ip != nil && ip.IsLoopback() {
		return false, nil
	}
	tokens, err := st.Tokens(ctx)
	if err != nil {
		return false, err
	}
	for _, t := range tokens {
		if t.Valid(time.Now()) {
			return true, nil
		}
	}
	return false, fmt.Errorf("--addr %s is open to a network, and there is no token: make one by hubreach token add, or say --allow-open", c.Addr)
}

// keeper returns a keeper with a study: the one named by the call, kept in the
// store if it is not there, else what the store holds, else the sample county, for
// as long as the store that the call names holds nothing else.
func (c *serveCmd) keeper(ctx context.Context, s std, st store.Store, log *slog.Logger) (*api.Keeper, error) {
	again := func(ctx context.Context, v store.Version) (*study.Results, error) {
		return runAgain(ctx, s.run, st, v, study.Env{Workers: runtime.GOMAXPROCS(0), Graphs: c.graphs(), Lines: true})
	}
	if c.Study == "" && c.Store != "" {
		k := api.NewKeeper(st, "", again, log)
		k.Tiles.CacheBytes = int64(c.TileCache) << 20
		switch err := k.Refresh(ctx); {
		case err == nil:
			return k, nil
		case !errors.Is(err, store.ErrNoVersion):
			return nil, err
		}
	}
	flags := studyFlags{Study: c.Study, Data: c.Data, cacheFlags: c.cacheFlags}
	if flags.Study == "" {
		flags.Study = sampleName
	}
	v, r, err := loadRun(ctx, s, st, flags)
	if err != nil {
		return nil, err
	}
	follow := v.Study
	if c.Study == "" && c.Store != "" {
		follow = "" // the sample stands in, until a study is loaded there
	}
	k := api.NewKeeper(st, follow, again, log)
	k.Tiles.CacheBytes = int64(c.TileCache) << 20
	return k, k.Adopt(ctx, v, r)
}

// loadRun runs a study and returns it with its version: the current one of the
// store when that has the same numbers, else a new one.
func loadRun(ctx context.Context, s std, st store.Store, flags studyFlags) (store.Version, *study.Results, error) {
	text, spec, open, err := flags.kept()
	if err != nil {
		return store.Version{}, nil, err
	}
	p := newProgress(s)
	e := flags.env(open, p)
	e.Lines = true // for the map's streets
	r, err := s.run(ctx, spec, e)
	p.done()
	if err != nil {
		return store.Version{}, nil, err
	}
	v, err := st.Current(ctx, spec.Name)
	if errors.Is(err, store.ErrNoVersion) || err == nil && v.Fingerprint != r.Fingerprint {
		v, err = keep(ctx, st, text, open, r, "hubreach serve")
	}
	return v, r, err
}

// shown is what may be said of a store: never the password of an address.
func shown(dsn string) string {
	if scheme, _, address := strings.Cut(dsn, "://"); address {
		return scheme + "://..."
	}
	return dsn
}

// serve runs a server until ctx ends.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(api.Wire(listener)) }()
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
