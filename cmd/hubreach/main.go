// Command hubreach plans Family Hub sites; see hubreach --help.
package main

import (
	"os"

	"hubreach/internal/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr)) }
