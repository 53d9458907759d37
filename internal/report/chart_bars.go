package report

import (
	"fmt"
	"strings"
)

// bars is a chart of shares from 0 to 100%, each with its name above and its
// number at its end.
type bars []bar

// bar is a share with its name.
type bar struct {
	Name  string
	Share float64 // 0 to 1
	Text  string
}

const (
	barHigh  = 22
	barPitch = 46
	barMost  = chartWidth - 90 // how long 100% is
)

func (b bars) high() int { return barPitch*len(b) + 26 }

func (b bars) draw(p pen) {
	for i, one := range b {
		y := barPitch * i
		p.text(0, y+16, words{size: 15}, one.Name)
		p.box(0, float64(y+21), barMost, barHigh, inkTrack)
		p.box(0, float64(y+21), one.Share*barMost, barHigh, inkBar)
		p.text(barMost+8, y+38, words{size: 15, weight: "bold"}, one.Text)
	}
	percentAxis(p, 0, barMost, barPitch*len(b)+20)
}

// percentAxis writes 0% to 100% below a chart, from x, so many pixels long.
func percentAxis(p pen, x, long, y int) {
	for _, tick := range []int{0, 25, 50, 75, 100} {
		anchor := "middle"
		if x == 0 && tick == 0 {
			anchor = "start"
		}
		p.text(x+long*tick/100, y, words{size: 13, anchor: anchor}, fmt.Sprintf("%d%%", tick))
	}
}

func (b bars) told() string {
	var said []string
	for _, one := range b {
		said = append(said, one.Name+" "+one.Text)
	}
	return "Bars: " + strings.Join(said, ", ") + "."
}
