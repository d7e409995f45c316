package app

import (
	"context"
	"errors"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Tried is a trial with the step it is of, as far as the reader may know.
type Tried struct {
	practice.Trial
	Ask  practice.TrialAsk
	Of   practice.Procedure
	At   practice.ProcedureStep
	Scar practice.Scar // the failure behind it
}

// KeepTrial says that a change which rests on one failure holds. Where its term is over,
// one line says why; a core step is then kept for so many days more, or for good once
// three failures speak for it. Whoever looks after the procedure says so, or anyone of its
// team where nobody does.
func (a *App) KeepTrial(ctx context.Context, actor practice.Actor, id practice.GapID, days int, why string) error {
	return a.decideTrial(ctx, actor, id, func(tx *store.Tx, was practice.Trial) error {
		s, err1 := tx.Step(was.Step)
		house, err2 := tx.Organisation()
		f, err3 := tx.Failure(was.Failure)
		events, err4 := tx.Events([]practice.FailureID{was.Failure})
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			return err
		}
		t, err := was.Keep(days, why, s.Case(house.Location(), practice.SpeaksOf(f, events)), tx.Now())
		if err != nil {
			return err
		}
		if err := tx.SaveTrial(t, was); err != nil {
			return err
		}
		if was.Asks(tx.Now()) == practice.TrialLooks {
			return tellTrial(tx, t, "trial.kept")
		}
		return errors.Join(inRound(tx, was, func(c practice.Consent) (practice.Consent, error) {
			return c.Keep(practice.Spoken{By: actor.Member, Text: t.Why}, days, tx.Now())
		}), tellTrial(tx, t, "trial.kept"))
	})
}

// PutBack gives a step the wording it had before a change that rests on one failure, with
// one line why. Whoever may keep it may. It refuses with "trial.later" where the step has
// changed again since.
func (a *App) PutBack(ctx context.Context, actor practice.Actor, id practice.GapID, why string) error {
	return a.decideTrial(ctx, actor, id, func(tx *store.Tx, was practice.Trial) error {
		t, err := was.PutBack(why, tx.Now())
		if err != nil {
			return err
		}
		if err := tx.SaveTrial(t, was); err != nil {
			return err
		}
		done, err := tx.PutBack(t)
		if err != nil {
			return err
		}
		err = errors.Join(tx.TellChange(t.Procedure, done.Revision.Number, actor.Member), inRound(tx, was, func(c practice.Consent) (practice.Consent, error) {
			return c.PutBack(practice.Spoken{By: actor.Member, Text: t.Why}, tx.Now()), nil
		}), tellTrial(tx, t, "procedure.changed"))
		switch {
		case err != nil:
			return err
		case t.Gap.Offer() != "":
			return followTrial(tx, t)
		}
		return tx.TellLed(t.Gap)
	})
}

// inRound does something in the round of a trial's groups, where one is open.
func inRound(tx *store.Tx, t practice.Trial, do func(c practice.Consent) (practice.Consent, error)) error {
	if !t.Waits() {
		return nil
	}
	was, err := tx.Consent(t.Gap)
	if err != nil {
		return err
	}
	c, err := do(was)
	if err != nil {
		return err
	}
	return errors.Join(tx.SaveConsent(c, was), followRound(tx, c), tx.TellVoices(c, was))
}

// decideTrial lets whoever may decide about a trial do so.
func (a *App) decideTrial(ctx context.Context, actor practice.Actor, id practice.GapID, do func(tx *store.Tx, was practice.Trial) error) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		t, err := tx.Trial(id)
		if err != nil {
			return err
		}
		p, err := theirs(tx, actor, t.Procedure)
		if err != nil {
			return err
		}
		if err := mayDecide(tx, actor, p); err != nil {
			return err
		}
		return do(tx, t)
	})
}

// tellTrial tells whoever follows the log.
func tellTrial(tx *store.Tx, t practice.Trial, kind string) error {
	p, err := tx.Procedure(t.Procedure)
	if err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: kind, About: string(p.ID), In: string(p.Team), Data: practice.Args{"reason": practice.ReasonPutBack}})
}

// trials are those that ask the reader for a word: what nobody has decided stands first.
func (h *Home) trials(tx *store.Tx, r reader, _ []practice.TeamID) error {
	all, err := tx.TrialsAsking()
	if err != nil || len(all) == 0 {
		return err
	}
	guards, err := isGuardian(tx, r.Actor)
	if err != nil {
		return err
	}
	for _, t := range all {
		p, err := tx.Procedure(t.Procedure)
		if err != nil {
			return err
		}
		decides := r.In(p.Team) && mayDecide(tx, r.Actor, p) == nil
		sees := guards && !t.Waits() && t.Asks(tx.Now()) == practice.TrialOver // what waits for groups they see as a round
		if !decides && !sees {
			continue
		}
		one, err := r.tried(tx, t, p)
		if err != nil {
			return err
		}
		h.Trials = append(h.Trials, one)
	}
	slices.SortStableFunc(h.Trials, func(a, b Tried) int {
		switch {
		case a.Ask == b.Ask:
			return 0
		case a.Ask == practice.TrialOver:
			return -1
		}
		return 1
	})
	return nil
}

func (r reader) tried(tx *store.Tx, t practice.Trial, p practice.Procedure) (Tried, error) {
	s, err1 := tx.Step(t.Step)
	scar, err2 := r.scarOf(tx, t.Failure)
	if err := errors.Join(err1, err2); err != nil {
		return Tried{}, err
	}
	if scar.Number == 0 && t.Gap.Offer() == "" {
		t = t.Hushed()
	}
	return Tried{t, t.Asks(tx.Now()), p, s, scar}, nil
}
