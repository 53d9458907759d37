package postgis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"hubreach/internal/store"
)

// Store is a PostGIS database that keeps what store.Store says.
type Store struct {
	pool  *pgxpool.Pool
	name  string // of the database and its host, for messages
	queue *queue
}

var _ store.Store = (*Store)(nil)

const (
	connectTimeout   = 5 * time.Second
	statementTimeout = time.Minute      // of everything but loads and migrations
	loadTimeout      = 30 * time.Minute // of each statement of a load
	connections      = 12               // unless the address says pool_max_conns
)

// Open connects to the database at an address of the form
// postgres://user:password@host:port/database, and brings its tables up to
// date. What libpq takes from the environment is taken from there too. The error
// wraps store.ErrNewer for tables of a later hubreach, and store.ErrUnavailable
// when the server does not answer. log is told what the queue is at, and may be
// nil; it is never told the address.
func Open(ctx context.Context, address string, log *slog.Logger) (*Store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		// Not wrapped: its text may hold the address, and so a password.
		return nil, errors.New("store postgres://...: the address cannot be read: want postgres://user:password@host:port/database")
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = connections
	}
	c := config.ConnConfig
	c.ConnectTimeout = connectTimeout
	c.RuntimeParams["application_name"] = "hubreach"
	c.RuntimeParams["statement_timeout"] = milliseconds(statementTimeout)
	// A machine that vanished without a word loses its locks within a minute.
	for name, value := range map[string]string{"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"} {
		c.RuntimeParams[name] = value
	}
	config.AfterConnect = knowGeometry
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := &Store{pool: pool, name: fmt.Sprintf("postgres://%s:%d/%s", c.Host, c.Port, c.Database)}
	if err := s.migrate(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	if s.queue, err = newQueue(s, log); err != nil {
		pool.Close()
		return nil, fmt.Errorf("store %s: %w", s.name, err)
	}
	return s, nil
}

func milliseconds(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }

// knowGeometry tells a connection that geometries travel as bytes, so that COPY
// takes them in well-known binary.
func knowGeometry(ctx context.Context, conn *pgx.Conn) error {
	var oid *uint32
	if err := conn.QueryRow(ctx, "SELECT to_regtype('geometry')::oid").Scan(&oid); err != nil {
		return err
	}
	if oid != nil { // else there is no PostGIS yet: migrate asks for it
		conn.TypeMap().RegisterType(&pgtype.Type{Name: "geometry", OID: *oid, Codec: pgtype.ByteaCodec{}})
	}
	return nil
}

// Queue returns the jobs of the database.
func (s *Store) Queue() store.Queue { return s.queue }

// Ping reads from the database.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	if err := s.pool.QueryRow(ctx, "SELECT count(*) FROM hubreach.current").Scan(&n); err != nil {
		return fmt.Errorf("store %s: %w", s.name, fault(ctx, err))
	}
	return nil
}

// Close lets go of the database. What is called afterwards wraps
// store.ErrUnavailable.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// inTx does work in one transaction and adds what was attempted to its error.
func (s *Store) inTx(ctx context.Context, what string, work func(tx pgx.Tx) error) error {
	if err := pgx.BeginFunc(ctx, s.pool, work); err != nil {
		return fmt.Errorf("%s: %w", what, fault(ctx, err))
	}
	return nil
}

// all reads every row of a query.
func all[T any](ctx context.Context, db querier, scan func(row pgx.Row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault(ctx, err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (T, error) { return scan(row) })
	if err != nil {
		return nil, fault(ctx, err)
	}
	if found == nil {
		found = []T{}
	}
	return found, nil
}

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}
