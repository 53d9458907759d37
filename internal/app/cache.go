package app

import (
	"os"
	"path/filepath"
)

// cacheFlags say where built street graphs are kept from run to run.
type cacheFlags struct {
	Cache   string `help:"Folder that keeps built street graphs, so that the same streets are built once; it may be deleted at any time. Default: hubreach in the user's cache folder." placeholder:"DIR"`
	NoCache bool   `help:"Build the street graph anew, and keep none."`
}

// graphs returns the folder of street graphs, empty when none are to be kept:
// also where the user has no cache folder.
func (f cacheFlags) graphs() string {
	if f.NoCache {
		return ""
	}
	if f.Cache != "" {
		return f.Cache
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "hubreach", "graphs")
}
