package measure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
)

// change counts of the last twenty avoidable gaps whose next cycle has begun those
// that changed something until then.
func (w *walked) change() Reading {
	r := Reading{Name: Change}
	for _, one := range w.ripe() {
		for _, g := range one.ours() {
			c := one.event.asCase(one.ClosedAt)
			c.How, c.Counts = string(g.Route), one.changed(g) != ""
			r.Cases = append(r.Cases, c)
		}
	}
	r.Cases = latest(r.Cases, 20)
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	r.Sign = Rule{Least: 8, Well: 0.5, Ill: 0.5}.Sign(r.Share)
	r.Apart = []Apart{{"covered", Of(r.Cases, func(c Case) bool { return c.How == string(practice.RouteCovered) }).K}}
	return r
}

// mix counts what the changes of half a year do: it is no share of anything, and neither
// part of it is a sign by itself.
func (w *walked) mix() Reading {
	r := Reading{Name: Mix, From: w.since(HollowDays), Sign: Few}
	for _, s := range append(practice.Strengths(), "") {
		r.Apart = append(r.Apart, Apart{What: cmp.Or(string(s), "unsaid")})
	}
	for _, one := range w.reviews {
		for _, g := range one.gaps {
			if one.ClosedAt.Before(r.From) || g.Route != practice.RouteStep && g.Route != practice.RouteSafeguard {
				continue
			}
			c := one.event.asCase(one.ClosedAt)
			c.How, c.Counts = cmp.Or(string(g.Strength), "unsaid"), true
			at := slices.IndexFunc(r.Apart, func(a Apart) bool { return a.What == c.How })
			r.Apart[at].N++
			r.Cases = append(r.Cases, c)
			r.Share.N++
			r.Sign = Unclear
		}
	}
	return r
}

// The rule by which a practice is hollow: of the last ten reviews with an avoidable
// gap, four at least, it is this probable that more than half change nothing.
const (
	HollowLast  = 10
	HollowDays  = 180
	HollowLeast = 4
	HollowSure  = 0.80
)

// hollowShown is how many reviews stand in the picture.
const hollowShown = 24

// hollow counts of the last ten reviews with an avoidable gap whose next cycle has
// begun those that changed nothing until then. One that changed nothing and handed such a
// gap to somebody who can change it is neither.
func (w *walked) hollow() Reading {
	r := Reading{Name: Hollow, From: w.since(HollowDays)}
	var reviews []*review
	for _, one := range w.ripe() {
		gaps := one.avoidable()
		if len(gaps) == 0 {
			continue
		}
		c := one.event.asCase(one.ClosedAt)
		c.Counts = Of(gaps, func(g practice.TrailGap) bool { return one.changed(g) != "" }).K == 0
		if c.Counts && len(one.ours()) < len(gaps) {
			continue
		}
		r.Cases, reviews = append(r.Cases, c), append(reviews, one)
	}
	r.Cases, reviews = latest(r.Cases, hollowShown), latest(reviews, hollowShown)
	for i := range r.Cases {
		r.Cases[i].How = w.sides(reviews[i])
		r.Cases[i].In = i >= len(r.Cases)-HollowLast && !r.Cases[i].At.Before(r.From)
	}
	in := where(r.Cases, func(c Case) bool { return c.In })
	r.Share = Of(in, func(c Case) bool { return c.Counts })
	for _, side := range []string{SideQuick, SideSame} {
		r.Apart = append(r.Apart, Apart{side, Of(in, func(c Case) bool { return strings.Contains(c.How, side) }).K})
	}
	r.Sure, r.Sign = r.Share.Above(0.5), HollowSign(r.Share)
	return r
}

// HollowSign is what a share of reviews that changed nothing means.
func HollowSign(s Share) Sign {
	switch {
	case s.N < HollowLeast:
		return Few
	case mostHollow(s, HollowSure):
		return Decaying
	case 1-s.Above(0.25) >= HollowSure:
		return Healthy
	}
	return Unclear
}

// mostHollow reports whether it is as probable as said that more than half change
// nothing, where there are enough to say so.
func mostHollow(s Share, sure float64) bool { return s.N >= HollowLeast && s.Above(0.5) >= sure }

// Alarmed reports whether the alarm stands at a share, where it stood before or not. It
// rises with [HollowSign], and stands until as many reviews changed something as did
// not: a team that is told once is not told again because of one review.
func Alarmed(stood bool, s Share) bool { return alarmed(stood, s, HollowSure) }

func alarmed(stood bool, s Share, sure float64) bool {
	return mostHollow(s, sure) || stood && s.N >= HollowLeast && 2*s.K > s.N
}

// single counts of what was changed in half a year that which rests on one failure. A case
// stands with the last of those that it rests on.
func (w *walked) single() Reading {
	r := Reading{Name: Single, From: w.since(HollowDays)}
	rests := map[string]map[*event]bool{}
	last := map[string]practice.TrailChange{}
	var whats []string
	for _, c := range w.Changes {
		if rests[c.What] == nil {
			rests[c.What] = map[*event]bool{}
			whats = append(whats, c.What)
		}
		rests[c.What][w.of[c.Failure]] = true
		if !c.At.Before(last[c.What].At) {
			last[c.What] = c
		}
	}
	for _, what := range whats {
		change := last[what]
		if change.At.Before(r.From) {
			continue
		}
		c := w.of[change.Failure].asCase(change.At)
		c.Counts, c.How = len(rests[what]) == 1, BackStep
		if change.Guard {
			c.How = BackGuard
		}
		r.Cases = append(r.Cases, c)
	}
	r.Share = r.counted()
	r.Sign = r.said(1)
	return r
}

// tighter counts of the changes of steps in half a year those that add a check on people.
// Some such checks are right: its cases say which they are.
func (w *walked) tighter() Reading {
	r := Reading{Name: Tighter, From: w.since(HollowDays)}
	for _, s := range w.Steps {
		if e := w.of[s.Failure]; e != nil && !s.At.Before(r.From) {
			c := e.asCase(s.At)
			c.Counts = s.Checks
			r.Cases = append(r.Cases, c)
		}
	}
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	r.Sign = Rule{Least: 10, Ill: 0.3, Rare: true}.Sign(r.Share)
	return r
}

// said is the sign of a measure that knows no number to be well or ill at: few, or
// unclear.
func (r Reading) said(least int) Sign { return Rule{Least: least, Well: 1}.Sign(r.Share) }

// FewLed is how many reviews of each kind it takes to sum them up.
const FewLed = 5

// led compares the reviews of half a year that were led from outside with those led by
// the script: how many of each changed something.
func (w *walked) led() Reading {
	r := Reading{Name: Led, From: w.since(HollowDays)}
	sums := map[bool]*Share{true: &r.Share, false: &r.Before}
	for _, one := range w.reviews {
		if one.ClosedAt.Before(r.From) {
			continue
		}
		c := one.event.asCase(one.ClosedAt)
		c.Counts = Of(one.gaps, func(g practice.TrailGap) bool {
			return one.changed(g) != "" || g.Route == practice.RouteConstraint || g.Route == practice.RouteFinding
		}).K > 0
		c.How = "script"
		if one.Outside {
			c.How = "outside"
		}
		sum := sums[one.Outside]
		sum.N++
		if c.Counts {
			sum.K++
		}
		r.Cases = append(r.Cases, c)
	}
	r.Sign = Few
	if r.Share.N >= FewLed && r.Before.N >= FewLed {
		r.Sign, r.Differ = Unclear, r.Share.Newcombe(r.Before)
	}
	return r
}

// carried counts of the last twelve promises whose day is over those that were kept by
// it, and how long it took from the naming to the proof. What was dropped with its
// reason is apart.
func (w *walked) carried() Reading {
	r := Reading{Name: Carried}
	over := func(c practice.TrailCarry) time.Time { return c.DueAt.In(w.At.Location()).AddDate(0, 0, 1) }
	due := where(w.Carries, func(c practice.TrailCarry) bool { return !over(c).After(w.At) })
	dropped := where(due, func(c practice.TrailCarry) bool { return c.State == practice.CarryDropped })
	due = latest(where(due, func(c practice.TrailCarry) bool { return c.State != practice.CarryDropped }), 12)
	var spells []Spell
	for _, x := range due {
		var of *event
		if one := w.byID[x.Review]; one != nil {
			of = one.event
		}
		c := of.asCase(x.DueAt)
		c.How, c.Counts = string(x.State), x.State == practice.CarryDone && x.SettleAt.Before(over(x))
		switch {
		case x.NamedAt.IsZero(): // how long it took nobody knows
		case x.State == practice.CarryDone:
			c.Took = Spell{x.SettleAt.Sub(x.NamedAt), true}
		default:
			c.Took = Spell{w.At.Sub(x.NamedAt), false}
		}
		if !x.NamedAt.IsZero() {
			spells = append(spells, c.Took)
		}
		r.Cases = append(r.Cases, c)
	}
	r.Share, r.Middle, r.Apart = r.counted(), Median(spells), []Apart{{"dropped", len(dropped)}}
	r.Sign = Rule{Least: 6, Well: 0.6, Ill: 0.5}.Sign(r.Share)
	return r
}
