package estate

// Required marks the open sites that are needed where they are: without the
// site, and with every other open site kept, at least threshold people in need
// aged 0-19 would have no site within the limit. Exactly threshold counts.
// Sites that are not open are never marked.
func Required(in Input, a *Assessment, threshold float64) []bool {
	required := make([]bool, len(a.Sites))
	for i, s := range a.Sites {
		required[i] = a.Option.Status[i].Open() && s.OnlyHereInNeed >= threshold && threshold > 0
	}
	return required
}
