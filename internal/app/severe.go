package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// MarkSevere says of a failure that somebody was hurt, died, was attacked or arrested,
// or takes that back: whom to turn to then stands first, and no clock presses. Anybody
// of its team may.
func (a *App) MarkSevere(ctx context.Context, actor practice.Actor, id practice.FailureID, severe bool) (practice.Failure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Failure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Failure, error) {
		f, err := own(tx, actor, id)
		if err != nil || f.Severe == severe {
			return f, err
		}
		f.Severe = severe
		if err := tx.SaveSevere(f); err != nil {
			return f, err
		}
		return f, tx.Emit(practice.Event{Kind: "failure.severe", About: string(f.ID), In: string(f.Team), Data: practice.Args{"severe": severe}})
	})
}
