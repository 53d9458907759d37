package draft

import (
	"path"
	"slices"
)

// manifestEntry is what the table of scripts/fetch says of one file.
type manifestEntry struct {
	manifest, edition, publisher, licence, address, attribution string
}

// manifest takes what scripts/fetch wrote on the files of its folder, and tells
// whether an offer is that table.
func (s *sniffer) manifest(o *offer) bool {
	at := map[string]int{}
	for _, name := range []string{"file", "sha256", "edition", "address", "publisher", "licence", "attribution"} {
		if at[name] = slices.Index(o.header, name); at[name] < 0 {
			return false
		}
	}
	if s.manifests == nil {
		s.manifests = map[string]manifestEntry{}
	}
	for _, row := range o.rows {
		s.manifests[path.Join(path.Dir(o.file), row[at["file"]])] = manifestEntry{
			manifest: o.file, edition: row[at["edition"]], publisher: row[at["publisher"]],
			licence: row[at["licence"]], address: row[at["address"]], attribution: row[at["attribution"]],
		}
	}
	o.why = "the manifest of scripts/fetch: edition, publisher and licence of the files are taken from it"
	return true
}
