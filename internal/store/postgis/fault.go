package postgis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hubreach/internal/store"
)

// oneLine says in one line what pgx says in one for each address of a host.
type oneLine struct{ error }

func (o oneLine) Error() string { return strings.Join(strings.Fields(o.error.Error()), " ") }

func (o oneLine) Unwrap() error { return o.error }

// fault gives an error of PostgreSQL its meaning in the seam. Errors that have
// one pass as they are; when ctx has ended, that is what went wrong.
func fault(ctx context.Context, err error) error {
	var answer *pgconn.PgError
	var read *store.ReadError
	switch {
	case err == nil, errors.As(err, &read), errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrInvalid), errors.Is(err, pgx.ErrNoRows):
		return err
	case ctx.Err() != nil:
		if errors.Is(err, ctx.Err()) {
			return err
		}
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	case errors.As(err, &answer):
		return answered(answer, err)
	case lost(err):
		return fmt.Errorf("%w: %w", store.ErrUnavailable, oneLine{err})
	}
	return err
}

// answered judges what the server said.
// Source: PostgreSQL 15 documentation, appendix A, error codes.
func answered(answer *pgconn.PgError, err error) error {
	class := answer.Code[:min(2, len(answer.Code))]
	switch {
	case answer.Code == "22021": // no text of PostgreSQL: nothing of that name is kept
		return fmt.Errorf("%w: %w", store.ErrInvalid, err)
	case answer.Code == "53100":
		return fmt.Errorf("%w: its disk is full; nothing was written: %w", store.ErrUnavailable, err)
	case answer.Code == "57014": // statement_timeout: nobody of ours cancels
		return fmt.Errorf("%w: it took too long: %w", store.ErrUnavailable, err)
	case class == "08", class == "53", class == "57", class == "58", answer.Code == "55P03", answer.Code == "25006", answer.Code == "28000" && strings.Contains(answer.Message, "pg_hba"):
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return err
}

// lost reports whether there is no connection, or was none for long enough.
func lost(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &network) || errors.As(err, &connect) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) ||
		strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "closed pool") // pgx does not export these
}
