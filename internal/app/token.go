package app

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"hubreach/internal/store"
)

// tokenCmd looks after the tokens of a store.
type tokenCmd struct {
	Add    tokenAddCmd    `cmd:"" help:"Make a token and show it, this once."`
	List   tokenListCmd   `cmd:"" help:"List who has a token, never the token itself."`
	Revoke tokenRevokeCmd `cmd:"" help:"End the token of a name, at once."`
}

// tokenAddCmd makes a token.
type tokenAddCmd struct {
	Name string `arg:"" help:"Who bears it: the author of what is changed with it."`
	storeFlag
	Scope string `enum:"reader,planner" default:"planner" help:"What it opens: reader, or planner, who may also change things."`
	Days  int    `help:"Days until it expires. Default: never." placeholder:"N"`
}

// longestDays is ten years: further ahead is a slip of the finger.
const longestDays = 3660

// Validate refuses a call that cannot be meant.
func (c *tokenAddCmd) Validate() error {
	if c.Days < 0 || c.Days > longestDays {
		return fmt.Errorf("--days %d: want 1 to %d, or leave it out for a token that never expires", c.Days, longestDays)
	}
	return nil
}

// Run prints the token alone on stdout, for a program to take up.
func (c *tokenAddCmd) Run(ctx context.Context, s std) (err error) {
	st, err := openStore(ctx, c.Store, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	secret, hash := store.NewSecret()
	t := store.Token{Name: c.Name, Hash: hash, Scope: store.Scope(c.Scope)}
	if c.Days > 0 {
		t.Expires = time.Now().UTC().AddDate(0, 0, c.Days).Truncate(time.Microsecond)
	}
	if err := st.AddToken(ctx, t); errors.Is(err, store.ErrTaken) {
		return fmt.Errorf("%w: hubreach token revoke %s first", err, c.Name)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "A %s token for %s, %s. It is kept as a hash only: this is the one time that it is shown.\n", t.Scope, t.Name, until(t))
	_, err = fmt.Fprintln(s.out, secret)
	return err
}

// until says how long a token is good for.
func until(t store.Token) string {
	if t.Expires.IsZero() {
		return "never expires"
	}
	return "expires " + t.Expires.Format(time.DateOnly)
}

// tokenListCmd lists tokens.
type tokenListCmd struct {
	storeFlag
	JSON bool `name:"json" help:"Print the list as JSON."`
}

// tokenPart is a token as it is printed.
type tokenPart struct {
	Name    string      `json:"name"`
	Scope   store.Scope `json:"scope"`
	State   string      `json:"state"`
	Made    time.Time   `json:"made"`
	Expires *time.Time  `json:"expires"`
}

func tokenDoc(t store.Token, now time.Time) tokenPart {
	p := tokenPart{Name: t.Name, Scope: t.Scope, State: "valid", Made: t.At}
	if !t.Expires.IsZero() {
		p.Expires = &t.Expires
	}
	switch {
	case t.Revoked:
		p.State = "revoked"
	case !t.Valid(now):
		p.State = "expired"
	}
	return p
}

// Run prints the list.
func (c *tokenListCmd) Run(ctx context.Context, s std) (err error) {
	st, err := c.existing(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	tokens, err := st.Tokens(ctx)
	if err != nil {
		return err
	}
	now, parts := time.Now(), []tokenPart{}
	for _, t := range tokens {
		parts = append(parts, tokenDoc(t, now))
	}
	if c.JSON {
		return printJSON(s, parts)
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSCOPE\tSTATE\tMADE\tEXPIRES")
	for i, p := range parts {
		expires := "never"
		if p.Expires != nil {
			expires = tokens[i].Expires.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.Name, p.Scope, p.State, p.Made.Format(time.DateOnly), expires)
	}
	return w.Flush()
}

// tokenRevokeCmd ends a token.
type tokenRevokeCmd struct {
	Name string `arg:"" help:"Whose token."`
	storeFlag
}

// Run ends it.
func (c *tokenRevokeCmd) Run(ctx context.Context, s std) (err error) {
	st, err := c.existing(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if err := st.RevokeToken(ctx, c.Name); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "The token of %s opens nothing any more\n", c.Name)
	return err
}
