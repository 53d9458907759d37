package tile

// Settle waits until the cache has thrown out what is too much.
func (s *Sets) Settle() { s.cache.CleanUp() }

// NumberOf exposes the order of tiles in an archive.
func NumberOf(id ID) uint64 { return numberOf(id) }

// WithRoot returns an archive whose root directory has at most so many bytes, so
// that a small one needs leaves too.
func (a Archive) WithRoot(bytes int) Archive {
	a.root = bytes
	return a
}

// TilesOf lists the tiles that an archive may hold.
func (s *Sets) TilesOf(a Archive) []ID { return s.tilesOf(a) }
