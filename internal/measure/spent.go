package measure

import (
	"time"

	"debrief/internal/practice"
)

// Heavy is from which share of what a team works on reviews take much of it, and from
// how many reviews on that is said.
const (
	Heavy      = 0.05
	HeavyLeast = 6
)

// mostSitting is what a room takes at most: one that somebody forgot to close took no longer.
const mostSitting = practice.LongestBox + practice.Extension

// What is counted beside [Spent].
const (
	SpentReviews  = "reviews"   // that closed
	SpentWritten  = "written"   // of them, without a room: how long that took nobody knows
	SpentMinutes  = "minutes"   // of people in rooms
	SpentWorked   = "worked"    // hours of the team; left out where nobody said how many one works
	SpentSteps    = "steps"     // changed
	SpentGuards   = "elsewhere" // changed elsewhere
	SpentLimits   = "limits"    // named
	SpentFindings = "findings"  // kept
	SpentUsed     = "used"      // changes said to be in use
	SpentHeld     = "held"      // of them, whose failure was not reported again since
)

// spent counts what the reviews of 90 days took, and beside it what came of reviews in
// the same days. That one made the other it does not say.
func (w *walked) spent() Reading {
	r := Reading{Name: Spent, From: w.since(90), Sign: Few}
	closed, written, took := 0, 0, time.Duration(0)
	for _, x := range w.reviews {
		switch {
		case x.ClosedAt.Before(r.From):
			continue
		case x.MetAt.IsZero():
			written++
		default:
			took += time.Duration(x.People) * min(x.ClosedAt.Sub(x.MetAt), time.Duration(max(1, x.Sittings))*mostSitting)
		}
		closed++
	}
	r.Apart = []Apart{{SpentReviews, closed}, {SpentWritten, written}, {SpentMinutes, int(took.Minutes())}}
	if worked := w.People * w.Team.WorkHours * 90 / 7; worked > 0 {
		r.Apart = append(r.Apart, Apart{SpentWorked, worked})
		if closed >= HeavyLeast {
			r.Sign = Unclear
			if took.Hours() > Heavy*float64(worked) {
				r.Sign = Decaying
			}
		}
	}
	r.Apart = append(r.Apart, w.gave(r.From)...)
	return r
}

// gave counts what came of reviews since a moment.
func (w *walked) gave(from time.Time) []Apart {
	since := func(t time.Time) bool { return !t.Before(from) }
	steps := Of(w.Changes, func(c practice.TrailChange) bool { return !c.Guard && since(c.At) })
	guards := Of(w.Changes, func(c practice.TrailChange) bool { return c.Guard && since(c.At) })
	used := where(w.Changes, func(c practice.TrailChange) bool {
		return w.of[c.Failure] != nil && !c.UsedAt.IsZero() && since(c.UsedAt)
	})
	reports := w.reports()
	held := Of(used, func(c practice.TrailChange) bool {
		return !until(c.UsedAt, w.At, reports[w.of[c.Failure].root()]).Over
	})
	return []Apart{{SpentSteps, steps.K}, {SpentGuards, guards.K}, {SpentLimits, Of(w.Limits, since).K}, {SpentFindings, Of(w.Findings, since).K},
		{SpentUsed, len(used)}, {SpentHeld, held.K}}
}

// Beside is what a reading counted beside its share, by its name, and whether it did.
func (r Reading) Beside(what string) (int, bool) {
	for _, a := range r.Apart {
		if a.What == what {
			return a.N, true
		}
	}
	return 0, false
}
