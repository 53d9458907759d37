package tile

import (
	"fmt"

	"hubreach/internal/study"
)

// layer describes a layer of vector tiles.
type layer struct {
	name   string
	about  string
	from   uint8 // least zoom
	fields []field
}

// field is an attribute of a layer's features.
type field struct{ name, about string }

// drawing is a set before it is cut into tiles.
type drawing struct {
	layers []layer
	words  *dictionary // of the features' attributes
	// figures draws the features at a zoom, those of one layer together.
	figures func(zoom uint8) []figure
}

// drawings returns the sets of a study, in the order of the choices.
func drawings(r *study.Results, g *ground) [allSets]drawing {
	return [allSets]drawing{areasOf(r, g), catchmentsOf(r, g), sitesOf(r, g), outreachOf(r, g), streetsOf(r, g)}
}

// perOption returns a field for each option, its name ending in the option's id.
func perOption(r *study.Results, name, about string) []field {
	var out []field
	for _, o := range r.Options {
		out = append(out, field{ofOption(name, o), fmt.Sprintf("%s, under option %s", about, o.Option.ID)})
	}
	return out
}

// ofOption is the name of an attribute that each option has its own of.
func ofOption(name string, o study.OptionResult) string { return name + "_" + string(o.Option.ID) }
