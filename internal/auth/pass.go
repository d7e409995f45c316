package auth

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// ByPass makes the actor of a signed link for one use: a guest, who may do that
// one thing. Whatever is forged, over, taken back, or made for another use is
// [practice.ErrPassOld].
func (a *Auth) ByPass(ctx context.Context, sealed string, use practice.PassUse) (practice.Actor, error) {
	secret, err := a.keyOf(ctx, &a.passes, (*store.Tx).PassSecret)
	if err != nil {
		return practice.Actor{}, err
	}
	id, err := practice.OpenPass(sealed, use, secret, a.now())
	if err != nil {
		return practice.Actor{}, err
	}
	var actor practice.Actor
	err = a.view(ctx, func(tx *store.Tx) error {
		p, err := tx.Pass(id)
		if err != nil {
			return err
		}
		m, err := tx.Member(p.Member)
		if err != nil || !m.Active || !m.Guest || p.Use != use {
			return practice.ErrPassOld
		}
		actor = p.Actor(m.Name)
		return nil
	})
	if practice.KindOf(err) == practice.NotFound {
		err = practice.ErrPassOld
	}
	return actor, err
}
