// Package app wires hubreach together: command line, configuration, progress,
// start and stop. It is the only package that reads flags and the environment,
// and the only one that knows all the others.
package app
