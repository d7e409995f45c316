package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SeeNotice puts a notice of the actor's away.
func (a *App) SeeNotice(ctx context.Context, actor practice.Actor, id practice.NoticeID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.SeeNotice(id, actor.Member) })
}
