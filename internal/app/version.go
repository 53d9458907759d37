package app

import (
	"fmt"
	"runtime/debug"

	"hubreach/internal/study"
)

// versionCmd says which program this is.
type versionCmd struct{}

// Run prints the version of the program and of the method.
func (versionCmd) Run(s std) error {
	_, err := fmt.Fprintln(s.out, versions())
	return err
}

// versions are those of the program and of the method, in words.
func versions() string { return fmt.Sprintf("hubreach %s, method %s", version(), study.Method) }

// version is that of the program, as the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}
