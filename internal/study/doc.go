// Package study is the one service: it takes a study file and its inputs, runs
// the pipeline, and holds the answer for whoever asks.
//
// A study is inputs, parameters and results. The same inputs and parameters
// give the same results to the last bit, at any number of goroutines: work is
// shared out by site, and each worker writes to its own place.
package study
