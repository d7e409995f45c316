package room

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ChangeStep changes a step of a procedure, here and now, and leaves the scar
// of the failure on it (the pattern, section 4, step 4). People use the new
// wording from the moment this returns. It refuses with "core.waits" where the step
// is core and too little speaks for a change; else what waited there goes along.
// A change that rests on this failure alone comes back as a trial. Where only some people
// change the procedure it is proposed to them, and not in use.
func (rooms *Rooms) ChangeStep(ctx context.Context, seat practice.Seat, at GapAt, c practice.StepChange) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		steps, speaks, zone, err := v.speaksAt(c)
		if err != nil {
			return practice.Route{}, err
		}
		if err := c.MayChange(steps, speaks, zone); err != nil {
			return practice.Route{}, err
		}
		if named, err := v.named(c.Procedure); err != nil || named {
			return v.propose(g, c)
		}
		asked, err := v.tx.Affected(c)
		if err != nil {
			return practice.Route{}, err
		}
		route, done, err := v.change(g, c)
		if err != nil {
			return route, err
		}
		if err := v.tx.PlaceCore(c, steps, done); err != nil || !c.Tries(steps) && !asked.Needs {
			return route, err
		}
		t, err := v.trial(g, route, done, "")
		if err != nil {
			return route, err
		}
		if !c.Tries(steps) {
			t = t.ForGroups()
		}
		return route, v.tx.Try(t, asked, done)
	})
}

// ChangeAtOnce changes a core step for this one failure, because it could do serious
// harm, which one line says. It is a trial of 30 days; what waits at the step goes on
// waiting. It refuses with "core.open" where nothing holds the step.
func (rooms *Rooms) ChangeAtOnce(ctx context.Context, seat practice.Seat, at GapAt, c practice.StepChange, harm string) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		steps, speaks, zone, err := v.speaksAt(c)
		if err != nil {
			return practice.Route{}, err
		}
		if err := c.MayHasten(steps, speaks, harm, zone); err != nil {
			return practice.Route{}, err
		}
		asked, err := v.tx.Affected(c)
		if err != nil {
			return practice.Route{}, err
		}
		route, done, err := v.change(g, c)
		if err != nil {
			return route, err
		}
		t, err := v.trial(g, route, done, harm)
		if err != nil {
			return route, err
		}
		return route, v.tx.Try(t, asked, done)
	})
}

// speaksAt are the steps of the procedure a change is about, and what the room's failure
// says for changing them.
func (v *visit) speaksAt(c practice.StepChange) ([]practice.ProcedureStep, practice.Speaks, *time.Location, error) {
	steps, err := v.ours(c.Procedure)
	if err != nil {
		return nil, practice.Speaks{}, nil, err
	}
	speaks, zone, err := v.speaks()
	return steps, speaks, zone, err
}

// change changes a step, with the failure's mark.
func (v *visit) change(g practice.Gap, c practice.StepChange) (practice.Route, store.Revised, error) {
	if c.Procedure == v.undone.ID && c.Base == v.undone.Revision-1 { // they saw what was taken back, to put theirs in its place
		c.Base = v.undone.Revision
	}
	done, err := v.tx.Revise(c, practice.Revision{Reason: practice.ReasonLearning, Gap: g.ID})
	if err != nil {
		return practice.Route{}, done, err
	}
	route, err := v.scar(g, c, done)
	return route, done, errors.Join(err, v.tx.EndTrials(c, g.ID))
}

// trial is what lets a change come back.
func (v *visit) trial(g practice.Gap, route practice.Route, done store.Revised, harm string) (practice.Trial, error) {
	team, err1 := v.team()
	house, err2 := v.tx.Organisation()
	t := practice.NewTrial(team, harm, v.tx.Now(), house.Location())
	t.Gap, t.Procedure, t.Step, t.Revision = g.ID, done.Procedure.ID, practice.StepID(route.To), done.Revision.Number
	return t, errors.Join(err1, err2)
}

// KeepChange keeps a change of a core step that waits for more failures: it is
// counted, and shown at the step once the review closes. It refuses with "core.open"
// where the change can be put in place.
func (rooms *Rooms) KeepChange(ctx context.Context, seat practice.Seat, at GapAt, c practice.StepChange) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		route := practice.Route{Kind: practice.RouteWaiting, To: string(c.Step), Strength: cmp.Or(c.Strength, practice.Reminds)}
		if g.Verdict != practice.Avoidable {
			return route, nil // which refuses it
		}
		steps, err := v.ours(c.Procedure)
		if err != nil {
			return route, err
		}
		speaks, zone, err := v.speaks()
		if err != nil {
			return route, err
		}
		if err := c.MayWait(steps, speaks, zone); err != nil {
			return route, err
		}
		p, err := v.tx.Procedure(c.Procedure)
		if err != nil {
			return route, err
		}
		return route, errors.Join(v.tx.AddCoreChange(practice.CoreChange{Gap: g.ID, Change: c, Revision: p.Revision}), v.tx.KeepCheck(g.ID, c, 0))
	})
}

// ours are the steps of one of the team's procedures.
func (v *visit) ours(id practice.ProcedureID) ([]practice.ProcedureStep, error) {
	p, err := v.tx.Procedure(id)
	if err != nil {
		return nil, err
	}
	team, err := v.team()
	if err != nil || p.Team != team.ID {
		return nil, errors.Join(err, practice.ErrNotFound)
	}
	return v.tx.Steps(id, false)
}

// Holds reports whether a step waits for three failures before that of the room may
// change it.
func (e Embedding) Holds(s practice.ProcedureStep) bool { return s.Holds(e.Speaks.Noticed) }

// Case counts what speaks for changing a step, with the room's failure.
func (e Embedding) Case(s practice.ProcedureStep) practice.Case {
	return s.Case(cmp.Or(e.zone, time.UTC), e.Speaks)
}

// speaks is what the room's failure says for changing a core step, and the zone in
// which days are told apart.
func (v *visit) speaks() (practice.Speaks, *time.Location, error) {
	return speaksFor(v.tx, v.review.Failure)
}

func speaksFor(tx *store.Tx, id practice.FailureID) (practice.Speaks, *time.Location, error) {
	f, err1 := tx.Failure(id)
	house, err2 := tx.Organisation()
	events, err3 := tx.Events([]practice.FailureID{id})
	if err := errors.Join(err1, err2, err3); err != nil {
		return practice.Speaks{}, nil, err
	}
	return practice.SpeaksOf(f, events), house.Location(), nil
}

// hush takes the words and the title from what waits, and comes back, for a failure that
// is restricted to some people.
func hush(steps []practice.ProcedureStep, apart []string) {
	for n, s := range steps {
		for i, w := range s.Waits {
			if slices.Contains(apart, string(w.Failure)) {
				s.Waits[i] = w.Hushed()
			}
		}
		if slices.Contains(apart, string(s.Trial.Failure)) {
			steps[n].Trial = s.Trial.Hushed()
		}
	}
}
