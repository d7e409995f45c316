package room

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SayReady keeps whether it is a go for whoever holds a ticket to the question, and
// can be said anew until its moment. device is the secret of their browser, or empty
// for the first time; what comes back is to be kept there, and nowhere else. The
// server keeps the hash of it beside the answer, until the moment, and no person.
// Several answers of one person harm nobody: one "not now" is enough, and no number
// counts.
func (rooms *Rooms) SayReady(ctx context.Context, review practice.ReviewID, sealed string, device []byte, answer practice.Readiness) ([]byte, error) {
	if err := answer.Check(); err != nil {
		return nil, err
	}
	return rooms.sayUnnamed(ctx, ticketed{review, sealed, device, (*store.Tx).ReadySecret}, func(tx *store.Tx, mark string) error {
		r, err := tx.Review(review)
		if err != nil {
			return err
		}
		if err := r.MayAnswerReady(tx.Now()); err != nil {
			return err
		}
		return tx.SayReady(review, mark, answer)
	})
}

// ticketed is what somebody shows who answers without a name: a ticket that was sealed
// with some secret, and their browser's own, or none for the first time.
type ticketed struct {
	review practice.ReviewID
	sealed string
	device []byte
	secret func(*store.Tx) ([]byte, error)
}

// sayUnnamed keeps an answer under the mark of a browser, and returns what the browser
// is to keep.
func (rooms *Rooms) sayUnnamed(ctx context.Context, t ticketed, say func(*store.Tx, string) error) ([]byte, error) {
	device := t.device
	err := rooms.store.Update(ctx, func(tx *store.Tx) error {
		secret, err := t.secret(tx)
		if err != nil {
			return err
		}
		ticket, err := practice.OpenTicket(t.sealed, secret, t.review, tx.Now())
		if err != nil {
			return err
		}
		if len(device) != deviceBytes {
			device = ticket.Chance(secret)
		}
		return say(tx, practice.SeatAt(t.review, device).Key)
	})
	return device, err
}

// SaidReady is what was said with the secret of a browser, while the question is open;
// empty where nothing was. Nobody else is told, and nothing is kept of their asking.
func (rooms *Rooms) SaidReady(ctx context.Context, review practice.ReviewID, device []byte) (said practice.Readiness, err error) {
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		r, err := tx.Review(review)
		if err != nil {
			return err
		}
		if err := r.MayAnswerReady(tx.Now()); err != nil {
			return err
		}
		said, err = tx.SaidReady(review, practice.SeatAt(review, device).Key)
		return err
	})
	return said, err
}

// deviceBytes is how long the secret of a browser is.
const deviceBytes = 32
