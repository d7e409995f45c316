package store

import (
	"errors"
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// What came of an offer has no review here: it is settled from the day it is in use.
const trialQuery = `SELECT trial.gap, coalesce(review.failure, offer.failure, ''), step.procedure, trial.step, trial.revision, trial.harm, trial.at,
		coalesce(review.closed_at, trial.at),
		trial.look_at, trial.until_at, trial.end_at, trial.kept, trial.why,
		coalesce((SELECT max(t.revision) FROM consent_text AS t WHERE t.gap = trial.gap), trial.revision), trial.again,
		coalesce(consent.stage, ''), coalesce(consent.due_at, 0), coalesce(consent.proven, FALSE)
	FROM trial JOIN step ON step.id = trial.step LEFT JOIN gap ON gap.id = trial.gap LEFT JOIN review ON review.id = gap.review
		LEFT JOIN offer ON offer.id = trial.gap LEFT JOIN consent ON consent.gap = trial.gap `

func scanTrial(r scanner) (t practice.Trial, err error) {
	again := 0
	err = r.Scan(&t.Gap, &t.Failure, &t.Procedure, &t.Step, &t.Revision, &t.Harm, at{&t.At}, at{&t.Closed},
		at{&t.LookAt}, at{&t.Until}, at{&t.EndAt}, &t.Kept, &t.Why,
		&t.Latest, &again, &t.Groups, at{&t.DueAt}, &t.Proven)
	t.Latest = max(t.Latest, again)
	return t, err
}

// AddTrial keeps that a change comes back.
func (tx *Tx) AddTrial(t practice.Trial) error {
	_, err := tx.exec(`INSERT INTO trial (gap, step, revision, harm, at, look_at, until_at, end_at, kept, why)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.Gap, t.Step, t.Revision, t.Harm, t.At, t.LookAt, t.Until, t.EndAt, t.Kept, t.Why)
	if err != nil {
		return fmt.Errorf("add trial: %w", err)
	}
	return nil
}

// Trial returns that of the change a gap led to, or none.
func (tx *Tx) Trial(g practice.GapID) (practice.Trial, error) {
	t, err := scanTrial(tx.row(trialQuery+`WHERE trial.gap = $1`, g))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Trial{}, nil
	}
	return t, err
}

// trials returns those of a procedure that run.
func (tx *Tx) trials(p practice.ProcedureID) ([]practice.Trial, error) {
	return list(tx, scanTrial, trialQuery+`WHERE step.procedure = $1 AND trial.end_at = 0 ORDER BY trial.at, trial.gap`, p)
}

// TrialsAsking returns those of procedures in use that ask for something now, the one
// whose term was over first before the others.
func (tx *Tx) TrialsAsking() ([]practice.Trial, error) {
	all, err := list(tx, scanTrial, trialQuery+`JOIN procedure ON procedure.id = step.procedure
		WHERE trial.end_at = 0 AND procedure.retired_at = 0 AND 
			(trial.until_at BETWEEN 1 AND $1 OR trial.look_at BETWEEN 1 AND $1 OR consent.end_at = 0)
		ORDER BY trial.until_at, trial.gap`, tx.now)
	return slices.DeleteFunc(all, func(t practice.Trial) bool { return t.Asks(tx.now) == "" }), err
}

// SaveTrial writes back what becomes of a trial. It returns [practice.ErrChanged] where
// somebody was faster.
func (tx *Tx) SaveTrial(t, was practice.Trial) error {
	n, err := tx.exec(`UPDATE trial SET look_at = $2, until_at = $3, end_at = $4, kept = $5, why = $6
		WHERE gap = $1 AND end_at = 0 AND look_at = $7 AND until_at = $8`,
		t.Gap, t.LookAt, t.Until, t.EndAt, t.Kept, t.Why, was.LookAt, was.Until)
	if err != nil {
		return fmt.Errorf("save trial: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// EndTrials ends those of the steps that another learning changes: it takes their place, and
// nobody has kept them. They count again where what came of that gap goes.
func (tx *Tx) EndTrials(c practice.StepChange, by practice.GapID) error {
	for _, s := range c.Changes() {
		if err := tx.endConsent(s); err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE trial SET end_at = $2, replaced = $3 WHERE step = $1 AND end_at = 0`, s, tx.now, by); err != nil {
			return fmt.Errorf("end trials: %w", err)
		}
	}
	return nil
}

// PutBack gives a step the wording it had before a trial, or takes out the one that came
// with it: the rest of the page stays as it is by now. The failure no longer stands behind
// it, and its gap says that it was put back. What it took the place of is on trial again. A list of which nothing is left goes out of use.
// It refuses with "trial.later" where that
// cannot be done by itself any more.
func (tx *Tx) PutBack(t practice.Trial) (Revised, error) {
	done, err := tx.back(t)
	if err != nil {
		return done, err
	}
	if err := tx.reopen(t.Gap, t.Revision); err != nil {
		return done, err
	}
	if t.Gap.Offer() != "" { // its failure is another team's
		return done, nil
	}
	return done, errors.Join(tx.remove(t.Gap, `DELETE FROM scar WHERE gap = $1`),
		tx.lead(t.Gap, t.Failure, practice.Route{Kind: practice.RoutePutBack, To: string(t.Step), Why: t.Why}))
}

// back makes the change that puts a trial back.
func (tx *Tx) back(t practice.Trial) (Revised, error) {
	c, err := tx.reverse(t)
	if err != nil {
		return Revised{}, err
	}
	done, err := tx.Revise(c, practice.Revision{Reason: practice.ReasonPutBack, Source: t.Why})
	if err == nil && len(done.Revision.Steps) == 0 {
		done.Procedure.RetireAt = tx.Now()
		err = tx.SaveProcedure(done.Procedure, done.Procedure.Revision)
	}
	return done, err
}

// reverse is the change that puts a trial back.
func (tx *Tx) reverse(t practice.Trial) (practice.StepChange, error) {
	c := practice.StepChange{Procedure: t.Procedure, Base: t.Latest, Step: t.Step, Act: practice.ActEdit}
	made, err1 := tx.Revision(t.Procedure, t.Revision)
	was, err2 := practice.Revision{}, error(nil)
	if t.Revision > 1 {
		was, err2 = tx.Revision(t.Procedure, t.Revision-1)
	}
	s, err3 := tx.Step(t.Step)
	words, err4 := tx.WordingsOf(t.Procedure)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return c, err
	}
	later := false
	for _, w := range words {
		switch {
		case w.Step != t.Step || w.Revision == t.Revision:
		case w.Revision < t.Revision:
			c.Text = w.Text
		default:
			why, err := tx.Revision(t.Procedure, w.Revision)
			if err != nil {
				return c, err
			}
			later = later || why.Reason.Bound()
		}
	}
	switch {
	case later || s.Retired > 0 || s.Since != t.Latest:
		return c, practice.Refuse(practice.Conflict, "trial.later")
	case slices.Equal(made.Steps, was.Steps) && c.Text != "":
		return c, nil
	case s.Begun == t.Revision && s.Origin == "" && len(made.Steps) == len(was.Steps)+1:
		c.Act = practice.ActRemove
		return c, nil
	}
	return c, practice.Refuse(practice.Conflict, "trial.later")
}
