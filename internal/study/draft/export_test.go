package draft

// For the tests of the cuts that are made to look at a file's beginning.
var (
	CutFeatures = cutFeatures
	CutBlocks   = cutBlocks
)
