package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Usage is how long a list is and when its lines were used, as its page shows it.
type Usage struct {
	practice.Uses
	Of    practice.Procedure
	Lines []practice.ProcedureStep // all of them
	May   bool                     // the reader says what becomes of the unused ones
}

// Idle are the lines that are proposed for retirement, with the failures behind them.
func (u Usage) Idle() (all []practice.ProcedureStep) {
	for _, s := range u.Lines {
		if u.MayRetire(s.ID) == nil {
			all = append(all, s)
		}
	}
	return all
}

// Ticked is what somebody says of the lines of a list as they end a use of it.
type Ticked struct {
	Done   []practice.StepID
	Spared []practice.StepID // that were not needed this time
}

// EndUse keeps on which day lines of a list were ticked or not needed, and that it was
// used: nobody's name, no hour, and no event. What is of another list, or gone, is left out;
// where nothing is left, nothing is kept.
func (a *App) EndUse(ctx context.Context, actor practice.Actor, id practice.ProcedureID, t Ticked) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Procedure(id)
		if err != nil {
			return err
		}
		steps, err1 := tx.Steps(id, false)
		uses, err2 := tx.StepUses(id)
		house, err3 := tx.Organisation()
		round, err4 := tx.CycleOf(p.Team)
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			return err
		}
		today, any := practice.DayOf(tx.Now(), house.Location()), false
		for _, s := range steps {
			done, spared := slices.Contains(t.Done, s.ID), slices.Contains(t.Spared, s.ID)
			if !done && !spared {
				continue
			}
			any = true
			if err := tx.SaveStepUse(useOf(uses, s.ID).Tick(!done, today)); err != nil {
				return err
			}
		}
		if !any {
			return nil
		}
		return tx.KeepListUse(id, practice.DayOf(round.StartAt, house.Location()), today)
	})
}

// useOf is what is known of the use of a line.
func useOf(all []practice.StepUse, id practice.StepID) practice.StepUse {
	if i := slices.IndexFunc(all, func(u practice.StepUse) bool { return u.Step == id }); i >= 0 {
		return all[i]
	}
	return practice.StepUse{Step: id}
}

// Usage returns how long a procedure is, when it was used, and which of its lines nobody
// ticked for so long that they may go. The whole organisation reads it.
func (a *App) Usage(ctx context.Context, actor practice.Actor, slug string) (Usage, error) {
	return read(ctx, a, func(tx *store.Tx) (Usage, error) {
		r, p, err := procedureFor(tx, actor, slug)
		if err != nil {
			return Usage{}, err
		}
		u, err := usage(tx, p)
		r.steps(u.Lines)
		u.May = mayChange(actor, p) && mayRetire(tx, actor, p) == nil
		return u, err
	})
}

// usage reads it. Days are held against the rounds of the team that the list is of.
func usage(tx *store.Tx, p practice.Procedure) (Usage, error) {
	u := Usage{Of: p}
	var err error
	if u.Lines, err = tx.Steps(p.ID, false); err != nil {
		return u, err
	}
	kept, err := listUse(tx, p, u.Lines)
	if err != nil {
		return u, err
	}
	house, err := tx.Organisation()
	u.Uses = kept.Uses(u.Lines, practice.Today{Now: tx.Now(), Zone: house.Location()})
	return u, err
}

func listUse(tx *store.Tx, p practice.Procedure, lines []practice.ProcedureStep) (l practice.ListUse, err error) {
	var err1, err2, err3, err4 error
	l.Days, err1 = tx.ListUses(p.ID)
	l.Steps, err2 = tx.StepUses(p.ID)
	l.Rounds, err3 = tx.Cycles(p.Team)
	l.Worded, err4 = worded(tx, p.ID, lines)
	return l, errors.Join(err1, err2, err3, err4)
}

// worded says when each of the lines of a procedure got the words it has.
func worded(tx *store.Tx, p practice.ProcedureID, lines []practice.ProcedureStep) (map[practice.StepID]time.Time, error) {
	revisions, err := tx.Revisions(p)
	at := map[int]time.Time{}
	for _, r := range revisions {
		at[r.Number] = r.At
	}
	of := map[practice.StepID]time.Time{}
	for _, s := range lines {
		of[s.ID] = at[s.Since]
	}
	return of, err
}

// mayRetire decides who says what becomes of a line that nobody ticks: whoever looks after
// the procedure, or may change it where nobody does.
func mayRetire(tx *store.Tx, actor practice.Actor, p practice.Procedure) error {
	if err := p.MayDecide(actor.Member); err != nil {
		return err
	}
	return mayRevise(tx, actor, p)
}

// RetireUnused takes a line out that nobody ticked for so long that it may go. Its history
// stays. It refuses with "unused.groups" where groups have a say about the list: they are
// asked where a review changes it.
func (a *App) RetireUnused(ctx context.Context, actor practice.Actor, id practice.ProcedureID, c practice.StepChange) (store.Revised, error) {
	return a.revise(ctx, actor, id, func(tx *store.Tx, p practice.Procedure) (store.Revised, error) {
		c.Procedure, c.Act = p.ID, practice.ActRemove
		if err := idle(tx, actor, p, c.Step); err != nil {
			return store.Revised{}, err
		}
		asked, err := tx.Affected(c)
		if err != nil {
			return store.Revised{}, err
		}
		if asked.Needs {
			return store.Revised{}, practice.Refuse(practice.Conflict, "unused.groups")
		}
		return tx.Revise(c, practice.Revision{Reason: practice.ReasonUnused})
	})
}

// KeepUnused keeps a line that nobody ticked, with one line why, for as many rounds more.
func (a *App) KeepUnused(ctx context.Context, actor practice.Actor, id practice.ProcedureID, step practice.StepID, why string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := theirs(tx, actor, id)
		if err != nil {
			return err
		}
		if err := idle(tx, actor, p, step); err != nil {
			return err
		}
		uses, err1 := tx.StepUses(id)
		day, err2 := dayHere(tx)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		kept, err := useOf(uses, step).Keep(why, day)
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveStepUse(kept), tx.Emit(practice.Event{Kind: "procedure.kept", About: string(p.ID), In: string(p.Team)}))
	})
}

// idle refuses who may not say what becomes of a line, and what is not proposed.
func idle(tx *store.Tx, actor practice.Actor, p practice.Procedure, step practice.StepID) error {
	if err := mayRetire(tx, actor, p); err != nil {
		return err
	}
	u, err := usage(tx, p)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(u.Lines, func(s practice.ProcedureStep) bool { return s.ID == step }) {
		return practice.ErrNotFound
	}
	return u.MayRetire(step)
}

// unused are the procedures the reader looks after in which lines are proposed for
// retirement.
func (h *Home) unused(tx *store.Tx, r reader, _ []practice.TeamID) error {
	all, err := tx.OwnedBy(r.Member)
	if err != nil {
		return err
	}
	for _, p := range all {
		days, err := tx.ListUses(p.ID)
		if err != nil {
			return err
		}
		if len(days) < practice.UnusedRounds || !r.In(p.Team) || mayRetire(tx, r.Actor, p) != nil {
			continue
		}
		u, err := usage(tx, p)
		if err != nil {
			return err
		}
		if len(u.Unused) > 0 {
			h.Unused = append(h.Unused, u)
		}
	}
	return nil
}
