package api_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hubreach/internal/api"
	"hubreach/internal/estate"
	"hubreach/internal/store"
	"hubreach/internal/store/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

func optionID(s string) estate.OptionID { return estate.OptionID(s) }

// A thousand clients ask for all areas and never read the answer. Others are
// answered meanwhile, and the thousand are cut off.
//
// The thousand have a server of their own over the same service: it alone gives
// up after two seconds, so that nobody else depends on how busy the machine is.
// They hold back the end of their requests until all of them are there.
func TestClientsWhoNeverRead(t *testing.T) {
	const idle = 1000
	s := serveOver(t, stores[0].open(t), api.Deps{})
	strict := api.Limits{Write: 2 * time.Second, Header: time.Hour, Read: time.Hour, Idle: time.Hour}.Server(s)
	var closed atomic.Int64
	strict.ConnState = func(c net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew: // so that the system does not take the whole answer
			_ = c.(interface{ SetWriteBuffer(int) error }).SetWriteBuffer(4096)
		case http.StateClosed:
			closed.Add(1)
		}
	}
	at := onWire(t, strict)
	const areas = "/api/v1/areas?option=O1,O2,O3,O4,O5"
	s.do(t, question{method: "GET", path: areas}) // is at hand from now on: how long it takes to make is no matter here
	clients := make([]net.Conn, idle)
	for i := range clients {
		c, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatalf("client %d: %v", i+1, err)
		}
		defer c.Close()
		_ = c.(*net.TCPConn).SetReadBuffer(4096)
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: here\r\n", areas)
		clients[i] = c
	}
	if n := closed.Load(); n > 0 {
		t.Fatalf("%d clients are cut off before they have asked", n)
	}
	for _, c := range clients {
		fmt.Fprint(c, "\r\n")
	}
	others := "http://" + onWire(t, api.Limits{}.Server(s)) + "/api/v1/options"
	client := http.Client{Transport: &http.Transport{}}
	for range 20 {
		r, err := client.Get(others)
		if err != nil {
			t.Fatal(err)
		}
		if body := read(t, r); r.StatusCode != http.StatusOK || len(body) == 0 {
			t.Errorf("meanwhile: %d, %d bytes; want 200", r.StatusCode, len(body))
		}
		r.Body.Close()
	}
	client.CloseIdleConnections()
	storetest.Until(t, "clients who do not read are cut off, all of them", func() bool { return closed.Load() == idle })
}

// switched is a store that can be switched off, as when the network to it fails.
type switched struct {
	store.Store
	off atomic.Bool
}

var errOff = fmt.Errorf("%w: switched off", store.ErrUnavailable)

func (s *switched) Current(ctx context.Context, study string) (store.Version, error) {
	if s.off.Load() {
		return store.Version{}, errOff
	}
	return s.Store.Current(ctx, study)
}

func (s *switched) Token(ctx context.Context, hash string) (store.Token, error) {
	if s.off.Load() {
		return store.Token{}, errOff
	}
	return s.Store.Token(ctx, hash)
}

func (s *switched) PutOption(ctx context.Context, e store.Edit) (store.Edit, error) {
	if s.off.Load() {
		return store.Edit{}, errOff
	}
	return s.Store.PutOption(ctx, e)
}

func (s *switched) Ping(ctx context.Context) error {
	if s.off.Load() {
		return errOff
	}
	return s.Store.Ping(ctx)
}

// While the store is away reads go on from memory, readiness says so, and what
// would change something is asked to come again; then it heals by itself.
func TestStoreAway(t *testing.T) {
	st := &switched{Store: stores[0].open(t)}
	s := serveOver(t, st, api.Deps{})
	create := question{method: "POST", path: "/api/v1/options", plan: true}
	for i, off := range []bool{false, true, false} {
		st.off.Store(off)
		change, ready := http.StatusCreated, http.StatusOK
		if off {
			change, ready = http.StatusServiceUnavailable, http.StatusServiceUnavailable
		}
		if err := s.keeper.Refresh(t.Context()); errors.Is(err, store.ErrUnavailable) != off {
			t.Errorf("refresh with the store off: %v: %v", off, err)
		}
		for _, path := range []string{"/api/v1/study", "/api/v1/areas", "/api/v1/reach?postcode=EM1+1AA", "/tiles/areas/9/257/166.mvt", "/healthz"} {
			if r := s.do(t, question{method: "GET", path: path}); r.StatusCode != http.StatusOK {
				t.Errorf("%s with the store off: %v: %d, want 200", path, off, r.StatusCode)
			}
		}
		if r := s.do(t, question{method: "GET", path: "/readyz"}); r.StatusCode != ready {
			t.Errorf("readiness with the store off: %v: %d, want %d", off, r.StatusCode, ready)
		}
		create.body = strings.Replace(newOption, "%", fmt.Sprint("try", i), 1)
		if r := s.do(t, create); r.StatusCode != change || off != (r.Header.Get("Retry-After") != "") {
			t.Errorf("change with the store off: %v: %d, Retry-After %q; want %d", off, r.StatusCode, r.Header.Get("Retry-After"), change)
		}
	}
	if _, _, ok := s.keeper.Now().Results.Option("try1"); ok {
		t.Error("an option that was not kept is served")
	}
}

// Where everybody needs a token, those who have read go on reading while the
// store is away. Who has not, and who would change something, is asked to come
// again.
func TestStoreAwayOnANetwork(t *testing.T) {
	st := &switched{Store: stores[0].open(t)}
	s := serveOver(t, st, api.Deps{Closed: true})
	as := func(secret string, q question) int {
		q.headers = []string{"Authorization", "Bearer " + secret}
		return s.do(t, q).StatusCode
	}
	areas := question{method: "GET", path: "/api/v1/areas"}
	create := question{method: "POST", path: "/api/v1/options", body: strings.Replace(newOption, "%", "away", 1)}
	if got := as(s.reader, areas); got != http.StatusOK {
		t.Fatalf("a reader reads: %d, want 200", got)
	}
	st.off.Store(true)
	for _, tt := range []struct {
		name, secret string
		q            question
		status       int
	}{
		{"who has read", s.reader, areas, http.StatusOK},
		{"who has not", s.planner, areas, http.StatusServiceUnavailable},
		{"who would change something", s.planner, create, http.StatusServiceUnavailable},
		{"who has no token", "hub_" + strings.Repeat("A", 43), areas, http.StatusServiceUnavailable},
		{"who has nonsense", "nonsense", areas, http.StatusUnauthorized},
	} {
		if got := as(tt.secret, tt.q); got != tt.status {
			t.Errorf("while the store is away, %s: %d, want %d", tt.name, got, tt.status)
		}
	}
}

// For how long they go on is bounded: a token that is revoked while the store
// cannot be asked opens nothing after it.
func TestStoreAwayTooLong(t *testing.T) {
	for _, tt := range []struct {
		limits api.Limits
		status int
	}{
		{api.Limits{Trust: time.Hour, Away: time.Nanosecond}, http.StatusOK},
		{api.Limits{Trust: time.Nanosecond, Away: time.Hour}, http.StatusOK},
		{api.Limits{Trust: time.Nanosecond, Away: time.Nanosecond}, http.StatusServiceUnavailable},
	} {
		st := &switched{Store: stores[0].open(t)}
		s := serveOver(t, st, api.Deps{Closed: true, Limits: tt.limits})
		areas := question{method: "GET", path: "/api/v1/areas", headers: []string{"Authorization", "Bearer " + s.reader}}
		if got := s.do(t, areas).StatusCode; got != http.StatusOK {
			t.Fatalf("a reader reads: %d, want 200", got)
		}
		st.off.Store(true)
		if got := s.do(t, areas).StatusCode; got != tt.status {
			t.Errorf("trusted for %s, %s without the store: %d, want %d", tt.limits.Trust, tt.limits.Away, got, tt.status)
		}
	}
}

// What a handler may not do to its service.
func TestLimits(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{Limits: api.Limits{Body: 2000, Changes: 2, Jobs: 1, Requests: 40}})
	long := strings.Repeat("x", 3000)
	for _, tt := range []struct {
		name   string
		q      question
		status int
	}{
		{"a body too long", question{method: "POST", path: "/api/v1/what-if", body: `{"changes": [], "option_id": "` + long + `"}`}, http.StatusRequestEntityTooLarge},
		{"too many changes", question{method: "POST", path: "/api/v1/what-if", body: `{"changes": [` + strings.Repeat(`{"do": "open", "site_id": "S01"},`, 2) + `{"do": "open", "site_id": "S01"}]}`}, 422},
		{"as many as may be", question{method: "POST", path: "/api/v1/what-if", body: `{"changes": [{"do": "open", "site_id": "S01"},{"do": "close", "site_id": "S01"}]}`}, 200},
		{"minutes too many", question{method: "GET", path: "/api/v1/sites/S01/catchment?minutes=61"}, 422},
		{"a first job", question{method: "POST", path: "/api/v1/optimise", plan: true, body: `{"keep": 3}`}, http.StatusAccepted},
		{"one too many", question{method: "POST", path: "/api/v1/optimise", plan: true, body: `{"keep": 3}`}, http.StatusTooManyRequests},
	} {
		if r := s.do(t, tt.q); r.StatusCode != tt.status {
			t.Errorf("%s: %d, %.200s; want %d", tt.name, r.StatusCode, read(t, r), tt.status)
		}
	}
	last := 0
	for range 50 {
		last = s.do(t, question{method: "GET", path: "/api/v1/checks"}).StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the 50th request of a minute: %d, want 429", last)
	}
}

// A request that takes too long to answer is given up.
func TestDeadline(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{Limits: api.Limits{Answer: time.Nanosecond}})
	r := s.do(t, question{method: "POST", path: "/api/v1/what-if", body: `{"changes": [{"do": "open", "site_id": "S01"}]}`})
	if r.StatusCode != http.StatusGatewayTimeout {
		t.Errorf("an answer that may take a nanosecond: %d, want 504", r.StatusCode)
	}
}
