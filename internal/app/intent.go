package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SetPlan says to which plan's work a failure belongs, so that its review begins
// with what was intended; without an id it belongs to none. Whoever decides about
// the failure may, until its review begins.
func (a *App) SetPlan(ctx context.Context, actor practice.Actor, id practice.FailureID, plan practice.PlanID) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := inHandOf(tx, actor, id)
		if err != nil {
			return f, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return f, err
		}
		if practice.Begun(reviews) {
			return f, practice.Refuse(practice.Conflict, "plan.reviewed").At("plan")
		}
		if f, err = ofPlan(tx, f, plan); err != nil {
			return f, err
		}
		if err := tx.SaveFailure(f); err != nil {
			return f, err
		}
		return f, tx.Emit(practice.Event{Kind: "failure.planned", About: string(f.ID), In: string(f.Team)})
	})
}

// ofPlan makes a failure belong to a plan of its team that was frozen before it
// was noticed, or to none.
func ofPlan(tx *store.Tx, f practice.Failure, id practice.PlanID) (practice.Failure, error) {
	if id == "" {
		f.Plan = ""
		return f, nil
	}
	p, err := tx.Plan(id)
	if isNotFound(err) || err == nil && p.Team != f.Team {
		err = practice.Refuse(practice.Invalid, "plan.unknown").At("plan")
	}
	if err == nil {
		err = p.Precedes(f.RecognisedAt)
	}
	if err == nil {
		f.Plan = id
	}
	return f, err
}

// PlanOf returns the plan to whose work a failure belongs, with its reasons once
// they are open; the zero value where there is none, or the actor reads it not.
func (a *App) PlanOf(ctx context.Context, actor practice.Actor, f practice.Failure) (practice.Plan, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Plan, error) {
		p, err := tx.PlanOf(f)
		if !actor.In(p.Team) {
			return practice.Plan{}, err
		}
		return p, err
	})
}

// Apart is a failure in the work of a plan, with which of the reasons that people
// supposed before came true, where the actor reads the whole record that says so.
type Apart struct {
	practice.Failure
	CameTrue practice.Reasons
}

// FailuresOf returns what went differently in the work of a plan, as far as the
// actor reads it, the latest first.
func (a *App) FailuresOf(ctx context.Context, actor practice.Actor, number int) ([]Apart, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Apart, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		all, err := r.failuresOf(tx, p)
		var out []Apart
		for _, f := range all {
			closed, no := latestClosed(tx, f)
			if no != nil && !isNotFound(no) {
				return nil, no
			}
			if r.records[closed.ID] != practice.ReadsWhole || p.Precedes(f.RecognisedAt) != nil {
				closed.CameTrue = 0
			}
			out = append(out, Apart{f, closed.CameTrue})
		}
		return out, err
	})
}

// failuresOf are what went differently in the work of a plan, the latest first.
func (r reader) failuresOf(tx *store.Tx, p practice.Plan) ([]practice.Failure, error) {
	all, err := tx.Failures(store.FailureFilter{Plan: p.ID, Reader: r.Member})
	return allReadBy(tx, r.Actor, all, err)
}
