package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Place returns where the actor is: the organisation, and the team whose words
// they read. A stranger is in no team; before set-up there is no organisation,
// which is no error.
func (a *App) Place(ctx context.Context, actor practice.Actor) (o practice.Organisation, t practice.Team, err error) {
	err = a.store.View(ctx, func(tx *store.Tx) (err error) {
		if o, err = tx.Organisation(); errors.Is(err, practice.ErrNotFound) {
			return nil
		}
		if err != nil || len(actor.Teams) == 0 {
			return err
		}
		t, err = tx.Team(actor.Teams[0])
		return err
	})
	return o, t, err
}
