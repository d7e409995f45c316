package measure

import "debrief/internal/practice"

// Floors of what people tap and of who came.
const (
	FewAnswers = 20
	FewInvited = 12
	FewPlans   = 6
)

// tapsOver is how long after a quarter its last taps may still come in.
const tapsOver = 2 * day

// blame counts the closing answers that said there was blame.
func (w *walked) blame() Reading {
	return w.tapped(Blame, Rule{Least: FewAnswers, Well: 0.2, Ill: 0.2, Rare: true}, func(t practice.TrailTaps) practice.Tapped { return t.Blame })
}

// again counts the closing answers that said people would come again.
func (w *walked) again() Reading {
	return w.tapped(Again, Rule{Least: FewAnswers, Well: 1}, func(t practice.TrailTaps) practice.Tapped { return t.Again })
}

// came counts those near to a failure who were invited, and came. Where fewer come than
// before, too, it is a sign of decay.
func (w *walked) came() Reading {
	r := w.tapped(Came, Rule{Least: FewInvited, Well: 1, Ill: 0.5}, func(t practice.TrailTaps) practice.Tapped { return t.Near })
	if r.Trend == Falling {
		r.Sign = Decaying
	}
	return r
}

// tapped counts what people did in rooms by quarters that are over, and by nothing else:
// from a window that moves, or a quarter that grows, that of a single room could be
// told by what was there before it. A quarter is shown with as many as the rule asks
// for, and enough people in one room.
func (w *walked) tapped(name Name, rule Rule, of func(practice.TrailTaps) practice.Tapped) Reading {
	r := Reading{Name: name}
	for before := 4; before > 0; before-- {
		s := Slice{From: w.quarter(before), To: w.quarter(before - 1)}
		most := 0
		for _, t := range w.Taps {
			if tap := of(t); !t.ClosedAt.Before(s.From) && t.ClosedAt.Before(s.To) {
				s.Share.K, s.Share.N = s.Share.K+tap.Yes, s.Share.N+tap.Yes+tap.No
				most = max(most, tap.Yes+tap.No)
			}
		}
		s.Open = s.To.Add(tapsOver).After(w.At)
		s.Few = s.Open || s.Share.N < rule.Least || most < LeastPeople
		if s.Few {
			s.Share = Share{} // not even how many
		} else {
			r.Before, r.Share, r.From = r.Share, s.Share, s.From
		}
		r.Slices = append(r.Slices, s)
	}
	r.Sign, r.Trend = rule.Sign(r.Share), r.Share.Since(r.Before)
	return r
}

// safe takes what was said of the last quarters as it was said: the sheets are gone. No
// band is a sign by itself.
func (w *walked) safe() Reading {
	r := Reading{Name: Safe, Sign: Few, Pulses: w.Pulses, House: w.House}
	if n := len(w.Pulses); n > 0 && w.Pulses[n-1].Said() {
		r.Sign, r.From = Unclear, w.Pulses[n-1].From
	}
	return r
}

// notNow counts of the last eight reviews before which people were asked those that
// became "not now".
func (w *walked) notNow() Reading {
	r := Reading{Name: NotNow}
	asked := latest(where(w.reviews, func(one *review) bool { return one.Ready != "" }), 8)
	for _, one := range asked {
		c := one.event.asCase(one.ClosedAt)
		c.Counts = one.Ready == practice.NotNow
		r.Cases = append(r.Cases, c)
	}
	r.Share = r.counted()
	r.Sign = r.said(1)
	return r
}

// cited counts the plans of half a year that do something differently because of what
// is known from before.
func (w *walked) cited() Reading {
	cites := func(p practice.TrailPlan) bool { return p.Cites > 0 }
	r := Reading{Name: Cited, From: w.since(182)}
	before := Slice{From: w.since(364), To: r.From}
	now := Slice{From: r.From, To: w.At, Open: true}
	for _, p := range w.Plans {
		switch {
		case !p.FrozenAt.Before(now.From):
			r.Cases = append(r.Cases, Case{Number: p.Number, Title: p.Title, At: p.FrozenAt, In: true, Counts: cites(p)})
		case !p.FrozenAt.Before(before.From):
			r.Cases = append(r.Cases, Case{Number: p.Number, Title: p.Title, At: p.FrozenAt, Counts: cites(p)})
		}
	}
	counts := func(c Case) bool { return c.Counts }
	now.Share = Of(where(r.Cases, func(c Case) bool { return c.In }), counts)
	before.Share = Of(where(r.Cases, func(c Case) bool { return !c.In }), counts)
	now.Few, before.Few = now.Share.N < FewPlans, before.Share.N < FewPlans
	r.Share, r.Before, r.Slices = now.Share, before.Share, []Slice{before, now}
	r.Sign, r.Trend = Rule{Least: 10, Well: 0.3, Ill: 0.15}.Sign(r.Share), r.Share.Since(r.Before)
	if r.Sign != Few && r.Trend == Rising {
		r.Sign = Healthy
	}
	return r
}

// shared counts of all that these plans cite what another team learned: a case is one
// citation.
func (w *walked) shared() Reading {
	r := Reading{Name: Shared, From: w.since(182)}
	for _, p := range w.Plans {
		if p.FrozenAt.Before(r.From) {
			continue
		}
		for i := range p.Cites {
			r.Cases = append(r.Cases, Case{Number: p.Number, Title: p.Title, At: p.FrozenAt, In: true, Counts: i < p.Elsewhere})
		}
	}
	r.Share = r.counted()
	r.Sign = r.said(1)
	return r
}
