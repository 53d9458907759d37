package cache

// Trim is trim.
func (d Dir) Trim(most int64, keep string) { d.trim(most, keep) }
