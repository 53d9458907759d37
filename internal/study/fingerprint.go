package study

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Method is the version of the method. It changes whenever the same inputs and
// parameters would give other numbers.
const Method = "1"

// fingerprint identifies a study: same fingerprint, same results. It takes in
// the parameters with every default filled in, how each input was read, and the
// SHA-256 of its bytes, but no path and no time. projection is part of it,
// because coordinates differ by metres with and without the OSTN15 grid.
func fingerprint(s *Spec, uses []InputUse, projection string) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "hubreach method %s\n%s\n", Method, projection)
	parameters, err := json.Marshal(s) // maps are written in the order of their keys
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum.Write(parameters)
	for i, in := range s.Inputs {
		how := in
		how.File, how.Address, how.Manifest = "", "", ""
		text, err := json.Marshal(how)
		if err != nil {
			return "", fmt.Errorf("fingerprint: %w", err)
		}
		fmt.Fprintf(sum, "\n%s %s", text, uses[i].SHA256)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
