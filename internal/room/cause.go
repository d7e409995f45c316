package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SayCause keeps what is in the way of changes, for whoever holds a ticket to that
// question, as [Rooms.SayReady] does. There are never more answers than people in the
// team.
func (rooms *Rooms) SayCause(ctx context.Context, alarm practice.AlarmID, sealed string, device []byte, cause practice.Cause) ([]byte, error) {
	if err := cause.Check(); err != nil {
		return nil, err
	}
	return rooms.sayUnnamed(ctx, ticketed{practice.ReviewID(alarm), sealed, device, (*store.Tx).CauseSecret}, func(tx *store.Tx, mark string) error {
		a, err := tx.Alarm(alarm)
		if err != nil {
			return err
		}
		if err := a.MayAnswer(tx.Now()); err != nil {
			return err
		}
		if err := tx.SayCause(alarm, mark, cause); err != nil {
			return err
		}
		said, err1 := tx.Causes(alarm)
		people, err2 := tx.People(a.Team)
		if err := errors.Join(err1, err2); err != nil || len(said) > people {
			return errors.Join(err, practice.Refuse(practice.Conflict, "alarm.over"))
		}
		return nil
	})
}
