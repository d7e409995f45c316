package measure

import (
	"slices"
	"time"

	"debrief/internal/practice"
)

// BackWithin is how long after a change the same can be reported again to be counted.
const BackWithin = 180 * day

// back follows every review that changed something because of an avoidable gap: how
// long until the same was reported again. It counts from the change, for nobody is
// asked yet whether it is in use. Where the same place is changed once more before
// anything came back, what was changed first lasted at least until then.
func (w *walked) back() Reading {
	r := Reading{Name: Back, From: w.since(365)}
	reports, changes := w.reports(), w.changesAt()
	var spells []Spell
	for _, one := range w.reviews {
		if at, ok := changes[one]; ok {
			spell := w.until(at, reports[one.event.root()], one, changes)
			spells = append(spells, spell)
			r.Rate.Cycles += spell.Long.Hours() / 24 / float64(max(1, w.Team.CycleDays))
			if spell.Over {
				r.Rate.Count++
			}
			recent := !at.Before(r.From)
			complete := spell.Over && spell.Long <= BackWithin || w.At.Sub(at) >= BackWithin && spell.Long >= BackWithin
			if recent && complete {
				r.Share.N++
				if spell.Over && spell.Long <= BackWithin {
					r.Share.K++
				}
			}
			c := one.event.asCase(at)
			c.Took, c.Counts, c.In = spell, spell.Over, recent && complete
			r.Cases = append(r.Cases, c)
		}
	}
	r.Curve = Survival(spells)
	r.Sign = Rule{Least: 8, Well: 0.3, Ill: 0.3, Rare: true}.Sign(r.Share)
	r.Places = w.places(reports, changes)
	return r
}

// reports are the times at which each place was reported, by its first event.
func (w *walked) reports() map[*event][]time.Time {
	all := map[*event][]time.Time{}
	for _, e := range w.events {
		all[e.root()] = append(all[e.root()], e.RecognisedAt)
	}
	for _, times := range all {
		slices.SortFunc(times, time.Time.Compare)
	}
	return all
}

// changesAt are the reviews that changed a step or safeguard because of an avoidable
// gap, and when they closed with it.
func (w *walked) changesAt() map[*review]time.Time {
	all := map[*review]time.Time{}
	for _, one := range w.reviews {
		for _, g := range one.avoidable() {
			if g.Route == practice.RouteStep || g.Route == practice.RouteSafeguard {
				all[one] = one.ClosedAt
			}
		}
	}
	return all
}

// until is how long a change lasted: until the same was reported, or at least until
// the place was changed again, or now.
func (w *walked) until(at time.Time, reported []time.Time, by *review, changes map[*review]time.Time) Spell {
	end := w.At
	for other, when := range changes {
		if other.event.root() == by.event.root() && when.After(at) && when.Before(end) {
			end = when
		}
	}
	for _, t := range reported {
		if t.After(at) && !t.After(end) {
			return Spell{t.Sub(at), true}
		}
	}
	return Spell{end.Sub(at), false}
}

// places are the ways of failing that were reported more than once in the last twelve
// months, those with the latest report first.
func (w *walked) places(reports map[*event][]time.Time, changes map[*review]time.Time) []Place {
	var all []Place
	from := w.since(365)
	for _, e := range w.events {
		times := reports[e]
		if e.root() != e || len(times) < 2 || times[len(times)-1].Before(from) {
			continue
		}
		p := Place{Number: e.Number, Title: e.Title, Reported: times}
		for _, one := range w.reviews {
			if at, ok := changes[one]; ok && one.event.root() == e {
				p.Changed = append(p.Changed, at)
			}
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Place) int {
		return b.Reported[len(b.Reported)-1].Compare(a.Reported[len(a.Reported)-1])
	})
	return all
}
