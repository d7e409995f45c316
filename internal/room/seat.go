package room

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// SeatWords is how many words open a seat: enough to write on a slip of paper,
// thirty-eight bits behind a slow hash and a few tries a minute.
const SeatWords = 3

// Drawn is a seat as its holder gets it, once.
type Drawn struct {
	Words string // "copper heron lantern", shown this once and kept nowhere
	Key   []byte // for the seat's own cookie
}

// Draw gives a seat to whoever shows a ticket. Showing the same ticket again
// gives the same seat. There are never more seats than people who came.
func (rooms *Rooms) Draw(ctx context.Context, review practice.ReviewID, sealed string) (Drawn, error) {
	secret, err := rooms.secret(ctx)
	if err != nil {
		return Drawn{}, err
	}
	var ticket practice.Ticket
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		ticket, err = practice.OpenTicket(sealed, secret, review, tx.Now())
		return err
	})
	if err != nil {
		return Drawn{}, err
	}
	drawn := Drawn{Words: strings.Join(rooms.words.Draw(SeatWords, bytes.NewReader(ticket.Chance(secret))), " ")}
	if drawn.Key, err = rooms.stretch(ctx, []byte(review), drawn.Words); err != nil {
		return Drawn{}, err
	}
	drawn.Key = append(drawn.Key, ticket.Stamp...)
	return drawn, rooms.store.Update(ctx, func(tx *store.Tx) error {
		return sit(tx, practice.SeatAt(review, drawn.Key))
	})
}

// sit puts a seat into its review, if a place is left.
func sit(tx *store.Tx, seat practice.Seat) error {
	r, err := tx.Review(seat.Review)
	if err != nil {
		return err
	}
	if r.Phase == practice.PhaseClosed {
		return closed(tx, r)
	}
	if err := stands(tx, seat); errors.Is(err, errEnded) {
		return practice.Refuse(practice.Forbidden, "ticket.old") // its link was taken back on the way here
	} else if err != nil {
		return err
	}
	seats, err := tx.Seats(r.ID)
	if err != nil || slices.Contains(seats, seat.Key) {
		return err
	}
	turnout, err := tx.Turnout(r.ID)
	switch {
	case err != nil:
		return err
	case turnout.Came == 1: // whoever asks is the one who came: a lost seat is theirs
		seats = nil
	case len(seats) >= turnout.Came:
		return practice.Refuse(practice.Conflict, "room.full")
	}
	if err := tx.SetSeats(r.ID, append(seats, seat.Key)); err != nil {
		return err
	}
	v := visit{tx: tx, seat: seat, review: r}
	return v.emit("room.arrived", nil)
}

// Sits refuses a seat that is not there any more.
func (rooms *Rooms) Sits(ctx context.Context, seat practice.Seat) error {
	_, err := look(ctx, rooms, seat, func(*visit) (struct{}, error) { return struct{}{}, nil })
	return err
}

// House returns in whose house a seat's room is, and whose words it speaks.
func (rooms *Rooms) House(ctx context.Context, seat practice.Seat) (o practice.Organisation, t practice.Team, err error) {
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		v, err := enter(tx, seat)
		if err != nil {
			return err
		}
		f, err := tx.Failure(v.review.Failure)
		if err != nil {
			return err
		}
		if t, err = tx.Team(f.Team); err != nil {
			return err
		}
		o, err = tx.Organisation()
		return err
	})
	return o, t, err
}

// Seat returns the seat that a key opens. It refuses with "seat.lost" where
// there is none, and with "review.closed" where the review is over.
func (rooms *Rooms) Seat(ctx context.Context, review practice.ReviewID, key []byte) (practice.Seat, error) {
	seat := practice.SeatAt(review, key)
	return look(ctx, rooms, seat, func(*visit) (practice.Seat, error) { return seat, nil })
}

// Words returns the key of the seat that three words open, typed in any case.
// Tries are counted per review, in memory, and wrong ones slow down.
func (rooms *Rooms) Words(ctx context.Context, review practice.ReviewID, typed string) ([]byte, error) {
	said, unknown := rooms.words.Read(typed)
	switch {
	case len(unknown) > 0:
		return nil, practice.Refuse(practice.Invalid, "words.unknown").With("word", unknown[0].Word).At("words").With("near", unknown[0].Near)
	case len(strings.Fields(said)) != SeatWords:
		return nil, errWords
	}
	var now int64
	err := rooms.store.View(ctx, func(tx *store.Tx) error { now = tx.Now().Unix(); return nil })
	if err != nil {
		return nil, err
	}
	if wait := rooms.tries.take(review, now); wait > 0 {
		return nil, practice.Refuse(practice.Busy, "words.slow").At("words").With("n", (wait+59)/60).After(time.Duration(wait) * time.Second)
	}
	key, err := rooms.stretch(ctx, []byte(review), said)
	if err != nil {
		return nil, err
	}
	if key, err = rooms.opens(ctx, review, key); err != nil {
		return nil, err
	}
	rooms.tries.forgive(review, now)
	return key, nil
}

// opens finds the seat of a key that was made of words: as it is, or with the stamp
// of those who came by a link.
func (rooms *Rooms) opens(ctx context.Context, review practice.ReviewID, key []byte) ([]byte, error) {
	_, err := rooms.Seat(ctx, review, key)
	if !errors.Is(err, errLost) {
		return key, err
	}
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		stamp, err := tx.KeptLinkStamp(review)
		key = append(key, stamp...)
		return err
	})
	if errors.Is(err, practice.ErrNotFound) {
		return nil, errWords
	} else if err != nil {
		return nil, err
	}
	if _, err = rooms.Seat(ctx, review, key); errors.Is(err, errLost) {
		return nil, errWords
	}
	return key, err
}

var errWords = practice.Refuse(practice.Invalid, "words.wrong").At("words")

// Cost of turning words into a key: 19 MiB twice over, some twenty
// milliseconds, so that words cannot be tried by the million from a stolen copy.
const (
	stretchTime   = 2
	stretchMemory = 19 << 10 // KiB
)

func (rooms *Rooms) stretch(ctx context.Context, salt []byte, said string) ([]byte, error) {
	select {
	case rooms.mill <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	defer func() { <-rooms.mill }()
	return argon2.IDKey([]byte(said), salt, stretchTime, stretchMemory, 1, 32), nil
}

// secret is the one tickets are sealed with. It never changes, so it is read
// once.
func (rooms *Rooms) secret(ctx context.Context) ([]byte, error) {
	rooms.mu.Lock()
	defer rooms.mu.Unlock()
	if rooms.sealed != nil {
		return rooms.sealed, nil
	}
	return rooms.sealed, rooms.store.Update(ctx, func(tx *store.Tx) error {
		secret, err := tx.SeatSecret()
		rooms.sealed = secret
		return err
	})
}

// Leave gives a seat back. What was written with it stays; whoever left may draw
// a new seat with the invitation they spent.
func (rooms *Rooms) Leave(ctx context.Context, seat practice.Seat) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		if err := v.keepSeats(func(hash string) bool { return hash != seat.Key }); err != nil {
			return err
		}
		return v.emit("room.left", nil)
	})
}

// GiveUp frees a seat that ended with a link, for the one its holder draws in its
// stead. A seat that stands it leaves alone.
func (rooms *Rooms) GiveUp(ctx context.Context, seat practice.Seat) error {
	return rooms.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := enter(tx, seat); err == nil || !errors.Is(err, errEnded) {
			return nil // whoever draws is told what is wrong
		}
		v := visit{tx: tx, seat: seat}
		v.review.ID = seat.Review
		return v.keepSeats(func(hash string) bool { return hash != seat.Key })
	})
}

// keepSeats frees the seats that keep does not want.
func (v *visit) keepSeats(keep func(hash string) bool) error {
	seats, err := v.tx.Seats(v.review.ID)
	if err != nil {
		return err
	}
	return v.tx.SetSeats(v.review.ID, slices.DeleteFunc(seats, func(hash string) bool { return !keep(hash) }))
}

// CallRoll asks everybody to say "here", because somebody lost their seat.
// Whoever asks is here.
func (rooms *Rooms) CallRoll(ctx context.Context, seat practice.Seat) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		r, err := v.review.CallRoll(v.tx.Now())
		if err != nil {
			return err
		}
		if v.review.FreeAt.IsZero() {
			if err := errors.Join(v.tx.LowerAll(r.ID, handHere), v.save(r)); err != nil {
				return err
			}
		}
		return errors.Join(v.tx.Raise(seat, handHere, 0), v.emit("room.pressed", practice.Args{"what": handHere}))
	})
}

// FreeSeats frees the seats that did not say "here". Their answers stay, and as
// many new seats may be drawn.
func (rooms *Rooms) FreeSeats(ctx context.Context, seat practice.Seat) error {
	return rooms.do(ctx, seat, func(v *visit) error {
		here, err := v.tx.Hands(v.review.ID, handHere, 0)
		if err != nil {
			return err
		}
		seats, err := v.tx.Seats(v.review.ID)
		if err != nil {
			return err
		}
		r, err := v.review.EndRoll(len(here), len(seats), v.tx.Now())
		if err != nil {
			return err
		}
		if err := v.keepSeats(func(hash string) bool { return slices.Contains(here, hash) }); err != nil {
			return err
		}
		return errors.Join(v.tx.LowerAll(r.ID, handHere), v.save(r), v.emit("room.left", nil))
	})
}
