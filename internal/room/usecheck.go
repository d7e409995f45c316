package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SayUse keeps whether what a review changed is really done that way, for whoever
// holds a ticket to that question, as [Rooms.SayReady] does. There
// are never more answers than people who are asked.
func (rooms *Rooms) SayUse(ctx context.Context, review practice.ReviewID, sealed string, device []byte, answer practice.UseAnswer) ([]byte, error) {
	if err := answer.Check(); err != nil {
		return nil, err
	}
	return rooms.sayUnnamed(ctx, ticketed{review, sealed, device, (*store.Tx).UseSecret}, func(tx *store.Tx, mark string) error {
		c, err := tx.UseCheck(review)
		if err != nil {
			return err
		}
		if err := c.MayAnswer(tx.Now()); err != nil {
			return err
		}
		if err := tx.SayUse(review, mark, answer); err != nil {
			return err
		}
		if n, err := tx.UseAnswered(review); err != nil || n > len(c.Asked) {
			return errors.Join(err, practice.Refuse(practice.Conflict, "use.over"))
		}
		return nil
	})
}
