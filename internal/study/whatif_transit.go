package study

import (
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
)

// onFootOnly is said of a picture with sites that no timetable was searched for.
const onFootOnly = "public transport to the sites that were moved or added was not searched: they count on foot only"

// seen is what the outreach rules look at under a changed option. r has the
// county with its sites as they now are, start the sites of the study. Journeys
// to a site that was moved or added are not known: it counts on foot only.
func (r *Results) seen(a *estate.Assessment, start *Results) (in outreach.Input, notes []string) {
	in = r.outreachInput(a, r.measured)
	if in.Transit == nil {
		return in, nil
	}
	still, moved := make([]bool, len(in.Open)), false
	for i, open := range in.Open {
		stays := i < len(start.County.Sites) && r.County.Sites[i].At == start.County.Sites[i].At
		still[i] = open && stays
		moved = moved || open && !stays
	}
	if !moved {
		return in, nil
	}
	w := &r.Transit.Windows[0]
	var times []weighted
	points := r.County.Points
	for from := 0; from < len(points); {
		times = times[:0]
		to := from
		for ; to < len(points) && points[to].Area == points[from].Area; to++ {
			times = append(times, weighted{min(w.nearest(to, still), a.Millis[to]), points[to].Share})
		}
		in.Transit[points[from].Area] = medianMinutes(times)
		from = to
	}
	return in, []string{onFootOnly}
}
