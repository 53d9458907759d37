package study_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

func mustRobust(t testing.TB, r *study.Results, p study.RobustnessParams, workers int) *study.Robustness {
	t.Helper()
	out, err := r.Robustness(context.Background(), p, study.Env{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// declared are parameters that draw nothing but what the study declares.
func declared(r *study.Results) study.RobustnessParams {
	speed, minutes := r.Spec.Walk.Profiles[0].SpeedKmh, r.Spec.Walk.Minutes
	return study.RobustnessParams{Draws: 3, Seed: 1, SpeedKmh: [2]float64{speed, speed}, Minutes: [2]float64{minutes, minutes},
		Normalisations: []estate.Normalisation{estate.Exponential}, Methods: []string{estate.ByPoints}, OutreachDraws: 3}
}

// With nothing uncertain, every draw is the study: the same scores, ranks,
// required sites and outreach categories.
func TestRobustnessOfTheDeclaredStudy(t *testing.T) {
	for seed := range uint64(6) {
		r := mustGrid(t, seed, 6, 8)
		out := mustRobust(t, r, declared(r), 2)
		for k, o := range out.Options {
			own := r.Options[k]
			const tolerance = 1e-9 // sums over points in another order
			if math.Abs(o.Score-own.Score.Score) > tolerance || math.Abs(o.ScoreHi-o.ScoreLo) > tolerance {
				t.Errorf("seed %d, option %s: score %v, from %v to %v; want %v throughout", seed, o.Option, o.Score, o.ScoreLo, o.ScoreHi, own.Score.Score)
			}
			if own.Score.Rank == 1 && math.Abs(o.First()-1) > tolerance || math.Abs(o.CoveredShare.Mean-own.CoveredShare()) > tolerance {
				t.Errorf("seed %d, option %s: %+v, want rank %d and %v covered", seed, o.Option, o, own.Score.Rank, own.CoveredShare())
			}
			for i, share := range o.Required {
				if (share > 0.5) != own.Required[i] {
					t.Errorf("seed %d, option %s: site %d required in %v of the draws, want %v", seed, o.Option, i, share, own.Required[i])
				}
			}
			for i, same := range o.Same {
				if same != 1 {
					t.Errorf("seed %d, option %s: area %d has its own categories in %v of the draws, want all", seed, o.Option, i, same)
				}
			}
		}
		for _, m := range out.Moves {
			if len(m.Up)+len(m.Down) > 0 && m.Threshold != "need_decile" {
				t.Errorf("seed %d: a threshold moved by nothing changes areas: %+v", seed, m)
			}
		}
	}
}

// The same seed gives the same answer at any number of workers, another seed
// another, and shares add up to one.
func TestRobustnessIsDeterministic(t *testing.T) {
	r := mustGrid(t, 3, 6, 8)
	p := study.DefaultRobustness(r.Spec)
	p.Draws, p.OutreachDraws = 60, 10
	one, four := mustRobust(t, r, p, 1), mustRobust(t, r, p, 4)
	if diff := cmp.Diff(one, four, bits); diff != "" {
		t.Errorf("one worker and four (-one +four):\n%s", diff)
	}
	p.Seed++
	if other := mustRobust(t, r, p, 1); cmp.Equal(one.Options, other.Options, bits) {
		t.Error("another seed gave the same answer")
	}
	first := 0.0
	for a, o := range one.Options {
		first += o.First()
		for b := range one.Options {
			if sum := one.Wins[a][b] + one.Wins[b][a]; math.Abs(sum-1) > 1e-9 {
				t.Errorf("options %d and %d beat each other in %v of the draws, want 1", a, b, sum)
			}
		}
		if !(o.ScoreLo <= o.Score && o.Score <= o.ScoreHi) || !(o.CoveredShare.Lo < o.CoveredShare.Hi) || o.RegretMax < o.RegretMean {
			t.Errorf("option %s: %+v: want a spread, and the mean within it", o.Option, o)
		}
	}
	if math.Abs(first-1) > 1e-9 {
		t.Errorf("the options come first in %v of the draws together, want 1", first)
	}
	for i, share := range one.InBest {
		if share > 1+1e-9 || share < 0 {
			t.Errorf("site %d is in the best option in %v of the draws", i, share)
		}
	}
}

// A threshold that is moved is the same threshold written in the study file.
func TestThresholdMovesAreRuns(t *testing.T) {
	files := grid(4, 6, 8)
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	p := declared(r)
	p.ThresholdMove = 0.1
	found := 0
	for _, m := range mustRobust(t, r, p, 1).Moves {
		var spec string
		switch m.Threshold {
		case "minutes":
			spec = "[walk]\nminutes = 22\n"
		case "need_decile":
			spec = "[outreach]\nneed_decile = 4\n"
		case "youth_share":
			spec = "[outreach]\nyouth_share = 0.22\n"
		default:
			continue
		}
		if m.Option != 1 {
			continue
		}
		found++
		again := map[string]string{}
		for name, text := range files {
			again[name] = text
		}
		again["study.toml"] += spec + thresholdsOf(m.Threshold, r)
		other, err := runSmall(again)
		if err != nil {
			t.Fatal(err)
		}
		var want []int
		for i := range other.Options[1].Outreach.Areas {
			if !cmp.Equal(other.Options[1].Outreach.Areas[i].Categories, r.Options[1].Outreach.Areas[i].Categories) {
				want = append(want, i)
			}
		}
		if !cmp.Equal(m.Up, want) {
			t.Errorf("%s up to %v: areas %v change, want those of a run: %v", m.Threshold, m.UpTo, m.Up, want)
		}
	}
	if found != 3 {
		t.Errorf("%d of the three thresholds were moved", found)
	}
}

// thresholdsOf keeps B and U where they are, which more minutes would move.
func thresholdsOf(name string, r *study.Results) string {
	head := ""
	if name == "minutes" {
		head = "[outreach]\n"
	}
	return head + "building_threshold = " + number(r.Thresholds.BuildingThreshold) + "\noutreach_threshold = " + number(r.Thresholds.OutreachThreshold) + "\n"
}

func TestRobustnessRefuses(t *testing.T) {
	r := mustGrid(t, 1, 4, 3)
	for _, tt := range []struct {
		name   string
		change func(p *study.RobustnessParams)
	}{
		{"no draws", func(p *study.RobustnessParams) { p.Draws = 0 }},
		{"speed 0", func(p *study.RobustnessParams) { p.SpeedKmh = [2]float64{0, 5} }},
		{"speeds turned round", func(p *study.RobustnessParams) { p.SpeedKmh = [2]float64{5, 4} }},
		{"endless minutes", func(p *study.RobustnessParams) { p.Minutes[1] = math.Inf(1) }},
		{"no method", func(p *study.RobustnessParams) { p.Methods = nil }},
		{"an unknown method", func(p *study.RobustnessParams) { p.Methods = []string{"guess"} }},
		{"an unknown normalisation", func(p *study.RobustnessParams) { p.Normalisations = []estate.Normalisation{"guess"} }},
		{"a spread over one", func(p *study.RobustnessParams) { p.BuildingSpread = 1.5 }},
		{"a negative concentration", func(p *study.RobustnessParams) { p.NeedWeights.Dirichlet = -1 }},
	} {
		p := study.DefaultRobustness(r.Spec)
		tt.change(&p)
		if _, err := r.Robustness(context.Background(), p, study.Env{}); !errors.Is(err, study.ErrBadRobustness) {
			t.Errorf("%s: %v, want %v", tt.name, err, study.ErrBadRobustness)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Robustness(ctx, study.DefaultRobustness(r.Spec), study.Env{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v, want %v", err, context.Canceled)
	}
}

// On real Kent the two test sites are required in most of the draws (V7):
// Seashells in nearly all, Millmead in four of five. A thousand draws take
// seconds: see BenchmarkRobustness.
func TestRobustnessKent(t *testing.T) {
	r := kent(t)
	p := study.DefaultRobustness(r.Spec)
	p.Draws, p.OutreachDraws, p.ThresholdMove = 150, 2, 0
	out := mustRobust(t, r, p, 2)
	for _, o := range out.Options {
		t.Logf("%-16s first %.3f ranks %.3f score %.3f (%.3f to %.3f) regret %.4f max %.4f covered %.3f (%.3f to %.3f)", o.Option, o.First(), o.Rank, o.Score, o.ScoreLo, o.ScoreHi, o.RegretMean, o.RegretMax, o.CoveredShare.Mean, o.CoveredShare.Lo, o.CoveredShare.Hi)
	}
	for i, s := range r.County.Sites {
		if s.Name == "Millmead Children's Centre" || s.Name == "Seashells Children's Centre" {
			if share := out.Options[r.Baseline].Required[i]; share < 0.7 {
				t.Errorf("%s is required in %.2f of the draws, want seven in ten or more", s.Name, share)
			} else {
				t.Logf("%s is required in %.3f of the draws", s.Name, share)
			}
		}
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func BenchmarkRobustness(b *testing.B) {
	r := kent(b)
	for _, outreach := range []int{0, 100} {
		b.Run(fmt.Sprintf("draws=1000/outreach=%d", outreach), func(b *testing.B) {
			p := study.DefaultRobustness(r.Spec)
			p.OutreachDraws = outreach
			for b.Loop() {
				mustRobust(b, r, p, 2)
			}
		})
	}
}
