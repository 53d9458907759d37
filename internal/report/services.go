package report

import (
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// deliveryRow is one service of one service option in one estate option.
type deliveryRow struct {
	r       *study.Results
	c       *estate.Combination
	service *estate.Delivery
}

// servicesTable is services.csv: for every service option, estate option and
// service that is delivered, whether it can be, and where and why it cannot; beside
// it the whole combination's staff and staffing cost. It has no rows in a study
// without a table of services. deliverable is yes, no, or empty where it hangs on
// sites that do not say what rooms they have.
func servicesTable(r *study.Results) table[deliveryRow] {
	return table[deliveryRow]{
		name: "services", about: "What each service option can deliver in each estate option, service by service",
		rows: func(yield func(deliveryRow) bool) {
			all := r.Combinations()
			for i := range all {
				for k := range all[i].Deliveries {
					if !yield(deliveryRow{r, &all[i], &all[i].Deliveries[k]}) {
						return
					}
				}
			}
		},
		columns: []column[deliveryRow]{
			{"service_option_id", sqlText, func(d deliveryRow) value { return text(d.r.Services[d.c.Service].ID) }},
			{"service_option", sqlText, func(d deliveryRow) value { return text(d.r.Services[d.c.Service].Name) }},
			{"option_id", sqlText, func(d deliveryRow) value { return text(d.r.Options[d.c.Estate].Option.ID) }},
			{"service", sqlText, func(d deliveryRow) value { return text(d.service.Service) }},
			{"needs", sqlText, func(d deliveryRow) value { return text(d.service.Needs) }},
			{"deliverable", sqlText, func(d deliveryRow) value { return text(d.service.Deliverable.String()) }},
			{"districts_without", sqlText, func(d deliveryRow) value { return joined(d.service.Lacking) }},
			{"districts_not_known", sqlText, func(d deliveryRow) value { return joined(d.service.Unsure) }},
			{"reason", sqlText, deliveryReason},
			{"all_deliverable", sqlText, func(d deliveryRow) value { return text(d.c.Deliverable.String()) }},
			{"open_sites", sqlWhole, func(d deliveryRow) value { return count(d.c.OpenSites) }},
			{"staff_fte", sqlReal, func(d deliveryRow) value { return people(d.c.FTE).when(d.c.FTEKnown) }},
			{"staffing_gbp", sqlReal, func(d deliveryRow) value { return pounds(d.c.Staffing).when(d.c.StaffKnown) }},
			{"staffing_change_gbp", sqlReal, func(d deliveryRow) value { return pounds(d.c.Change).when(d.c.ChangeKnown) }},
			{"open_hours", sqlReal, func(d deliveryRow) value { return people(d.c.Hours).when(d.c.HoursKnown) }},
		},
	}
}

// deliveryReason says why a service cannot be delivered, or is not known to be.
func deliveryReason(d deliveryRow) value {
	names := func(codes []county.DistrictCode) string {
		var parts []string
		for _, c := range codes {
			parts = append(parts, d.r.County.DistrictName(c))
		}
		return strings.Join(parts, ", ")
	}
	switch {
	case len(d.service.Lacking) > 0:
		return text("no open site with what it needs in " + names(d.service.Lacking))
	case len(d.service.Unsure) > 0:
		return text("no open site says that it has what it needs in " + names(d.service.Unsure))
	}
	return value{}
}

// combinationPart is one service option in one estate option, in summary.json.
type combinationPart struct {
	Service     string          `json:"service_option"`
	Option      estate.OptionID `json:"option"`
	Deliverable value           `json:"all_deliverable"` // null: not known
	Refuted     []string        `json:"not_deliverable"`
	FTE         value           `json:"staff_fte"`
	Staffing    value           `json:"staffing_gbp"`
	Change      value           `json:"staffing_change_gbp"`
	Words       string          `json:"words"`
}

func combinationParts(r *study.Results) []combinationPart {
	parts := []combinationPart{}
	for _, c := range r.Combinations() {
		p := combinationPart{Service: r.Services[c.Service].ID, Option: r.Options[c.Estate].Option.ID, Refuted: []string{}, Words: c.Words,
			FTE: people(c.FTE).when(c.FTEKnown), Staffing: pounds(c.Staffing).when(c.StaffKnown), Change: pounds(c.Change).when(c.ChangeKnown),
			Deliverable: flag(c.Deliverable == county.Yes).when(c.Deliverable != county.NotStated)}
		for _, d := range c.Deliveries {
			if d.Deliverable == county.No {
				p.Refuted = append(p.Refuted, d.Service)
			}
		}
		parts = append(parts, p)
	}
	return parts
}
