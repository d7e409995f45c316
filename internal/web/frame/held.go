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
		case some[at].Again.IsZero() && (!s.Again.IsZero() || some[at].CameBack.IsZero()):
			some[at].UsedAt, some[at].CameBack, some[at].Again = s.UsedAt, s.CameBack, s.Again
		}
	}
	return some
}

// HeldBars draws how long each change lasted, on one axis from the first to today:
// from the day on which it was said to be in use, as long as nobody said so from the
// change.
func (f *Frame) HeldBars(scars []practice.Scar) []HeldBar {
	if scars = perChange(learnedHere(scars)); len(scars) == 0 {
		return nil
	}
	first := scars[0].At
	whole := max(f.Now.Sub(first).Hours(), 1)
	part := func(hours float64) string {
		return strconv.FormatFloat(min(max(hours/whole*100, 0), 100), 'f', 1, 64) + "%"
	}
	var out []HeldBar
	for _, s := range scars {
		start, end, bar := s.At, f.Now, HeldBar{}
		what := f.Say("procedure.history.version", "n", s.Revision)
		switch {
		case !s.Again.IsZero():
			start, end = s.UsedAt, s.Again
			bar.Text = f.Say("procedure.between.line", "text", what, "days", f.Days(start, end))
		case !s.UsedAt.IsZero():
			start = s.UsedAt
			bar.Text = f.Say("procedure.between.used", "text", what, "day", f.Date(start))
		case s.Early():
			end = s.CameBack
			bar.Text = f.Say("procedure.between.early", "text", what, "day", f.Day(end))
		default:
			bar.Text = f.Say("procedure.between.since", "text", what, "day", f.Day(start))
		}
		from := min(max(start.Sub(first).Hours(), 0), whole*0.99) // even a change of today can be seen
		bar.X, bar.Width = part(from), part(max(end.Sub(start).Hours(), whole/100))
		out = append(out, bar)
	}
	return out
}

// Used is what people who do the work said of what was changed, once somebody asked.
func (f *Frame) Used(u practice.UseCheck) string {
	switch {
	case u.Round == 0:
		return ""
	case !u.Until.IsZero():
		return f.Say("use.record.open")
	case u.Tally.InUse() && !u.DueAt.IsZero():
		return f.Say("use.record.more", "day", u.SaidAt, "due", u.DueAt)
	case u.Tally.InUse():
		return f.Say("use.record.yes", "day", u.SaidAt)
	case u.Tally.Met() > 0:
		return f.Say("use.record.not", "day", u.SaidAt, "due", u.DueAt)
	default:
		return f.Say("use.record.unmet", "due", u.DueAt)
	}
}
