package walk

// bitmap is a set of small numbers, a bit each.
type bitmap []uint64

func newBits(n int) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) has(i uint32) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b bitmap) set(i uint32) { b[i>>6] |= 1 << (i & 63) }
