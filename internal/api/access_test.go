package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
)

const newOption = `{"id": "%", "name": "a new one", "based_on": "O3", "sites": []}`

// Who may read and who may change, on this machine and open to a network.
func TestAccess(t *testing.T) {
	path := t.TempDir()
	s := opened(t)(gpkg.Open(t.Context(), path+"/here.gpkg"))
	local := serveOver(t, s, api.Deps{})
	network := local
	h, _, err := fresh(t.Context(), s, api.Deps{Closed: true})
	if err != nil {
		t.Fatal(err)
	}
	network.Handler = h
	late := token(t, s, "Too late", store.Planner, time.Now().Add(-time.Second))
	gone := token(t, s, "Gone", store.Planner, time.Time{})
	if err := s.RevokeToken(t.Context(), "Gone"); err != nil {
		t.Fatal(err)
	}
	for i, tt := range []struct {
		name, secret                           string
		read, readClosed, change, changeClosed int
	}{
		{"nobody", "", 200, 401, 401, 401},
		{"a reader", "Bearer " + local.reader, 200, 200, 403, 403},
		{"a planner", "Bearer " + local.planner, 200, 200, 201, 201},
		{"bearer in small letters", "bearer " + local.planner, 200, 200, 201, 201},
		{"another scheme", "Basic " + local.planner, 200, 401, 401, 401},
		{"a token with a letter changed", "Bearer " + swapLast(local.planner), 200, 401, 401, 401},
		{"a hash is no token", "Bearer hub_" + strings.Repeat("0", 64), 200, 401, 401, 401},
		{"expired", "Bearer " + late, 200, 401, 401, 401},
		{"revoked", "Bearer " + gone, 200, 401, 401, 401},
	} {
		for _, where := range []struct {
			name         string
			s            served
			read, change int
		}{{"here", local, tt.read, tt.change}, {"network", network, tt.readClosed, tt.changeClosed}} {
			id := where.name + string(rune('a'+i))
			headers := []string{"Authorization", tt.secret}
			for _, path := range []string{"/api/v1/options/O1", "/metrics", "/tiles/areas.json"} {
				if got := where.s.do(t, question{method: "GET", path: path, headers: headers}).StatusCode; got != where.read {
					t.Errorf("%s reads %s, %s: %d, want %d", tt.name, path, where.name, got, where.read)
				}
			}
			if got := where.s.do(t, question{method: "POST", path: "/api/v1/options", headers: headers, body: strings.Replace(newOption, "%", id, 1)}).StatusCode; got != where.change {
				t.Errorf("%s changes, %s: %d, want %d", tt.name, where.name, got, where.change)
			}
			for _, path := range []string{"/healthz", "/readyz"} {
				if got := where.s.do(t, question{method: "GET", path: path}).StatusCode; got != http.StatusOK {
					t.Errorf("%s, %s: %d, want 200 for everybody", path, where.name, got)
				}
			}
		}
	}
}

// swapLast changes the last letter but one: the last holds spare bits.
func swapLast(s string) string {
	b := []byte(s)
	if b[len(b)-2]++; b[len(b)-2] > 'z' {
		b[len(b)-2] = 'a'
	}
	return string(b)
}

// Two planners edit one option. Each read revision 1; the second is told that
// the first was first, and both edits are in the history.
func TestTwoPlanners(t *testing.T) {
	for _, st := range stores {
		t.Run(st.name, func(t *testing.T) {
			s := serveOver(t, st.open(t), api.Deps{})
			body := strings.Replace(newOption, "%", "shared", 1)
			if r := s.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: body}); r.StatusCode != http.StatusCreated {
				t.Fatalf("create: %d: %s", r.StatusCode, read(t, r))
			}
			etag := s.do(t, question{method: "GET", path: "/api/v1/options/shared"}).Header.Get("ETag")
			answers := make(chan int)
			for range 2 {
				go func() {
					answers <- s.do(t, question{method: "PUT", path: "/api/v1/options/shared", plan: true, headers: []string{"If-Match", etag}, body: body}).StatusCode
				}()
			}
			if a, b := <-answers, <-answers; a+b != http.StatusOK+http.StatusPreconditionFailed {
				t.Errorf("two planners who read %s: %d and %d, want 200 and 412", etag, a, b)
			}
			edits, err := s.store.History(t.Context(), "Estermere", "shared")
			if err != nil || len(edits) != 3 || edits[1].Refused || !edits[2].Refused {
				t.Errorf("history %+v, %v; want the creation, an edit and a refused one", edits, err)
			}
		})
	}
}

// What others are based on stays.
func TestOptionsInUse(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	put := func(method, path, match, body string) *http.Response {
		t.Helper()
		return s.do(t, question{method: method, path: "/api/v1/options" + path, plan: true, headers: []string{"If-Match", match}, body: body})
	}
	for _, body := range []string{
		`{"id": "first", "name": "first", "based_on": "O2", "sites": [{"id": "hall", "name": "Hall", "lon": 1.12, "lat": 53.26}]}`,
		`{"id": "second", "name": "second", "based_on": "first", "sites": [{"id": "hall", "status": "outreach_only"}]}`,
	} {
		if r := put("POST", "", "", body); r.StatusCode != http.StatusCreated {
			t.Fatalf("%d: %s", r.StatusCode, read(t, r))
		}
	}
	if r := put("DELETE", "/first", `"1"`, ""); r.StatusCode != http.StatusConflict || !strings.Contains(string(read(t, r)), "second would no longer hold") {
		t.Errorf("delete what another is based on: %d, want 409 and which", r.StatusCode)
	}
	if r := put("PUT", "/first", `"1"`, `{"id": "first", "name": "without the hall", "based_on": "O2", "sites": []}`); r.StatusCode != http.StatusConflict {
		t.Errorf("take a site away that another uses: %d, want 409", r.StatusCode)
	}
	// The base may change, and what is based on it changes with it.
	before := s.keeper.Now().Results.Options
	if r := put("PUT", "/first", `"1"`, `{"id": "first", "name": "wider", "based_on": "O1", "sites": [{"id": "hall", "name": "Hall", "lon": 1.12, "lat": 53.26}]}`); r.StatusCode != http.StatusOK {
		t.Errorf("replace the base: %d: %s", r.StatusCode, read(t, r))
	}
	after := s.keeper.Now().Results.Options
	if n := len(after); n != 7 || len(after[6].Option.OpenSites()) <= len(before[6].Option.OpenSites()) {
		t.Errorf("%d options; the second opens %d sites, before %d: want 7, and more", n, len(after[6].Option.OpenSites()), len(before[6].Option.OpenSites()))
	}
	for _, step := range []struct {
		path, match string
		status      int
	}{{"/second", `"1"`, 204}, {"/first", `"1"`, 412}, {"/first", `"2"`, 204}, {"/first", `"2"`, 404}} {
		if r := put("DELETE", step.path, step.match, ""); r.StatusCode != step.status {
			t.Errorf("delete %s at %s: %d, want %d", step.path, step.match, r.StatusCode, step.status)
		}
	}
	if r := put("POST", "", "", `{"id": "first", "name": "again", "based_on": "O2", "sites": []}`); r.StatusCode != 201 || r.Header.Get("ETag") != `"4"` {
		t.Errorf("make it again: %d, ETag %s; want 201 and revision 4: revisions are never used twice", r.StatusCode, r.Header.Get("ETag"))
	}
}
