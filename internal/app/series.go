package app

import (
	"cmp"
	"context"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// mostInSeries is how many plans of a series stand side by side: the last ones.
const mostInSeries = 12

// Series are plans that do the same again, side by side: what was meant, what happened,
// where the two parted and what changed.
type Series struct {
	Of      practice.Plan // the one from which it was asked
	Earlier int           // how many are before those that are shown
	Plans   []Work        // the first first
	Repeats []Repeat      // what came back in more than one of them
}

// Work is one plan of a series, with what went differently in it.
type Work struct {
	practice.Plan
	Went []Went // the first first
}

// Went is what went differently once, with the record of its closed review, as far as the
// reader reads one.
type Went struct {
	Failure practice.Failure
	Record  Record // without an id of its review where there is none to read
}

// Repeat is what came back in a series: people tied it as the same, or what was found led
// to the same step, safeguard or limit. Nothing else makes two alike.
type Repeat struct {
	Tied  bool    // people tied them
	Led   Learned // to what all of them led: a step, a safeguard or a limit; zero: to nothing alike
	Cases []RepeatCase
	Works int // in how many of the plans
}

// RepeatCase is one time that it was so.
type RepeatCase struct {
	Plan    practice.Plan
	Failure practice.Failure
	Gaps    []practice.Gap // those that were the same, as far as the reader reads them
}

// Series returns the plans that do the same again as one of the actor's teams.
func (a *App) Series(ctx context.Context, actor practice.Actor, number int) (Series, error) {
	return read(ctx, a, func(tx *store.Tx) (Series, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return Series{}, err
		}
		all, err := inSeries(tx, p)
		if err != nil {
			return Series{}, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return Series{}, err
		}
		p.Reasons = nil
		s := Series{Of: p, Earlier: max(0, len(all)-mostInSeries)}
		for _, one := range all[s.Earlier:] {
			w, err := r.work(tx, one)
			if err != nil {
				return s, err
			}
			s.Plans = append(s.Plans, w)
		}
		s.Repeats, err = repeats(tx, s.Plans)
		return s, err
	})
}

// inSeries are the plans of one series, in the order of their work.
func inSeries(tx *store.Tx, p practice.Plan) ([]practice.Plan, error) {
	all, err := tx.PlansInSeries(p.InSeries())
	practice.ByWork(all)
	return all, err
}

// LikePlan says that a plan of one of the actor's teams does again what an earlier one
// does; 0: what no other one does. What it intends stays as it is.
func (a *App) LikePlan(ctx context.Context, actor practice.Actor, number, like int) (practice.Plan, error) {
	return a.onPlan(ctx, actor, number, func(tx *store.Tx, was practice.Plan) (practice.Plan, error) {
		p := was
		if like == 0 {
			p = was.Unlike(practice.PlanID(tx.NewID("pln")))
		} else {
			other, err := likePlan(tx, actor, like)
			if err != nil {
				return was, err
			}
			if p, err = was.Like(other); err != nil {
				return was, err
			}
		}
		if err := tx.SavePlan(p, was.Version); err != nil {
			return was, err
		}
		return p, tx.Emit(practice.Event{Kind: "plan.likened", About: string(p.ID), In: string(p.Team)})
	})
}

// Rested returns what the earlier plans of its series rested on, of which a draft says
// nothing yet: each once, with the last plan that rested on it. What no longer holds comes
// first. It asks no index: to plan again is no question of words.
func (a *App) Rested(ctx context.Context, actor practice.Actor, number int) ([]Likeness, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Likeness, error) {
		p, err := planFor(tx, actor, number)
		if err != nil || p.Frozen() {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		not, err := saidTo(tx, p)
		if err != nil {
			return nil, err
		}
		return r.rested(tx, p, not)
	})
}

// CarriedOn is the last plan before a draft of its series that reads the same in parts, and
// which those are; none where everything was written anew.
func (a *App) CarriedOn(ctx context.Context, actor practice.Actor, number int) (from practice.Plan, same []practice.IntentPart, err error) {
	_, err = read(ctx, a, func(tx *store.Tx) (none struct{}, err error) {
		p, err := planFor(tx, actor, number)
		if err != nil || p.Frozen() {
			return none, err
		}
		all, err := inSeries(tx, p)
		for _, before := range slices.Backward(all) {
			if same = p.Intent.As(before.Intent); before.Number < p.Number && len(same) > 0 {
				from = before
				return none, err
			}
		}
		same = nil
		return none, err
	})
	return from, same, err
}

func (r reader) rested(tx *store.Tx, p practice.Plan, not []string) ([]Likeness, error) {
	all, err := inSeries(tx, p)
	if err != nil {
		return nil, err
	}
	all = all[:slices.IndexFunc(all, func(one practice.Plan) bool { return one.ID == p.ID })]
	var out []Likeness
	for _, before := range slices.Backward(all[max(0, len(all)-mostInSeries):]) {
		under, err := tx.AssumptionsUnderPlan(before.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range under {
			if slices.Contains(not, string(one.ID)) {
				continue
			}
			is, err := r.assumed(tx, one)
			if err != nil {
				return nil, err
			}
			not, out = append(not, string(one.ID)), append(out, Likeness{Assumption: is, Under: before})
		}
	}
	holds := func(l Likeness) int {
		if l.Assumption.State() == practice.AssumptionHeld {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b Likeness) int { return holds(a) - holds(b) })
	return out, nil
}

// likePlan is the plan that is done again, of one of the actor's teams.
func likePlan(tx *store.Tx, actor practice.Actor, number int) (practice.Plan, error) {
	p, err := planFor(tx, actor, number)
	if isNotFound(err) {
		err = practice.Refuse(practice.Invalid, "plan.unknown").At("like")
	}
	return p, err
}

// work reads what went differently in one plan. What was practised is no work.
func (r reader) work(tx *store.Tx, p practice.Plan) (Work, error) {
	out := Work{Plan: p}
	all, err := r.failuresOf(tx, p)
	if err != nil {
		return out, err
	}
	for _, f := range slices.Backward(all) {
		if f.Drill {
			continue
		}
		w := Went{Failure: f}
		closed, err := latestClosed(tx, f)
		if err == nil {
			w.Record, err = recordFor(tx, r, f, closed)
		}
		if err != nil && !isNotFound(err) {
			return out, err
		}
		out.Went = append(out.Went, w)
	}
	return out, nil
}

// repeats are what came back in more than one of some plans, what came back most often
// first. A report of the same event counts with that.
func repeats(tx *store.Tx, plans []Work) ([]Repeat, error) {
	var all []*Repeat
	by := map[string]*Repeat{}
	add := func(key string, is Repeat, c RepeatCase) {
		r := by[key]
		if r == nil {
			r = &is
			all, by[key] = append(all, r), r
		}
		if n := len(r.Cases); n > 0 && r.Cases[n-1].Failure.ID == c.Failure.ID {
			r.Cases[n-1].Gaps = append(r.Cases[n-1].Gaps, c.Gaps...)
			return
		}
		if n := len(r.Cases); n == 0 || r.Cases[n-1].Plan.ID != c.Plan.ID {
			r.Works++
		}
		r.Cases = append(r.Cases, c)
	}
	for _, p := range plans {
		for _, w := range p.Went {
			if w.Failure.JoinedTo != "" {
				continue
			}
			ditch, err := tx.Territory(w.Failure.ID, nil)
			if err != nil {
				return nil, err
			}
			c := RepeatCase{Plan: p.Plan, Failure: w.Failure}
			for _, l := range w.Record.Gaps {
				c.Gaps = append(c.Gaps, l.Gap)
			}
			add("tied "+string(ditch[0]), Repeat{Tied: true}, c)
			for _, l := range w.Record.Gaps {
				if l.Step.ID != "" || l.Safeguard.ID != "" || l.Constraint.ID != "" {
					c.Gaps = []practice.Gap{l.Gap}
					add("led "+l.Gap.Route.To, Repeat{Led: l}, c)
				}
			}
		}
	}
	return together(all), nil
}

// together leaves out what came in one plan alone, and says once what people tied and what
// led to the same as well.
func together(all []*Repeat) (out []Repeat) {
	for _, r := range all {
		if r.Works < 2 {
			continue
		}
		i := slices.IndexFunc(out, func(o Repeat) bool { return o.Tied != r.Tied && slices.EqualFunc(o.Cases, r.Cases, sameCase) })
		switch {
		case i < 0:
			out = append(out, *r)
		case r.Tied:
			out[i].Tied = true
		default:
			r.Tied = true
			out[i] = *r
		}
	}
	slices.SortStableFunc(out, func(a, b Repeat) int { return cmp.Compare(b.Works, a.Works) })
	return out
}

func sameCase(a, b RepeatCase) bool { return a.Failure.ID == b.Failure.ID }
