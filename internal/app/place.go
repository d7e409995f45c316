package app

import (
	"context"
	"errors"

	"debrief/internal/measure"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// Standpoint is where somebody is: the organisation, and the team whose words they
// read.
type Standpoint struct {
	Organisation practice.Organisation
	Team         practice.Team
	Plans        bool // the team has written one
	Measured     bool // it has closed enough reviews for what is measured to say something
}

// Place returns where the actor is. A stranger is in no team; before set-up there
// is no organisation, which is no error.
func (a *App) Place(ctx context.Context, actor practice.Actor) (Standpoint, error) {
	return read(ctx, a, func(tx *store.Tx) (at Standpoint, err error) {
		if at.Organisation, err = tx.Organisation(); errors.Is(err, practice.ErrNotFound) {
			return at, nil
		}
		if err != nil || len(actor.Teams) == 0 {
			return at, err
		}
		if at.Team, err = tx.Team(actor.Teams[0]); err != nil {
			return at, err
		}
		if at.Plans, err = tx.HasPlan(at.Team.ID); err != nil {
			return at, err
		}
		at.Measured, err = tx.HasClosed(at.Team.ID, measure.LeastReviews)
		return at, err
	})
}
