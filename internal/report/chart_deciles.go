package report

import (
	"fmt"
	"strings"
)

// decileChart is a chart of the share in reach in each decile of deprivation,
// before and after.
type decileChart struct {
	Before, After string // what the two are called
	Rows          []decileRow
}

// decileRow is one decile of it.
type decileRow struct {
	Name          string
	Before, After float64 // 0 to 1
}

const (
	decilesTop   = 40
	decilesPitch = 28
	decilesLeft  = 150
	decilesWide  = chartWidth - decilesLeft - 30
)

func (t decileChart) high() int { return decilesTop + decilesPitch*len(t.Rows) + 26 }

func (t decileChart) draw(p pen) {
	legend(p, 0, 16, map[dot]string{dotToday: "Today: " + t.Before, dotOption: t.After})
	below := decilesTop + decilesPitch*len(t.Rows)
	for _, tick := range []float64{0, 25, 50, 75, 100} {
		x := decilesLeft + decilesWide*tick/100
		p.line(x, decilesTop-8, x, float64(below), inkGrid)
	}
	for i, row := range t.Rows {
		y := float64(decilesTop + decilesPitch*i + decilesPitch/2)
		p.text(decilesLeft-18, int(y)+5, words{size: 14, anchor: "end"}, row.Name)
		from, to := decilesLeft+decilesWide*row.Before, decilesLeft+decilesWide*row.After
		p.line(from, y, to, y, inkLink)
		p.dot(from, y, dotToday)
		p.dot(to, y, dotOption)
	}
	percentAxis(p, decilesLeft, decilesWide, below+20)
}

func (t decileChart) told() string {
	var said []string
	for _, row := range t.Rows {
		said = append(said, fmt.Sprintf("%s %.0f%% before and %.0f%% after", row.Name, 100*row.Before, 100*row.After))
	}
	return "Dots: " + strings.Join(said, ", ") + "."
}
