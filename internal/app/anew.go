package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// NotAnew puts away what a failure suggests to one of the actor's teams: to begin anew.
// Nobody hears of it again before the same comes back once more. Of a failure that
// suggests nothing, or no longer, it does nothing: somebody was faster.
func (a *App) NotAnew(ctx context.Context, actor practice.Actor, team practice.TeamID, id practice.FailureID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := oneOf(tx, actor, team); err != nil {
			return err
		}
		was, err := tx.NotAnew(team, id)
		if err != nil || !was {
			return err
		}
		return tx.Emit(practice.Event{Kind: "start.aside", About: string(id), In: string(team)})
	})
}
