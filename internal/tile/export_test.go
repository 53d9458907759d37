package tile

// Settle waits until the cache has thrown out what is too much.
func (s *Sets) Settle() { s.cache.CleanUp() }
