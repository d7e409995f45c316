package room

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Clock does what a review in writing does by itself, once its moment has come: it
// opens, reveals, goes on, or gives half a day more, by the rules that bind people.
// What is refused stays open, and people go on from there. It is a job, and does
// nothing a second time.
func (rooms *Rooms) Clock(ctx context.Context, id practice.ReviewID) error {
	return rooms.alone(ctx, id, func(v *visit) error {
		for {
			went, err := v.tick()
			var refusal *practice.Error
			switch {
			case errors.As(err, &refusal) && !errors.Is(err, practice.ErrChanged):
				return nil
			case err != nil || !went:
				return err
			}
		}
	})
}

// alone runs f for a review in writing that is open, without anybody's seat.
func (rooms *Rooms) alone(ctx context.Context, id practice.ReviewID, f func(*visit) error) error {
	return rooms.store.Update(ctx, func(tx *store.Tx) error {
		r, err := tx.Review(id)
		switch {
		case errors.Is(err, practice.ErrNotFound): // taken back since
			return nil
		case err != nil || !r.InWriting() || r.Phase == practice.PhaseClosed || r.Phase == practice.PhaseOff:
			return err
		}
		return f(&visit{tx: tx, review: r})
	})
}

// tick does one thing whose moment has come. It reports whether the review went
// on, and may have come to another moment that is over as well.
func (v *visit) tick() (went bool, err error) {
	r, now := v.review, v.tx.Now()
	if r.Phase == practice.PhaseClosed || r.Phase != practice.PhaseArrive && now.Before(r.PhaseEndsAt) {
		return false, nil
	}
	p, err := v.progress()
	if err != nil {
		return false, err
	}
	if more, few := r.Lengthen(p, now); few {
		return false, errors.Join(v.save(more), v.emit("room.extended", nil))
	}
	switch {
	case r.Phase.Number() > 0 && !r.Open:
		return true, v.reveal(p)
	case r.Phase == practice.PhaseCarry:
		return true, v.closeAlone()
	}
	return true, v.advance(p)
}

// closeAlone closes a review for which one person said yes.
func (v *visit) closeAlone() error {
	c, err := v.tx.CarryOf(v.review.ID)
	if err == nil && c.State == practice.CarryAccepted {
		_, err = v.close()
	} else if err == nil || errors.Is(err, practice.ErrNotFound) {
		err = practice.Refuse(practice.Conflict, "carrier.none")
	}
	return err
}

// Remind reminds everybody who is invited of what is missing and until when: all
// alike, since nobody knows who wrote. It is a job, and reminds once of the same.
func (rooms *Rooms) Remind(ctx context.Context, id practice.ReviewID) error {
	return rooms.alone(ctx, id, func(v *visit) error {
		p, err := v.progress()
		if err != nil {
			return err
		}
		r, remind := v.review.Remind(p, v.tx.Now())
		if !remind {
			return nil
		}
		f, err := v.tx.Failure(r.Failure)
		if err != nil {
			return err
		}
		invited, err := v.tx.Invitations(r.ID)
		if err != nil {
			return err
		}
		for _, i := range invited {
			err = errors.Join(err, v.tx.Tell(practice.Notice{Member: i.Member, Code: practice.NoticeOfLeg(r.Leg()),
				Args: practice.Args{"title": f.Title, "at": r.PhaseEndsAt.UnixMicro()}, Link: practice.RoomPath(f.Number)}, r.ID))
		}
		return errors.Join(err, v.save(r))
	})
}

// Change turns the room into the other form, with all it has: into writing, from
// whichever step it is at, or into a sitting of ten minutes, from the change on.
// version is the one the page showed.
func (rooms *Rooms) Change(ctx context.Context, seat practice.Seat, form practice.Form, version int) (practice.Review, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Review, error) {
		if err := v.at(version); err != nil {
			return v.review, err
		}
		house, err := v.tx.Organisation()
		if err != nil {
			return v.review, err
		}
		r := v.review
		switch form {
		case practice.FormDays:
			r, err = r.GoOnInWriting(house.Zone, v.tx.Now())
		case practice.FormLive:
			r, err = r.Meet(v.tx.Now())
		default:
			err = practice.Refuse(practice.Invalid, "required").At("form")
		}
		if err != nil {
			return v.review, err
		}
		return r, errors.Join(v.tx.LowerAll(r.ID, handHere), v.save(r), v.emit("room.moved", practice.Args{"to": string(r.Phase), "form": string(form)}))
	})
}
