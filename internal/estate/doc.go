// Package estate holds estate options, the sets of buildings kept open, and
// says what each does: who is covered, who needs the building, who loses, how
// fair it is, and how it scores beside the others.
//
// # Why the anchors of the score are fixed
//
// A score that is stretched between the best and the worst of the options on
// the table moves when a colleague adds an option. Here 0 is an estate with no
// building at all and 1 is a bound that no set of the county's buildings can
// beat, so an option's score depends on that option alone.
package estate
