package source

// idSet is a set of OpenStreetMap ids: pages of bits, so that the ids of a
// county, which lie close together, take about a byte each. Many goroutines may
// call has at once while none calls add.
type idSet map[int64]*[pageWords]uint64

const (
	pageBits  = 12 // ids of a page, as a power of two
	pageWords = 1 << pageBits / 64
)

func (s idSet) add(id int64) {
	page := s[id>>pageBits]
	if page == nil {
		page = new([pageWords]uint64)
		s[id>>pageBits] = page
	}
	low := id & (1<<pageBits - 1)
	page[low/64] |= 1 << (low % 64)
}

func (s idSet) has(id int64) bool {
	page := s[id>>pageBits]
	low := id & (1<<pageBits - 1)
	return page != nil && page[low/64]&(1<<(low%64)) != 0
}
