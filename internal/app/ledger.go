package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Ledger returns what stands beside the database for a copy from before.
func (a *App) Ledger(ctx context.Context) (practice.Ledger, error) {
	return read(ctx, a, (*store.Tx).Ledger)
}

// Replay makes a database from before follow a ledger: it erases again, takes
// out again, holds again, and takes back again. What it knows already stays as it
// is. It is nobody's act.
func (a *App) Replay(ctx context.Context, l practice.Ledger) error {
	known, err := a.Ledger(ctx)
	if err != nil {
		return err
	}
	done := map[practice.MemberID]bool{}
	for _, e := range known.Erasures {
		done[e.Member] = true
	}
	for _, e := range l.Erasures {
		if done[e.Member] {
			continue
		}
		done[e.Member] = true
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return erase(tx, e) }); err != nil {
			return err
		}
	}
	for _, r := range l.Redactions {
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return redactAgain(tx, r) }); err != nil {
			return err
		}
	}
	ended := map[practice.HoldID]bool{}
	for _, h := range known.Holds {
		ended[h.ID] = !h.Lasts()
	}
	for _, h := range l.Holds {
		was, here := ended[h.ID]
		if here && (was || h.Lasts()) {
			continue
		}
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return holdAgain(tx, h) }); err != nil {
			return err
		}
	}
	prints := map[string]bool{}
	for _, g := range l.Gone {
		prints[g.Print] = true
	}
	for _, g := range known.Gone {
		delete(prints, g.Print)
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return goAgain(tx, prints) })
}

// goAgain takes away once more what was taken back or removed since, but for what
// is on hold here.
func goAgain(tx *store.Tx, prints map[string]bool) error {
	failures, facts, err := tx.StillHere(prints)
	if err != nil {
		return err
	}
	for _, id := range facts {
		fact, err := tx.Fact(id)
		if err != nil {
			return err
		}
		why, err := tx.WhyHeld(fact.Failure)
		if err == nil && why == "" {
			err = removeFact(tx, fact)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range failures {
		f, err := tx.Failure(id)
		if err != nil {
			return err
		}
		why, err := tx.WhyHeld(id)
		if err == nil && why == "" {
			err = clearAll(tx, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// redactAgain takes out once more what was taken out since.
func redactAgain(tx *store.Tx, r practice.Redaction) error {
	if done, err := tx.KnowsRedaction(r.ID); err != nil || done {
		return err
	}
	tell, err := takeAgain(tx, r)
	if isNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	_, err = tx.Member(r.Member)
	if err == nil {
		err = tx.AddRedaction(r)
	} else if isNotFound(err) { // they came since: that they did it cannot be said here
		err = nil
	}
	return errors.Join(err, tell(), tx.Enqueue("store.scrub", tx.Now(), nil))
}

// takeAgain takes it out of the failure or the plan, and returns what lets the index
// forget it.
func takeAgain(tx *store.Tx, r practice.Redaction) (tell func() error, err error) {
	if r.Plan != "" {
		p, err := tx.Plan(r.Plan)
		if err != nil {
			return nil, err
		}
		_, err = takeFromPlan(tx, p, r.Print)
		return func() error { return tellPlanRedacted(tx, p) }, err
	}
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return nil, err
	}
	_, err = takeOut(tx, f, r.Print)
	return func() error { return tellRedacted(tx, f) }, err
}

// holdAgain keeps a hold, or its end, that the database does not know.
func holdAgain(tx *store.Tx, h practice.Hold) error {
	if _, err := tx.Failure(h.Failure); isNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	for _, m := range []*practice.MemberID{&h.By, &h.EndedBy} {
		if _, err := tx.Member(*m); isNotFound(err) { // they came since
			*m = ""
		} else if err != nil {
			return err
		}
	}
	return tx.SaveHold(h)
}
