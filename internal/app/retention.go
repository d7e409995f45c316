package app

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// DisposeAnswers deletes the raw answers of all reviews whose time is over, but
// for those that are held, and with them the five minutes that are as old; it
// takes their text out of what the database keeps beside its tables. It is work
// for every day, and nobody's act.
func (a *App) DisposeAnswers(ctx context.Context) error {
	var before time.Time
	due, err := read(ctx, a, func(tx *store.Tx) ([]practice.ReviewID, error) {
		house, err := tx.Organisation()
		if err != nil {
			return nil, err
		}
		before = tx.Now().AddDate(0, 0, -house.RetentionDays)
		return tx.AnsweredBefore(before)
	})
	if isNotFound(err) { // nobody has set up anything yet
		return nil
	}
	for _, id := range due {
		if err := a.store.Update(ctx, func(tx *store.Tx) error { return tx.DisposeAnswers(id) }); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if err := a.store.Update(ctx, func(tx *store.Tx) error { return tx.DisposeHot(before) }); err != nil {
		return err
	}
	return a.store.Scrub(ctx)
}

// HoldAnswers keeps the raw answers of a failure's closed review beyond their
// time, for a reason that whoever reads the record sees, or with an empty one
// lets them go again. Those who took part are told. It takes a steward, who
// reads nothing more for it.
func (a *App) HoldAnswers(ctx context.Context, actor practice.Actor, number int, why string) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		f, r, err := closedReview(tx, number)
		if err != nil {
			return err
		}
		was := r.Version
		if r, err = r.Hold(why); err != nil {
			return err
		}
		if err := tx.SaveReview(r, was); err != nil {
			return err
		}
		kind, code := "review.held", "notice.held"
		if r.HeldWhy == "" {
			kind, code = "review.released", "notice.released"
		}
		invited, err := tx.Invitations(r.ID)
		if err != nil {
			return err
		}
		for _, i := range invited {
			if !i.Spent {
				continue
			}
			err := tx.AddNotice(practice.Notice{Member: i.Member, Code: code, Link: practice.RecordPath(f.Number),
				Args: practice.Args{"title": f.Title, "why": r.HeldWhy}})
			if err != nil {
				return err
			}
		}
		return tx.Emit(practice.Event{Kind: kind, About: string(r.ID), In: string(f.Team)})
	})
}

// closedReview returns a failure's latest closed review.
func closedReview(tx *store.Tx, number int) (practice.Failure, practice.Review, error) {
	f, err := tx.FailureByNumber(number)
	if err != nil {
		return f, practice.Review{}, err
	}
	r, err := latestClosed(tx, f)
	return f, r, err
}

func latestClosed(tx *store.Tx, f practice.Failure) (practice.Review, error) {
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return practice.Review{}, err
	}
	for _, r := range reviews {
		if r.Phase == practice.PhaseClosed {
			return r, nil
		}
	}
	return practice.Review{}, practice.ErrNotFound
}
