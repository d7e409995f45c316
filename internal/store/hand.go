package store

import (
	"fmt"
	"slices"

	"debrief/internal/practice"
)

// Raise keeps that a seat raised its hand for something. Raising it twice is
// raising it once. All hands for it are written again, in the order of their
// hashes, so that none tells by its transaction when it was raised.
func (tx *Tx) Raise(s practice.Seat, what string, version int) error {
	up, err := list(tx, scanHash, `SELECT seat FROM hand WHERE review = $1 AND what = $2 AND version = $3`, s.Review, what, version)
	if err != nil || slices.Contains(up, s.Key) {
		return err
	}
	if _, err := tx.exec(`DELETE FROM hand WHERE review = $1 AND what = $2 AND version = $3`, s.Review, what, version); err != nil {
		return fmt.Errorf("raise hand: %w", err)
	}
	up = append(up, s.Key)
	slices.Sort(up)
	for _, hash := range up {
		if _, err := tx.exec(`INSERT INTO hand (review, what, version, seat) VALUES ($1, $2, $3, $4)`, s.Review, what, version, hash); err != nil {
			return fmt.Errorf("raise hand: %w", err)
		}
	}
	return nil
}

// Lower takes a seat's hand down.
func (tx *Tx) Lower(s practice.Seat, what string, version int) error {
	_, err := tx.exec(`DELETE FROM hand WHERE review = $1 AND what = $2 AND version = $3 AND seat = $4`, s.Review, what, version, s.Key)
	if err != nil {
		return fmt.Errorf("lower hand: %w", err)
	}
	return nil
}

// LowerAll takes all hands for something down.
func (tx *Tx) LowerAll(r practice.ReviewID, what string) error {
	if _, err := tx.exec(`DELETE FROM hand WHERE review = $1 AND what = $2`, r, what); err != nil {
		return fmt.Errorf("lower hands: %w", err)
	}
	return nil
}

// Hands returns the seats that hold up a hand for something. Hands of seats
// that were freed do not count.
func (tx *Tx) Hands(r practice.ReviewID, what string, version int) ([]string, error) {
	return list(tx, scanHash, `SELECT hand.seat FROM hand JOIN seat ON seat.review = hand.review AND seat.hash = hand.seat
		WHERE hand.review = $1 AND hand.what = $2 AND hand.version = $3 ORDER BY hand.seat`, r, what, version)
}
