package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Assumed is an assumption as its page shows it.
type Assumed struct {
	practice.Assumption
	Name    string // of its team
	Who     string // registered it
	From    practice.Constraint
	History []AssumedTest // the last first
	Resting []AssumedUse  // on it, as far as the reader may see
	Mine    bool          // of one of the reader's teams
	Already bool          // it was registered before, when somebody registered it just now
}

// AssumedTest is one test, with who did it and where it showed.
type AssumedTest struct {
	practice.AssumptionTest
	Who    string
	Scar   practice.Scar // the failure, where it showed in a review
	Number int           // of what is assumed instead
	Text   string        // and what that is
}

// AssumedUse is something that rests on an assumption.
type AssumedUse struct {
	practice.AssumptionUse
	Of        practice.Assumption
	Procedure practice.Procedure
	Step      practice.ProcedureStep
	Plan      practice.Plan
	Mine      bool // the reader may say what is to be done with it
	Open      bool // somebody is to look at it
}

// AssumptionFilter narrows a list of assumptions.
type AssumptionFilter struct {
	State     practice.AssumptionState
	Procedure string // its slug: those on which it rests
	Plan      int    // its number: those on which it rests
	Limit     int    // its number: those that were taken from it
}

// Assumptions returns those that pass a filter, the newest first. The whole organisation
// reads them; that a plan rests on one is its team's to know.
func (a *App) Assumptions(ctx context.Context, actor practice.Actor, f AssumptionFilter) ([]Assumed, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Assumed, error) {
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		all, err := f.find(tx, actor)
		if err != nil {
			return nil, err
		}
		var out []Assumed
		for _, one := range all {
			if f.State != "" && one.State() != f.State {
				continue
			}
			is, err := r.assumed(tx, one)
			if err != nil {
				return nil, err
			}
			out = append(out, is)
		}
		return out, nil
	})
}

// HeldAssumptions names those that hold, the newest first, to choose one.
func (a *App) HeldAssumptions(ctx context.Context, _ practice.Actor) ([]practice.NamedAssumption, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.NamedAssumption, error) { return tx.HeldAssumptions() })
}

func (f AssumptionFilter) find(tx *store.Tx, actor practice.Actor) ([]practice.Assumption, error) {
	switch {
	case f.Procedure != "":
		p, err := tx.ProcedureBySlug(f.Procedure)
		if err != nil {
			return nil, err
		}
		return tx.AssumptionsUnder(p.ID)
	case f.Plan != 0:
		p, err := planFor(tx, actor, f.Plan)
		if err != nil {
			return nil, err
		}
		return tx.AssumptionsUnderPlan(p.ID)
	case f.Limit != 0:
		c, err := tx.ConstraintByNumber(f.Limit)
		if err != nil {
			return nil, err
		}
		return tx.AssumptionsOfLimit(c.ID)
	}
	return tx.Assumptions()
}

// Assumption returns one by its number.
func (a *App) Assumption(ctx context.Context, actor practice.Actor, number int) (Assumed, error) {
	return read(ctx, a, func(tx *store.Tx) (Assumed, error) { return assumedBy(tx, actor, number) })
}

func assumedBy(tx *store.Tx, actor practice.Actor, number int) (Assumed, error) {
	one, err := tx.AssumptionByNumber(number)
	if err != nil {
		return Assumed{}, err
	}
	r, err := newReader(tx, actor)
	if err != nil {
		return Assumed{}, err
	}
	return r.assumed(tx, one)
}

func (r reader) assumed(tx *store.Tx, a practice.Assumption) (Assumed, error) {
	out := Assumed{Assumption: a, Mine: r.In(a.Team)}
	team, err1 := tx.Team(a.Team)
	who, err2 := tx.Member(a.By)
	if err := errors.Join(err1, err2); err != nil {
		return out, err
	}
	out.Name, out.Who = team.Name, who.Name
	if a.Limit != "" {
		c, err := tx.Constraint(a.Limit)
		if err != nil && !isNotFound(err) {
			return out, err
		}
		out.From = c
	}
	for _, t := range slices.Backward(a.Tests) {
		one, err := r.tested(tx, t)
		if err != nil {
			return out, err
		}
		out.History = append(out.History, one)
	}
	var err error
	out.Resting, err = eachThere(a.Uses, func(u practice.AssumptionUse) (AssumedUse, error) { return r.resting(tx, a, u) })
	return out, err
}

func (r reader) tested(tx *store.Tx, t practice.AssumptionTest) (AssumedTest, error) {
	out := AssumedTest{AssumptionTest: t}
	who, err := tx.Member(t.By)
	if err != nil {
		return out, err
	}
	out.Who = who.Name
	if t.Next != "" {
		next, err := tx.Assumption(t.Next)
		if err != nil {
			return out, err
		}
		out.Number, out.Text = next.Number, next.Text
	}
	if t.Gap != "" {
		f, err := failureOfGap(tx, t.Gap)
		if err != nil {
			return out, err
		}
		if out.Scar, err = r.scarOf(tx, f.ID); err != nil {
			return out, err
		}
	}
	return out, nil
}

// resting reads what rests on an assumption. What is out of use does not, and of the plans
// of others nobody hears. A step that was taken out leaves the procedure.
func (r reader) resting(tx *store.Tx, a practice.Assumption, u practice.AssumptionUse) (AssumedUse, error) {
	out := AssumedUse{AssumptionUse: u, Of: a, Open: a.Open(u)}
	var err error
	if u.Plan != "" {
		if out.Plan, err = tx.Plan(u.Plan); err != nil {
			return out, err
		}
		out.Plan.Reasons = nil
		if !r.In(out.Plan.Team) {
			return out, practice.ErrNotFound
		}
		stopped, err := tx.LastFiring(u.Plan, practice.StopSignal)
		out.Mine, out.Open = true, out.Open && stopped.Failure == ""
		return out, err
	}
	if out.Procedure, err = tx.Procedure(u.Procedure); err != nil {
		return out, err
	}
	if !out.Procedure.RetireAt.IsZero() {
		return out, practice.ErrNotFound
	}
	out.Mine = mayChange(r.Actor, out.Procedure)
	if u.Step == "" {
		return out, nil
	}
	s, err := tx.Step(u.Step)
	if err == nil && s.Retired == 0 {
		r.step(&s)
		out.Step = s
	}
	return out, err
}

// assumptions are the things of the reader's teams that rest on what no longer holds, and
// that nobody looked at since.
func (h *Home) assumptions(tx *store.Tx, r reader, teams []practice.TeamID) error {
	all, err := tx.AssumptionsToLookAt(teams)
	if err != nil {
		return err
	}
	for _, a := range all {
		uses, err := eachThere(a.Uses, func(u practice.AssumptionUse) (AssumedUse, error) { return r.resting(tx, a, u) })
		if err != nil {
			return err
		}
		for _, one := range uses {
			if one.Open && (slices.Contains(teams, one.Procedure.Team) || slices.Contains(teams, one.Plan.Team)) {
				h.Resting = append(h.Resting, one)
			}
		}
	}
	return nil
}
