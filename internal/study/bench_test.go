package study_test

import (
	"context"
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/study"
)

// The main job without writing its files. Kent and Newport need the real data.
func BenchmarkRun(b *testing.B) {
	for _, name := range []string{"kent.toml", "newport.toml"} {
		b.Run(name, func(b *testing.B) {
			s, open := realdata.Study(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := study.Run(context.Background(), s, study.Env{Open: open, Workers: 2}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Reading, joining and checking alone.
func BenchmarkLoad(b *testing.B) {
	s, open := realdata.Study(b, "kent.toml")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := study.Load(context.Background(), s, study.Env{Open: open, Workers: 2}); err != nil {
			b.Fatal(err)
		}
	}
}
