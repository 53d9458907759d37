package store

import (
	"context"
	"errors"
	"io"
	"time"

	"hubreach/internal/estate"
)

// Errors of every store. A store wraps them and says what was asked.
var (
	ErrNoVersion = errors.New("no such study version")
	ErrNoInput   = errors.New("no such input")
	ErrNoOption  = errors.New("no such option")
	ErrNoToken   = errors.New("no such token")
	ErrNoJob     = errors.New("no such job")
	// ErrConflict means that an option has been edited since the revision that an
	// edit was made from. The refused edit is in the history.
	ErrConflict = errors.New("edited by somebody else meanwhile")
	// ErrInvalid means that what was given cannot be kept as it is.
	ErrInvalid = errors.New("cannot be kept")
	// ErrTaken means that a token of this name is in use.
	ErrTaken = errors.New("the name is in use")
	// ErrQueueHeld means that another process works through this queue.
	ErrQueueHeld = errors.New("another process works through this queue")
	// ErrUnavailable means that the store does not answer now and may later.
	ErrUnavailable = errors.New("the store does not answer")
	// ErrNewer means that the store was written by a later hubreach.
	ErrNewer = errors.New("written by a later version of hubreach")
)

// VersionID numbers the study versions of a store from 1, in the order in which
// they were loaded.
type VersionID int64

// Version is one load of a study.
type Version struct {
	ID          VersionID
	Study       string // Spec.Name
	Title       string
	Fingerprint string    // of the results
	Program     string    // version of the method that made them
	By          string    // who loaded it; empty: not said
	At          time.Time // UTC, to the microsecond
}

// Load is a study version to keep. Everything in it is kept in one transaction:
// a load that fails leaves nothing, and the version before it stays current.
type Load struct {
	Version // ID and At are given by the store
	Spec    []byte
	Inputs  []Input
	Summary []byte // summary.json
	Layers  []Layer
}

// Input is a file of a study, by its path in the study file.
type Input struct {
	Path   string
	SHA256 string // lower-case hexadecimal; a store refuses bytes that differ
	Open   func() (io.ReadCloser, error)
}

// Layer is a table of results. Rows hold, by column, nil, bool, int64, float64,
// string or, where the column is a geometry, an orb.Geometry in EPSG:27700. A
// layer has at most one geometry. Names are lower-case words, see Load.Check.
type Layer struct {
	Name    string // "areas", "sites", "catchments", "outreach", "losers"
	Columns []Column
	Rows    [][]any
}

// Column is a column of a layer.
type Column struct {
	Name string
	Kind Kind
}

// Kind is what a column holds.
type Kind string

// The kinds of columns.
const (
	Bool     Kind = "bool"
	Int      Kind = "int"
	Float    Kind = "float"
	Text     Kind = "text"
	Geometry Kind = "geometry" // of any type
	Point    Kind = "point"
	Polygons Kind = "multipolygon"
)

// Spatial reports whether a column of this kind holds geometries.
func (k Kind) Spatial() bool { return k == Geometry || k == Point || k == Polygons }

// Edit is one revision of an option made by a planner. Edits are only ever
// added.
type Edit struct {
	ID       int64 // in the order of arrival, from 1
	Study    string
	Option   estate.OptionID
	Revision int    // of the option, from 1, also counting on after a deletion; 0 in a refused edit
	Base     int    // the revision it was made from; 0: a new option, or one that was deleted
	Deleted  bool   // this edit deletes the option
	Refused  bool   // somebody else was first; kept, and never in force
	Document []byte // the option as JSON; empty when Deleted
	Author   string
	Reason   string
	At       time.Time // UTC, to the microsecond
}

// Scope is what the bearer of a token may do.
type Scope string

// The scopes. A planner may do all that a reader may.
const (
	Reader  Scope = "reader"
	Planner Scope = "planner"
)

// Token is what is kept of a token: never the token itself.
type Token struct {
	Name    string // who bears it: the author of edits
	Hash    string // SHA-256 of the token's 256 random bits, hexadecimal
	Scope   Scope
	At      time.Time
	Expires time.Time // zero: never
	Revoked bool
}

// Valid reports whether the token opens anything at the time now. One that
// expires now does not.
func (t Token) Valid(now time.Time) bool {
	return !t.Revoked && (t.Expires.IsZero() || now.Before(t.Expires))
}

// Store keeps study versions, edits and tokens. Its methods may be called from
// several goroutines; those that reach no store wrap ErrUnavailable.
type Store interface {
	// Load keeps a new version, current from then on. The error wraps ErrInvalid
	// for bytes that are not those of their SHA-256, and for what Load.Check refuses.
	Load(ctx context.Context, l Load) (Version, error)
	// Versions lists the versions of a study, or of all studies when it is empty,
	// the newest first.
	Versions(ctx context.Context, study string) ([]Version, error)
	// Current returns the newest version of a study; of any study when it is empty.
	// The error wraps ErrNoVersion.
	Current(ctx context.Context, study string) (Version, error)
	// Spec returns the study file of a version.
	Spec(ctx context.Context, v VersionID) ([]byte, error)
	// Open reads an input of a version by its path in the study file. The error
	// wraps ErrNoVersion or ErrNoInput. The last read fails with ErrInvalid when the
	// bytes are not those that were loaded.
	Open(ctx context.Context, v VersionID, path string) (io.ReadCloser, error)

	// PutOption adds an edit and returns it with its ID, Revision and At. When the
	// option's revision is not e.Base, the edit is kept as refused, returned, and
	// the error wraps ErrConflict. Deleting an option that is not there is
	// ErrNoOption and keeps nothing.
	PutOption(ctx context.Context, e Edit) (Edit, error)
	// Options lists the edits in force of a study, ascending by option; deleted
	// options are left out.
	Options(ctx context.Context, study string) ([]Edit, error)
	// History lists every edit of an option, refused ones too, the oldest first.
	History(ctx context.Context, study string, option estate.OptionID) ([]Edit, error)

	// AddToken keeps a token; At is given by the store. The error wraps ErrTaken for
	// a name, or a hash, of a token that has not been revoked.
	AddToken(ctx context.Context, t Token) error
	// Token finds a token by its hash, also one that is no longer valid: ask
	// Token.Valid. The error wraps ErrNoToken.
	Token(ctx context.Context, hash string) (Token, error)
	// Tokens lists every token, the oldest first.
	Tokens(ctx context.Context) ([]Token, error)
	// RevokeToken ends the token of a name. The error wraps ErrNoToken when none is
	// in use.
	RevokeToken(ctx context.Context, name string) error

	// Queue holds the store's jobs.
	Queue() Queue
	// Ping says whether the store answers.
	Ping(ctx context.Context) error
	Close() error
}
