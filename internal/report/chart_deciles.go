package report

import (
	"fmt"
	"strings"
)

// decileChart is a chart of the share in reach in each tenth of England's areas by
// deprivation, before and after.
type decileChart struct {
	Before, After string // what the two are called
	Rows          []tenth
}

// tenth is one of them.
type tenth struct {
	Name          string
	Before, After float64 // 0 to 1
}

const (
	tenthsTop   = 40
	tenthsPitch = 28
	tenthsLeft  = 150
	tenthsWide  = chartWidth - tenthsLeft - 30
)

func (t decileChart) high() int { return tenthsTop + tenthsPitch*len(t.Rows) + 26 }

func (t decileChart) draw(p pen) {
	legend(p, 0, 16, map[dot]string{dotToday: "Today: " + t.Before, dotOption: t.After})
	below := tenthsTop + tenthsPitch*len(t.Rows)
	for _, tick := range []float64{0, 25, 50, 75, 100} {
		x := tenthsLeft + tenthsWide*tick/100
		p.line(x, tenthsTop-8, x, float64(below), inkGrid)
	}
	for i, row := range t.Rows {
		y := float64(tenthsTop + tenthsPitch*i + tenthsPitch/2)
		p.text(tenthsLeft-18, int(y)+5, words{size: 14, anchor: "end"}, row.Name)
		from, to := tenthsLeft+tenthsWide*row.Before, tenthsLeft+tenthsWide*row.After
		p.line(from, y, to, y, inkLink)
		p.dot(from, y, dotToday)
		p.dot(to, y, dotOption)
	}
	percentAxis(p, tenthsLeft, tenthsWide, below+20)
}

func (t decileChart) told() string {
	var said []string
	for _, row := range t.Rows {
		said = append(said, fmt.Sprintf("%s %.0f%% before and %.0f%% after", row.Name, 100*row.Before, 100*row.After))
	}
	return "Dots: " + strings.Join(said, ", ") + "."
}
