package study

import (
	"fmt"

	"github.com/pelletier/go-toml/v2"
)

// OptionsTOML returns documents as [[option]] blocks of a study file, to put at
// its end. ParseSpec reads them back exactly.
func OptionsTOML(docs []OptionDocument) ([]byte, error) {
	var blocks struct {
		Options []Option `toml:"option"`
	}
	for _, d := range docs {
		if err := d.Validate(); err != nil {
			return nil, err
		}
		o := d.option()
		if len(o.Sites) == 0 && o.BasedOn == "" {
			return nil, fmt.Errorf("option %s: %w: no site is open: an option keeps at least one", d.ID, ErrBadDocument)
		}
		blocks.Options = append(blocks.Options, o)
	}
	return toml.Marshal(blocks)
}
