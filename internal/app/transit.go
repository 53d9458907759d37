package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hubreach/internal/study"
)

// transitCmd says what public transport adds to each option.
type transitCmd struct {
	studyFlags
	JSON bool `name:"json" help:"Print the table as JSON."`
}

// transitDoc is what hubreach transit prints as JSON.
type transitDoc struct {
	Study    string             `json:"study"`
	Print    string             `json:"fingerprint"`
	Minutes  float64            `json:"minutes"`
	Stops    int                `json:"stops"`
	Findings []string           `json:"findings"`
	Notes    []string           `json:"notes"`
	Options  []transitOptionDoc `json:"options"`
}

type transitOptionDoc struct {
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Hubs    int                `json:"open_sites"`
	Windows []transitWindowDoc `json:"windows"`
}

// transitWindowDoc is one window and profile: the mean number of open hubs that a
// resident aged 0-19 reaches, and the share who reach one, on foot alone and
// with public transport.
type transitWindowDoc struct {
	Window    string  `json:"window"`
	Profile   string  `json:"profile"`
	Date      string  `json:"date"`
	Weekday   string  `json:"weekday"`
	From      string  `json:"from"`
	To        string  `json:"to"`
	Trips     int     `json:"trips"`
	FootHubs  float64 `json:"on_foot_mean_hubs"`
	FootShare float64 `json:"on_foot_share_0_19"`
	Hubs      float64 `json:"with_public_transport_mean_hubs"`
	Share     float64 `json:"with_public_transport_share_0_19"`
	RoundTrip float64 `json:"round_trip_share_0_19"`
}

// Run prints, for every option and window, the hubs reached on foot only and with
// public transport.
func (c *transitCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	p := newProgress(s)
	r, err := s.run(ctx, spec, c.env(open, p))
	p.done()
	if err != nil {
		return err
	}
	if r.Transit == nil {
		return fmt.Errorf("%s: public transport: not assessed: the study has no timetable; add an input with role \"timetable\", a GTFS feed", c.Study)
	}
	doc := transitDocOf(r)
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(doc)
	}
	return printTransit(s.out, doc)
}

func transitDocOf(r *study.Results) transitDoc {
	doc := transitDoc{Study: r.Spec.Name, Print: r.Fingerprint, Minutes: r.Spec.Outreach.TransitMinutes, Stops: r.Transit.Stops,
		Findings: append([]string{}, r.Transit.Findings...), Notes: append([]string{}, r.Transit.Notes...), Options: []transitOptionDoc{}}
	for k := range r.Options {
		o := transitOptionDoc{ID: string(r.Options[k].Option.ID), Name: r.Options[k].Option.Name, Hubs: len(r.Options[k].Option.OpenSites()), Windows: []transitWindowDoc{}}
		for _, w := range r.TransitReach(k) {
			o.Windows = append(o.Windows, transitWindowDoc{Window: w.Name, Profile: w.Profile, Date: w.Date.String(), Weekday: w.Date.Weekday().String(),
				From: w.From, To: w.To, Trips: w.Trips, FootHubs: w.OnFoot.Sites, FootShare: w.OnFoot.Share, Hubs: w.Both.Sites, Share: w.Both.Share, RoundTrip: w.RoundTrip})
		}
		doc.Options = append(doc.Options, o)
	}
	return doc
}

// printTransit prints the table as text.
func printTransit(out io.Writer, doc transitDoc) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: hubs that residents aged 0-19 reach within %g minutes, on foot only and with public transport\n", doc.Study, doc.Minutes)
	for _, o := range doc.Options {
		fmt.Fprintf(&b, "\n%s: %s, %d open\n", o.ID, o.Name, o.Hubs)
		fmt.Fprintf(&b, "  %-13s %-10s %-10s %-11s %5s  %18s  %18s  %s\n", "", "", "", "", "", "mean hubs", "reach one", "there")
		fmt.Fprintf(&b, "  %-13s %-10s %-10s %-11s %5s  %8s %9s  %8s %9s  %s\n", "window", "profile", "date", "departures", "trips", "on foot", "with PT", "on foot", "with PT", "and back")
		for _, w := range o.Windows {
			fmt.Fprintf(&b, "  %-13s %-10s %-10s %-11s %5d  %8.2f %9.2f  %7.1f%% %8.1f%%  %7.1f%%\n",
				w.Window, w.Profile, w.Date, w.From+"-"+w.To, w.Trips, w.FootHubs, w.Hubs, 100*w.FootShare, 100*w.Share, 100*w.RoundTrip)
		}
	}
	b.WriteString("\nBy the median over departures by the minute. There and back: to an open hub and home again, with the study's stay between, on that day.\n")
	for _, n := range doc.Notes {
		fmt.Fprintf(&b, "  - %s\n", n)
	}
	if len(doc.Findings) > 0 {
		b.WriteString("Found in the timetable:\n")
	}
	for _, f := range doc.Findings {
		fmt.Fprintf(&b, "  - %s\n", f)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
