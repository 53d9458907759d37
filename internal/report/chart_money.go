package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// money is a chart of options by what they cost a year and whom they reach, the
// cheapest first.
type money []priced

// priced is an option as a point of it.
type priced struct {
	ID, Name      string
	Cost, Reached float64 // pounds a year; people in need within the walk
	cost, reached value   // the same, as summary.json has them
	Form          dot
}

const (
	moneyTop  = 60
	moneyLeft = 84
	moneyWide = chartWidth - moneyLeft - 50
	moneyHigh = 260 // of the part between the axes
)

func (m money) high() int { return moneyTop + moneyHigh + 50 }

// best are the options that none beats: none that costs no more reaches as many.
func (m money) best() money {
	var kept money
	for _, o := range m {
		switch last := len(kept) - 1; {
		case last >= 0 && kept[last].Reached >= o.Reached:
			continue
		case last >= 0 && kept[last].Cost == o.Cost: // the same money, and more for it
			kept = kept[:last]
		}
		kept = append(kept, o)
	}
	return kept
}

// beating are the options that reach as many as one of them or more for no more
// money.
func (m money) beating(one priced) money {
	var better money
	for _, o := range m {
		if o.Cost <= one.Cost && o.Reached >= one.Reached && (o.Cost < one.Cost || o.Reached > one.Reached) {
			better = append(better, o)
		}
	}
	return better
}

func (m money) ids() []string {
	var ids []string
	for _, o := range m {
		ids = append(ids, o.ID)
	}
	return ids
}

func (m money) draw(p pen) {
	names := map[dot]string{}
	cost, reached := 0.0, 0.0
	for _, o := range m {
		cost, reached = max(cost, o.Cost), max(reached, o.Reached)
		names[o.Form] = [...]string{dotOther: "Other options", dotToday: "Today: " + o.ID, dotOption: "Best score: " + o.ID}[o.Form]
	}
	legend(p, 0, 16, names)
	f := plane{axisTo(cost, 6), axisTo(reached, 5)}
	f.axes(p)
	m.dots(p, f)
}

// dots draws the options, their names, and the most that any of them reaches for
// the money, as a stair through those that none beats.
func (m money) dots(p pen, f plane) {
	line := m.best()
	for i := 1; i < len(line); i++ {
		x0, y0 := f.at(line[i-1].Cost, line[i-1].Reached)
		x1, y1 := f.at(line[i].Cost, line[i].Reached)
		p.line(x0, y0, x1, y0, inkLink)
		p.line(x1, y0, x1, y1, inkLink)
	}
	var taken []box
	for _, o := range m {
		x, y := f.at(o.Cost, o.Reached)
		p.dot(x, y, o.Form)
		taken = append(taken, box{int(x) - 9, int(y) - 9, int(x) + 9, int(y) + 9})
	}
	for _, o := range m {
		x, y := f.at(o.Cost, o.Reached)
		below := len(m.beating(o)) > 0 // away from the line
		taken = append(taken, m.name(p, o.ID, int(x), int(y), below, taken))
	}
}

// name writes the id of an option at its dot, where nothing else is if there is
// such a place, above or below if it can be, and returns the room that it takes.
func (m money) name(p pen, id string, x, y int, below bool, taken []box) box {
	const size = 14
	id = id[:fitting(id, size, 120)]
	places := around(x, y, widthOfText(id, size), size+2)
	if below {
		slices.SortStableFunc(places[1:], func(a, b candidate) int { return cmp.Compare(b.box.y0, a.box.y0) })
	}
	room := places[1].box
	for _, c := range places {
		if (box{0, 0, chartWidth, m.high()}).holds(c.box) && !slices.ContainsFunc(taken, c.box.overlaps) {
			room = c.box
			break
		}
	}
	p.text((room.x0+room.x1)/2, room.y1-3, words{size: size, weight: "bold", anchor: "middle"}, id)
	return room
}

// plane is what lies between two axes.
type plane struct{ across, up axis }

// at is where two values meet.
func (f plane) at(across, up float64) (x, y float64) {
	return moneyLeft + moneyWide*across/f.across.end, moneyTop + moneyHigh*(1-up/f.up.end)
}

// axes draws the axes and says what they are of.
func (f plane) axes(p pen) {
	number := words{size: 13, anchor: "end"}
	for _, v := range f.up.marks() {
		_, y := f.at(0, v)
		p.line(moneyLeft, y, moneyLeft+moneyWide, y, inkGrid)
		p.text(moneyLeft-10, int(y)+5, number, thousands(v))
	}
	number.anchor = "middle"
	for _, v := range f.across.marks() {
		x, _ := f.at(v, 0)
		p.text(int(x), moneyTop+moneyHigh+20, number, poundsInShort(v))
	}
	p.text(moneyLeft+moneyWide/2, moneyTop+moneyHigh+42, words{size: 14, anchor: "middle"}, "Cost a year")
	p.text(0, moneyTop-16, words{size: 14}, "In need, in reach")
}

// axis runs from 0 to its end, a mark at each step.
type axis struct{ end, step float64 }

// axisTo returns an axis to the greatest value or a little beyond, with about so
// many steps of 1, 2 or 5 times a power of ten.
func axisTo(greatest float64, steps int) axis {
	if !(greatest > 0) {
		return axis{1, 1}
	}
	rough := greatest / float64(steps)
	step := math.Pow(10, math.Ceil(math.Log10(rough)))
	for _, part := range []float64{5, 2} {
		if rough <= step/part {
			step /= part
			break
		}
	}
	return axis{math.Ceil(greatest/step) * step, step}
}

// marks are the values at which it has a mark.
func (a axis) marks() []float64 {
	var all []float64
	for v := 0.0; v < a.end+a.step/2; v += a.step {
		all = append(all, v)
	}
	return all
}

// poundsInShort is a round number of pounds for an axis: £500, £20k, £1.5m.
func poundsInShort(v float64) string {
	switch {
	case v >= 1e6:
		return fmt.Sprintf("£%gm", v/1e6)
	case v >= 1e3:
		return fmt.Sprintf("£%gk", v/1e3)
	}
	return fmt.Sprintf("£%g", v)
}

func (m money) told() string {
	var said []string
	for _, o := range m {
		said = append(said, fmt.Sprintf("%s £%s and %s in need in reach", o.Name, thousands(o.Cost), thousands(o.Reached)))
	}
	return "Points: " + strings.Join(said, ", ") + "."
}
