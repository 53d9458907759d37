package village_test

import (
	"testing"

	"hubreach/internal/village"
)

func TestSmoke(t *testing.T) {
	v := village.MustParse(`
		A---B---C
		|   ~
		D   E
	`)
	t.Log(v.Places(), v.At('B'))
	for _, w := range v.Streets().Ways {
		t.Log(w)
	}
	for _, w := range v.Streets().Barriers {
		t.Log(w)
	}
}

func TestRandomSmoke(t *testing.T) {
	for seed := range uint64(2000) {
		village.Random(seed, int(seed%40), int(seed/40))
	}
	t.Logf("\n%s", village.Random(7, 40, 20))
}
