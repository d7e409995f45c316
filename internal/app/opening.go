package app

import (
	"context"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Opened is what people wrote alone in a review that has closed, behind a door of its
// own: whoever took part opens it, and the others read that they did.
type Opened struct {
	Failure practice.Failure
	Review  practice.Review
	Shut    bool               // a guardian has closed it to the reader
	Gone    bool               // its time is over, and nothing is left
	Open    bool               // the reader opened it today
	Answers []practice.Answer  // without authors; only where it is open
	Seen    []practice.Opening // who opened it
}

// opened reads who took part of a record's review, as far as it is the reader, and who
// opened the answers since.
func (r *Record) opened(tx *store.Tx, actor practice.Actor) error {
	var err error
	if r.Part, err = tookPart(tx, r.Review.ID, actor.Member); err != nil {
		return err
	}
	if r.Watched = r.Part || actor.In(r.Failure.Team); r.Watched {
		if r.Opened, err = tx.Openings(r.Review.ID); err != nil {
			return err
		}
	}
	if r.Part {
		r.Shut, err = tx.ReadingClosed(actor.Member)
	}
	return err
}

// today is the day it is, and no time of it.
func today(tx *store.Tx) time.Time { return tx.Now().UTC().Truncate(24 * time.Hour) }

// tookPart reports whether somebody was invited to a review and entered its room.
func tookPart(tx *store.Tx, r practice.ReviewID, m practice.MemberID) (bool, error) {
	i, err := tx.Invitation(r, m)
	if isNotFound(err) {
		return false, nil
	}
	return i.Spent, err
}

// Answers returns what was written alone in a failure's latest closed review, or of a
// guest the one their link is for: as far as the actor has opened it today.
func (a *App) Answers(ctx context.Context, actor practice.Actor, number int) (Opened, error) {
	return read(ctx, a, func(tx *store.Tx) (Opened, error) {
		o, err := answersFor(tx, actor, number)
		return o.shown(), err
	})
}

// OpenAnswers opens them. That it was done is kept before they are shown.
func (a *App) OpenAnswers(ctx context.Context, actor practice.Actor, number int) (Opened, error) {
	return write(ctx, a, func(tx *store.Tx) (Opened, error) {
		o, err := answersFor(tx, actor, number)
		switch {
		case err != nil || o.Open || o.Gone:
			return o.shown(), err
		case o.Shut:
			return o.shown(), practice.Refuse(practice.Conflict, "reading.closed")
		}
		kept := practice.Opening{Review: o.Review.ID, Member: actor.Member, Day: today(tx), Token: actor.Program()}
		if err := tx.AddOpening(kept); err != nil {
			return Opened{}, err
		}
		if o.Seen, err = tx.Openings(o.Review.ID); err != nil {
			return Opened{}, err
		}
		o.Open = true
		return o, nil
	})
}

// answersFor reads them for whoever took part. For anybody else they are not there, and
// a token that only reads, or a name picked at a tablet, opens none.
func answersFor(tx *store.Tx, actor practice.Actor, number int) (o Opened, err error) {
	if err := mayWrite(actor); err != nil && !actor.Holds(practice.PassSeat, actor.Pass.About) {
		return o, err
	}
	if actor.Pass.Use == practice.PassSeat {
		o.Failure, o.Review, err = reviewByPass(tx, actor)
	} else {
		o.Failure, o.Review, err = closedReview(tx, number)
	}
	if err != nil {
		return o, err
	}
	part, err := tookPart(tx, o.Review.ID, actor.Member)
	if err == nil && !part {
		err = practice.ErrNotFound
	}
	if err != nil {
		return Opened{}, err
	}
	if o.Shut, err = tx.ReadingClosed(actor.Member); err != nil {
		return Opened{}, err
	}
	if o.Seen, err = tx.Openings(o.Review.ID); err != nil {
		return Opened{}, err
	}
	for _, q := range append(practice.Questions(), practice.Parked) {
		answers, err := tx.Answers(o.Review.ID, q)
		if err != nil {
			return Opened{}, err
		}
		o.Answers = append(o.Answers, answers...)
	}
	o.Gone = len(o.Answers) == 0
	kept := slices.ContainsFunc(o.Seen, func(s practice.Opening) bool {
		return s.Member == actor.Member && s.Day.Equal(today(tx)) && s.Token == actor.Program()
	})
	o.Open = !o.Shut && !o.Gone && kept
	return o, nil
}

// shown is without the answers, where they are not open.
func (o Opened) shown() Opened {
	if !o.Open {
		o.Answers = nil
	}
	return o
}
