package postgis_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/postgis"
	"hubreach/internal/store/storetest"
)

func load(t *testing.T, s store.Store, l store.Load) store.Version {
	t.Helper()
	v, err := s.Load(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestLayers asks for the layers in SQL, as a desktop GIS or a tile server does:
// those of the current version of each study, and no other rows.
func TestLayers(t *testing.T) {
	address := migrated(t)
	s := at(t, address)
	load(t, s, storetest.Load("kent", "f1"))
	storetest.PSQL(t, address, "CREATE VIEW public.somebodys AS SELECT area_code, covered_share FROM hubreach.areas_by_option")
	wider := storetest.Load("kent", "f2")
	wider.Layers[0].Columns = append(wider.Layers[0].Columns, store.Column{Name: "order", Kind: store.Text})
	for i := range wider.Layers[0].Rows {
		wider.Layers[0].Rows[i] = append(wider.Layers[0].Rows[i], "first")
	}
	load(t, s, wider)
	load(t, s, storetest.Load("essex", "f3"))
	for query, want := range map[string]string{
		"SELECT study, area_code, people, share, rural, ST_AsText(geom), \"order\" FROM hubreach.areas ORDER BY 1 DESC, 2": "kent|E01|10|0.5|t|MULTIPOLYGON(((600000 150000,600100 150000,600100 150100,600000 150100,600000 150000)))|first\nkent|E02|||||first\n" +
			"essex|E01|10|0.5|t|MULTIPOLYGON(((600000 150000,600100 150000,600100 150100,600000 150100,600000 150000)))|\nessex|E02|||||",
		"SELECT study, option_id, area_code, covered_share, people, \"order\" FROM hubreach.areas_by_option WHERE study = 'kent' ORDER BY 3": "kent|O1|E01|1|10|first\nkent|O1|E02|0||first",
		"SELECT count(*) FROM public.somebodys": "4",
		"SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = 'hubreach' AND f_table_name NOT LIKE '%_versions' ORDER BY 1": "areas|MULTIPOLYGON|27700\nareas_by_option|MULTIPOLYGON|27700\nsites|POINT|27700",
		"SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gist%' AND schemaname = 'hubreach' ORDER BY 1":                                "areas_versions\nsites_versions",
		"SELECT study, name, row_count FROM hubreach.layers JOIN hubreach.versions ON id = version_id WHERE version_id = 2 ORDER BY 2":              "kent|area_results|2\nkent|areas|2\nkent|sites|1",
		"SELECT summary -> 'study' ->> 'name' FROM hubreach.versions WHERE id = 3":                                                                  "essex",
	} {
		if got := storetest.PSQL(t, address, query); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", query, got, want)
		}
	}
}

// TestHistoryStays: not even by hand.
func TestHistoryStays(t *testing.T) {
	address := migrated(t)
	if _, err := at(t, address).PutOption(t.Context(), store.Edit{Study: "kent", Option: "O1", Document: []byte("{}"), Author: "mary"}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"UPDATE hubreach.edits SET author = 'john'", "DELETE FROM hubreach.edits", "TRUNCATE hubreach.edits"} {
		out, err := exec.CommandContext(t.Context(), "psql", "-X", "-d", address, "-c", statement).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "only ever added to") {
			t.Errorf("%s: %v, %s, want it refused", statement, err, out)
		}
	}
}

func TestNewer(t *testing.T) {
	address := migrated(t)
	for name, statement := range map[string]string{
		"our tables":    "INSERT INTO hubreach.migrations (version_id, is_applied) VALUES (999, true)",
		"River's queue": "INSERT INTO hubreach.river_migration (line, version) VALUES ('main', 999)",
	} {
		other := storetest.Copy(t, address)
		storetest.PSQL(t, other, statement)
		if _, err := postgis.Open(t.Context(), other, nil); !errors.Is(err, store.ErrNewer) {
			t.Errorf("Open with %s of version 999: %v, want ErrNewer", name, err)
		}
	}
}

// TestManyOpenAtOnce: of processes that open a new database together one
// migrates it.
func TestManyOpenAtOnce(t *testing.T) {
	address := storetest.Database(t)
	errs := make(chan error)
	for range 4 {
		go func() {
			s, err := postgis.Open(t.Context(), address, nil)
			if err == nil {
				err = errors.Join(s.Ping(t.Context()), s.Close())
			}
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Errorf("Open: %v", err)
		}
	}
}

// TestMigrations opens a store as each earlier version of the tables kept it.
func TestMigrations(t *testing.T) {
	all, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(all) < 2 {
		t.Fatalf("migrations: %q, %v, want two or more", all, err)
	}
	for version := 1; version < len(all); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			text, err := os.ReadFile(fmt.Sprintf("testdata/version%d.sql", version))
			if err != nil {
				t.Fatalf("every version but the newest has a store as it kept it: %v", err)
			}
			address := storetest.Database(t)
			storetest.PSQL(t, address, string(text))
			storetest.Earlier(t, at(t, address))
			if got, want := storetest.PSQL(t, address, "SELECT max(version_id) FROM hubreach.migrations"), fmt.Sprint(len(all)); got != want {
				t.Errorf("the tables are of version %s, want %s", got, want)
			}
		})
	}
}

// TestOldJobsAreForgotten: 30 days after they ended, and not before.
func TestOldJobsAreForgotten(t *testing.T) {
	address := migrated(t)
	s := at(t, address)
	for range 3 {
		if _, err := s.Queue().Add(t.Context(), store.Job{Kind: "run"}); err != nil {
			t.Fatal(err)
		}
	}
	ended := "UPDATE hubreach.jobs SET state = 'done', ended_at = now() - interval '%d days' WHERE id = %d"
	storetest.PSQL(t, address, fmt.Sprintf(ended, 31, 1))
	storetest.PSQL(t, address, fmt.Sprintf(ended, 29, 2))
	storetest.Forgotten(t, s, 1)
}

// ownedBy gives a database to a user who owns nothing else and is no superuser, as
// the operator's page does, and returns its address for that user.
func ownedBy(t *testing.T, user, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	storetest.PSQL(t, address, fmt.Sprintf("ALTER DATABASE %s OWNER TO %s", strings.TrimPrefix(u.Path, "/"), user))
	t.Cleanup(func() {
		_ = exec.Command("psql", "-X", "-q", "-d", address, "-c", fmt.Sprintf("REASSIGN OWNED BY %s TO CURRENT_USER", user)).Run() // so that the user can go
	})
	u.User = url.UserPassword(user, "p")
	return u.String()
}

// TestBackup dumps a database in use and restores it elsewhere, as the
// operator's page says, by the service's own user, who can use it then.
func TestBackup(t *testing.T) {
	user, first, second := fmt.Sprintf("hubreach_owner_%d", os.Getpid()), storetest.Database(t), storetest.Database(t)
	storetest.PSQL(t, first, fmt.Sprintf("CREATE USER %s PASSWORD 'p'", user))
	t.Cleanup(func() { _ = exec.Command("psql", "-X", "-q", "-d", first, "-c", "DROP USER "+user).Run() }) // goes with the server anyway
	address, other := ownedBy(t, user, first), ownedBy(t, user, second)
	s := at(t, address)
	v := load(t, s, storetest.Load("kent", "f1"))
	if _, err := s.PutOption(t.Context(), store.Edit{Study: "kent", Option: "O1", Document: []byte("{}"), Author: "mary"}); err != nil {
		t.Fatal(err)
	}
	j, err := s.Queue().Add(t.Context(), store.Job{Kind: "run"})
	if err != nil {
		t.Fatal(err)
	}
	dump := filepath.Join(t.TempDir(), "hubreach.dump")
	for _, args := range [][]string{
		{"pg_dump", "--format=custom", "--schema=hubreach", "--file=" + dump, address},
		{"pg_restore", "--exit-on-error", "--no-owner", "--dbname=" + other, dump},
	} {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", args[0], err, out)
		}
	}
	load(t, s, storetest.Load("kent", "f2")) // after the dump
	r := at(t, other)
	if now, err := r.Current(t.Context(), "kent"); err != nil || now != v {
		t.Errorf("the current version is %+v, %v, want %+v", now, err, v)
	}
	if h, err := r.History(t.Context(), "kent", "O1"); err != nil || len(h) != 1 {
		t.Errorf("the history is %v, %v, want the one edit", h, err)
	}
	if got := storetest.PSQL(t, other, "SELECT count(*) FROM hubreach.areas_by_option"); got != "2" {
		t.Errorf("areas_by_option has %s rows, want 2", got)
	}
	if next := load(t, r, storetest.Load("kent", "f3")); next.ID != v.ID+1 {
		t.Errorf("the next load is version %d, want %d", next.ID, v.ID+1)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err = r.Queue().Run(ctx, 1, func(_ context.Context, got store.Job, _ func(string, float64)) (store.Answer, error) {
		if got.ID != j.ID {
			t.Errorf("the queue gives job %d, want the %d that was dumped", got.ID, j.ID)
		}
		stop()
		return store.Answer{}, nil
	})
	if err != nil {
		t.Errorf("Run: %v", err)
	}
}

// TestRights: a user who may not change tables uses a store that another has
// migrated, and is told what to do in a database that nobody has.
func TestRights(t *testing.T) {
	address := migrated(t)
	user := fmt.Sprintf("hubreach_user_%d", os.Getpid())
	storetest.PSQL(t, address, fmt.Sprintf("CREATE USER %[1]s PASSWORD 'p'; GRANT USAGE ON SCHEMA hubreach TO %[1]s; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA hubreach TO %[1]s", user))
	t.Cleanup(func() {
		_ = exec.Command("psql", "-X", "-q", "-d", address, "-c", fmt.Sprintf("DROP OWNED BY %[1]s; DROP USER %[1]s", user)).Run() // goes with the server anyway
	})
	as := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(user, "p")
		return u.String()
	}
	s := at(t, as(address))
	if _, err := s.PutOption(t.Context(), store.Edit{Study: "kent", Option: "O1", Document: []byte("{}"), Author: "mary"}); err != nil {
		t.Errorf("PutOption by a user who may only fill tables: %v", err)
	}
	_, err := postgis.Open(t.Context(), as(storetest.Database(t)), nil)
	if err == nil || !strings.Contains(err.Error(), "hubreach migrate") || strings.Contains(err.Error(), "\n") {
		t.Errorf("Open of an empty database by a user who may make nothing: %v, want one line that names hubreach migrate", err)
	}
}

// TestAddresses: no error says the password.
func TestAddresses(t *testing.T) {
	for _, tc := range []struct {
		address string
		away    bool
	}{
		{"postgres://mary:secret@127.0.0.1:1/x", true},
		{"postgres://mary:secret@[::1]:1/x?connect_timeout=1", true},
		{"postgres://mary:secret@127.0.0.1:notaport/x", false},
		{"postgres://mary:sec%zzret@127.0.0.1/x", false},
		{"postgres://mary:secret@127.0.0.1:1/x?sslmode=secret", false},
		{"postgres://mary:secret@127.0.0.1:1/x?pool_max_conns=secret", false},
	} {
		_, err := postgis.Open(t.Context(), tc.address, nil)
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "zzret") || strings.Contains(err.Error(), "\n") || errors.Is(err, store.ErrUnavailable) != tc.away {
			t.Errorf("Open(%s): %v, want one line without the password, ErrUnavailable: %t", tc.address, err, tc.away)
		}
	}
}

func TestTexts(t *testing.T) {
	s := at(t, migrated(t))
	for _, text := range storetest.AwkwardTexts {
		storetest.Texts(t, s, text)
	}
}
