package source

import "encoding/binary"

// tagReader turns the tags of ways and nodes into Tags, those that the walk
// rules read. It keeps texts and whole sets of tags that come again, which most
// do, so that ways with the same tags share one Tags. It belongs to one
// goroutine.
type tagReader struct {
	b     *pbfBlock
	known []keyState // of the words of the block
	texts map[string]string
	sets  map[string]Tags
	name  []byte // of a set: its keys and values, each after its length
	kept  []pbfTag
}

type keyState uint8

const (
	keyUnknown keyState = iota
	keyRead
	keyNotRead
)

// begin gets the reader ready for the tags of a block.
func (r *tagReader) begin(b *pbfBlock) {
	if r.texts == nil {
		r.texts, r.sets = map[string]string{}, map[string]Tags{}
	}
	r.b = b
	if cap(r.known) < len(b.words) {
		r.known = make([]keyState, len(b.words))
	}
	r.known = r.known[:len(b.words)]
	clear(r.known)
}

// keep returns those of the tags that the walk rules read. It is good until the
// next call.
func (r *tagReader) keep(tags []pbfTag) []pbfTag {
	r.kept = r.kept[:0]
	for _, t := range tags {
		state := &r.known[t.key]
		if *state == keyUnknown {
			*state = keyNotRead
			if readsTag(string(r.b.word(t.key))) {
				*state = keyRead
			}
		}
		if *state == keyRead {
			r.kept = append(r.kept, t)
		}
	}
	return r.kept
}

// set returns the tags kept as Tags; nil when there are none.
func (r *tagReader) set(kept []pbfTag) Tags {
	if len(kept) == 0 {
		return nil
	}
	r.name = r.name[:0]
	for _, t := range kept {
		for _, word := range [][]byte{r.b.word(t.key), r.b.word(t.value)} {
			r.name = binary.AppendUvarint(r.name, uint64(len(word)))
			r.name = append(r.name, word...)
		}
	}
	if t, ok := r.sets[string(r.name)]; ok {
		return t
	}
	tags := make(Tags, len(kept))
	for _, t := range kept {
		tags[r.text(t.key)] = r.text(t.value)
	}
	r.sets[string(r.name)] = tags
	return tags
}

func (r *tagReader) text(i uint32) string {
	word := r.b.word(i)
	s, ok := r.texts[string(word)]
	if !ok {
		s = string(word)
		r.texts[s] = s
	}
	return s
}
