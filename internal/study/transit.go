package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// TransitTimes says how every site is reached by public transport or on foot.
type TransitTimes struct {
	// Windows are those of the study for the profile that decides who is covered,
	// and then for the pushchair, if the study has that profile too. The first
	// decides. It is empty when no stop of the timetable is near the county.
	Windows []TransitWindow
	// Stops is the number of stops, Findings is what the timetable leaves to be
	// desired, a sentence each.
	Stops    int
	Findings []string
	// Notes say which days were taken and what was not assessed.
	Notes []string

	searched []searched // by profile
	decides  *decided
}

// decided holds the medians of the deciding window once they were asked for.
type decided struct {
	once    sync.Once
	minutes *reach.Matrix
}

// decidingMinutes are the medians of the deciding window, see Minutes; nil when
// public transport was not assessed. Any number of goroutines may call.
func (t *TransitTimes) decidingMinutes() *reach.Matrix {
	if t == nil || len(t.Windows) == 0 {
		return nil
	}
	t.decides.once.Do(func() { t.decides.minutes = t.Windows[0].Minutes() })
	return t.decides.minutes
}

// TransitWindow holds the journeys of one window for one profile.
type TransitWindow struct {
	Window
	Profile string
	Date    source.Date
	// Trips is the number of trips of that date that serve the county.
	Trips    int
	start    []int32
	journeys []Journey
}

// Journey is how a site is reached from a population point over the departures
// of a window. A walk is a journey.
type Journey struct {
	Site int32
	// Median and P90 are milliseconds that half, and nine in ten, of the
	// departures do not exceed; reach.NoWalk when there is no journey within the
	// limit for too many of them.
	Median, P90 uint32
	// Reached counts the departures with a journey within the limit, Rides the
	// different journeys with a ride that are best for one of them.
	Reached, Rides uint16
	// LastHome is the last moment of the day at which one can leave the site and
	// be home by a ride, and sooner than on foot, within the limit;
	// transit.NoTime when there is none. It may be past 24 hours, up to three in
	// the morning.
	LastHome transit.Millis
	// RoundTrip is set when one can leave home within the window, stay as long as
	// the study says, leave the site by the time that it says, and be home within
	// the limit.
	RoundTrip bool
}

// PerHour returns the journeys with a ride that are best for some departure, by
// the hour of the window.
func (w *TransitWindow) PerHour(j Journey) float64 { return float64(j.Rides) / w.Hours() }

// Journey returns how a site is reached from point p, false when it is not
// within the limit at any departure.
func (w *TransitWindow) Journey(p, site int) (Journey, bool) {
	js := w.At(p)
	i, ok := slices.BinarySearchFunc(js, int32(site), func(j Journey, site int32) int { return int(j.Site - site) })
	if !ok {
		return Journey{}, false
	}
	return js[i], true
}

// At returns the journeys from point p, by ascending site: all that are possible
// at one departure at least. The slice belongs to w.
func (w *TransitWindow) At(p int) []Journey { return w.journeys[w.start[p]:w.start[p+1]] }

// Len returns the number of journeys held.
func (w *TransitWindow) Len() int { return len(w.journeys) }

// Minutes returns the medians as a matrix, without those that are not within
// the limit.
func (w *TransitWindow) Minutes() *reach.Matrix {
	var sites [][]reach.Time
	for p := range len(w.start) - 1 {
		for _, j := range w.At(p) {
			for len(sites) <= int(j.Site) {
				sites = append(sites, nil)
			}
			if j.Median != reach.NoWalk {
				sites[j.Site] = append(sites[j.Site], reach.Time{Point: int32(p), Millis: j.Median})
			}
		}
	}
	return reach.NewMatrix(len(w.start)-1, sites)
}

// pushchair is the profile that is looked at beside the first.
const pushchair = "pushchair"

// measureTransit finds the journeys from every population point to every site,
// for every window of the study. m is what walks are measured by, and w what it
// has measured. It returns nil for a study without a timetable.
func measureTransit(ctx context.Context, r *Results, l *loaded, m walker, w *walks, env Env) (*TransitTimes, error) {
	if len(l.timetables) == 0 {
		return nil, nil
	}
	t := &traveller{r: r, env: env, walker: m, walks: w, spec: r.Spec.Transit}
	t.join(l)
	out := &TransitTimes{decides: &decided{}, Stops: len(t.timetable.Stops()), Findings: t.timetable.Findings()}
	r.Checks = append(r.Checks, timetableCheck(l.timetables, out))
	if out.Stops == 0 {
		out.Notes = []string{"public transport: not assessed: no stop of the timetable is in or near the county"}
		r.NotAssessed = append(r.NotAssessed, out.Notes...)
		return out, nil
	}
	windows, err := t.windows()
	if err != nil {
		return nil, err
	}
	for number, p := range r.Spec.Walk.Profiles {
		if number > 0 && p.Name != pushchair {
			continue
		}
		found, with, err := t.profile(ctx, number, windows)
		if err != nil {
			return nil, fmt.Errorf("public transport, %s: %w", p.Name, err)
		}
		out.Windows, out.searched = append(out.Windows, found...), append(out.searched, with)
	}
	if t.refused > 0 {
		out.Findings = append(out.Findings, fmt.Sprintf("stops that cannot be joined to the streets, nobody walks to them: %d", t.refused))
	}
	out.Notes = t.notes(out)
	r.NotAssessed = append(r.NotAssessed, "public transport: "+t.fares())
	return out, nil
}

// timetableCheck says whether the timetable can be relied on. What is wrong with
// it is listed and fails the check only when a tenth of its calls are lost, or
// no stop is left.
func timetableCheck(feeds []county.Table[source.Timetable], t *TransitTimes) county.Check {
	read, used := 0, 0
	for _, f := range feeds {
		read += f.Data.Read
		used += f.Data.Used
	}
	const most = 0.1 // of the calls
	return county.Check{Title: "The timetable can be used, and serves the county", Ran: true,
		Passed: t.Stops > 0 && float64(read-used) <= most*float64(read),
		Detail: fmt.Sprintf("%d of %d calls can be used; %d stops in the county and around it; found%s", used, read, t.Stops, orNone(t.Findings))}
}

// traveller measures journeys.
type traveller struct {
	r         *Results
	env       Env
	walker    walker
	walks     *walks
	spec      Transit
	timetable *transit.Timetable
	refused   int // stops that cannot be joined to the streets
}

// join puts the feeds together and accounts for them.
func (t *traveller) join(l *loaded) {
	var feeds []source.Timetable
	for _, f := range l.timetables {
		feeds = append(feeds, f.Data)
		l.use(f.Name, f.Data.Read, f.Data.Used, f.Data.Read-f.Data.Used)
	}
	t.timetable = transit.Join(feeds, l.projection, t.r.County.Bound().Pad(t.spec.MarginKm*1000))
	l.later = slices.DeleteFunc(l.later, func(role string) bool { return role == "timetable" })
}

// dated is a window with its date.
type dated struct {
	Window
	span  transit.Window
	date  source.Date
	trips int
}

// windows finds the date of every window.
func (t *traveller) windows() ([]dated, error) {
	var out []dated
	for _, w := range t.spec.Windows {
		span, err := w.span()
		if err != nil {
			return nil, err // a study file that was parsed has none
		}
		d := dated{Window: w, span: span}
		if day, ok := w.weekday(); ok {
			d.date, d.trips, _ = t.timetable.Busiest(day)
		} else if d.date, err = source.ParseDate(w.Day); err != nil {
			return nil, err
		} else {
			d.trips = t.timetable.Trips(d.date)
		}
		out = append(out, d)
	}
	return out, nil
}

// profile measures all windows for one way of walking, and returns what it
// measured them with.
func (t *traveller) profile(ctx context.Context, number int, windows []dated) ([]TransitWindow, searched, error) {
	legs, with, err := t.legs(ctx, number)
	if err != nil {
		return nil, searched{}, err
	}
	p := t.r.Spec.Walk.Profiles[number]
	params := transit.Params{Limit: length(t.spec.LimitMinutes), Change: length(t.spec.ChangeMinutes)}
	if p.Wheels {
		params.Boarding = length(t.spec.BoardingMinutes)
	}
	round := &round{legs: legs, windows: windows, networks: map[source.Date]*transit.Network{}, onFoot: t.walks.sites[number]}
	for _, w := range windows {
		if round.networks[w.date] == nil {
			if round.networks[w.date], err = t.timetable.Build(w.date, legs.between, params); err != nil {
				return nil, searched{}, err
			}
		}
	}
	leaveBy, err := clockTime(t.spec.LeaveBy)
	if err != nil {
		return nil, searched{}, err
	}
	round.stay, round.leaveBy, round.limit = transit.MillisOf(length(t.spec.StayMinutes)), leaveBy, transit.MillisOf(params.Limit)
	sites := make([][][]pointJourney, len(t.r.County.Sites)) // by site and window
	stage := fmt.Sprintf("public transport to %d sites, %s", len(sites), p.Name)
	err = share(ctx, t.env, stage, len(sites), func() func(int) error {
		v := round.visitor()
		return func(site int) error {
			sites[site] = v.visit(site)
			return nil
		}
	})
	if err != nil {
		return nil, searched{}, err
	}
	out := make([]TransitWindow, len(windows))
	for k, w := range windows {
		out[k] = TransitWindow{Window: w.Window, Profile: p.Name, Date: w.date, Trips: w.trips}
		out[k].collect(len(t.r.County.Points), sites, k)
	}
	with.round = round
	return out, with, nil
}

// pointJourney is a journey from a point to the site that is being looked at.
type pointJourney struct {
	point int32
	Journey
}

// collect turns the journeys of each site round: from one list a site to one
// list a point.
func (w *TransitWindow) collect(points int, sites [][][]pointJourney, k int) {
	w.start = make([]int32, points+1)
	for _, site := range sites {
		for _, j := range site[k] {
			w.start[j.point+1]++
		}
	}
	for p := range points {
		w.start[p+1] += w.start[p]
	}
	w.journeys = make([]Journey, w.start[points])
	next := slices.Clone(w.start)
	for _, site := range sites {
		for _, j := range site[k] {
			w.journeys[next[j.point]] = j.Journey
			next[j.point]++
		}
	}
}

// notes says what was done, for the results.
func (t *traveller) notes(out *TransitTimes) []string {
	var notes []string
	for _, w := range out.Windows[:len(t.spec.Windows)] {
		if w.Trips == 0 {
			notes = append(notes, fmt.Sprintf("public transport, %s: nothing runs, so journeys are walks", w.Name))
			continue
		}
		notes = append(notes, fmt.Sprintf("public transport, %s: departures by the minute from %s to %s on %s %s, on which %d trips run; the median of them",
			w.Name, w.From, w.To, w.Date.Weekday(), w.Date, w.Trips))
	}
	if t.r.Walk.Approximate() {
		notes = append(notes, fmt.Sprintf("public transport: approximate: walks to stops are straight lines x %.2f", t.r.Spec.Walk.DetourFactor))
	}
	return append(notes, "public transport: "+t.fares())
}

// fares says what is known of prices. A feed gives them by line and zone, for a
// ride, an hour or a day; what a journey would cost is not told from them.
func (t *traveller) fares() string {
	fares := t.timetable.Fares()
	if len(fares) == 0 {
		return "fares not assessed: the timetable has none"
	}
	byPrice := func(a, b source.Fare) int { return cmp.Compare(a.Price, b.Price) }
	least, most := slices.MinFunc(fares, byPrice), slices.MaxFunc(fares, byPrice)
	return fmt.Sprintf("fares: the timetable gives %d, from %s to %s; what a journey costs is not assessed", len(fares), price(least), price(most))
}

// price writes a fare as "2.50 GBP".
func price(f source.Fare) string {
	return strings.TrimSpace(fmt.Sprintf("%.2f %s", f.Price, f.Currency))
}
