package county_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

// Whatever stands in the cells of the tables of text, Build gives a county or
// says which row is at fault; a cost is a number of pounds, a class is known.
func FuzzTextCells(f *testing.F) {
	for _, s := range []string{"", "1,200", "£85 000.50", "-1", "NaN", "1e400", "0x1p9", "yes", "UN1", "D1", "U", "X", "Margate BUASD", "Ashford (Ashford) BUA", " (", "J99999999", "A1", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cell := strings.ReplaceAll(s, "|", "")
		in := tables(row(2)...)
		site := spot("s", 0.5, 0.5)
		site.Attributes = map[string]string{"youth_space": s}
		in.Sites = []county.Table[source.Places]{places("sites", site)}
		in.RuralUrban = []county.Table[source.Codes]{codes("ruc", "A1|"+cell, cell+"|UN1")}
		in.SettlementCodes = []county.Table[source.Codes]{codes("bua", "A1|T|"+cell+"|"+cell+"|"+cell)}
		in.Districts = []county.Table[source.Codes]{codes("districts", "A1|D1|"+cell, cell+"|D2|"+cell)}
		in.Lookup = []county.Table[source.Codes]{codes("lookup", "O1|A1|"+cell+"|", cell+"|A2|U|")}
		in.Costs = []county.Table[source.Codes]{codes("costs", "s|"+cell+"|1|"+cell+"|")}
		c, err := county.Build(in, county.Params{})
		if err != nil {
			var fault *source.RowError
			if !errors.As(err, &fault) || fault.File == "" {
				t.Fatalf("%q: %v, want a *source.RowError that names its file", s, err)
			}
			return
		}
		cost := c.Sites[0].Cost
		for _, v := range []county.Value{cost.Running, cost.Backlog} {
			if !(v.Number >= 0) || math.IsInf(v.Number, 0) || v.Known() != (cost.Running.Known()) {
				t.Fatalf("%q: cost %+v", s, cost)
			}
		}
		for _, a := range c.Areas {
			if (a.RuralUrban == "") != (a.RuralUrbanFrom == county.Unknown) || (a.Settlement == "") != (a.SettlementFrom == county.Unknown) {
				t.Fatalf("%q: %s has class %q from %q, settlement %q from %q", s, a.Code, a.RuralUrban, a.RuralUrbanFrom, a.Settlement, a.SettlementFrom)
			}
		}
	})
}
