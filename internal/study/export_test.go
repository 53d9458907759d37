package study

import "hubreach/internal/optimise"

func ProblemOf(r *Results, q OptimiseRequest) (*optimise.Problem, []int, error) {
	return q.withDefaults(r).problem(r)
}
