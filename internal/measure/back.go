package measure

import (
	"cmp"
	"slices"
	"time"

	"debrief/internal/practice"
)

// BackWithin is how long after a change is in use the same can be reported again to be
// counted; where three rounds of work take longer, so long.
const BackWithin = 180 * day

// BackCurve is how many have to be followed for a curve to be worth drawing; fewer of
// them stand there as cases.
const BackCurve = 8

// What a case of [Back] is about.
const (
	BackPlace  = "place" // all of one way of failing
	BackStep   = "step"
	BackGuard  = "safeguard"
	BackUnused = "unused" // a place where nothing was said to be in use yet
)

// Part is one kind of the cases of a measure, by itself.
type Part struct {
	What  string
	Share Share
	Curve []Step
}

// back follows each way of failing for which something was changed: how long after the
// change was said to be in use until the same was reported again. What came back before
// that day says nothing of the change, for it was not in use yet. A step or a safeguard
// that was changed once more before anything came back lasted at least until then.
//
// The share has only those whose time is over, what came back as well as what stayed
// quiet: else what comes back soon would count at once, and what stays quiet much later.
func (w *walked) back() Reading {
	r := Reading{Name: Back, From: w.since(365)}
	reports, changes := w.reports(), w.lines()
	early := 0
	for _, e := range w.events {
		all := changes[e]
		if len(all) == 0 {
			continue
		}
		place := w.placeCase(e, all, reports[e], r.From)
		r.Cases = append(r.Cases, place)
		if place.How == BackUnused {
			if place.Took.Over {
				early++
			}
			continue
		}
		for i, c := range all {
			if line, was := w.lineCase(e, all[i:], reports[e], r.From); was && !c.UsedAt.IsZero() {
				r.Cases = append(r.Cases, line)
			}
		}
	}
	for _, what := range []string{BackPlace, BackStep, BackGuard} {
		r.Parts = append(r.Parts, w.partOf(r.Cases, what))
	}
	r.Share, r.Curve = r.Parts[0].Share, r.Parts[0].Curve
	unused := Of(r.Cases, func(c Case) bool { return c.How == BackUnused })
	r.Apart = []Apart{{"unused", unused.K}, {"early", early}}
	r.Apart, r.Rate = append(r.Apart, w.young(r)...), w.rate(r)
	r.Sign = Rule{Least: 8, Well: 0.3, Ill: 0.3, Rare: true}.Sign(r.Share)
	r.Places = w.places(reports, changes)
	return r
}

// within is how long after a change is in use what comes back is counted.
func (w *walked) within() time.Duration {
	return max(BackWithin, 3*day*time.Duration(w.Team.CycleDays))
}

// young counts the ways of failing whose time is not over yet, and those of them that
// came back already.
func (w *walked) young(r Reading) []Apart {
	s := Of(where(r.Cases, func(c Case) bool {
		return c.How == BackPlace && !c.At.Before(r.From) && !c.In
	}), func(c Case) bool { return c.Counts })
	return []Apart{{"young", s.N}, {"soon", s.K}}
}

// rate is how often one came back in a round of work, of those in use for twelve months
// at most: as far as each was followed, and within its time.
func (w *walked) rate(r Reading) (rate Rate) {
	for _, c := range r.Cases {
		if c.How != BackPlace || c.At.Before(r.From) {
			continue
		}
		rate.Cycles += min(c.Took.Long, w.within()).Hours() / 24 / float64(max(1, w.Team.CycleDays))
		if c.Counts {
			rate.Count++
		}
	}
	return rate
}

// placeCase follows a way of failing from the first change of the last twelve months
// that was said to be in use, or from the first of all where none is so recent.
func (w *walked) placeCase(e *event, all []practice.TrailChange, reported []time.Time, from time.Time) Case {
	var used []time.Time
	for _, c := range all {
		if !c.UsedAt.IsZero() {
			used = append(used, c.UsedAt)
		}
	}
	if len(used) == 0 {
		c := e.asCase(all[0].At)
		c.How, c.In, c.Took = BackUnused, false, until(all[0].At.Add(1), w.At, reported)
		return c
	}
	slices.SortFunc(used, time.Time.Compare)
	at := used[0]
	if i := slices.IndexFunc(used, func(t time.Time) bool { return !t.Before(from) }); i >= 0 {
		at = used[i]
	}
	return w.backCase(e.asCase(at), until(at, w.At, reported), from, BackPlace)
}

// lineCase follows one step or safeguard, the first of some changes, until it is changed
// again. It is no case where that was before it was in use.
func (w *walked) lineCase(e *event, all []practice.TrailChange, reported []time.Time, from time.Time) (Case, bool) {
	one, end, how := all[0], w.At, BackStep
	if one.Guard {
		how = BackGuard
	}
	if i := slices.IndexFunc(all[1:], func(c practice.TrailChange) bool { return c.What == one.What }); i >= 0 {
		end = all[i+1].At
	}
	return w.backCase(e.asCase(one.UsedAt), until(one.UsedAt, end, reported), from, how), end.After(one.UsedAt)
}

// backCase says whether something came back in time, and whether it is in the share:
// its time is over, and it was followed until something came back or the time was over.
func (w *walked) backCase(c Case, took Spell, from time.Time, how string) Case {
	c.How, c.Took, c.Counts = how, took, took.Over && took.Long <= w.within()
	c.In = !c.At.Before(from) && !c.At.Add(w.within()).After(w.At) && (c.Counts || took.Long >= w.within())
	return c
}

// partOf is what the cases of one kind come to.
func (w *walked) partOf(cases []Case, what string) Part {
	all := where(cases, func(c Case) bool { return c.How == what })
	var spells []Spell
	for _, c := range all {
		spells = append(spells, c.Took)
	}
	return Part{what, Of(where(all, func(c Case) bool { return c.In }), func(c Case) bool { return c.Counts }), Survival(spells)}
}

// until is how long something lasted from a moment: until the same was reported, or at
// least until its end.
func until(from, end time.Time, reported []time.Time) Spell {
	for _, t := range reported {
		if !t.Before(from) && !t.After(end) {
			return Spell{t.Sub(from), true}
		}
	}
	return Spell{max(end.Sub(from), 0), false}
}

// reports are the times at which each place was reported, by its first event. What a
// review found to have no avoidable gap did not come back: nothing was to prevent it.
func (w *walked) reports() map[*event][]time.Time {
	all := map[*event][]time.Time{}
	for _, e := range w.events {
		if e.root() == e || !e.unavoidable() {
			all[e.root()] = append(all[e.root()], e.RecognisedAt)
		}
	}
	for _, times := range all {
		slices.SortFunc(times, time.Time.Compare)
	}
	return all
}

// unavoidable reports whether the reviews of an event sorted its gaps, and none of them
// as avoidable.
func (e *event) unavoidable() bool {
	sorted := false
	for _, r := range e.reviews {
		if len(r.avoidable()) > 0 {
			return false
		}
		sorted = sorted || slices.ContainsFunc(r.gaps, func(g practice.TrailGap) bool {
			return g.Verdict == practice.Inherent || g.Verdict == practice.Experiment
		})
	}
	return sorted
}

// lines are the steps and safeguards that were changed for each place, the first first.
func (w *walked) lines() map[*event][]practice.TrailChange {
	all := map[*event][]practice.TrailChange{}
	for _, c := range w.Changes {
		if e := w.of[c.Failure]; e != nil {
			all[e.root()] = append(all[e.root()], c)
		}
	}
	for _, some := range all {
		slices.SortFunc(some, func(a, b practice.TrailChange) int {
			return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.What, b.What))
		})
	}
	return all
}

// places are the ways of failing that were reported more than once in the last twelve
// months, those with the latest report first.
func (w *walked) places(reports map[*event][]time.Time, changes map[*event][]practice.TrailChange) []Place {
	var all []Place
	from := w.since(365)
	for _, e := range w.events {
		times := reports[e]
		if e.root() != e || len(times) < 2 || times[len(times)-1].Before(from) {
			continue
		}
		p := Place{Number: e.Number, Title: e.Title, Reported: times}
		for _, c := range changes[e] {
			p.Changed = append(p.Changed, c.At)
		}
		p.Changed = slices.CompactFunc(p.Changed, time.Time.Equal)
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Place) int {
		return b.Reported[len(b.Reported)-1].Compare(a.Reported[len(a.Reported)-1])
	})
	return all
}
