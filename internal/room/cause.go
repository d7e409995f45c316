package room

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SayCause keeps what is in the way of changes, for whoever holds a ticket to that
// question, in the place of what the same ticket said before. A ticket is given once to
// each person of the team, and has one answer on whatever device.
func (rooms *Rooms) SayCause(ctx context.Context, alarm practice.AlarmID, sealed string, cause practice.Cause) error {
	if err := cause.Check(); err != nil {
		return err
	}
	_, err := rooms.sayUnnamed(ctx, ticketed{practice.ReviewID(alarm), sealed, nil, (*store.Tx).CauseSecret}, func(tx *store.Tx, mark string) error {
		a, err := tx.Alarm(alarm)
		if err != nil {
			return err
		}
		if err := a.MayAnswer(tx.Now()); err != nil {
			return err
		}
		return tx.SayCause(alarm, mark, cause)
	})
	return err
}
