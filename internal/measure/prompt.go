package measure

import (
	"strconv"

	"debrief/internal/practice"
)

// ProofLeast is of how many gaps it is said how soon they changed something.
const ProofLeast = 8

// proof is how long it took, from the end of a review, until what one of the last twenty
// avoidable gaps changed was there: a step, a safeguard, or what was promised. What was
// done before the end took no time; a promise that is open lasts.
func (w *walked) proof() Reading {
	r := Reading{Name: Proof}
	promised := map[practice.ReviewID]practice.TrailCarry{}
	for _, c := range w.Carries {
		promised[c.Review] = c
	}
	for _, one := range w.reviews {
		for _, g := range one.ours() {
			c := one.event.asCase(one.ClosedAt)
			c.How, c.Took.Over = string(g.Route), true
			there, carry := g.MadeAt, promised[one.ID]
			switch {
			case g.Route != practice.RoutePromised:
			case carry.State == practice.CarryDone:
				there = carry.SettleAt
			case carry.State == practice.CarryDropped || carry.Review == "":
				continue
			default:
				there, c.Took.Over = w.At, false
			}
			if there.IsZero() {
				continue
			}
			c.Took.Long = max(0, there.Sub(one.ClosedAt))
			c.Counts = c.Took.Over && c.Took.Long == 0
			r.Cases = append(r.Cases, c)
		}
	}
	r.Cases = latest(r.Cases, 20)
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	if r.Sign = r.said(ProofLeast); r.Sign != Few {
		var spells []Spell
		for _, c := range r.Cases {
			spells = append(spells, c.Took)
		}
		r.Middle = Median(spells)
	}
	return r
}

// What was behind a change of a core step.
const (
	CoreHarm   = "harm"   // it could do serious harm
	CoreEnough = "enough" // failures
	CoreScant  = "scant"  // too few of them
)

// scant counts, of the changes of core steps in half a year, those with too few failures
// behind them and no serious harm. There is a rule against it, so any is a sign.
func (w *walked) scant() Reading {
	r := Reading{Name: Scant, From: w.since(HollowDays), Sign: Few}
	events := map[string]map[string]bool{} // behind a change, by the step and the revision
	change := func(c practice.TrailCore) string { return c.Step + " " + strconv.Itoa(c.Revision) }
	for _, c := range w.Core {
		if events[change(c)] == nil {
			events[change(c)] = map[string]bool{}
		}
		is := string(c.Failure)
		if e := w.of[c.Failure]; e != nil {
			is = string(e.ID)
		}
		events[change(c)][is] = true
	}
	told := map[string]bool{}
	for _, c := range w.Core {
		e := w.of[c.Failure]
		if e == nil || !c.Ours || told[change(c)] || c.At.Before(r.From) {
			continue
		}
		told[change(c)] = true
		one := e.asCase(c.At)
		switch {
		case c.Harm:
			one.How = CoreHarm
		case len(events[change(c)]) >= practice.CoreFailures:
			one.How = CoreEnough
		default:
			one.How, one.Counts = CoreScant, true
		}
		r.Cases = append(r.Cases, one)
	}
	r.Share = Of(r.Cases, func(c Case) bool { return c.Counts })
	switch {
	case r.Share.K > 0:
		r.Sign = Decaying
	case r.Share.N > 0:
		r.Sign = Healthy
	}
	return r
}
