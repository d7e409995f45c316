package store

import (
	"fmt"

	"debrief/internal/practice"
)

// Raise keeps that a seat raised its hand for something. Raising it twice is
// raising it once.
func (tx *Tx) Raise(s practice.Seat, what string, version int) error {
	_, err := tx.exec(`INSERT INTO hand (review, what, version, seat) VALUES ($1, $2, $3, $4)
		ON CONFLICT (review, what, version, seat) DO NOTHING`, s.Review, what, version, s.Key)
	if err != nil {
		return fmt.Errorf("raise hand: %w", err)
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
