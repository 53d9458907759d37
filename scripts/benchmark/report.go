package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"hubreach/scripts/benchmark/scale"
)

// report is what a run of the bench found.
type report struct {
	command   string
	date      string // YYYY-MM-DD
	machine   string
	from      string // newport or sample
	sizes     []sized
	floor     samples // of the largest size, as the rest below
	tasks     *tasks
	us        *ours
	rows      []*asked
	peers     []*peer
	agreed    []agreement
	given     int // nodes that the peers were given, and arcs
	givenArcs int
	areas     float64  // Valhalla's outline of thirty minutes over ours; 0: not compared
	skipped   []string // peers that were not asked, and why
	short     string   // why the run stopped early; empty when it did not
}

// sized is what is measured at every size.
type sized struct {
	loaded
	search samples
	nodes  float64
	rss    int64 // of the process, the graph and a search loaded
}

func (r *report) last() *sized { return &r.sizes[len(r.sizes)-1] }

// write prints the report as Markdown.
func (r *report) write(w io.Writer) error {
	last := r.last()
	columns, rows := last.county.Size()
	place := "Newport (Wales)"
	if r.from == "sample" {
		place = "the sample county"
	}
	rep := last.report
	fmt.Fprintf(w, "# The walk engine, measured\n\n`%s`, %s\n\n%s.\n\n", r.command, r.date, r.machine)
	fmt.Fprintf(w, "Streets: %s laid out %d x %d times (%s): %s street vertices, which are %s nodes and %s edges once bends are contracted.\n",
		place, columns, rows, last.size, count(rep.Vertices), count(rep.Nodes), count(rep.Edges))
	fmt.Fprintf(w, "Walks of 20 minutes at 4.8 km/h, towards the place; %s nodes within reach on average. Medians; ratios are of processor time.\n", figure(last.nodes))
	if r.short != "" {
		fmt.Fprintf(w, "\n**Stopped early**: %s.\n", r.short)
	}
	for _, part := range []func(io.Writer) error{r.writePeers, r.writeOurs, r.writeSizes} {
		if err := part(w); err != nil {
			return err
		}
	}
	return nil
}

func (r *report) writePeers(w io.Writer) error {
	fmt.Fprintf(w, "\n## Beside its peers\n\n")
	if len(r.rows) > 0 {
		t := table{columns: []string{"engine", "asked for", "ms an origin", "CPU ms", "times ours", "wanted", "calls", "load s", "memory MB"}}
		last := r.last()
		t.add("**hubreach**", "nodes within 20 minutes, one origin", millis(r.us.searches.wall()), millis(r.us.searches.cpu()), "1", "", count(len(r.us.searches)),
			seconds(last.parse.wall+last.build.wall), figure(float64(last.graphBytes)/1e6))
		t.add("**hubreach**", "outline of 20 minutes", millis(r.us.outline.wall()), millis(r.us.outline.cpu()), "1", "", count(len(r.us.outline)), "", "")
		t.add("**hubreach**", "outlines of 5 to 30 minutes, six at once", millis(r.us.outlines.wall()), millis(r.us.outlines.cpu()), "1", "", count(len(r.us.outlines)), "", "")
		for _, a := range r.rows {
			t.add(r.row(a)...)
		}
		if err := t.write(w); err != nil {
			return err
		}
		fmt.Fprintf(w, "\nThe peers but Valhalla were given %s nodes and %s arcs.", count(r.given), count(r.givenArcs))
		fmt.Fprintf(w, " Ours is measured with the peers, turn by turn, so it finds the caches as they leave them. Everyone has answered once before. Load is from the extract for us and"+
			" Valhalla (tiles written to disk), from ready-made arcs for the others; memory is the graph for us, the whole process for the others.\n")
		r.writeAgreed(w)
		r.writeWins(w)
	}
	for _, s := range r.skipped {
		fmt.Fprintf(w, "\nSkipped: %s.\n", s)
	}
	if len(r.rows)+len(r.skipped) == 0 {
		fmt.Fprintf(w, "No peer was asked.\n")
	}
	return nil
}

func (r *report) row(a *asked) []string {
	name := a.peer.name + " " + a.peer.version
	wanted := ""
	if w := a.wanted(); w > 0 && r.judged() {
		wanted = count(w)
	}
	if len(a.took) == 0 {
		return []string{name, a.mode, "-", "-", "-", wanted, "0", seconds(a.peer.load), figure(float64(a.peer.rss) / 1e6)}
	}
	return []string{name, a.mode, millis(a.took.wall()), millis(a.took.cpu()), figure(r.ratio(a)), wanted, count(len(a.took)), seconds(a.peer.load), figure(float64(a.peer.rss) / 1e6)}
}

// ratio returns how many times longer than we the peer takes for an origin, on
// the processor where both say so: what else the machine does in the meantime
// makes a long call longer and passes a short one by.
func (r *report) ratio(a *asked) float64 {
	us := a.ours(r.us)
	if theirs, mine := a.took.cpu(), us.cpu(); theirs > 0 && mine > 0 {
		return float64(theirs) / float64(mine)
	}
	return float64(a.took.wall()) / float64(max(1, us.wall()))
}

func (r *report) writeAgreed(w io.Writer) {
	fmt.Fprintf(w, "\nDo the answers agree?\n\n")
	for _, a := range r.agreed {
		fmt.Fprintf(w, "- %s: %v\n", a.peer, a)
	}
	if r.areas > 0 {
		fmt.Fprintf(w, "- %s: its 30-minute outline has %s times the area of ours (median; access rules and cells of its own)\n", valhalla, figure(r.areas))
	}
	for _, a := range r.rows {
		if a.fault != "" {
			fmt.Fprintf(w, "- %s, %s: gave up: %s\n", a.peer.name, a.mode, a.fault)
		}
	}
}

// writeWins says where a peer is ahead.
func (r *report) writeWins(w io.Writer) {
	var wins []string
	last := r.last()
	for _, a := range r.rows {
		if len(a.took) > 0 && r.ratio(a) < 1 {
			wins = append(wins, fmt.Sprintf("%s is faster at %q (%s of our time)", a.peer.name, a.mode, figure(r.ratio(a))))
		}
	}
	for _, p := range r.peers {
		if p.load < last.parse.wall+last.build.wall {
			wins = append(wins, fmt.Sprintf("%s is ready sooner (%s s against %s s)", p.name, seconds(p.load), seconds(last.parse.wall+last.build.wall)))
		}
		if p.rss > 0 && p.rss < last.graphBytes {
			wins = append(wins, fmt.Sprintf("%s takes less memory (%s MB against %s MB)", p.name, figure(float64(p.rss)/1e6), figure(float64(last.graphBytes)/1e6)))
		}
	}
	if len(wins) == 0 {
		wins = []string{"nowhere in this table"}
	}
	fmt.Fprintf(w, "\nWhere a peer wins: %s.\n", strings.Join(wins, "; "))
}

// byCPU says that a target is met but for what else the machine does.
const byCPU = "by CPU, not on the wall of a busy machine"

func (r *report) writeOurs(w io.Writer) error {
	if r.tasks == nil {
		return nil
	}
	fmt.Fprintf(w, "\n## hubreach alone\n\n")
	last, k := r.last(), r.tasks
	t := table{columns: []string{"what", "wall", "CPU", "target", "met"}}
	one := func(what string, s samples, target time.Duration) {
		if target == 0 {
			t.add(what, millis(s.wall())+" ms", millis(s.cpu())+" ms", "", "")
			return
		}
		t.add(what, millis(s.wall())+" ms", millis(s.cpu())+" ms", "CPU at most "+millis(target)+" ms", yes(s.cpu() <= target, r.judged()))
	}
	all := func(what string, s sample, target time.Duration) {
		aim, met := "", ""
		if target > 0 {
			aim, met = "at most "+seconds(target)+" s", yes(s.wall <= target, r.judged())
			if met == "no" && s.cpu/time.Duration(k.workers) <= target {
				met = byCPU
			}
		}
		t.add(what, seconds(s.wall)+" s", seconds(s.cpu)+" s", aim, met)
	}
	one("one search", last.search, 60*time.Microsecond)
	one(fmt.Sprintf("search and the minutes of every door (%s of %s in reach)", figure(k.found), count(k.doors)), k.times, 150*time.Microsecond)
	one("search and six outlines", k.warm, 1200*time.Microsecond)
	one("search and six outlines, ground never looked at before", k.cold, 0)
	all(fmt.Sprintf("%d hubs x %d profiles: minutes and six outlines, %d workers", min(kentHubs, k.doors), k.profiles, k.workers), k.again, 600*time.Millisecond)
	all("the same, ground never looked at before", k.hubs, 600*time.Millisecond)
	all(fmt.Sprintf("%s doors as origins: minutes of every door, %d workers", count(k.origins), k.workers), k.all, 8*time.Second)
	all(fmt.Sprintf("linking %s doors to the streets", count(k.doors)), k.link, 0)
	both := last.parse.wall + last.build.wall
	perSecond := float64(last.vertices()) / both.Seconds()
	cpu := last.parse.cpu + last.build.cpu
	met := yes(perSecond >= 1e6, r.judged())
	if met == "no" && float64(last.vertices())/cpu.Seconds()*float64(k.workers) >= 1e6 {
		met = byCPU
	}
	t.add(fmt.Sprintf("reading (%s MB) and building", figure(float64(last.bytes)/1e6)), seconds(both)+" s", seconds(cpu)+" s",
		count(int(perSecond))+" vertices a second; at least 1,000,000", met)
	t.add(fmt.Sprintf("loading the graph that was kept (%s MB)", figure(float64(last.keptBytes)/1e6)), seconds(last.kept.wall)+" s", seconds(last.kept.cpu)+" s", "", "")
	per := float64(last.graphBytes) / float64(last.vertices())
	t.add("memory of the graph", figure(per)+" bytes a street vertex", "", "at most 100", yes(per <= 100, true))
	if err := t.write(w); err != nil {
		return err
	}
	return r.writeFloors(w)
}

// writeFloors says how far from the least that the machine can do we are.
func (r *report) writeFloors(w io.Writer) error {
	last, k := r.last(), r.tasks
	fmt.Fprintf(w, "\nHow far from the physical limit:\n\n")
	t := table{columns: []string{"what", "the least there is to do", "ms of CPU", "ours is times that"}}
	add := func(what, least string, floor, ours time.Duration) {
		if floor > 0 && ours > 0 {
			t.add(what, least, millis(floor), figure(float64(ours)/float64(floor)))
		}
	}
	look := "to look once at every arc of every node reached, in the right order, without a queue"
	add("one search", look, r.floor.cpu(), last.search.cpu())
	add("search and the minutes of every door", "the same", r.floor.cpu(), k.times.cpu())
	add("every door as an origin", "the same, for each", r.floor.cpu()*time.Duration(k.origins), k.all.cpu)
	add("search and six outlines", "the same for a search of 30 minutes (2.25 times the ground), and to read a word for each cell of 10 m of it",
		r.floor.cpu()*9/4+k.cells.cpu(), k.warm.cpu())
	return t.write(w)
}

// yes says whether a target is met; those of time are set for the streets of
// Newport laid out to the size of Kent.
func yes(met, applies bool) string {
	switch {
	case !applies:
		return "(set for Kent)"
	case met:
		return "yes"
	}
	return "no"
}

func (r *report) judged() bool { return r.last().size == "kent" && r.from == "newport" }

func (r *report) writeSizes(w io.Writer) error {
	fmt.Fprintf(w, "\n## From town to country\n\n")
	t := table{columns: []string{"size", "street vertices", "nodes", "read s", "build s", "load kept s", "peak MB", "graph MB",
		"bytes a vertex", "process MB", "reached", "search CPU ms", "ns a node"}}
	for i := range r.sizes {
		s := &r.sizes[i]
		t.add(s.size, count(s.vertices()), count(s.report.Nodes), seconds(s.parse.wall), seconds(s.build.wall), seconds(s.kept.wall),
			figure(float64(s.most)/1e6), figure(float64(s.graphBytes)/1e6), figure(float64(s.graphBytes)/float64(s.vertices())),
			figure(float64(s.rss)/1e6), figure(s.nodes), millis(s.search.cpu()), figure(float64(s.search.cpu())/max(1, s.nodes)))
	}
	if err := t.write(w); err != nil {
		return err
	}
	if last := r.last(); last.size == "england" && len(r.sizes) > 1 {
		county := &r.sizes[len(r.sizes)-2]
		ratio := float64(last.search.cpu()) / float64(max(1, county.search.cpu()))
		fmt.Fprintf(w, "\nFrom %s to %s a search takes %s times as long; the target is within 1.5: %s.\n", county.size, last.size, figure(ratio), yes(ratio <= 1.5, true))
		fmt.Fprintf(w, "\nThe graph of %s that was kept is loaded in %s s, of which %s s on the processor; the target is 5 s: %s.\n",
			last.size, seconds(last.kept.wall), seconds(last.kept.cpu), yes(last.kept.wall <= 5*time.Second, true))
	}
	return nil
}

// sorted puts the ways of asking in the order of the peers, and single origins
// first.
func sorted(rows []*asked, order []string) []*asked {
	slices.SortStableFunc(rows, func(a, b *asked) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.peer.name), slices.Index(order, b.peer.name)),
			cmp.Compare(a.group, b.group), cmp.Compare(len(a.mode), len(b.mode)))
	})
	return rows
}

// doorsFor returns how many doors a county of that many street vertices has, at
// the density of Kent.
func doorsFor(nodes int) int {
	return max(kentHubs, int(float64(nodes)/scale.KentNodes*kentPostcodes))
}
