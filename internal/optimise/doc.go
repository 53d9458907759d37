// Package optimise finds the best set of buildings to keep open under a
// county's rules, and says how far from the best possible any set is.
//
// A [Problem] holds the sites, the people and who of them reaches which site,
// the rules (how many, how many a district, money, kept, closed, one of, needs,
// floors) and a [Model] that says what best means. [Solve] answers it in one of
// three tiers:
//
//   - live: greedy and best single exchanges, for a map that is being clicked on;
//   - certified: random restarts from a fixed seed and a Lagrangian bound, so the
//     answer reads "within x% of the best possible";
//   - proven: the model is handed to an exact solver, and the answer is called
//     proven only when the solver says that it is, what it says agrees with the
//     sums made here, and no better set is known.
//
// Demand with the same cover set is merged first, which loses nothing. Every
// model can be written as an MPS file ([WriteMPS]) and solved again by anyone.
//
// # Why cbc, as a program
//
// The exact solver is COIN-OR's cbc, run as a child process on an MPS file
// (package optimise/cbc). The alternative was HiGHS as WebAssembly. Its file is
// published only inside a package of another language's registry, its exports
// have minified names that change with every release, and no binary of a third
// party is kept in this repository, so it would be one more download to check
// and to explain. cbc is one package of every Linux distribution, is patched
// there, starts in 10 ms, and reads and writes the very files that are handed to
// whoever wants to check an answer. It can be killed without a trace, so an
// answer that takes too long costs nothing but its time limit. The price is a
// program that may be missing: then the proven tier says what to install, and
// the other two work.
//
// This package knows cbc only as a [Solver], a function, so another solver is
// another function.
//
// # Why answers do not depend on the machine
//
// Searches are sequential, their random numbers come from a fixed seed and they
// stop after a number of rounds, never after a time. Of sets that are equally
// good the answer is made canonical: while exchanging an open site for a closed
// one of a lower position changes neither the value nor any rule, it is
// exchanged. A proven answer that was stopped by its time limit is the one
// exception: its value and bound both hold, and it says that it was stopped.
//
// # Why violations come before value in the search
//
// Rules enter the search as one number, the sum of by how much each is broken,
// and sets are compared by that number first and by value second. The usual
// weighted penalty needs a weight that is right for every county; this needs
// none, and a set that breaks a rule can never beat one that breaks none.
package optimise
