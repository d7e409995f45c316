package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// RemoveFromPlan takes words out of a plan and of everything that stands beside it, for
// good; the places are marked, and what was frozen gets the fingerprint of what is left.
// Who did it and when stays. Everybody of its team may, who may write it. What is not
// sure is only counted. Words that stand nowhere the actor reads are refused
// ("redact.nowhere"). While a failure of the plan is on hold, nothing is taken out
// ("hold.stays").
func (a *App) RemoveFromPlan(ctx context.Context, actor practice.Actor, number int, n practice.NewRedaction) (practice.Redaction, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Redaction{}, err
	}
	n.Pictures = false // it has none
	var done practice.Redaction
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return err
		}
		if err := errors.Join(n.Check(), unheldPlan(tx, p)); err != nil {
			return err
		}
		print, err := printOf(tx, n)
		if err != nil {
			return err
		}
		done = practice.Redaction{Plan: p.ID, At: tx.Now(), Print: print}
		if done.Places, err = takeFromPlan(tx, p, print); err != nil {
			return err
		}
		if done.Places == 0 {
			return practice.Refuse(practice.Invalid, "redact.nowhere").At("words")
		}
		if !n.Sure {
			return errCounted
		}
		done.Member = actor.Member
		done.ID = practice.RedactionID(tx.NewID("red"))
		return errors.Join(tx.AddRedaction(done), tellPlanRedacted(tx, p), tx.Enqueue("store.scrub", tx.Now(), nil), tx.KeepLedger())
	})
	if errors.Is(err, errCounted) {
		err = nil
	}
	return done, err
}

// takeFromPlan takes out what a print is of. A plan that was as frozen gets the
// fingerprint of what is left, and nobody writes a draft back as it was before.
func takeFromPlan(tx *store.Tx, was practice.Plan, print practice.Print) (places int, err error) {
	if places, err = tx.RedactPlan(was, print.Take); err != nil {
		return places, err
	}
	is, err := tx.Plan(was.ID)
	if err != nil {
		return places, err
	}
	if was.Frozen() && was.Intact() {
		is = is.Reprint()
	}
	is.Version++
	return places, tx.SavePlan(is, was.Version)
}

// unheldPlan refuses to take something out of what a failure on hold was held against.
func unheldPlan(tx *store.Tx, p practice.Plan) error {
	all, err := tx.Failures(store.FailureFilter{Plan: p.ID, All: true})
	for _, f := range all {
		err = errors.Join(err, tx.Unheld(f.ID))
	}
	return err
}

// tellPlanRedacted lets the index forget what is gone.
func tellPlanRedacted(tx *store.Tx, p practice.Plan) error {
	return tx.Emit(practice.Event{Kind: "plan.redacted", About: string(p.ID), In: string(p.Team)})
}

// PlanRedactions returns who took personal data out of a plan and when, the latest
// first.
func (a *App) PlanRedactions(ctx context.Context, actor practice.Actor, number int) ([]Redacted, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Redacted, error) {
		p, err := planFor(tx, actor, number)
		if err != nil {
			return nil, err
		}
		all, err := tx.PlanRedactions(p.ID)
		if err != nil {
			return nil, err
		}
		return whoRedacted(tx, all)
	})
}

// whoRedacted says who made each of them.
func whoRedacted(tx *store.Tx, all []practice.Redaction) ([]Redacted, error) {
	var out []Redacted
	for _, r := range all {
		m, err := tx.Member(r.Member)
		if err != nil {
			return out, err
		}
		out = append(out, Redacted{r, m.Name})
	}
	return out, nil
}
