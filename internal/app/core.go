package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// MarkStep says of a step that it is core from now on, or no longer, and why. Anyone of
// the procedure's team may say the first; the second is its owner's to say, if it has
// one. What was noticed while a step was core waits for three all the same.
func (a *App) MarkStep(ctx context.Context, actor practice.Actor, p practice.ProcedureID, m practice.CoreMark) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, s, err := theirStep(tx, actor, p, m.Step)
		if err != nil || s.Core() == m.Core {
			return err
		}
		m.Why = strings.TrimSpace(m.Why)
		if err := errors.Join(p.MayMark(actor.Member, m.Core), m.Check()); err != nil {
			return err
		}
		m.At, m.Revision = tx.Now(), p.Revision
		marks, err := tx.CoreMarks(p.ID)
		if err != nil {
			return err
		}
		if n := len(marks); n > 0 && !m.At.After(marks[n-1].At) { // what is said last counts, whatever the clock does
			m.At = marks[n-1].At.Add(time.Microsecond)
		}
		return errors.Join(tx.AddCoreMark(m), tx.Emit(practice.Event{Kind: "step.marked", About: string(p.ID), In: string(p.Team),
			Data: practice.Args{"core": m.Core}}))
	})
}

// theirStep is a step in use of a procedure that the actor may change.
func theirStep(tx *store.Tx, actor practice.Actor, id practice.ProcedureID, step practice.StepID) (practice.Procedure, practice.ProcedureStep, error) {
	p, err := theirs(tx, actor, id)
	if err != nil {
		return p, practice.ProcedureStep{}, err
	}
	steps, err := tx.Steps(id, false)
	at := slices.IndexFunc(steps, func(s practice.ProcedureStep) bool { return s.ID == step })
	if at < 0 {
		return p, practice.ProcedureStep{}, errors.Join(err, practice.ErrNotFound)
	}
	return p, steps[at], err
}

// PlaceCoreChange puts a change that waited at a core step in place, once enough speaks
// for it: the words of the room that wrote it, over the revision that the actor saw. All
// that spoke for it stands behind the step then.
func (a *App) PlaceCoreChange(ctx context.Context, actor practice.Actor, p practice.ProcedureID, step practice.StepID, gap practice.GapID, base int) (store.Revised, error) {
	return a.revise(ctx, actor, p, func(tx *store.Tx, p practice.Procedure) (store.Revised, error) {
		_, s, err := theirStep(tx, actor, p.ID, step)
		if err != nil {
			return store.Revised{}, err
		}
		r, err1 := newReader(tx, actor)
		house, err2 := tx.Organisation()
		if err := errors.Join(err1, err2); err != nil {
			return store.Revised{}, err
		}
		waits := s.Confirmed()
		r.waits(waits)
		at := slices.IndexFunc(waits, func(w practice.CoreChange) bool { return w.Gap == gap && w.Number > 0 })
		if at < 0 {
			return store.Revised{}, practice.ErrNotFound
		}
		if err := s.Case(house.Location()).MayPlace(); err != nil {
			return store.Revised{}, err
		}
		c := waits[at].Change
		c.Step, c.Base = s.ID, base
		return putIn(tx, p, s, gap, c)
	})
}

// putIn puts a change in for which enough speaks. Where it affects several groups it is on
// trial until each has said yes.
func putIn(tx *store.Tx, p practice.Procedure, s practice.ProcedureStep, gap practice.GapID, c practice.StepChange) (store.Revised, error) {
	on, err := tx.CheckOf(gap)
	if err != nil {
		return store.Revised{}, err
	}
	if on != "" {
		g, err := tx.Party(on)
		if err != nil {
			return store.Revised{}, err
		}
		c.Checks, c.Checked = true, g.Name
	}
	asked, err := tx.Affected(c)
	if err != nil {
		return store.Revised{}, err
	}
	done, err := tx.Revise(c, practice.Revision{Reason: practice.ReasonLearning, Gap: gap})
	if err != nil {
		return done, err
	}
	if err := errors.Join(tx.EndTrials(c, gap), tx.PlaceCore(c, []practice.ProcedureStep{s}, done), tx.TellPlaced(gap)); err != nil {
		return done, err
	}
	if !asked.Needs {
		return done, nil
	}
	t := practice.Trial{Gap: gap, Procedure: p.ID, Step: s.ID, Revision: done.Revision.Number, At: tx.Now()}
	return done, tx.Try(t.ForGroups(), asked, done)
}

// mayPaste refuses a whole page that takes out or rewords a core step, or one that groups are
// asked about: that comes from a review, or has a source and a date.
func mayPaste(steps []practice.ProcedureStep, known store.Known, page prose.Procedure) error {
	for _, s := range steps {
		at, says := slices.Index(known.IDs, s.ID), ""
		if at >= 0 {
			says = page.Steps[at].Text
		}
		if err := s.MayPaste(says, at >= 0); err != nil {
			return err
		}
	}
	return nil
}
