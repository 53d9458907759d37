package study

import (
	"fmt"
	"slices"
)

// darkSuffix ends the name of a profile after dark.
const darkSuffix = "_dark"

// dark adds the profiles after dark that the study asks for, behind the others.
// A way that does not say whether it is lit is open to them: what is not known is
// not taken for darkness.
func (s *Spec) dark() {
	if len(s.Walk.Dark) == 0 {
		s.Walk.Dark = nil
	}
	for _, name := range s.Walk.Dark {
		i := slices.IndexFunc(s.Walk.Profiles, func(p Profile) bool { return p.Name == name })
		if i < 0 {
			continue // validate says so
		}
		after := s.Walk.Profiles[i]
		after.Name, after.LitOnly = name+darkSuffix, true
		s.Walk.Profiles = append(s.Walk.Profiles, after)
	}
}

// checkDark refuses to darken what is not there.
func (s *Spec) checkDark() error {
	for _, name := range s.Walk.Dark {
		if !slices.ContainsFunc(s.Walk.Profiles, func(p Profile) bool { return p.Name == name }) {
			return fmt.Errorf("walk.dark: profile %q: want the name of a profile of the study, such as %s", name, s.Walk.Profiles[0].Name)
		}
	}
	return nil
}
