package app

import (
	"context"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Fire keeps that a condition of a plan came true, as the actor saw it. The first
// time it makes a failure; said again, before it was quiet for a day, it is counted
// on that one.
func (a *App) Fire(ctx context.Context, actor practice.Actor, number int, f practice.Fired) (practice.Firing, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Firing{}, err
	}
	f.Text = strings.TrimSpace(f.Text)
	if err := f.Check(); err != nil {
		return practice.Firing{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Firing, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return practice.Firing{}, err
		}
		id, err := once(tx, actor, "plan.fire", func() (string, error) {
			made, err := fire(tx, p, f, actor.Member)
			return string(made.Failure), err
		})
		if err != nil {
			return practice.Firing{}, err
		}
		made, err := tx.Firing(practice.FailureID(id))
		return outOfSight(tx, actor, made, err)
	})
}

// Firings returns what came true of the conditions of a plan, the last first. A
// failure that the actor does not read has no id there.
func (a *App) Firings(ctx context.Context, actor practice.Actor, number int) ([]practice.Firing, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Firing, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return nil, err
		}
		all, err := tx.Firings(p.ID)
		for i := range all {
			all[i], err = outOfSight(tx, actor, all[i], err)
		}
		return all, err
	})
}

// outOfSight takes the id of a failure that the actor does not read from a firing.
func outOfSight(tx *store.Tx, actor practice.Actor, f practice.Firing, err error) (practice.Firing, error) {
	if err != nil {
		return f, err
	}
	of, err := tx.Failure(f.Failure)
	if !of.ReadBy(actor) {
		f.Failure = ""
	}
	return f, err
}

// Cause is the condition of a plan that made a failure by coming true.
type Cause struct {
	practice.Firing
	Plan practice.Plan
}

// CauseOf returns what made a failure that the actor reads; the zero value where it
// was no condition of a plan, or they read the plan not.
func (a *App) CauseOf(ctx context.Context, actor practice.Actor, f practice.Failure) (Cause, error) {
	return read(ctx, a, func(tx *store.Tx) (Cause, error) {
		made, err := tx.Firing(f.ID)
		if isNotFound(err) {
			return Cause{}, nil
		}
		if err != nil {
			return Cause{}, err
		}
		p, err := tx.Plan(made.Plan)
		if !actor.In(p.Team) {
			return Cause{}, err
		}
		return Cause{made, p}, err
	})
}

// fire makes the failure of a condition, or counts on the one it made before. Who
// saw it may be nobody.
func fire(tx *store.Tx, p practice.Plan, f practice.Fired, who practice.MemberID) (practice.Firing, error) {
	condition, err := p.Condition(f.Signal)
	if err != nil {
		return practice.Firing{}, err
	}
	if err := lookFired(tx, p, f.Signal, who); err != nil {
		return practice.Firing{}, err
	}
	now := tx.Now()
	last, err := tx.LastFiring(p.ID, f.Signal)
	if err != nil {
		return last, err
	}
	var of practice.Failure
	if last.Failure != "" {
		if of, err = tx.Failure(last.Failure); err != nil {
			return last, err
		}
	}
	if last.Counts(of, now) {
		last.Count++
		last.LastAt = now
		return last, tx.CountFiring(last)
	}
	made := practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: p.Team, Plan: p.ID, Title: practice.Title(condition),
		Text: strings.TrimSpace(condition + "\n" + f.Text), Stage: practice.StageHappening, RecognisedAt: now, ReportedAt: now, Reporter: who,
		Source: practice.SourceMonitor, Triage: practice.TriageNew, Standing: practice.Reported}
	if made.Convener, err = tx.ThisWeek(p.Team); err != nil {
		return last, err
	}
	if made, err = addFailure(tx, made); err != nil {
		return last, err
	}
	firing := practice.Firing{Plan: p.ID, Signal: f.Signal, Failure: made.ID, Count: 1, FirstAt: now, LastAt: now}
	if err := tx.AddFiring(firing); err != nil {
		return firing, err
	}
	if f.Signal == practice.StopSignal {
		err = tellStop(tx, p)
	}
	return firing, err
}

// tellStop tells everybody of a plan that its work ends, in every way they have.
func tellStop(tx *store.Tx, p practice.Plan) error {
	people, err := tx.MembersOf(p.Team)
	if err != nil {
		return err
	}
	link := practice.PlanPath(p.Number)
	for _, m := range people {
		err := tx.Tell(practice.Notice{Member: m.ID, Code: "notice.stop", Args: practice.Args{"title": p.Intent.Title, "stop": p.Intent.Stop}, Link: link}, "")
		if err != nil {
			return err
		}
	}
	return tx.Announce(practice.Dispatch{Code: practice.DispatchStop, Team: p.Team, Link: link})
}
