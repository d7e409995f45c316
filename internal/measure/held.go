package measure

import (
	"slices"
	"time"

	"debrief/internal/practice"
)

// FewUses is of how many changes people have to have answered in half a year before it
// is told how many are in use: of fewer one could tell what somebody said.
const FewUses = 5

// used counts of the changes that those who do the work were asked about those that are
// in use. As with what is tapped, only stretches of time are told that are over and had
// enough in them, and no case.
func (w *walked) used() Reading {
	r := Reading{Name: Used}
	for before := 4; before > 0; before-- {
		s := Slice{From: w.half(before), To: w.half(before - 1)}
		said := where(w.Uses, func(u practice.TrailUse) bool { return !u.SaidAt.Before(s.From) && u.SaidAt.Before(s.To) })
		s.Few = len(said) < FewUses
		if !s.Few {
			s.Share = Of(said, func(u practice.TrailUse) bool { return u.InUse })
			r.Before, r.Share, r.From = r.Share, s.Share, s.From
		}
		r.Slices = append(r.Slices, s)
	}
	r.Sign, r.Trend = Rule{Least: FewUses, Well: 0.5, Ill: 0.5}.Sign(r.Share), r.Share.Since(r.Before)
	return r
}

// half is the first of so many half years before this one, in UTC: what was said is kept
// by its day there, and none may come into one that was shown.
func (w *walked) half(before int) time.Time {
	y, m, _ := w.At.UTC().Date()
	return time.Date(y, (m-1)/6*6+1-time.Month(6*before), 1, 0, 0, 0, 0, time.UTC)
}

// What became of what was tried.
const (
	TriedBack = "back"
	TriedKept = "kept"
	TriedOpen = "open" // nobody decided yet
)

// undone counts of what was tried after one failure, and whose term came in half a year,
// that which was put back. What another change replaced before is in neither.
func (w *walked) undone() Reading {
	r := Reading{Name: Undone, From: w.since(HollowDays)}
	for _, t := range w.Trials {
		e, back := w.of[t.Failure], !t.EndAt.IsZero() && !t.Kept && !t.Replaced
		at := t.Until
		if back {
			at = t.EndAt
		}
		if e == nil || t.Until.IsZero() || at.Before(r.From) || at.After(w.At) || (t.Kept || t.Replaced) && t.EndAt.Before(t.Until) {
			continue
		}
		c := e.asCase(at)
		switch c.Counts = back; {
		case back:
			c.How = TriedBack
		case t.Kept:
			c.How = TriedKept
		default:
			c.How = TriedOpen
		}
		r.Cases = append(r.Cases, c)
	}
	slices.SortStableFunc(r.Cases, func(a, b Case) int { return a.At.Compare(b.At) })
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	r.Sign = Rule{Least: UndoneLeast, Ill: 0.4, Rare: true}.Sign(r.Share)
	return r
}

// UndoneLeast is of how many trials it is said what they are a sign of; that none of so
// many was put back asks whether anybody looks.
const UndoneLeast = 12
