package app

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SinceReport is a report of the reader, about which their start page asks whether anything
// bad has happened to them since. Nothing is kept of an answer: there is none to send. That
// it was put away is forgotten on the day on which it would be gone.
type SinceReport struct {
	Failure practice.Failure
	Until   time.Time // until when it stands there
	Last    bool      // and never again
}

// since are the reports of the reader about which that is asked now.
func (h *Home) since(tx *store.Tx, r reader, _ []practice.TeamID) error {
	if r.Actor.Member == "" {
		return nil
	}
	all, err := tx.ReportsOf(r.Actor.Member, practice.SinceFrom(tx.Now()))
	for _, f := range all {
		if s := practice.SinceReport(f.ReportedAt, tx.Now()); s.Asks {
			h.Since = append(h.Since, SinceReport{f, s.Until, s.Last})
		}
	}
	return err
}

// PutSinceAway puts the question about one of the actor's own reports away, for now or for
// good. No event tells of it. Put away twice, or too late, it is away.
func (a *App) PutSinceAway(ctx context.Context, actor practice.Actor, number int, forGood bool) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, err := tx.FailureByNumber(number)
		if err == nil && (actor.Member == "" || f.Reporter != actor.Member) {
			err = practice.ErrNotFound
		}
		if err != nil || !practice.SinceReport(f.ReportedAt, tx.Now()).Asks {
			return err
		}
		return tx.PutSinceAway(f.ID, practice.SinceAway(f.ReportedAt, tx.Now(), forGood))
	})
}
