package app

import (
	"context"
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Door is the way into the room of a failure, as somebody stands before it.
type Door struct {
	Failure    practice.Failure
	Review     practice.Review
	Invitation practice.Invitation
	Turnout    store.Turnout
	Guardian   string       // whom people can talk with; may be empty
	Guide      practice.Led // who leads it from outside
	Talk       bool         // the actor asked them to talk beforehand
}

// Door returns the room that was called for a failure, for whoever is invited to
// it: the open one, or else the last. It refuses team members who are not
// invited with "room.yours"; for everybody else there is no such failure.
func (a *App) Door(ctx context.Context, actor practice.Actor, number int) (Door, error) {
	return read(ctx, a, func(tx *store.Tx) (Door, error) {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return Door{}, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return Door{}, err
		}
		if len(reviews) == 0 {
			return Door{}, notInvited(actor, f, "review.none")
		}
		d := Door{Failure: f, Review: openOf(reviews)}
		d.Invitation, err = tx.Invitation(d.Review.ID, actor.Member)
		if errors.Is(err, practice.ErrNotFound) {
			return Door{}, notInvited(actor, f, "room.yours")
		} else if err != nil {
			return Door{}, err
		}
		if d.Turnout, err = tx.Turnout(d.Review.ID); err != nil {
			return d, err
		}
		if d.Guide, d.Talk, err = talkWith(tx, d.Review.ID, actor.Member); err != nil {
			return d, err
		}
		house, err := tx.House()
		d.Guardian = house.Guardian
		return d, err
	})
}

// openOf returns the open one of a failure's reviews, or else the last.
func openOf(reviews []practice.Review) practice.Review {
	for _, r := range reviews {
		if r.Phase != practice.PhaseClosed {
			return r
		}
	}
	return reviews[0]
}

// notInvited tells the failure's team why they cannot go in, and everybody else
// that there is nothing.
func notInvited(actor practice.Actor, f practice.Failure, code string) error {
	if f.Team == "" || !f.ReadBy(actor) {
		return practice.ErrNotFound
	}
	return practice.Refuse(practice.Conflict, code).With("number", f.Number)
}

// TakePlace spends the actor's invitation and returns a ticket. With the ticket,
// and without any session, their browser then draws a seat: which one is kept
// nowhere. Whoever lost the way to it may ask again; there are never more seats
// than people who came.
func (a *App) TakePlace(ctx context.Context, actor practice.Actor, id practice.ReviewID, c practice.Closeness) (string, error) {
	if err := mayWrite(actor); err != nil && actor.Tablet == "" && !actor.Holds(practice.PassSeat, string(id)) {
		return "", err
	}
	return write(ctx, a, func(tx *store.Tx) (string, error) {
		i, err := tx.Invitation(id, actor.Member)
		if err != nil {
			return "", err
		}
		r, err := tx.Review(id)
		switch {
		case err != nil:
			return "", err
		case r.Phase == practice.PhaseClosed:
			return "", practice.Refuse(practice.Conflict, "review.closed")
		case r.Phase == practice.PhaseOff:
			return "", practice.ErrNotFound
		}
		if err := errors.Join(mayTakePlaceAtTablet(tx, actor, r), readsRaw(tx, actor)); err != nil {
			return "", err
		}
		if c != "" || !i.Spent {
			i.Closeness = c
		}
		if err := i.Closeness.Check(); err != nil {
			return "", err
		}
		if err := tx.SpendInvitation(i); err != nil {
			return "", err
		}
		// The database's own log has who came just before which seat was drawn,
		// and the seat together with what is written from it.
		if err := tx.EnqueueAt("store.scrub", tx.Now()); err != nil {
			return "", err
		}
		secret, err := tx.SeatSecret()
		if err != nil {
			return "", err
		}
		ticket := practice.NewTicket(id, tx.Now(), tx.Random())
		m, err := tx.Member(actor.Member)
		if err == nil && m.Guest {
			ticket.Stamp, err = tx.LinkStamp(id)
		}
		return ticket.Seal(secret), err
	})
}
