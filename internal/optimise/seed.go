package optimise

// seed is that of every random choice, so that answers can be repeated.
const seed = 20
