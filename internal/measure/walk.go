package measure

import (
	"cmp"
	"slices"
	"time"

	"debrief/internal/practice"
)

// walked is a trail with its ends tied together: reports of one event are one, and
// those that are the same again are in one place.
type walked struct {
	practice.Trail
	events  []*event // the first first
	of      map[practice.FailureID]*event
	reviews []*review // closed, the first first
	byID    map[practice.ReviewID]*review
}

// event is what happened once, however often it was reported.
type event struct {
	practice.TrailFailure           // its first report
	Significant           bool      // one of its reports was found so
	place                 *event    // the first event of the same kind that people tied, or itself
	reviews               []*review // of it
}

// review is a review with what came of it.
type review struct {
	practice.TrailReview
	event *event
	gaps  []practice.TrailGap
	next  time.Time // when the cycle after its close begins
	kept  bool      // its promise was kept by then
}

const day = 24 * time.Hour

func walk(t practice.Trail) *walked {
	w := &walked{Trail: t, of: map[practice.FailureID]*event{}, byID: map[practice.ReviewID]*review{}}
	w.join()
	for _, tie := range t.Ties {
		if a, b := w.of[tie.A], w.of[tie.B]; a != nil && b != nil {
			w.tie(a.root(), b.root())
		}
	}
	for _, r := range t.Reviews {
		e := w.of[r.Failure]
		if e == nil {
			continue
		}
		one := &review{TrailReview: r, event: e}
		w.byID[r.ID] = one
		e.reviews = append(e.reviews, one)
		if !r.ClosedAt.IsZero() {
			one.next = w.next(r.ClosedAt)
			w.reviews = append(w.reviews, one)
		}
	}
	slices.SortStableFunc(w.reviews, func(a, b *review) int { return a.ClosedAt.Compare(b.ClosedAt) })
	for _, g := range t.Gaps {
		if r := w.byID[g.Review]; r != nil {
			r.gaps = append(r.gaps, g)
		}
	}
	for _, c := range t.Carries {
		if r := w.byID[c.Review]; r != nil && c.State == practice.CarryDone && !c.SettleAt.After(r.next) {
			r.kept = true
		}
	}
	return w
}

// noticed are the events in the order in which people noticed them.
func (w *walked) noticed() []*event {
	events := slices.Clone(w.events)
	slices.SortStableFunc(events, func(a, b *event) int {
		return cmp.Or(a.RecognisedAt.Compare(b.RecognisedAt), cmp.Compare(a.Number, b.Number))
	})
	return events
}

// next is when the first cycle after a moment began, or will begin: as the team's
// cycles were, and before the first of them counted back by their days.
func (w *walked) next(at time.Time) time.Time {
	for i, c := range w.Cycles {
		start := c.StartAt
		for i == 0 && start.AddDate(0, 0, -max(1, w.Team.CycleDays)).After(at) {
			start = start.AddDate(0, 0, -max(1, w.Team.CycleDays))
		}
		switch {
		case start.After(at):
			return start
		case c.EndAt.After(at):
			return c.EndAt
		}
	}
	return w.Team.NextCycle(at)
}

// join makes one event of the reports that people joined.
func (w *walked) join() {
	reports := map[practice.FailureID]practice.TrailFailure{}
	for _, f := range w.Failures {
		reports[f.ID] = f
	}
	first := slices.Clone(w.Failures)
	slices.SortStableFunc(first, func(a, b practice.TrailFailure) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Number, b.Number))
	})
	events := map[practice.FailureID]*event{}
	for _, f := range first {
		id := f.ID
		for range len(reports) { // a ring of them ends, too
			to := reports[id].JoinedTo
			if _, there := reports[to]; !there {
				break
			}
			id = to
		}
		e := events[id]
		if e == nil {
			e = &event{TrailFailure: f}
			e.place = e
			events[id] = e
			w.events = append(w.events, e)
		}
		if f.RecognisedAt.Before(e.RecognisedAt) {
			e.RecognisedAt = f.RecognisedAt
		}
		e.Severe = e.Severe || f.Severe
		e.Significant = e.Significant || f.Triage == practice.TriageSignificant
		w.of[f.ID] = e
	}
}

// root is the first event of a place.
func (e *event) root() *event {
	for e.place != e {
		e = e.place
	}
	return e
}

// tie puts two places together, under the one that was first.
func (w *walked) tie(a, b *event) {
	if b.At.Before(a.At) || b.At.Equal(a.At) && b.Number < a.Number {
		a, b = b, a
	}
	b.place = a
}

// since is midnight so many days before, on the organisation's clock.
func (w *walked) since(days int) time.Time {
	y, m, d := w.At.Date()
	return time.Date(y, m, d-days, 0, 0, 0, 0, w.At.Location())
}

// quarter is the first of so many quarters of a year before this one.
func (w *walked) quarter(before int) time.Time {
	y, m, _ := w.At.Date()
	return time.Date(y, (m-1)/3*3+1-time.Month(3*before), 1, 0, 0, 0, 0, w.At.Location())
}

// quartersBefore is how many quarters before the one that runs a month was, both as they
// are counted where months are: whatever the clock of the organisation says.
func (w *walked) quartersBefore(month time.Time) int {
	count := func(t time.Time) int { return 4*t.Year() + (int(t.Month())-1)/3 }
	return count(w.At.UTC()) - count(month.UTC())
}

// quarters are the last four quarters of a year with the share of what happened in
// each, from this many cases on.
func quarters[T any](w *walked, all []T, at func(T) time.Time, share func([]T) Share, least int) []Slice {
	var slices []Slice
	for before := 3; before >= 0; before-- {
		s := Slice{From: w.quarter(before), To: w.quarter(before - 1)}
		s.Share = share(where(all, func(x T) bool { return !at(x).Before(s.From) && at(x).Before(s.To) }))
		s.Open, s.Few = before == 0, s.Share.N < least
		slices = append(slices, s)
	}
	return slices
}

// changed says what an avoidable gap of a review changed by the next cycle: a step or
// safeguard, one that was there already, or what was promised and then done. Empty is
// nothing, however good the reason was.
func (r *review) changed(g practice.TrailGap) practice.RouteKind {
	switch g.Route {
	case practice.RouteStep, practice.RouteSafeguard, practice.RouteCovered:
		return g.Route
	case practice.RoutePromised:
		if r.kept {
			return g.Route
		}
	}
	return ""
}

// avoidable are the avoidable gaps of a review.
func (r *review) avoidable() []practice.TrailGap {
	return where(r.gaps, func(g practice.TrailGap) bool { return g.Verdict == practice.Avoidable })
}

// ours are the avoidable gaps of a review that the team could change itself: not those it
// handed to somebody who can.
func (r *review) ours() []practice.TrailGap {
	return where(r.avoidable(), func(g practice.TrailGap) bool { return g.Route != practice.RouteReferral })
}

// ripe are the closed reviews whose next cycle has begun, so that what they changed
// is there to be seen.
func (w *walked) ripe() []*review {
	return where(w.reviews, func(r *review) bool { return !r.next.After(w.At) })
}

// case of an event; without a number where there is none to be read.
func (e *event) asCase(at time.Time) Case {
	if e == nil {
		return Case{At: at, In: true}
	}
	return Case{Number: e.Number, Title: e.Title, At: at, In: true}
}
