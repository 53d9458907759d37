package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"hubreach/internal/estate"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// chain is a study with its edited options put on one after another. It is kept
// so that an edit assesses only the option that was edited, and those after it.
// Its zero value has none. A copy of a chain may grow without the other.
type chain struct {
	base   *study.Results
	links  []link
	faults []fault
}

// link is one edited option, with the results up to it.
type link struct {
	edit    store.Edit
	results *study.Results
}

// fault is an edited option that the study cannot mean, such as after a load of
// other sites.
type fault struct {
	edit store.Edit
	err  error
}

// snapshot puts the edits on a study. One that the study cannot mean is left out
// and said so.
func (c *chain) snapshot(ctx context.Context, v store.Version, base *study.Results, edits []store.Edit) (*Snapshot, error) {
	if c.base != base {
		*c = chain{base: base}
	}
	documents, faults := ordered(edits)
	same := 0
	for same < len(c.links) && same < len(documents) && sameEdit(c.links[same].edit, documents[same].edit) {
		same++
	}
	made := chain{base: base, links: slices.Clip(c.links[:same]), faults: faults}
	for _, d := range documents[same:] {
		r, err := made.results().With(ctx, d.document)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			made.faults = append(made.faults, fault{d.edit, err})
			continue
		}
		made.links = append(made.links, link{d.edit, r})
	}
	*c = made
	return newSnapshot(v, made)
}

// results are those of the last link.
func (c *chain) results() *study.Results {
	if len(c.links) == 0 {
		return c.base
	}
	return c.links[len(c.links)-1].results
}

// edits are those that the chain was made of.
func (c *chain) edits() []store.Edit {
	var all []store.Edit
	for _, l := range c.links {
		all = append(all, l.edit)
	}
	for _, f := range c.faults {
		all = append(all, f.edit)
	}
	return all
}

// harm returns why an edit of an option that gave c after before cannot be: the
// option itself cannot be meant, or others that are based on it no longer can.
func (c *chain) harm(before chain, id estate.OptionID) error {
	for _, f := range c.faults {
		if f.edit.Option == id {
			if errors.Is(f.err, study.ErrBadDocument) {
				return f.err
			}
			return fmt.Errorf("%w: %w", study.ErrBadDocument, f.err) // such as one based on an option that is not there
		}
		if !slices.ContainsFunc(before.faults, func(old fault) bool { return sameEdit(old.edit, f.edit) }) {
			return fmt.Errorf("option %s: %w: %s would no longer hold: %w", id, errInUse, f.edit.Option, f.err)
		}
	}
	return nil
}

// keep gives the edit that was tried its number.
func (c *chain) keep(kept store.Edit) {
	for i := range c.links {
		if c.links[i].edit.ID == 0 {
			c.links[i].edit = kept
		}
	}
}

// holds reports whether the chain was made of these edits.
func (c *chain) holds(edits []store.Edit) bool {
	own := c.edits()
	return len(own) == len(edits) && !slices.ContainsFunc(edits, func(e store.Edit) bool {
		return !slices.ContainsFunc(own, func(o store.Edit) bool { return sameEdit(o, e) })
	})
}

// sameEdit reports whether two edits are one. One that is only tried has no
// number yet and is none.
func sameEdit(a, b store.Edit) bool { return a.ID == b.ID && a.ID != 0 }

// parsed is an edit with its document.
type parsed struct {
	edit     store.Edit
	document study.OptionDocument
}

// errBase means an option that is based, step by step, on itself, or on an
// edited option that is left out.
var errBase = errors.New("based on an option that cannot be used")

// ordered reads the documents of edits and puts each after the one that it is
// based on; else they stand in the order in which their last edits came.
func ordered(edits []store.Edit) (documents []parsed, faults []fault) {
	waiting := map[estate.OptionID]parsed{}
	var order []estate.OptionID
	last := func(e store.Edit) int64 {
		if e.ID == 0 {
			return 1<<63 - 1 // one that is tried comes last
		}
		return e.ID
	}
	edits = slices.SortedFunc(slices.Values(edits), func(a, b store.Edit) int { return cmp.Compare(last(a), last(b)) })
	for _, e := range edits {
		d, err := study.ParseOptionDocument(e.Document, string(e.Option))
		if err != nil {
			faults = append(faults, fault{e, err})
			continue
		}
		waiting[e.Option] = parsed{e, d}
		order = append(order, e.Option)
	}
	for placed := true; placed; {
		placed = false
		for _, id := range order {
			p, ok := waiting[id]
			if _, first := waiting[p.document.BasedOn]; !ok || first {
				continue
			}
			documents = append(documents, p)
			delete(waiting, id)
			placed = true
		}
	}
	for _, id := range order {
		if p, ok := waiting[id]; ok {
			faults = append(faults, fault{p.edit, fmt.Errorf("option %s: %w: %s", id, errBase, p.document.BasedOn)})
		}
	}
	return documents, faults
}
