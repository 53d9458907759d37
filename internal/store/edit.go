package store

import "fmt"

// Judge decides what becomes of an edit, given the edit in force of its option
// (empty: there is none yet). It is the rule of every store, called with the
// option locked.
//
// The edit is returned with its Revision, or as refused with a conflict that
// wraps ErrConflict; both are to be kept. Any other error keeps nothing.
func Judge(e Edit, inForce []Edit) (kept Edit, conflict, err error) {
	last := Edit{Deleted: true}
	if len(inForce) > 0 {
		last = inForce[0]
	}
	e.Revision, e.Refused = last.Revision+1, false
	switch {
	case last.Deleted && e.Deleted:
		return Edit{}, nil, ErrNoOption
	case e.Base == last.Revision, last.Deleted && e.Base == 0:
		return e, nil, nil
	}
	e.Revision, e.Refused = 0, true
	return e, fmt.Errorf("edit option %s of %s: %w: made from revision %d, and it is at %d", e.Option, e.Study, ErrConflict, e.Base, last.Revision), nil
}

// Standing leaves out the edits that delete their option.
func Standing(edits []Edit) []Edit {
	standing := []Edit{}
	for _, e := range edits {
		if !e.Deleted {
			standing = append(standing, e)
		}
	}
	return standing
}
