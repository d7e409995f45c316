package app

import (
	"context"
	"errors"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SendHot makes a failure of a team out of what some of it wrote together on one
// phone in the five minutes after an action. Neither who sent it nor when is
// kept, only the day; the key of the request alone tells one that is sent again.
func (a *App) SendHot(ctx context.Context, actor practice.Actor, n practice.NewHot) (practice.Failure, error) {
	if !actor.May(practice.ScopeReport) && !actor.May(practice.ScopeWrite) {
		return practice.Failure{}, practice.Refuse(practice.Forbidden, "token.scope").With("scope", practice.ScopeReport)
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		err := n.Check(tx.Now())
		if err != nil {
			return practice.Failure{}, err
		}
		if n.Team, err = actor.For(n.Team); err != nil {
			return practice.Failure{}, err
		}
		house, err := tx.Organisation()
		if err != nil {
			return practice.Failure{}, err
		}
		id, err := once(tx, practice.Actor{Once: actor.Once}, "hot.send", func() (string, error) {
			f, h := n.Become(practice.FailureID(tx.NewBlindID("flr")), midnight(n.Day, tx.Now(), house.Location()))
			_, err := tx.AddFailure(f)
			return string(f.ID), errors.Join(err, tx.AddHot(h), tx.Emit(practice.Event{Kind: "failure.reported", About: string(f.ID),
				In: string(f.Team), At: h.Day, Data: practice.Args{"stage": f.Stage, "source": f.Source}}))
		})
		if err != nil {
			return practice.Failure{}, err
		}
		return readable(tx, actor, practice.FailureID(id))
	})
}

// midnight is the beginning of a day, or of today.
func midnight(day, now time.Time, zone *time.Location) time.Time {
	if day.IsZero() || day.After(now) {
		day = now
	}
	y, m, d := day.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// Hot returns the five minutes that a failure began with. It is empty where
// there were none, or their time is over.
func (a *App) Hot(ctx context.Context, actor practice.Actor, id practice.FailureID) (practice.Hot, error) {
	return read(ctx, a, func(tx *store.Tx) (practice.Hot, error) {
		if _, err := readable(tx, actor, id); err != nil {
			return practice.Hot{}, err
		}
		h, err := tx.Hot(id)
		if isNotFound(err) {
			return practice.Hot{}, nil
		}
		return h, err
	})
}
