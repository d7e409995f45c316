package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// The three closing taps. Until the close a seat may change its mind; whoever
// was not asked before it may answer for a day after.
const (
	TapLearned = "learned" // did you learn something that changes how you will work?
	TapBlame   = "blamed"  // was there blame in the room?
	TapAgain   = "again"   // would you come again?
)

// Taps are the closing taps in their order.
func Taps() []string { return []string{TapLearned, TapBlame, TapAgain} }

// LateTaps is how long after the close whoever did not tap may still.
const LateTaps = 24 * time.Hour

// TapsOver is the job at the end of that time.
const TapsOver = "taps.over"

// tapped returns the seats that answered one of the closing taps with yes, and
// with no.
func tapped(tx *store.Tx, r practice.ReviewID, what string) (yes, no []string, err error) {
	if yes, err = tx.Hands(r, what+":yes", 0); err != nil {
		return nil, nil, err
	}
	no, err = tx.Hands(r, what+":no", 0)
	return yes, no, err
}

// readTaps reads what this seat answered and ticked. Of the others it is only
// how many gave all three taps.
func (v *visit) readTaps(h *Handover) error {
	given := map[string]int{}
	for _, what := range Taps() {
		yes, no, err := tapped(v.tx, v.review.ID, what)
		if err != nil {
			return err
		}
		for _, hash := range slices.Concat(yes, no) {
			given[hash]++
		}
		switch {
		case slices.Contains(yes, v.seat.Key):
			h.Tapped[what] = "yes"
		case slices.Contains(no, v.seat.Key):
			h.Tapped[what] = "no"
		}
	}
	for _, n := range given {
		if n == len(Taps()) {
			h.All++
		}
	}
	ticked, err := v.tx.Hands(v.review.ID, handWhole, 0)
	h.Whole = slices.Contains(ticked, v.seat.Key)
	return err
}

// Tap answers one of the three closing questions, unnamed. After the close it is
// for whoever did not answer it before, and stands.
func (rooms *Rooms) Tap(ctx context.Context, seat practice.Seat, what string, yes bool) error {
	err := rooms.do(ctx, seat, func(v *visit) error {
		if !slices.Contains(Taps(), what) || v.review.Phase != practice.PhaseCarry {
			return errTap
		}
		on, off := what+":no", what+":yes"
		if yes {
			on, off = off, on
		}
		return errors.Join(v.tx.Lower(seat, off, 0), v.tx.Raise(seat, on, 0), v.emit("room.pressed", practice.Args{"what": "tap"}))
	})
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Code == "review.closed" {
		return rooms.tapLate(ctx, seat, what, yes)
	}
	return err
}

var errTap = practice.Refuse(practice.Invalid, "required").At("what")

// forgetSeats turns the taps into counts and takes every trace of a seat out of
// the review. Of the seats that did not give all three taps it keeps, for a day,
// that they are there and which taps they gave, and nothing of what they said.
func (v *visit) forgetSeats() error {
	seats, err := v.tx.Seats(v.review.ID)
	if err != nil {
		return err
	}
	given := map[string][]string{} // the taps of a seat
	for _, what := range Taps() {
		yes, no, err := tapped(v.tx, v.review.ID, what)
		if err != nil {
			return err
		}
		if err := v.tx.AddClosing(v.review.ID, what, len(yes), len(no)); err != nil {
			return err
		}
		for _, hash := range slices.Concat(yes, no) {
			given[hash] = append(given[hash], what)
		}
	}
	late := slices.DeleteFunc(seats, func(hash string) bool { return len(given[hash]) == len(Taps()) })
	if err := v.tx.ForgetSeats(v.review.ID); err != nil || len(late) == 0 {
		return err
	}
	err = v.tx.SetSeats(v.review.ID, late)
	for _, hash := range late {
		for _, what := range given[hash] {
			err = errors.Join(err, v.tx.Raise(practice.Seat{Review: v.review.ID, Key: hash}, what, 0))
		}
	}
	return errors.Join(err, v.tx.Enqueue(TapsOver, v.tx.Now().Add(LateTaps), practice.Args{"review": v.review.ID}))
}

// Late is what whoever did not give all taps finds in a closed room.
type Late struct {
	House   practice.Organisation
	Team    practice.Team
	Failure practice.Failure
	Open    []string // the taps that are left to give
}

// late is a seat of a closed room that may still tap.
type late struct {
	tx     *store.Tx
	seat   practice.Seat
	review practice.Review
	seats  []string
	open   []string
}

// comeLate finds a seat that was kept beyond the close; anybody else hears that
// the review is closed.
func comeLate(tx *store.Tx, seat practice.Seat) (*late, error) {
	r, err := tx.Review(seat.Review)
	if errors.Is(err, practice.ErrNotFound) || err == nil && r.Phase != practice.PhaseClosed {
		return nil, errLost
	} else if err != nil {
		return nil, err
	}
	l := &late{tx: tx, seat: seat, review: r}
	if l.seats, err = tx.Seats(r.ID); err != nil {
		return nil, err
	}
	if stands(tx, seat) != nil || !slices.Contains(l.seats, seat.Key) || !tx.Now().Before(r.ClosedAt.Add(LateTaps)) {
		return nil, closed(tx, r)
	}
	for _, what := range Taps() {
		gave, err := tx.Hands(r.ID, what, 0)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(gave, seat.Key) {
			l.open = append(l.open, what)
		}
	}
	return l, nil
}

// Late returns which taps a seat may still give in its closed room. It refuses
// with "review.closed" where there is none.
func (rooms *Rooms) Late(ctx context.Context, seat practice.Seat) (out Late, err error) {
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		l, err := comeLate(tx, seat)
		if err != nil {
			return err
		}
		out.Open = l.open
		if out.Failure, err = tx.Failure(l.review.Failure); err != nil {
			return err
		}
		if out.Team, err = tx.Team(out.Failure.Team); err != nil {
			return err
		}
		out.House, err = tx.Organisation()
		return err
	})
	return out, err
}

// tapLate counts a tap at once and keeps only that it was given; with the last
// one the seat goes.
func (rooms *Rooms) tapLate(ctx context.Context, seat practice.Seat, what string, yes bool) error {
	return rooms.store.Update(ctx, func(tx *store.Tx) error {
		l, err := comeLate(tx, seat)
		if err != nil {
			return err
		}
		switch {
		case !slices.Contains(Taps(), what):
			return errTap
		case !slices.Contains(l.open, what):
			return nil // it stands
		}
		said, not := 0, 1
		if yes {
			said, not = 1, 0
		}
		if err := tx.AddClosing(l.review.ID, what, said, not); err != nil {
			return err
		}
		if len(l.open) > 1 {
			return tx.Raise(seat, what, 0)
		}
		for _, w := range Taps() {
			err = errors.Join(err, tx.Lower(seat, w, 0))
		}
		left := slices.DeleteFunc(l.seats, func(hash string) bool { return hash == seat.Key })
		return errors.Join(err, tx.SetSeats(l.review.ID, left), tx.Enqueue("store.scrub", tx.Now(), nil))
	})
}

// ForgetLate takes out of a closed review what is left of seats whose time to
// tap is over. It is a job, and nobody's act.
func (rooms *Rooms) ForgetLate(ctx context.Context, id practice.ReviewID) error {
	return rooms.store.Update(ctx, func(tx *store.Tx) error {
		r, err := tx.Review(id)
		if errors.Is(err, practice.ErrNotFound) || err == nil && r.Phase != practice.PhaseClosed {
			return nil
		} else if err != nil {
			return err
		}
		for _, what := range Taps() {
			err = errors.Join(err, tx.LowerAll(id, what))
		}
		return errors.Join(err, tx.SetSeats(id, nil), tx.Enqueue("store.scrub", tx.Now(), nil))
	})
}
