// Package room is reviews from inside: seats, the four questions, the reveal,
// the one text, gaps and judgements, the clock.
//
// Its methods take a Seat and never an Actor. A seat is drawn with a ticket
// that says some invitation was spent, and not whose; the server keeps the hash
// of its key and nothing that leads from it to an account. A room leads itself:
// whoever sits in it may press any button, and the practice decides.
//
// Reports without a name and their receipts live here too, for the same reason:
// their methods take a Stranger.
package room

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/words"
)

// Options are what Rooms are made of.
type Options struct {
	Store *store.Store
	Words *words.Wordlist // from which the words of seats and receipts are drawn

	// Similar answers "has this happened before?"; nil where nobody asks.
	Similar func(context.Context, recall.Query) ([]recall.Hit, error)
}

// Rooms holds the acts of people who sit in a review.
type Rooms struct {
	store *store.Store
	words *words.Wordlist
	mill  chan struct{} // how many keys are stretched at once
	tries attempts

	similar func(context.Context, recall.Query) ([]recall.Hit, error)
	hurdle  hurdle
	sent    sentReports
	onces   Onces // of what the holders of receipts do

	mu     sync.Mutex
	sealed []byte // the secret of tickets, once it was read
}

// New makes Rooms.
func New(o Options) *Rooms {
	return &Rooms{store: o.Store, words: o.Words, similar: o.Similar, mill: make(chan struct{}, 2), tries: attempts{spent: map[practice.ReviewID][]int64{}}}
}

// visit is a seat in its review, inside one transaction.
type visit struct {
	tx     *store.Tx
	seat   practice.Seat
	review practice.Review
	undone practice.Procedure // the one that has its old words again since this act began
}

// enter finds the review of a seat. A seat that is not there, or not any more,
// gets one answer, and so does a review nobody knows.
func enter(tx *store.Tx, seat practice.Seat) (*visit, error) {
	r, err := tx.Review(seat.Review)
	switch {
	case errors.Is(err, practice.ErrNotFound):
		return nil, errLost
	case err != nil:
		return nil, err
	case r.Phase == practice.PhaseClosed:
		return nil, closed(tx, r)
	case r.Phase == practice.PhaseOff:
		return nil, off(tx, r)
	}
	if err := stands(tx, seat); err != nil {
		return nil, err
	}
	seats, err := tx.Seats(seat.Review)
	if err != nil {
		return nil, err
	}
	for _, hash := range seats {
		if hash == seat.Key {
			return &visit{tx: tx, seat: seat, review: r}, nil
		}
	}
	return nil, errLost
}

// closed says that a review is over, of which failure and which team, so that
// whoever comes back finds the record, and reads it in the words they know.
func closed(tx *store.Tx, r practice.Review) error {
	f, err := tx.Failure(r.Failure)
	if err != nil {
		return err
	}
	return practice.Refuse(practice.Conflict, "review.closed").With("number", f.Number).With("team", f.Team)
}

// off says that there is no room any more: to whoever comes back after it was stopped
// for another procedure, that it was.
func off(tx *store.Tx, r practice.Review) error {
	f, err := tx.Failure(r.Failure)
	if err == nil {
		err = f.MayReview()
	}
	if err == nil {
		err = errLost
	}
	return err
}

// stands refuses a seat that was taken by a signed link, where one into its room was
// taken back since.
func stands(tx *store.Tx, seat practice.Seat) error {
	if !seat.ByLink() {
		return nil
	}
	stamp, err := tx.KeptLinkStamp(seat.Review)
	if errors.Is(err, practice.ErrNotFound) || err == nil && string(stamp) != seat.Stamp {
		return errEnded
	}
	return err
}

var errEnded = practice.Refuse(practice.Forbidden, "seat.ended")

var errLost = practice.Refuse(practice.Forbidden, "seat.lost")

// look runs f for a seat on one moment of the database.
func look[T any](ctx context.Context, rooms *Rooms, seat practice.Seat, f func(*visit) (T, error)) (T, error) {
	var out T
	err := rooms.store.View(ctx, func(tx *store.Tx) error {
		v, err := enter(tx, seat)
		if err != nil {
			return err
		}
		out, err = f(v)
		return err
	})
	return out, err
}

// act runs f for a seat in one transaction. It may run more than once where two
// met, so f has no effect outside of it.
func act[T any](ctx context.Context, rooms *Rooms, seat practice.Seat, f func(*visit) (T, error)) (T, error) {
	var out T
	err := rooms.store.Update(ctx, func(tx *store.Tx) error {
		v, err := enter(tx, seat)
		if err != nil {
			return err
		}
		out, err = f(v)
		return err
	})
	return out, err
}

// do is act for what has nothing to say but whether it went well.
func (rooms *Rooms) do(ctx context.Context, seat practice.Seat, f func(*visit) error) error {
	_, err := act(ctx, rooms, seat, func(v *visit) (struct{}, error) { return struct{}{}, f(v) })
	return err
}

// emit tells whoever watches the room that something happened. It names neither
// seat nor answer, and of its time it keeps the hour: what has no author has no
// clock. In writing people come one by one, and an hour, or the place of an event
// between others, would tell of one of them: only what the room does as a whole is
// told, which happens at moments that everybody knows.
func (v *visit) emit(kind string, data practice.Args) error {
	if v.review.InWriting() && strings.HasPrefix(kind, "room.") && !slices.Contains(asWhole, kind) {
		return nil
	}
	id := string(v.review.ID)
	return v.tx.Emit(practice.Event{Kind: kind, About: id, In: id, At: v.tx.Now().Truncate(time.Hour), Data: data})
}

// asWhole are the events of a room as a whole.
var asWhole = []string{"room.revealed", "room.moved", "room.settled", "room.extended"}

// save writes the review back after a rule moved it to r. One in writing goes on
// by itself when its next moment has come.
func (v *visit) save(r practice.Review) error {
	was := v.review
	v.review = r
	err := v.tx.SaveReview(r, was.Version)
	if err == nil && !r.PhaseEndsAt.Equal(was.PhaseEndsAt) {
		err = v.tx.Schedule(r)
	}
	return err
}

// at refuses an act from a page that the room has left behind.
func (v *visit) at(version int) error {
	if version != v.review.Version {
		return practice.ErrChanged
	}
	return nil
}
