package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// NewAssumption registers an assumption.
type NewAssumption struct {
	Team  practice.TeamID // empty: the actor's only one
	Text  string
	How   string // they know that it holds, or that it broke; empty: nobody tested it
	Limit int    // the known limit it is taken from
	Broke practice.GapID
	Rests RestsOn
}

// RestsOn names what rests on an assumption: a procedure, one step of it, or a plan.
type RestsOn struct {
	Procedure string // its slug
	Step      string // its id or number; empty: all of the procedure
	Plan      int
}

// AssumptionTested is what somebody found about an assumption.
type AssumptionTested struct {
	State   practice.AssumptionState
	How     string
	Gap     practice.GapID // of the closed review in which it showed
	Next    int            // the number of what is assumed instead
	Instead string         // or its words, where it is not registered yet
	Version int            // that they read
}

// AssumptionLook is what somebody does with something that rests on an assumption.
type AssumptionLook struct {
	Use     practice.AssumptionUseID
	Act     practice.AssumptionUseAct
	Why     string
	Version int // of the assumption that they read
}

// RegisterAssumption registers an assumption of one of the actor's teams. A team has the
// same words once, and takes one from a limit once: the second time returns the first, with
// what is new about it.
func (a *App) RegisterAssumption(ctx context.Context, actor practice.Actor, n NewAssumption) (Assumed, error) {
	if err := mayWrite(actor); err != nil {
		return Assumed{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Assumed, error) {
		already := false
		id, err := once(tx, actor, "assumption.register", func() (string, error) {
			made, err := register(tx, actor, n)
			already = made.Already
			return string(made.ID), err
		})
		if err != nil {
			return Assumed{}, err
		}
		made, err := tx.Assumption(practice.AssumptionID(id))
		if err != nil {
			return Assumed{}, err
		}
		is, err := assumedBy(tx, actor, made.Number)
		is.Already = already
		return is, err
	})
}

func register(tx *store.Tx, actor practice.Actor, n NewAssumption) (Assumed, error) {
	team, err := actor.For(n.Team)
	if err != nil {
		return Assumed{}, err
	}
	made, err := newAssumption(tx, actor, team, n.Text)
	if err != nil {
		return Assumed{}, err
	}
	first, err := n.first(tx, &made)
	if err != nil {
		return Assumed{}, err
	}
	if first.ID != "" {
		if first.Limit == "" && made.Limit != "" {
			err = tx.TakeFromLimit(first.ID, made.Limit)
		}
		made = first
	}
	if err != nil {
		return Assumed{}, err
	}
	is := Assumed{Assumption: made, Already: first.ID != ""}
	if is.Assumption, err = n.tested(tx, actor, made); err != nil {
		return is, err
	}
	switch {
	case !is.Already:
		is.Assumption, err = tx.AddAssumption(is.Assumption)
	case is.Version() > made.Version():
		err = errors.Join(tx.AddAssumptionTest(is.ID, is.Last()), tellResting(tx, actor, is.Assumption), changed(tx, is.Assumption, "tested"))
	}
	if err != nil {
		return is, err
	}
	if n.Rests != (RestsOn{}) {
		err = rest(tx, actor, is.Assumption, n.Rests)
	}
	what := "registered"
	if is.Already {
		what = "used"
	}
	return is, errors.Join(err, changed(tx, is.Assumption, what))
}

// first is what its team registered already: from the same limit, which made is then taken
// from, or in the same words. None where it is new.
func (n NewAssumption) first(tx *store.Tx, made *practice.Assumption) (practice.Assumption, error) {
	if n.Limit != 0 {
		c, err := tx.ConstraintByNumber(n.Limit)
		if err != nil {
			return practice.Assumption{}, err
		}
		all, err := tx.AssumptionsOfLimit(c.ID)
		if err != nil {
			return practice.Assumption{}, err
		}
		if i := slices.IndexFunc(all, func(one practice.Assumption) bool { return one.Team == made.Team }); i >= 0 {
			return all[i], nil
		}
		made.Limit = c.ID
	}
	return sameAssumption(tx, *made)
}

// sameAssumption is the one that its team registered first in the same words.
func sameAssumption(tx *store.Tx, a practice.Assumption) (practice.Assumption, error) {
	all, err := tx.AssumptionsOf(a.Team)
	if err != nil {
		return practice.Assumption{}, err
	}
	for _, one := range all {
		if one.Says(a.Text) {
			return tx.Assumption(one.ID)
		}
	}
	return practice.Assumption{}, nil
}

// tested adds how it is known that it holds, or that it broke. What was found before about one
// that holds no longer is for whoever reads it first.
func (n NewAssumption) tested(tx *store.Tx, actor practice.Actor, a practice.Assumption) (practice.Assumption, error) {
	if n.Broke == "" && strings.TrimSpace(n.How) == "" {
		return a, nil
	}
	day, err := dayHere(tx)
	t := practice.AssumptionTest{State: practice.AssumptionHeld, How: n.How, By: actor.Member, Day: day}
	if n.Broke != "" {
		t.State, t.Gap = practice.AssumptionBroken, n.Broke
		err = errors.Join(err, mayBreak(tx, actor, n.Broke))
	}
	switch {
	case err != nil:
		return a, err
	case a.State() != practice.AssumptionHeld:
		return a, practice.Refuse(practice.Conflict, "assumption.known").At("text").With("n", a.Number)
	}
	return a.Test(t, a.Version())
}

// newAssumption is one that is not kept yet.
func newAssumption(tx *store.Tx, actor practice.Actor, team practice.TeamID, text string) (practice.Assumption, error) {
	day, err := dayHere(tx)
	made := practice.Assumption{ID: practice.AssumptionID(tx.NewID("asm")), Team: team, Text: strings.TrimSpace(text), By: actor.Member, Day: day}
	return made, errors.Join(err, made.Check())
}

func changed(tx *store.Tx, a practice.Assumption, what string) error {
	return tx.Emit(practice.Event{Kind: "assumption." + what, About: string(a.ID), In: string(a.Team)})
}

// mayBreak lets whoever reads a gap in the record of a closed review say that an assumption
// broke there. What was only practised breaks nothing.
func mayBreak(tx *store.Tx, actor practice.Actor, id practice.GapID) error {
	g, err := tx.Gap(id)
	if err != nil {
		return err
	}
	review, err1 := tx.Review(g.Review)
	r, err2 := newReader(tx, actor)
	f, err3 := failureOfGap(tx, id)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	reads := r.records[review.ID]
	if review.Phase != practice.PhaseClosed || reads == practice.ReadsNothing || reads != practice.ReadsWhole && !g.Route.Changes() || f.Drill {
		return practice.ErrNotFound
	}
	return nil
}

// TestAssumption keeps what the actor found about an assumption of one of their teams.
// Whoever looks after a procedure that rests on what no longer holds is told.
func (a *App) TestAssumption(ctx context.Context, actor practice.Actor, number int, n AssumptionTested) (Assumed, error) {
	return a.onAssumption(ctx, actor, number, func(tx *store.Tx, was practice.Assumption) error {
		if !actor.In(was.Team) {
			return practice.Refuse(practice.Forbidden, "assumption.others")
		}
		day, err := dayHere(tx)
		if err != nil {
			return err
		}
		t := practice.AssumptionTest{State: n.State, How: n.How, Gap: n.Gap, By: actor.Member, Day: day}
		if n.Gap != "" {
			if err := mayBreak(tx, actor, n.Gap); err != nil {
				return err
			}
		}
		next, err := n.next(tx, actor, was)
		if err != nil {
			return err
		}
		t.Next = next.ID
		is, err := was.Test(t, n.Version)
		if err != nil {
			return err
		}
		if next.ID != "" && next.Number == 0 {
			if next, err = tx.AddAssumption(next); err != nil {
				return err
			}
			err = changed(tx, next, "registered")
		}
		return errors.Join(err, tx.AddAssumptionTest(is.ID, is.Last()), tellResting(tx, actor, is), changed(tx, is, "tested"))
	})
}

// next is what is assumed instead, which may not be kept yet.
func (n AssumptionTested) next(tx *store.Tx, actor practice.Actor, was practice.Assumption) (practice.Assumption, error) {
	switch {
	case n.State != practice.AssumptionReplaced:
		return practice.Assumption{}, nil
	case n.Next != 0:
		next, err := tx.AssumptionByNumber(n.Next)
		if isNotFound(err) || err == nil && next.State() != practice.AssumptionHeld {
			err = practice.Refuse(practice.Invalid, "assumption.next").At("next")
		}
		return next, err
	case strings.TrimSpace(n.Instead) != "":
		next, err := newAssumption(tx, actor, was.Team, n.Instead)
		var wrong *practice.Error
		if errors.As(err, &wrong) {
			err = wrong.At("instead")
		}
		if err != nil {
			return next, err
		}
		first, err := sameAssumption(tx, next)
		switch {
		case err != nil || first.ID == "":
			return next, err
		case first.ID != was.ID && first.State() != practice.AssumptionHeld:
			err = practice.Refuse(practice.Conflict, "assumption.known").At("instead").With("n", first.Number)
		}
		return first, err
	}
	return practice.Assumption{}, nil
}

// tellResting tells whoever looks after a procedure once that it rests on what no longer
// holds. What people were told is put away where it holds again.
func tellResting(tx *store.Tx, actor practice.Actor, a practice.Assumption) error {
	for _, u := range a.Uses {
		link := useLink(a, u)
		if err := tx.SettleNotices(link); err != nil {
			return err
		}
		if a.State() == practice.AssumptionHeld || u.Procedure == "" {
			continue
		}
		p, err := tx.Procedure(u.Procedure)
		if err != nil {
			return err
		}
		if p.Owner == "" || p.Owner == actor.Member || !p.RetireAt.IsZero() {
			continue
		}
		n := practice.Notice{Member: p.Owner, Code: "notice.assumption", Link: link, Args: practice.Args{"procedure": p.Title, "text": a.Text}}
		if err := tx.Tell(n, ""); err != nil {
			return err
		}
	}
	return nil
}

// useLink is where somebody says what is to be done with something that rests on an assumption.
func useLink(a practice.Assumption, u practice.AssumptionUse) string {
	return practice.AssumptionPath(a.Number) + "#" + string(u.ID)
}

// RestOn keeps that a procedure that the actor may change, or a plan of one of their teams,
// rests on an assumption.
func (a *App) RestOn(ctx context.Context, actor practice.Actor, number int, on RestsOn) (Assumed, error) {
	return a.onAssumption(ctx, actor, number, func(tx *store.Tx, is practice.Assumption) error {
		return errors.Join(rest(tx, actor, is, on), changed(tx, is, "used"))
	})
}

// rest keeps that something rests on an assumption, once.
func rest(tx *store.Tx, actor practice.Actor, a practice.Assumption, on RestsOn) error {
	day, err := dayHere(tx)
	if err != nil {
		return err
	}
	u := practice.AssumptionUse{Assumption: a.ID, Day: day}
	switch {
	case on.Procedure != "":
		err = on.procedure(tx, actor, &u)
	case on.Plan != 0:
		var p practice.Plan
		p, err = planFor(tx, actor, on.Plan)
		u.Plan = p.ID
	default:
		err = practice.Refuse(practice.Invalid, "assumption.rests").At("on")
	}
	if err != nil || slices.ContainsFunc(a.Uses, u.Same) {
		return err
	}
	u.ID = practice.AssumptionUseID(tx.NewID("asu"))
	return tx.AddAssumptionUse(u)
}

// procedure reads which one is meant, and which step of it.
func (on RestsOn) procedure(tx *store.Tx, actor practice.Actor, u *practice.AssumptionUse) error {
	p, err := tx.ProcedureBySlug(on.Procedure)
	if err != nil {
		return err
	}
	if !mayChange(actor, p) {
		return practice.Refuse(practice.Forbidden, "procedure.others")
	}
	u.Procedure = p.ID
	if on.Step == "" {
		return nil
	}
	steps, err := tx.Steps(p.ID, false)
	i := slices.IndexFunc(steps, func(s practice.ProcedureStep) bool { return string(s.ID) == on.Step || s.Number == on.Step })
	if err != nil || i < 0 {
		return errors.Join(err, practice.Refuse(practice.Invalid, "assumption.step").At("step"))
	}
	u.Step = steps[i].ID
	return nil
}

// LookAtUse says what is to be done with something that rests on an assumption: it is fine
// as it is, it rests on what is assumed instead, or it does not rest on it.
func (a *App) LookAtUse(ctx context.Context, actor practice.Actor, number int, n AssumptionLook) (Assumed, error) {
	return a.onAssumption(ctx, actor, number, func(tx *store.Tx, is practice.Assumption) error {
		i := slices.IndexFunc(is.Uses, func(u practice.AssumptionUse) bool { return u.ID == n.Use })
		if i < 0 {
			return practice.ErrNotFound
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return err
		}
		u, err := r.resting(tx, is, is.Uses[i])
		switch {
		case err != nil:
			return err
		case !u.Mine:
			return practice.Refuse(practice.Forbidden, "procedure.others")
		case n.Version != is.Version():
			return practice.ErrChanged
		}
		if n.Act != practice.UseFine {
			if err := unsaid(tx, u.Plan, is.ID); err != nil {
				return err
			}
		}
		return errors.Join(lookedAt(tx, is, u.AssumptionUse, n), tx.SettleNotices(useLink(is, u.AssumptionUse)), changed(tx, is, "looked"))
	})
}

func lookedAt(tx *store.Tx, a practice.Assumption, u practice.AssumptionUse, n AssumptionLook) error {
	switch n.Act {
	case practice.UseFine:
		fine, err := a.Excuse(u, n.Why)
		if err != nil {
			return err
		}
		return tx.SaveAssumptionUse(fine)
	case practice.UseRemove:
		return tx.RemoveAssumptionUse(u.ID)
	case practice.UseNext:
		last := a.Last()
		if last.Next == "" {
			return practice.Refuse(practice.Conflict, "assumption.nonext").At("act")
		}
		next, err := tx.Assumption(last.Next)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(next.Uses, u.Same) {
			return tx.RemoveAssumptionUse(u.ID)
		}
		u.Assumption, u.Fine = next.ID, ""
		return tx.SaveAssumptionUse(u)
	}
	return practice.Refuse(practice.Invalid, "required").At("act")
}

// onAssumption does something with an assumption, and returns it as it is afterwards.
func (a *App) onAssumption(ctx context.Context, actor practice.Actor, number int, do func(*store.Tx, practice.Assumption) error) (Assumed, error) {
	if err := mayWrite(actor); err != nil {
		return Assumed{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (Assumed, error) {
		is, err := tx.AssumptionByNumber(number)
		if err != nil {
			return Assumed{}, err
		}
		if err := do(tx, is); err != nil {
			return Assumed{}, err
		}
		return assumedBy(tx, actor, number)
	})
}
