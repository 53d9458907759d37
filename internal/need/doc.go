// Package need measures the need of each area three ways: as a score and a rank
// (how intense), as a rate, and as a number of people (how much).
//
// # Why scores are averaged on the Indices' own scale
//
// Averaging ranks lets a very good rank in one domain cancel a very bad one in
// another. The Indices of Deprivation avoid that by stretching the deprived end
// before they add domains up; the same transformation is used here, so that a
// score made of one indicator alone gives back that indicator's national rank.
//
// # Why the rank of a mixed score errs to the careful side
//
// England's ranking of the mean of several indicators would need every area of
// England. Without them, the score is given the rank that one indicator with
// that very score has. Few areas are extreme in everything, so fewer than one
// in ten reach the worst tenth this way, and those that do belong there.
package need
