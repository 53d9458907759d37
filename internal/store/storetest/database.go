package storetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Server is the environment variable with the address of a server on which
// tests may make databases: see scripts/postgis.
const Server = "HUBREACH_POSTGIS"

// template is a database with PostGIS in it and nothing else.
const template = "hubreach_template"

var databases atomic.Int64

// Database makes an empty database with PostGIS for the test, dropped when the
// test ends, and returns its address. Without a server the test is skipped.
func Database(t *testing.T) string {
	t.Helper()
	return copyOf(t, template)
}

// Copy makes a copy of a database to which nobody is connected.
func Copy(t *testing.T, address string) string {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return copyOf(t, strings.TrimPrefix(parsed.Path, "/"))
}

func copyOf(t *testing.T, other string) string {
	t.Helper()
	server := os.Getenv(Server)
	if server == "" {
		t.Skip("no PostGIS: eval \"$(scripts/postgis env)\" sets " + Server + ", after scripts/postgis start")
	}
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: want postgres://user:password@host:port/database", Server)
	}
	name := fmt.Sprintf("hubreach_test_%d_%d", os.Getpid(), databases.Add(1))
	PSQL(t, server, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, other))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // the test's own has ended
		defer cancel()
		if said, err := psql(ctx, server, fmt.Sprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name)); err != nil {
			t.Logf("drop the database %s: %v: %s", name, err, said)
		}
	})
	address.Path = "/" + name
	return address.String()
}

// PSQL runs a statement as psql does, and returns its rows: fields separated by
// "|", one row a line.
func PSQL(t *testing.T, address, statement string) string {
	t.Helper()
	said, err := psql(t.Context(), address, statement)
	if err != nil {
		t.Fatalf("psql: %s: %v: %s", statement, err, said)
	}
	return said
}

func psql(ctx context.Context, address, statement string) (string, error) {
	out, err := exec.CommandContext(ctx, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statement).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}
