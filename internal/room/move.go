package room

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"debrief/internal/practice"
)

// Move takes the room to its next phase. version is the one the page showed:
// two taps at once move it once, and a stale tab is told where the room is.
// why is needed where fewer than half of those who came were there.
func (rooms *Rooms) Move(ctx context.Context, seat practice.Seat, version int, why string) (practice.Review, error) {
	return act(ctx, rooms, seat, func(v *visit) (practice.Review, error) {
		if err := v.at(version); err != nil {
			return v.review, err
		}
		p, err := v.progress()
		if err != nil {
			return v.review, err
		}
		r := v.review
		if r.Few(p) {
			r.FewWhy = strings.TrimSpace(why)
		}
		if utf8.RuneCountInString(r.FewWhy) > practice.MaxLine {
			return r, practice.Refuse(practice.Invalid, "too.long").At("why").With("max", practice.MaxLine)
		}
		was := v.review
		v.review.FewWhy = r.FewWhy
		if err := v.advance(p); err != nil {
			return was, err
		}
		return v.review, nil
	})
}

// advance takes the room to its next phase, if it may.
func (v *visit) advance(p practice.Progress) error {
	r, err := v.review.Advance(p, v.tx.Now())
	if err != nil {
		return err
	}
	return errors.Join(v.save(r), v.emit("room.moved", practice.Args{"to": string(r.Phase)}))
}

// Show names the one record of what happened that the room could find, or says
// that there is none.
func (rooms *Rooms) Show(ctx context.Context, seat practice.Seat, trace string, none bool) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		r, err := v.review.Show(trace, none)
		if err != nil {
			return err
		}
		return errors.Join(v.save(r), v.emit("room.shown", practice.Args{"none": r.Traceless}))
	})
}

// MoreTime gives the present silence a minute more.
func (rooms *Rooms) MoreTime(ctx context.Context, seat practice.Seat) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		r, err := v.review.MoreTime(v.tx.Now())
		if err != nil {
			return err
		}
		return errors.Join(v.save(r), v.emit("room.pressed", practice.Args{"what": "time"}))
	})
}

// Extend raises this seat's hand for ten minutes more. The room has them as soon
// as more than half of its seats did.
func (rooms *Rooms) Extend(ctx context.Context, seat practice.Seat) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if err := v.tx.Raise(seat, handMore, v.review.Sitting); err != nil {
			return err
		}
		hands, err := v.tx.Hands(v.review.ID, handMore, v.review.Sitting)
		if err != nil {
			return err
		}
		seats, err := v.tx.Seats(v.review.ID)
		if err != nil {
			return err
		}
		r, err := v.review.Extend(len(hands), len(seats), v.tx.Now())
		switch {
		case errors.Is(err, errHands): // the hand stays up and waits for others
			return v.emit("room.pressed", practice.Args{"what": handMore})
		case err != nil:
			return err
		}
		return errors.Join(v.save(r), v.emit("room.extended", nil))
	})
}

var errHands = practice.Refuse(practice.Conflict, "box.hands")

// SitAgain opens a further sitting where the last one stopped.
func (rooms *Rooms) SitAgain(ctx context.Context, seat practice.Seat, version int) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if err := v.at(version); err != nil {
			return err
		}
		p, err := v.progress()
		if err != nil {
			return err
		}
		r, err := v.review.SitAgain(p.Gaps, v.tx.Now())
		if err != nil {
			return err
		}
		return errors.Join(v.save(r), v.emit("room.extended", practice.Args{"sitting": r.Sitting}))
	})
}

// Press presses one of the two buttons everybody has: [practice.PressMove] or
// [practice.PressBlame]. The room sees that it was pressed and nobody sees by whom.
func (rooms *Rooms) Press(ctx context.Context, seat practice.Seat, what string) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if what != practice.PressMove && what != practice.PressBlame {
			return practice.Refuse(practice.Invalid, "required").At("what")
		}
		return errors.Join(v.tx.Raise(seat, what, v.review.PressedAt(what)), v.emit("room.pressed", practice.Args{"what": what}))
	})
}

// Heard puts a pressed button back, once the room has talked about it.
func (rooms *Rooms) Heard(ctx context.Context, seat practice.Seat, what string) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if what != practice.PressMove && what != practice.PressBlame {
			return practice.Refuse(practice.Invalid, "required").At("what")
		}
		return errors.Join(v.tx.LowerAll(v.review.ID, what), v.emit("room.pressed", practice.Args{"what": "heard"}))
	})
}
