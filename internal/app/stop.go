package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// StopReview says that another procedure goes on about a failure. A review of it that is
// open ends unfinished, with what was written alone read by nobody, and no other is
// called. Nothing is sent anywhere; those invited read that it stopped, and by whom.
func (a *App) StopReview(ctx context.Context, actor practice.Actor, id practice.FailureID, why practice.Stop) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := own(tx, actor, id)
		switch {
		case err != nil || f.Stopped != "":
			return f, err
		case why != practice.StopFormal && why != practice.StopRisk:
			return f, practice.Refuse(practice.Invalid, "required").At("why")
		}
		f.Stopped, f.StoppedAt = why, tx.Now()
		if err := tx.SaveStop(f); err != nil {
			return f, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return f, err
		}
		for _, r := range reviews {
			if r.Phase != practice.PhaseClosed {
				if err := stopOne(tx, actor, f, r); err != nil {
					return f, err
				}
			}
		}
		return f, tx.Emit(practice.Event{Kind: "failure.stopped", About: string(f.ID), In: string(f.Team)})
	})
}

// stopOne ends one review, and every trace of its seats.
func stopOne(tx *store.Tx, actor practice.Actor, f practice.Failure, r practice.Review) error {
	if _, err := tx.TakeReady(r.ID); err != nil {
		return err
	}
	err := errors.Join(tx.SaveReview(r.Stop(), r.Version), tx.Unseat(r.ID), tx.ForgetTalks(r.ID), tx.SettleNotices(practice.RoomPath(f.Number)))
	if err != nil {
		return err
	}
	m, err := tx.Member(actor.Member)
	if err != nil {
		return err
	}
	told := practice.Notice{Code: "notice.stopped", Link: practice.FailurePath(f.Number), Args: practice.Args{"title": f.Title, "name": m.Name}}
	return errors.Join(tellEach(tx, r, told), tx.Emit(practice.Event{Kind: "review.off", About: string(r.ID), In: string(f.Team)}),
		tx.Emit(practice.Event{Kind: "room.stopped", About: string(r.ID), In: string(r.ID)}))
}

// ResumeReviews says that the other procedure is over: a review may be called again. The
// failure stays out of what is measured.
func (a *App) ResumeReviews(ctx context.Context, actor practice.Actor, id practice.FailureID) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := own(tx, actor, id)
		if err != nil || f.Stopped == "" {
			return f, err
		}
		f.Stopped = ""
		return f, errors.Join(tx.SaveStop(f), tx.Emit(practice.Event{Kind: "failure.stopped", About: string(f.ID), In: string(f.Team)}))
	})
}
