package geo

import (
	"sync"

	"github.com/twpayne/go-proj/v11"
)

// pool lends PROJ transformations to one goroutine at a time: PROJ's contexts
// must not be shared, and making one takes 100 times as long as a point.
//
// What was once made is kept for the life of the process, as many as were ever
// in use at once. Rejected: leaving them to the garbage collector. The binding
// frees a context and its transformation in any order, and freeing a
// transformation reads its context; a program that dropped projections crashed.
type pool struct {
	mu   sync.Mutex
	idle map[string][]*proj.PJ // by definition
	kept []*proj.Context
}

// transformations is the only state of the package: a cache that no result
// depends on.
var transformations = pool{idle: map[string][]*proj.PJ{}}

// take returns a transformation that no other goroutine uses.
func (p *pool) take(definition string) (*proj.PJ, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if idle := p.idle[definition]; len(idle) > 0 {
		pj := idle[len(idle)-1]
		p.idle[definition] = idle[:len(idle)-1]
		return pj, nil
	}
	ctx := proj.NewContext()
	pj, err := ctx.New(definition)
	if err == nil {
		p.kept = append(p.kept, ctx)
	}
	return pj, err
}

// give takes a transformation back.
func (p *pool) give(definition string, pj *proj.PJ) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle[definition] = append(p.idle[definition], pj)
}
