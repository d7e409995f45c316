package frame

import (
	"slices"
	"strconv"

	"debrief/internal/practice"
)

// HeldBar is part/heldbars: how long a wording lasted until the same was reported again.
type HeldBar struct {
	X, Width string // shares of the picture
	Text     string
}

// perChange is one scar for each version that several failures led to: the one
// that came back, if one did.
func perChange(scars []practice.Scar) (some []practice.Scar) {
	for _, s := range scars {
		at := slices.IndexFunc(some, func(o practice.Scar) bool { return o.Revision == s.Revision })
		switch {
		case at < 0:
			some = append(some, s)
		case some[at].CameBack.IsZero():
			some[at].CameBack = s.CameBack
		}
	}
	return some
}

// HeldBars draws how long each change lasted, on one axis from the first to
// today.
func (f *Frame) HeldBars(scars []practice.Scar) []HeldBar {
	if scars = perChange(scars); len(scars) == 0 {
		return nil
	}
	first := scars[0].At
	whole := max(f.Now.Sub(first).Hours(), 1)
	part := func(hours float64) string {
		return strconv.FormatFloat(min(max(hours/whole*100, 0), 100), 'f', 1, 64) + "%"
	}
	var out []HeldBar
	for _, s := range scars {
		end, bar := f.Now, HeldBar{}
		what := f.Say("procedure.history.version", "n", s.Revision)
		if s.CameBack.IsZero() {
			bar.Text = f.Say("procedure.between.since", "text", what, "day", f.Day(s.At))
		} else {
			end = s.CameBack
			bar.Text = f.Say("procedure.between.line", "text", what, "days", f.Days(s.At, end))
		}
		from := min(s.At.Sub(first).Hours(), whole*0.99) // even a change of today can be seen
		bar.X, bar.Width = part(from), part(max(end.Sub(s.At).Hours(), whole/100))
		out = append(out, bar)
	}
	return out
}
