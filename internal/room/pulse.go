package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Sheet is a sheet that can still be sent, with the team that it is about.
type Sheet struct {
	Pulse practice.Pulse
	House practice.Organisation
	Team  practice.Team
}

// Sheet returns the sheet that a browser holds. Of their looking nothing is kept.
func (rooms *Rooms) Sheet(ctx context.Context, id practice.PulseID, sealed string) (s Sheet, err error) {
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		secret, err := tx.KeptPulseSecret()
		if err != nil && !errors.Is(err, practice.ErrNotFound) {
			return err
		}
		if s.Pulse, _, err = heldSheet(tx, id, sealed, secret); err != nil {
			return err
		}
		if s.House, err = tx.Organisation(); err != nil {
			return err
		}
		s.Team, err = tx.Team(s.Pulse.Team)
		return err
	})
	return s, err
}

// SendSheet puts a sheet into the box, for whoever holds it: once, and for good. Nobody
// gets to know which one is theirs, not even they themselves, so that nobody can be
// made to show it.
func (rooms *Rooms) SendSheet(ctx context.Context, id practice.PulseID, sealed string, sheet practice.Sheet) error {
	return rooms.store.Update(ctx, func(tx *store.Tx) error {
		secret, err := tx.PulseSecret()
		if err != nil {
			return err
		}
		_, mark, err := heldSheet(tx, id, sealed, secret)
		if err != nil {
			return err
		}
		if err := sheet.Check(); err != nil {
			return err
		}
		return tx.AddSheet(id, mark, sheet)
	})
}

// heldSheet finds the pulse of a sheet that was not sent yet, and the mark by which it
// is sent once.
func heldSheet(tx *store.Tx, id practice.PulseID, sealed string, secret []byte) (p practice.Pulse, mark string, err error) {
	p, err = tx.PulseOpen(id)
	if errors.Is(err, practice.ErrNotFound) { // one that is over is nowhere
		return p, "", practice.Refuse(practice.Conflict, "pulse.over")
	}
	if err == nil {
		err = p.MayAnswer(tx.Now())
	}
	if err != nil {
		return p, "", err
	}
	ticket, err := practice.OpenTicket(sealed, secret, practice.ReviewID(id), tx.Now())
	if err != nil {
		return p, "", practice.Refuse(practice.Conflict, "pulse.none")
	}
	mark = practice.SeatAt(practice.ReviewID(id), ticket.Chance(secret)).Key
	back, err := tx.SheetIsBack(id, mark)
	if err == nil && back {
		err = practice.Refuse(practice.Conflict, "pulse.sent")
	}
	return p, mark, err
}
